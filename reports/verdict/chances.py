"""How sure a choice is: the chance of each row of being the right one, were the replications endless.

The mean scores of all rows are uncertain together, and correlated, since the rows met the same luck. Their joint
uncertainty is taken as normal with the covariance of the replications, widened for their number, and the choice is
made again at 4,096 evenly spread points of it (a Richtmyer lattice), so that the answer has no luck of its own.
"""

from collections.abc import Callable

import numpy as np
from numpy.typing import NDArray

from reports.record import FloatArray
from reports.verdict.estimates import middle

POINTS = 4096
LEAST_RUNS = 5
"""With fewer replications no chance is given."""

Choice = Callable[[FloatArray], NDArray[np.bool_]]
"""From means [point, row, score] to which rows are chosen, [point, row]; several when they tie."""


def chances(values: FloatArray, choose: Choice) -> FloatArray:
    """The chance of each row of being chosen, [row]; `values` is [row, score, run], all of it known.

    They sum to 1, or to less if at some points no row is fit to be chosen. NaN with fewer than five replications.
    """
    rows, scores, runs = values.shape
    if runs < LEAST_RUNS:
        return np.full(rows, np.nan)
    # Rows that are equal in every replication stay equal at every point.
    flat, which = np.unique(values.reshape(rows * scores, runs), axis=0, return_inverse=True)
    centre = np.array([[middle(one)] for one in flat])
    spread = np.linalg.qr((flat - centre).T, mode="r")
    # The variance of a Student law over that of the normal one is (n - 1) / (n - 3).
    widened = spread / np.sqrt(runs * (runs - 3))
    means = centre.T + _normal_points(POINTS, len(widened)) @ widened
    chosen = choose(means[:, which.ravel()].reshape(POINTS, rows, scores))
    ties = np.maximum(chosen.sum(axis=1, keepdims=True), 1)
    return np.asarray((chosen / ties).mean(axis=0))


def _normal_points(points: int, dimensions: int) -> FloatArray:
    """Standard normal vectors, evenly spread, [point, dimension]."""
    from scipy.special import ndtri

    steps = np.sqrt(_primes(dimensions))
    uniform = ((np.arange(points)[:, None] + 0.5) * steps) % 1.0
    # Shifted by half a step of the lattice, so that neither end is met.
    return np.asarray(ndtri(np.clip(uniform, 0.5 / points, 1 - 0.5 / points)))


def _primes(count: int) -> FloatArray:
    found: list[int] = []
    candidate = 2
    while len(found) < count:
        if all(candidate % prime for prime in found):
            found.append(candidate)
        candidate += 1
    return np.array(found, dtype=np.float64)
