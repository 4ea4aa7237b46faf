"""Regret and the hindsight-best in words."""

import math
from collections.abc import Sequence

from reports.comparison import Comparison
from reports.display.numbers import Style, phrase_with_interval, style
from reports.scores import SCORES
from reports.verdict.estimates import Estimate
from reports.verdict.regret import hindsight
from reports.verdict.sentences import label

NAMED = 3
"""Rows that are named in the mix, at most."""


def regret_style(comparison: Comparison, regrets: Sequence[Estimate]) -> Style:
    """How regrets are written."""
    unit = SCORES[comparison.goal.objective.score].unit
    return style(unit, [one.mean for one in regrets if not math.isnan(one.mean)], comparison.setting.currency)


def hindsight_told(comparison: Comparison) -> str | None:
    """What the best row of every replication would have brought; None where there is nothing to choose."""
    hind = hindsight(comparison)
    if hind is None:
        return None
    score = comparison.goal.objective.score
    named = [f"{comparison.rows[row].name} in {share * 100:.0f} %" for row, share in hind.mix[:NAMED]]
    others = len(hind.mix) - len(named)
    mix = ", ".join([*named, *([f"{others} others"] if others > 1 else ["another"] if others else [])])
    return (
        f"Hindsight-best, the best row of every replication: {label(score)} "
        f"{phrase_with_interval(SCORES[score].unit, hind.best, comparison.setting.currency)}, by {mix} of the "
        "replications. Regret is what a row gives away against it on average."
    )
