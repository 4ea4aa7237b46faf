"""The sentences of a stress test."""

from reports.display.numbers import UNDEFINED, phrase, phrase_with_interval
from reports.language.naming import named
from reports.language.speaking import say, say_count
from reports.scores import SCORES
from reports.stress.fixes import Fix, choice
from reports.stress.measures import Median
from reports.stress.stress import Breaking, Refusal, StressTest, Trial
from reports.verdict.sentences import label, limits_told

ENOUGH_RUNS = 10
"""With fewer replications nothing is concluded."""


def verdict(test: StressTest) -> tuple[str, ...]:
    """Which row survives, and which regrets least; one sentence each, the answer first."""
    if not test.trials:
        return (say("stress.verdict.untried"),)
    if not test.usable:
        return (say("stress.verdict.yardsticks"),)
    if len(test.runs) < ENOUGH_RUNS:
        return (say("stress.verdict.few", count=len(test.runs)),)
    survives = () if not test.goal.constraints else (_survivor(test),)
    return (*survives, _least_regret(test))


def fix_told(test: StressTest, fix: Fix) -> str:
    """What to do about one trial."""
    case, limits = trial_said(fix.trial), limits_told(test.goal.constraints)
    name = test.rows[fix.nearest].name
    if fix.row is None:
        return say(
            "stress.fix.none", case=case, limits=limits, name=name, facts=facts_said(test, fix.trial, fix.nearest)
        )
    if fix.extra is None:
        return say("stress.fix.needless", case=case, limits=limits, name=name)
    chosen = choice(test, test.quiet)
    score = test.goal.objective.score
    return say(
        "stress.fix.change",
        case=case,
        limits=limits,
        name=name,
        facts=facts_said(test, fix.trial, fix.nearest),
        extra=phrase_with_interval(SCORES[score].unit, fix.extra, test.setting.currency),
        score=label(score),
        chosen="" if chosen is None else test.rows[chosen].name,
    )


def breaking_told(breaking: Breaking) -> str:
    """Where a row breaks, in few words."""
    if breaking.holds is None:
        return say("stress.breaks.already")
    if breaking.breaks is None:
        key = "stress.breaks.not" if breaking.most != 1 else "stress.breaks.not_at_all"
        return say(key, most=f"{breaking.most:g}")
    low, high = _strengths(breaking.holds, breaking.breaks)
    if breaking.holds == 0:
        return say("stress.breaks.at_once", high=high)
    return say("stress.breaks.at", at=_strengths(breaking.at, breaking.at)[0], low=low, high=high)


def refusal_told(refusal: Refusal) -> str:
    """Which shock was left out, and why."""
    return say("stress.refused", shock=named(refusal.shock), why=refusal.why)


def days_told(median: Median) -> str:
    """A median of days; of those whose end was not seen, at least so many."""
    if median.days != median.days:
        return UNDEFINED
    days = f"{median.days:,.1f}".removesuffix(".0")
    return say("stress.at_least", days=days) if median.at_least else days


def trial_said(trial: Trial) -> str:
    """A trial as a reader knows it: shocks by name, with their settings and strength; changes as they were written."""
    if trial.kind == "change":
        return trial.name
    name = shocks_said(trial.name)
    return name if trial.strength == 1 else say("stress.strength", name=name, times=f"{trial.strength:g}")


def shocks_said(call: str) -> str:
    """Shocks as they were called, `name+name:from=30`, by the names a reader knows."""
    pieces = (piece.partition(":") for piece in call.split("+"))
    return "+".join(f"{named(name)}{colon}{settings}" for name, colon, settings in pieces)


def facts_said(test: StressTest, trial: Trial, row: int) -> str:
    """What the constrained scores of a row are under a trial."""
    scores = dict.fromkeys(limit.score for limit in test.goal.constraints)
    return say("list.facts").join(
        say(
            "advice.fact",
            score=label(score),
            measured=phrase(SCORES[score].unit, test.estimated(trial, row, score).mean, test.setting.currency),
        )
        for score in scores
    )


def _survivor(test: StressTest) -> str:
    best = test.order[0]
    name, limits, count = test.rows[best].name, limits_told(test.goal.constraints), len(test.trials)
    broken = [trial for trial in test.trials if not test.keeps(trial, best)]
    cases = say_count("stress.cases", count)
    if not test.keeps(test.quiet, best):
        facts = facts_said(test, test.quiet, best)
        return say("stress.verdict.never", name=name, limits=limits, facts=facts, kept=count - len(broken), cases=cases)
    if broken:
        told = say("list.items").join(map(trial_said, broken))
        return say(
            "stress.verdict.partly", name=name, limits=limits, kept=count - len(broken), cases=cases, broken=told
        )
    others = sum(test.kept[row] == count and test.keeps(test.quiet, row) for row in test.usable) - 1
    key = "stress.verdict.alone" if others == 0 else "stress.verdict.survives"
    return say(key, name=name, limits=limits, cases=cases, others=others)


def _least_regret(test: StressTest) -> str:
    row, score = test.minimax, test.goal.objective.score
    if len(test.usable) < 2:
        return say("stress.verdict.one_row")
    if row is None:
        return say("stress.verdict.undefined", score=label(score))
    regrets = test.regrets[row]
    worst = int(regrets.argmax())
    if regrets[worst] == 0:
        return say("stress.verdict.no_regret", name=test.rows[row].name, score=label(score))
    unit, currency = SCORES[score].unit, test.setting.currency
    return say(
        "stress.verdict.regret",
        name=test.rows[row].name,
        score=label(score),
        regret=phrase(unit, float(regrets[worst]), currency),
        case=trial_said(test.trials[worst]),
    )


def _strengths(low: float, high: float) -> tuple[str, str]:
    """Two strengths with as many decimals as tell them apart."""
    decimals = 1 if low >= 4 else 2
    return f"{low:.{decimals}f}", f"{high:.{decimals}f}"
