"""Units that get lost, broken or stolen while they stand."""

from collections.abc import Sequence

import numpy as np
from numpy.typing import NDArray
from scipy import special

from sim.luck import Luck, uniforms
from sim.play.stock import Stock
from sim.world.network import Network

IntArray = NDArray[np.int64]
FloatArray = NDArray[np.float64]
DAYS_PER_YEAR = 365
MANY = 50
"""Mean number above which adding up chances takes longer than searching."""


class Shrinkage:
    """Loses units, each by luck of its own, so that a share of what stands for a year is lost."""

    def __init__(self, network: Network, stock: Stock, runs: Sequence[int]) -> None:
        self._stock = stock
        yearly = np.array([part.shrinkage_per_year for part in network.warehouse_parts])
        self._chance = -np.expm1(np.log1p(-yearly) / DAYS_PER_YEAR)[:, np.newaxis]  # [warehouse, 1] in a day
        self._keys = Luck(network.scenario.seed).keys(runs, "shrinkage", network.warehouses, network.skus)

    @classmethod
    def of(cls, network: Network, stock: Stock, runs: Sequence[int]) -> "Shrinkage | None":
        """That of a world in which anything is lost."""
        lossy = any(part.shrinkage_per_year for part in network.warehouse_parts)
        return cls(network, stock, runs) if lossy else None

    def end_day(self, day: int) -> IntArray:
        """Strike off what is lost in a day, [run, warehouse, sku], whether anybody knows of it or not."""
        on_hand = self._stock.on_hand
        lost = binomial(uniforms(self._keys, day), on_hand, np.broadcast_to(self._chance, on_hand.shape))
        self._stock.write_off(lost)
        return lost


def binomial(luck: FloatArray, units: IntArray, chance: FloatArray) -> IntArray:
    """How many of some units it befalls, each with a chance below 1, [...]: the inverse of the binomial law."""
    count = np.zeros(units.shape, np.int64)
    none = np.exp(units * np.log1p(-chance))
    at = np.nonzero(luck > none)
    luck, units, chance = luck[at], units[at], chance[at]
    many = units * chance > MANY
    count[tuple(axis[many] for axis in at)] = _by_bisection(luck[many], units[many], chance[many])
    few = ~many
    count[tuple(axis[few] for axis in at)] = _by_addition(luck[few], units[few], chance[few], none[at][few])
    return count


def _by_addition(luck: FloatArray, units: IntArray, chance: FloatArray, none: FloatArray) -> IntArray:
    """The least number whose chances up to it add up to the luck, [cell]; `none` is the chance of 0."""
    count, odds = np.zeros(len(luck), np.int64), chance / (1 - chance)
    exactly, up_to = none.copy(), none.copy()
    open_ = np.flatnonzero((luck > up_to) & (count < units))
    while open_.size:
        count[open_] += 1
        exactly[open_] *= (units[open_] - count[open_] + 1) / count[open_] * odds[open_]
        up_to[open_] += exactly[open_]
        open_ = open_[(luck[open_] > up_to[open_]) & (count[open_] < units[open_])]
    return count


def _by_bisection(luck: FloatArray, units: IntArray, chance: FloatArray) -> IntArray:
    """The same where the sum would be long, [cell]."""
    nearly = np.ceil(special.bdtrik(luck, units, chance))
    below = np.maximum(nearly - 1, 0)
    return np.where(special.bdtr(below, units, chance) >= luck, below, nearly).astype(np.int64)
