"""The words of the advice: one sentence for each way a comparison can end."""

import math

from reports.comparison import Comparison, Row
from reports.display.numbers import percent, phrase_with_interval
from reports.scores import SCORES
from reports.verdict.goal import IN_WORDS

SURE = 0.8
"""Below this chance the runner-up is named beside the advice."""


def best_of(comparison: Comparison, best: Row, fit: int, usable: int) -> str:
    """The choice among several rules; `certainty` ends the sentence."""
    objective = comparison.goal.objective
    aim = f"{label(objective.score)}, {_measured(comparison, best, objective.score)}"
    limits = _limits(comparison)
    if not limits:
        return f"Use {best.name}: among the {usable} rules played it has the {objective.way} {aim}"
    own = _own(comparison, best)
    if fit == 1:
        its = f"its {label(objective.score)} is {_measured(comparison, best, objective.score)}"
        return f"Use {best.name}: it alone of the {usable} rules played has {limits}; {own}; {its}"
    rules = f"{fit} rules played, all with" if fit == usable else f"{fit} of {usable} rules with"
    return f"Use {best.name}: among the {rules} {limits}, it has the {objective.way} {aim}; {own}"


def certainty(comparison: Comparison, chance: float, rival: Row, rival_chance: float) -> str:
    """How sure the choice is, and who else it could be."""
    if math.isnan(chance):
        return "; how sure cannot be said, since a score is undefined in most replications."
    sure = f"; the chance that this is the right choice is {percent(chance)}"
    if chance < SURE and rival_chance >= 0.01:
        sure += f", that {rival.name} is, {percent(rival_chance)}"
    return f"{sure} ({runs(comparison)})."


def only_one(comparison: Comparison, row: Row, chance: float) -> str:
    """One rule, which meets the goal, and nothing to choose from."""
    score = comparison.goal.objective.score
    sure = "" if math.isnan(chance) else f" with a chance of {percent(chance)}"
    kept = f" It meets the goal ({comparison.goal}){sure}:" if comparison.goal.constraints else ""
    own = [f"{label(name)} {_measured(comparison, row, name)}" for name in _limited(comparison)]
    facts = ", ".join([*own, f"{label(score)} {_measured(comparison, row, score)}"])
    facts = facts if kept else facts[:1].upper() + facts[1:]
    return f"Only {row.name} was played, so nothing says it is the best.{kept} {facts} ({runs(comparison)})."


def none_fits(comparison: Comparison, nearest: Row) -> str:
    """No rule meets the goal."""
    facts = ", ".join(f"{label(name)} {_measured(comparison, nearest, name)}" for name in _limited(comparison))
    return (
        f"No rule played meets the goal ({comparison.goal}): the nearest is {nearest.name} with {facts}"
        f" ({runs(comparison)}); try other parameters, or another goal."
    )


def too_few(comparison: Comparison, best: Row) -> str:
    """Too few replications to recommend anything."""
    score = comparison.goal.objective.score
    return (
        f"Too few replications for advice ({len(comparison.runs)}): so far {best.name} looks best with"
        f" {label(score)} {_measured(comparison, best, score)}; play at least 30."
    )


def undefined(comparison: Comparison) -> str:
    """The goal asks for what was never defined."""
    return f"Nothing can be advised: {label(comparison.goal.objective.score)} is undefined in every row."


def only_yardsticks(comparison: Comparison) -> str:
    """Nothing that a seller could use was played."""
    names = ", ".join(row.name for row in comparison.rows)
    return (
        f"Only yardsticks were played ({names}): they bound what a rule can reach and cannot be used;"
        " play a rule beside them."
    )


def runs(comparison: Comparison) -> str:
    """How many replications."""
    count = len(comparison.runs)
    return f"{count} replication{'s' if count > 1 else ''}"


def label(score: str) -> str:
    """A score inside a sentence: "Stockout rate, by order" reads as "stockout rate by order"."""
    return SCORES[score].label.replace(",", "").lower().replace("sku", "SKU")


def _limited(comparison: Comparison) -> list[str]:
    return list(dict.fromkeys(limit.score for limit in comparison.goal.constraints))


def _limits(comparison: Comparison) -> str:
    words: list[str] = []
    for limit in comparison.goal.constraints:
        share = SCORES[limit.score].unit == "share"
        number = f"{limit.limit * 100:g} %" if share else f"{limit.limit:,g}"
        words.append(f"{label(limit.score)} {IN_WORDS[limit.sign]} {number}")
    return " and ".join(words)


def _own(comparison: Comparison, row: Row) -> str:
    return "; ".join(f"its {label(name)} is {_measured(comparison, row, name)}" for name in _limited(comparison))


def _measured(comparison: Comparison, row: Row, name: str) -> str:
    return phrase_with_interval(SCORES[name].unit, row.estimates[name], comparison.setting.currency)
