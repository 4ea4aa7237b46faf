"""The everyday stream. All arrays run over days, history first."""

import math
from datetime import date, timedelta
from functools import lru_cache

import numpy as np
from numpy.typing import NDArray
from scipy.special import betainc, pdtr

from scenarios.schema import Organic

IntArray = NDArray[np.int64]
FloatArray = NDArray[np.float64]
MONTHS, HALF_YEAR = 12, 6
YEAR = 365
"""Days in which a trend grows by its yearly rate."""
TINY = float(np.finfo(float).tiny)
"""Stands for a mean of zero, which the negative binomial law does not take."""
TABLE = 4_096
"""Chances in one table that the fastest cache holds."""
APART = 2.0
"""Above 1, so that rounding never takes a draw of one mean for one of the next."""


def day_means(organic: Organic, first: date, days: int, past: int = 0, south: bool = False) -> FloatArray | float:
    """Expected units of each day from `first` on, [day], or one number for all: weekday, season and trend applied.

    The first `past` days come before the trend begins. The seasons of the south are half a year later.
    """
    if organic.weekday is None and organic.season is None and organic.trend_per_year == 0:
        return organic.mean
    dates = [first + timedelta(days=d) for d in range(days)]
    means = np.full(days, organic.mean)
    if organic.weekday is not None:
        means *= np.array(organic.weekday)[[when.weekday() for when in dates]]
    if organic.season is not None:
        means *= np.array(organic.season)[[(when.month - 1 + HALF_YEAR * south) % MONTHS for when in dates]]
    if organic.trend_per_year != 0:
        means *= (1 + organic.trend_per_year) ** (np.maximum(np.arange(days) - past, 0) / YEAR)
    return means


class Everyday:
    """Draws the everyday units of one market and SKU, for expected units `means`: [day], or one number for all days.

    The negative binomial has variance = dispersion x mean at every mean. It and the Poisson law are drawn by
    inversion where the table of their chances is small: one uniform number a day, at a third of the time, and with
    the same luck a higher mean never wants fewer units.
    """

    def __init__(self, organic: Organic, means: FloatArray | float, days: int) -> None:
        self.organic, self.means, self.days = organic, means, days
        self.dispersion = organic.dispersion if organic.law == "negative-binomial" else 1.0
        self._table: FloatArray | None = None
        if organic.law in ("negative-binomial", "poisson"):
            if isinstance(means, float):
                self._table, _ = inversion_table((means,), self.dispersion)
                return
            levels, level = np.unique(means, return_inverse=True)
            self._table, width = inversion_table(tuple(levels.tolist()), self.dispersion)
            self._raised: FloatArray = np.asarray(APART * level, np.float64)
            self._first: IntArray = width * level

    def units(self, luck: np.random.Generator) -> IntArray:
        """Units wanted each day, [day]."""
        if self._table is not None and isinstance(self.means, float):
            return self._table.searchsorted(luck.random(self.days), side="right")
        if self._table is not None:
            return self._table.searchsorted(luck.random(self.days) + self._raised, side="right") - self._first
        organic, means, days = self.organic, self.means, self.days
        if organic.law == "normal":
            spread = organic.sd / organic.mean * luck.standard_normal(days) if organic.mean else 0.0
            return np.maximum(np.rint(means * (1 + spread)), 0).astype(np.int64) * np.ones(days, np.int64)
        if organic.law == "fixed":
            return np.diff(np.floor(np.cumsum(np.broadcast_to(means, days)) + 1e-9), prepend=0).astype(np.int64)
        if self.dispersion > 1:
            return luck.negative_binomial(np.maximum(means / (self.dispersion - 1), TINY), 1 / self.dispersion, days)
        return luck.poisson(means, days)


@lru_cache(maxsize=1_024)
def inversion_table(means: tuple[float, ...], dispersion: float) -> tuple[FloatArray | None, int]:
    """Chances of at most 0, 1, 2, ... units, and how many of them belong to one mean.

    The chances of each mean follow those of the mean before, raised by APART, so that one search serves days of
    different means. Negative binomial; Poisson at dispersion 1. None where the chances would be more than TABLE.
    """
    top = math.ceil(means[-1] + 12 * math.sqrt(means[-1] * dispersion) + 40 * dispersion)
    if len(means) * top > TABLE:
        return None, 0
    units, mean = np.arange(top), np.maximum(means, TINY)[:, None]
    at_most = betainc(mean / (dispersion - 1), units + 1, 1 / dispersion) if dispersion > 1 else pdtr(units, mean)
    width = int((at_most < 1).any(axis=0).sum()) + 1
    at_most[:, width - 1 :] = 1.0
    return (at_most[:, :width] + APART * np.arange(len(means))[:, None]).ravel(), width
