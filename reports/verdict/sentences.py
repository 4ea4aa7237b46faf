"""The words of the advice: one sentence for each way a comparison can end."""

import math
from collections.abc import Iterable

from reports.comparison import Comparison, Row
from reports.display.numbers import percent, percentage, phrase_with_interval
from reports.language.speaking import say, say_count
from reports.scores import SCORES
from reports.verdict.goal import Constraint, Goal

SURE = 0.8
"""Below this chance the runner-up is named beside the advice."""


def best_of(comparison: Comparison, best: Row, fit: int, usable: int, sure: str) -> str:
    """The choice among several rules; `sure` is what `certainty` says of it."""
    objective = comparison.goal.objective
    way = "free" if not comparison.goal.constraints else "alone" if fit == 1 else "all" if fit == usable else "some"
    return say(
        f"advice.{way}",
        name=best.name,
        fit=fit,
        usable=usable,
        limits=limits_told(comparison.goal.constraints),
        own=_own(comparison, best),
        way=say(f"way.{objective.way}"),
        score=label(objective.score),
        aim=_measured(comparison, best, objective.score),
        sure=sure,
    )


def certainty(comparison: Comparison, chance: float, rival: Row, rival_chance: float) -> str:
    """How sure the choice is, and who else it could be."""
    if math.isnan(chance):
        return say("advice.sure.unknown")
    named = chance < SURE and rival_chance >= 0.01
    return say(
        "advice.sure.rival" if named else "advice.sure.known",
        chance=percent(chance),
        rival=rival.name,
        rival_chance=percent(rival_chance),
        runs=runs(comparison),
    )


def only_one(comparison: Comparison, row: Row, chance: float) -> str:
    """One rule, which meets the goal, and nothing to choose from."""
    goal = comparison.goal
    way = "free" if not goal.constraints else "unsure" if math.isnan(chance) else "sure"
    facts = _facts(comparison, row, [*_limited(goal), goal.objective.score])
    return say(
        f"advice.only.{way}",
        name=row.name,
        goal=goal_told(goal),
        chance=percent(chance),
        facts=facts[:1].upper() + facts[1:] if way == "free" else facts,
        runs=runs(comparison),
    )


def none_fits(comparison: Comparison, nearest: Row) -> str:
    """No rule meets the goal."""
    goal = comparison.goal
    facts = _facts(comparison, nearest, _limited(goal))
    return say("advice.none", goal=goal_told(goal), name=nearest.name, facts=facts, runs=runs(comparison))


def too_few(comparison: Comparison, best: Row) -> str:
    """Too few replications to recommend anything."""
    score = comparison.goal.objective.score
    measured = _measured(comparison, best, score)
    return say("advice.few", count=len(comparison.runs), name=best.name, score=label(score), measured=measured)


def undefined(comparison: Comparison) -> str:
    """The goal asks for what was never defined."""
    return say("advice.undefined", score=label(comparison.goal.objective.score))


def only_yardsticks(comparison: Comparison) -> str:
    """Nothing that a seller could use was played."""
    return say("advice.yardsticks", names=say("list.items").join(row.name for row in comparison.rows))


def runs(comparison: Comparison) -> str:
    """How many replications."""
    return say_count("runs", len(comparison.runs))


def label(score: str) -> str:
    """A score inside a sentence: "Stockout rate, by order" reads as "stockout rate by order"."""
    return SCORES[score].label.replace(",", "").lower().replace("sku", "SKU")


def limits_told(limits: Iterable[Constraint]) -> str:
    """Constraints inside a sentence; empty where there are none."""
    return say("list.all").join(
        say(f"limit.{limit.sign}", score=label(limit.score), limit=_limit(limit)) for limit in limits
    )


def goal_told(goal: Goal) -> str:
    """A goal as a reader would state it."""
    aim = say(f"goal.{goal.objective.way}", score=_code(goal.objective.score))
    return say("list.facts").join([*map(limit_told, goal.constraints), aim])


def limit_told(limit: Constraint) -> str:
    """The same of one constraint."""
    share = SCORES[limit.score].unit == "share"
    number = f"{limit.limit * 100:.10g}%" if share else f"{limit.limit:.10g}"
    return say(f"goal.{limit.sign}", score=_code(limit.score), limit=number)


def _code(score: str) -> str:
    return say("goal.score", code=score, label=label(score))


def _limit(limit: Constraint) -> str:
    share = SCORES[limit.score].unit == "share"
    return percentage(f"{limit.limit * 100:g}") if share else f"{limit.limit:,g}"


def _limited(goal: Goal) -> list[str]:
    return list(dict.fromkeys(limit.score for limit in goal.constraints))


def _own(comparison: Comparison, row: Row) -> str:
    return say("list.clauses").join(
        say("advice.own", score=label(name), measured=_measured(comparison, row, name))
        for name in _limited(comparison.goal)
    )


def _facts(comparison: Comparison, row: Row, scores: list[str]) -> str:
    return say("list.facts").join(
        say("advice.fact", score=label(name), measured=_measured(comparison, row, name)) for name in scores
    )


def _measured(comparison: Comparison, row: Row, name: str) -> str:
    return phrase_with_interval(SCORES[name].unit, row.estimates[name], comparison.setting.currency)
