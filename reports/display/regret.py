"""Regret and the hindsight-best in words."""

import math
from collections.abc import Sequence

from reports.comparison import Comparison
from reports.display.numbers import Style, percentage, phrase_with_interval, style
from reports.language.speaking import say, say_count
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
    parts = [
        say("regret.part", name=comparison.rows[row].name, share=percentage(f"{share * 100:.0f}"))
        for row, share in hind.mix[:NAMED]
    ]
    others = len(hind.mix) - len(parts)
    mix = say("list.facts").join([*parts, *([say_count("regret.others", others)] if others else [])])
    best = phrase_with_interval(SCORES[score].unit, hind.best, comparison.setting.currency)
    return say("regret.told", score=label(score), best=best, mix=mix)
