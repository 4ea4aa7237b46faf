"""Who is better: candidates in the order of a goal, or of a front.

Scores are [candidate, score, run]: the stockout rate, then those of the goal's constraints, then its objective's.
"""

import numpy as np

from reports.record import FloatArray, IntArray
from reports.tuning import SERVICE
from reports.verdict.confidence import bounds
from reports.verdict.estimates import pareto_front
from reports.verdict.goal import Goal
from sim.search.halving import Rank


def scores_of(goal: Goal) -> tuple[str, ...]:
    """The names of the scores that a ranking looks at, in their order."""
    return (SERVICE, *(limit.score for limit in goal.constraints), goal.objective.score)


def by_goal(goal: Goal, runs: int, confidence: float) -> Rank:
    """Those who keep every constraint with confidence, the best by the objective first; then the nearest to keeping.

    A round of fewer replications asks what the spread seen would leave open after all `runs` of them, so that no
    candidate leaves early for being known too little.
    """

    def rank(values: FloatArray) -> IntArray:
        over, cost = judged(values, goal, runs, confidence)
        return np.lexsort((np.nan_to_num(cost, nan=np.inf), over))

    return rank


def judged(values: FloatArray, goal: Goal, runs: int, confidence: float) -> tuple[FloatArray, FloatArray]:
    """How far each candidate's bounds are beyond the constraints, and its objective, less being better."""
    over = np.zeros(len(values))
    for place, limit in enumerate(goal.constraints, start=1):
        ends = bounds(values[:, place], limit, confidence, runs)
        over += [limit.excess(end) for end in ends.tolist()]
    return over, _cost(values, goal)


def by_front(goal: Goal) -> Rank:
    """Layer by layer: first those on the Pareto front of the first score and the objective, then those behind it.

    Inside a layer the ends of the front come first, then those who stand farthest from their neighbours.
    """

    def rank(values: FloatArray) -> IntArray:
        first, cost = means(values[:, 0]), _cost(values, goal)
        order: list[int] = []
        left = np.arange(len(values))
        while len(left):
            front = pareto_front(first[left], cost[left])
            layer = left[front] if front.any() else left
            order += layer[np.lexsort((layer, -_room(first[layer], cost[layer])))].tolist()
            left = np.setdiff1d(left, layer)
        return np.array(order, np.int64)

    return rank


def means(values: FloatArray) -> FloatArray:
    """The mean of what is defined in each row of [row, run] -> [row]; NaN where nothing is."""
    known = ~np.isnan(values)
    count = known.sum(axis=1)
    return np.where(count > 0, np.where(known, values, 0.0).sum(axis=1) / np.maximum(count, 1), np.nan)


def _cost(values: FloatArray, goal: Goal) -> FloatArray:
    """The mean of the objective, so that less is better, [candidate]."""
    mean = means(values[:, -1])
    return mean if goal.objective.way == "least" else -mean


def _room(first: FloatArray, second: FloatArray) -> FloatArray:
    """How far apart the neighbours of each point of a front stand, both scales from 0 to 1; infinite at its ends."""
    room = np.full(len(first), np.inf)
    if len(first) < 3 or np.isnan(first).any() or np.isnan(second).any():
        return room
    order = np.argsort(first, kind="stable")
    scales = [scale[order] / max(float(np.ptp(scale)), 1e-300) for scale in (first, second)]
    wide = sum(np.abs(scale[2:] - scale[:-2]) for scale in scales)
    room[order[1:-1]] = wide
    return room
