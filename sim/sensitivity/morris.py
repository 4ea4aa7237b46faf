"""Elementary effects: how far a result moves when one factor is moved at a time, from many places.

Source: Morris 1991, Factorial sampling plans for preliminary computational experiments; the mean size mu* is of
Campolongo, Cariboni and Saltelli 2007, An effective screening design for sensitivity analysis of large models.
"""

import numpy as np

from reports.record import FloatArray

LEVELS = 4
STEP = LEVELS / (2 * (LEVELS - 1))
"""How far a factor is moved, as a share of its range; with it every level is as likely as any other."""


def trajectories(factors: int, count: int, luck: np.random.Generator) -> FloatArray:
    """Walks through the cube of all factors, [walk, point, factor], shares of each range; a step moves one factor."""
    walks = np.empty((count, factors + 1, factors))
    for walk in walks:
        lowest = luck.integers(LEVELS // 2, size=factors) / (LEVELS - 1)
        up = luck.integers(2, size=factors).astype(bool)
        walk[:] = np.where(up, lowest, lowest + STEP)
        for step, factor in enumerate(luck.permutation(factors), start=1):
            walk[step:, factor] = lowest[factor] + STEP * up[factor]
    return walks


def elementary_effects(walks: FloatArray, results: FloatArray) -> FloatArray:
    """The effect of each factor in each walk, over its whole range, [walk, factor]; `results` is [walk, point]."""
    effects = np.empty((len(walks), walks.shape[2]))
    for walk, (points, values) in enumerate(zip(walks, results, strict=True)):
        moves = np.diff(points, axis=0)
        moved = np.abs(moves).argmax(axis=1)
        effects[walk, moved] = np.diff(values) / moves[np.arange(len(moved)), moved]
    return effects
