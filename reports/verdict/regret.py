"""Regret: what a row gives away against the row that turned out best, replication by replication.

It is a number of a comparison, not a score of a record: with other rows beside it, a row has another regret.
"""

import math
from dataclasses import dataclass

import numpy as np

from reports.comparison import Comparison
from reports.language.speaking import say
from reports.record import FloatArray
from reports.verdict.estimates import Estimate, estimate

UNKNOWN = Estimate(math.nan, math.nan, math.nan, 0)


def definition() -> str:
    """What regret is."""
    return say("regret.definition")


@dataclass(frozen=True)
class Hindsight:
    """What the best row of every replication would have brought, known only afterwards."""

    best: Estimate  # of the objective
    shares: tuple[float, ...]  # [row] of replications in which it was the best; ties are shared; NaN for yardsticks
    regrets: tuple[Estimate, ...]  # [row] how much worse than the best, 0 or more; unknown for yardsticks

    @property
    def mix(self) -> tuple[tuple[int, float], ...]:
        """The rows that were the best in some replication and their shares, the most often first."""
        known = [(row, share) for row, share in enumerate(self.shares) if share > 0]
        return tuple(sorted(known, key=lambda each: -each[1]))


def hindsight(comparison: Comparison) -> Hindsight | None:
    """The hindsight-best of a comparison; None with fewer than two rows that a seller could use.

    A replication in which the objective is undefined in one of these rows is left out for all of them.
    """
    objective, rows = comparison.goal.objective, comparison.rows
    usable = [index for index, row in enumerate(rows) if not row.yardstick]
    if len(usable) < 2:
        return None
    values: FloatArray = np.array([rows[index].scores[objective.score] for index in usable])
    values = values[:, ~np.isnan(values).any(axis=0)]
    if not values.size:
        return None
    best = values.max(axis=0) if objective.way == "most" else values.min(axis=0)
    first = values == best
    shares, regrets = np.full(len(rows), math.nan), [UNKNOWN] * len(rows)
    shares[usable] = (first / first.sum(axis=0)).mean(axis=1)
    for index, own in zip(usable, values, strict=True):
        regrets[index] = estimate(np.abs(best - own), (0.0, math.inf))
    return Hindsight(estimate(best), tuple(shares.tolist()), tuple(regrets))
