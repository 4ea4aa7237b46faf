"""Chances of whole numbers as vectors: index = value."""

import numpy as np
from numpy.typing import NDArray
from scipy.special import gammaln, xlogy

Chances = NDArray[np.float64]
NEGLIGIBLE = 1e-16


def poisson(mean: float) -> Chances:
    """The Poisson law."""
    units = np.arange(_reach(mean, mean))
    return _whole(np.exp(xlogy(units, mean) - mean - gammaln(units + 1)))


def negative_binomial(mean: float, variance: float) -> Chances:
    """The negative binomial law of a mean and a variance."""
    size, stop = mean**2 / (variance - mean), mean / variance
    units = np.arange(_reach(mean, variance))
    logs = gammaln(units + size) - gammaln(size) - gammaln(units + 1) + size * np.log(stop) + units * np.log1p(-stop)
    return _whole(np.exp(logs))


def total(day: Chances, days: int) -> Chances:
    """The law of the sum of so many independent days."""
    result = np.ones(1)
    for _ in range(days):
        result = _whole(np.convolve(result, day))
    return result


def mean(law: Chances) -> float:
    """The expected value."""
    return float(law @ np.arange(len(law)))


def excess(law: Chances, level: int) -> float:
    """The expected part above a level."""
    return float(law @ np.maximum(np.arange(len(law)) - level, 0))


def room(law: Chances, level: int) -> float:
    """The expected part that a level has left."""
    return float(law @ np.maximum(level - np.arange(len(law)), 0))


def at_most(law: Chances, level: int) -> float:
    """The chance of not exceeding a level."""
    return float(law[: max(level + 1, 0)].sum())


def _reach(mean: float, variance: float) -> int:
    return int(mean + 12 * np.sqrt(variance) + 14 * variance / mean + 60)


def _whole(law: Chances) -> Chances:
    """The law without its negligible tail, summing to one."""
    last = int(np.flatnonzero(law > NEGLIGIBLE * law.max() / len(law))[-1])
    return law[: last + 1] / law[: last + 1].sum()
