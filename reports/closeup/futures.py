"""Which futures are told day by day: one in the middle, and one of the bad ones."""

import math

import numpy as np

from reports.comparison import Comparison
from reports.verdict.advice import advise

BAD_SHARE = 0.05
"""One future in so many is as bad as the bad one that is told, or worse."""


def row_looked_at(comparison: Comparison) -> int:
    """The row that is looked at closely: the recommended one, else the one that others are held against."""
    row = advise(comparison).row
    return comparison.reference if row is None else row


def which_futures(comparison: Comparison) -> tuple[int, int]:
    """Two replications of that row by the goal's objective: of the middle rank, and at the border of the worst 5 %.

    Replications in which the objective is undefined are the worst; of equal ones the first is taken.
    """
    objective = comparison.goal.objective
    values = comparison.rows[row_looked_at(comparison)].scores[objective.score]
    cost = -values if objective.way == "most" else values
    ranked = comparison.runs[np.argsort(np.where(np.isnan(cost), np.inf, cost), kind="stable")]
    worst = max(1, math.floor(BAD_SHARE * len(ranked) + 1e-9))
    return int(ranked[(len(ranked) - 1) // 2]), int(ranked[len(ranked) - worst])
