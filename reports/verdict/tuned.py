"""The words of a finished search: what to use, whether it keeps the goal on fresh luck, how sure the choice is."""

import math

from reports.display.numbers import percent, phrase, phrase_with_interval
from reports.scores import SCORES
from reports.tuning import GOOD, Tuning
from reports.verdict.estimates import LEVEL, Estimate
from reports.verdict.goal import IN_WORDS
from reports.verdict.sentences import label


def sentences(tuning: Tuning) -> tuple[str, ...]:
    """What a reader should know, one sentence each."""
    if tuning.front:
        return (_front(tuning), _luck(tuning))
    sure = [] if tuning.goal.constraints and not tuning.choosing.held else [_sure(tuning)]
    return (_choice(tuning), *_confirmed(tuning), *sure, _gain(tuning), _luck(tuning))


def _choice(tuning: Tuning) -> str:
    objective, limits = tuning.goal.objective, _limits(tuning)
    tried = f"{len(tuning.choosing.tried):,} candidates"
    named, reached = label(objective.score), f"{_measured(tuning, objective.score)} on fresh luck"
    aim = f"{named}, {reached}"
    if not limits:
        return f"Use {tuning.best.name}: of {tried} it has the {objective.way} {aim}."
    if not tuning.choosing.held:
        return f"None of {tried} has {limits}; the nearest is {tuning.best.name}, with {named} {reached}."
    return f"Use {tuning.best.name}: of those of {tried} that have {limits}, it has the {objective.way} {aim}."


def _limits(tuning: Tuning) -> str:
    """The constraints in words; empty where there are none."""
    limits = [
        f"{label(limit.score)} {IN_WORDS[limit.sign]} {_limit(limit.score, limit.limit)}"
        for limit in tuning.goal.constraints
    ]
    return f"{' and '.join(limits)} with {_confidence(tuning)}" if limits else ""


def _confidence(tuning: Tuning) -> str:
    return f"{tuning.choosing.confidence * 100:g} % confidence"


def _limit(score: str, value: float) -> str:
    return f"{value * 100:g} %" if SCORES[score].unit == "share" else f"{value:,g}"


def _confirmed(tuning: Tuning) -> list[str]:
    """For each constraint, whether fresh luck confirms it."""
    sure = _confidence(tuning)
    return [
        f"Its {label(limit.score)} is {_measured(tuning, limit.score)}; with {sure} it is "
        f"{'at most' if limit.sign.startswith('<') else 'at least'} {_phrase(tuning, limit.score, end)}, "
        f"which {'keeps' if keeps else 'does not keep'} {limit}."
        for limit, end, keeps in tuning.kept
    ]


def _sure(tuning: Tuning) -> str:
    count = len(tuning.finalists)
    if count < 2:
        return "Nothing else was left to play against it."
    exact, good = tuning.chances
    if math.isnan(exact):
        return f"How sure the choice among the {count} finalists is cannot be said."
    return (
        f"The chance that it is the best of the {count} finalists is {percent(exact)}; that none of them is better "
        f"by more than {GOOD * 100:g} %, {percent(good)}."
    )


def _gain(tuning: Tuning) -> str:
    if tuning.best.policy == tuning.default.policy:
        return "It is the policy as given."
    objective = tuning.goal.objective.score
    gap = next(one for one in tuning.differences if one.score == objective)
    known, unit = gap.estimate, SCORES[objective].unit
    way = "higher" if known.mean > 0 else "lower"
    ends = sorted((abs(known.low), abs(known.high)))
    size = Estimate(abs(known.mean), ends[0], ends[1], known.count)
    sure = phrase_with_interval(unit, size, tuning.comparison.setting.currency)
    if gap.p < 1 - LEVEL:
        return f"Its {label(objective)} is {way} than that of {tuning.default.name} by {sure}."
    return f"Its {label(objective)} and that of {tuning.default.name} cannot be told apart."


def _front(tuning: Tuning) -> str:
    return (
        f"{len(tuning.frontier)} of {len(tuning.choosing.tried):,} candidates are the front of stockout rate and "
        f"{label(tuning.goal.objective.score)}: none beats another in both."
    )


def _luck(tuning: Tuning) -> str:
    runs, first = len(tuning.comparison.runs), int(tuning.comparison.runs[0])
    return (
        f"Chosen on up to {tuning.choosing.runs:,} replications from number 0 on; all that is told here is of {runs:,} "
        f"fresh ones from number {first:,} on, which no choice has seen."
    )


def _measured(tuning: Tuning, score: str) -> str:
    known = tuning.best.estimates[score]
    return phrase_with_interval(SCORES[score].unit, known, tuning.comparison.setting.currency)


def _phrase(tuning: Tuning, score: str, value: float) -> str:
    return phrase(SCORES[score].unit, value, tuning.comparison.setting.currency)
