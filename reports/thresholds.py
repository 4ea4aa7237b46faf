"""The thresholds of `--fail-if`: what a check in a pipeline wants to know."""

from collections.abc import Sequence

from reports.comparison import Comparison
from reports.goal import Constraint
from reports.numbers import phrase_with_interval
from reports.scores import SCORES
from reports.sentences import label


def failures(comparison: Comparison, limits: Sequence[Constraint]) -> tuple[str, ...]:
    """A sentence for each rule and limit that came true; empty when none did.

    Yardsticks are left out unless nothing else was played. What is undefined has not failed.
    """
    rules = [row for row in comparison.rows if not row.yardstick] or list(comparison.rows)
    currency = comparison.setting.currency
    return tuple(
        f"{limit}: {row.policy} has {label(limit.score)} "
        f"{phrase_with_interval(SCORES[limit.score].unit, row.estimates[limit.score], currency)}"
        for row in rules
        for limit in limits
        if limit.holds(row.means[limit.score])
    )
