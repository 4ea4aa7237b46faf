"""Units by the week, and how much they vary from week to week."""

import numpy as np
from numpy.typing import NDArray

from sim.world.network import Network

FloatArray = NDArray[np.float64]
IntArray = NDArray[np.int64]
DAYS = 7


class Weeks:
    """Units of each week from the first scored day on; days after the last whole week are left out."""

    def __init__(self, network: Network, runs: int) -> None:
        self._from, weeks = network.scored_from, network.scenario.days // DAYS
        self._units = np.zeros((weeks, runs, len(network.skus)), np.int64)

    def add(self, day: int, units: IntArray) -> None:
        """Add units of a day, [run, sku]."""
        scored = day - self._from
        if 0 <= scored < len(self._units) * DAYS:
            self._units[scored // DAYS] += units

    def variance(self) -> FloatArray:
        """Variance of a week's units, each SKU's by itself, summed over SKUs, [run]."""
        return variance_of_weeks(self._units)


def variance_of_weeks(units: IntArray) -> FloatArray:
    """Variance of a week's units [week, run, sku], each SKU's by itself, summed over SKUs, [run]; 0 without weeks.

    Taken from whole numbers near the mean, so that equal weeks have none and no sum knows how runs were batched.
    """
    weeks = len(units)
    if weeks == 0:
        return np.zeros(units.shape[1])
    off = (units - units.sum(axis=0) // weeks).astype(np.float64)
    squares = weeks * (off * off).sum(axis=0) - off.sum(axis=0) ** 2
    return np.asarray(squares.sum(axis=-1) / weeks**2)
