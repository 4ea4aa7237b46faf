"""The thresholds of `--fail-if`: what a check in a pipeline wants to know."""

from collections.abc import Sequence

from reports.comparison import Comparison, Row
from reports.display.numbers import phrase_with_interval
from reports.language.speaking import say
from reports.scores import SCORES
from reports.verdict.goal import Constraint
from reports.verdict.sentences import label, limit_told


def failures(comparison: Comparison, limits: Sequence[Constraint], row: Row | None = None) -> tuple[str, ...]:
    """A sentence for each limit that a row, or else the best by the goal, broke; empty when none did.

    The others were played to be held against it. What is undefined has not failed.
    """
    best = comparison.rows[comparison.reference] if row is None else row
    currency = comparison.setting.currency
    return tuple(
        say(
            "threshold.broken",
            limit=limit_told(limit),
            name=best.name,
            score=label(limit.score),
            measured=phrase_with_interval(SCORES[limit.score].unit, best.estimates[limit.score], currency),
        )
        for limit in limits
        if limit.holds(best.means[limit.score])
    )
