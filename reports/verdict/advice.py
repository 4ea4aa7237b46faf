"""The advice: which row to use for the goal, how sure that is, and the one sentence that says so."""

import math
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from reports.comparison import Comparison
from reports.record import FloatArray
from reports.verdict import sentences
from reports.verdict.chances import chances
from reports.verdict.goal import Goal

ENOUGH_RUNS = 10
"""With fewer replications nothing is recommended."""


@dataclass(frozen=True)
class Advice:
    """What to use, and how sure."""

    sentence: str
    row: int | None  # index of the row to use; None when none can be recommended
    chance: float  # that it is the right row for the goal, were the replications endless; NaN when not known
    chances: tuple[float, ...]  # the same for every row; NaN for yardsticks


def advise(comparison: Comparison) -> Advice:
    """What to use under the comparison's goal. A yardstick is never recommended."""
    rows, goal = comparison.rows, comparison.goal
    usable = [i for i in comparison.order if not rows[i].yardstick]
    shares = _row_chances(comparison, usable)
    fit = [i for i in usable if goal.met(rows[i].means)]
    if not usable:
        return Advice(sentences.only_yardsticks(comparison), None, math.nan, shares)
    best = rows[usable[0]]
    if math.isnan(best.means[goal.objective.score]):
        return Advice(sentences.undefined(comparison), None, math.nan, shares)
    if not fit:
        return Advice(sentences.none_fits(comparison, best), None, math.nan, shares)
    if len(comparison.runs) < ENOUGH_RUNS:
        return Advice(sentences.too_few(comparison, best), None, math.nan, shares)
    chance = shares[usable[0]]
    if len(usable) == 1:
        return Advice(sentences.only_one(comparison, best, chance), usable[0], chance, shares)
    rival = max(usable[1:], key=lambda i: shares[i])
    sure = sentences.certainty(comparison, chance, rows[rival], shares[rival])
    choice = sentences.best_of(comparison, best, len(fit), len(usable), sure)
    return Advice(choice, usable[0], chance, shares)


def _row_chances(comparison: Comparison, usable: list[int]) -> tuple[float, ...]:
    goal = comparison.goal
    names = [goal.objective.score, *(limit.score for limit in goal.constraints)]
    shares = np.full(len(comparison.rows), np.nan)
    if usable:
        values = np.array([[comparison.rows[i].scores[name] for name in names] for i in usable])
        # A replication in which a score is undefined is left out for all rows, so that rows stay paired.
        known = values[:, :, ~np.isnan(values).any(axis=(0, 1))]
        shares[usable] = chances(known, lambda means: _chosen(goal, means))
    return tuple(shares.tolist())


def _chosen(goal: Goal, means: FloatArray) -> NDArray[np.bool_]:
    """Which rows the goal chooses at each point; `means` is [point, row, objective and constraints]."""
    cost = means[..., 0] if goal.objective.way == "least" else -means[..., 0]
    fit = np.ones(cost.shape, dtype=np.bool_)
    for i, limit in enumerate(goal.constraints, start=1):
        fit &= limit.keeps(means[..., i])
    cost = np.where(fit, cost, np.inf)
    return np.asarray(fit & (cost == cost.min(axis=1, keepdims=True)))
