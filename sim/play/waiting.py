"""Buyers who wait: who does, how long at most, and whose order is dispatched late. First come, first served."""

import math
from collections import deque

import numpy as np
from numpy.typing import NDArray

from sim.luck import uniforms
from sim.play.stock import Stock
from sim.world.network import Network

IntArray = NDArray[np.int64]
FloatArray = NDArray[np.float64]
KeyArray = NDArray[np.uint64]


def preorder_shares(network: Network) -> FloatArray:
    """Share of unmet units whose buyers wait while a restock is announced, [market, 1]."""
    return np.array([[max(part.waits, part.preorders or 0.0)] for part in network.market_parts])


def somebody_waits(network: Network) -> bool:
    """Whether any buyer of a world may wait."""
    return bool(preorder_shares(network).any())


def owed_units(short: IntArray, waits: FloatArray, keys: KeyArray, slot: int) -> IntArray:
    """Units whose buyers wait, [run, market, sku]: a share of the unmet units, rounded by luck.

    `waits` is the market's share, [market, 1], or one for this slot, [run, market, sku].
    """
    expected = short * waits
    whole = np.floor(expected).astype(np.int64)
    if keys.size:
        whole += uniforms(keys, slot) < expected - whole
    return whole


class Patience:
    """Buyers who cancel when they have waited for as long as their market's buyers do at most."""

    def __init__(self, network: Network, runs: int) -> None:
        nobody = np.zeros((runs, len(network.skus)), np.int64)
        self._owed: dict[int, deque[IntArray]] = {}  # by market, all units owed up to so many slots ago, oldest first
        for market, part in enumerate(network.market_parts):
            if part.waits_at_most_days is not None:
                slots = _slots(network, part.waits_at_most_days)
                self._owed[market] = deque([nobody] * slots, maxlen=slots)

    @classmethod
    def of(cls, network: Network, runs: int) -> "Patience | None":
        """The patience of a world where it ends."""
        ends = any(part.waits_at_most_days is not None for part in network.market_parts)
        return cls(network, runs) if ends else None

    def end(self, stock: Stock) -> IntArray:
        """Cancel what is owed for too long, after who waits was served; the units, [run, market, sku]."""
        gone = np.zeros_like(stock.backlog)
        for market, owed in self._owed.items():
            gone[:, market] = np.maximum(owed[0] - stock.no_longer_owed[:, market], 0)
        stock.cancel(gone)
        return gone

    def note(self, stock: Stock) -> None:
        """Remember what is owed at a slot's end."""
        for market, owed in self._owed.items():
            owed.append(stock.owed[:, market].copy())


class Deadlines:
    """Units that wait longer than a platform allows, each counted once: in the slot in which it becomes late."""

    def __init__(self, network: Network, runs: int) -> None:
        nobody = np.zeros((runs, len(network.skus)), np.int64)
        self._owed: dict[int, deque[IntArray]] = {}  # as in Patience, from the slot before the one that becomes late
        for market, part in enumerate(network.market_parts):
            if part.limits is not None:
                slots = _slots(network, part.limits.dispatch_days) + 2
                self._owed[market] = deque([nobody] * slots, maxlen=slots)

    @classmethod
    def of(cls, network: Network, runs: int) -> "Deadlines | None":
        """The deadlines of a world whose platforms set any."""
        limited = any(part.limits is not None for part in network.market_parts)
        return cls(network, runs) if limited and somebody_waits(network) else None

    def late(self, stock: Stock) -> IntArray:
        """Units that became late in this slot, [run, market, sku]; asked at its end."""
        late = np.zeros_like(stock.backlog)
        for market, owed in self._owed.items():
            owed.append(stock.owed[:, market].copy())
            late[:, market] = np.maximum(owed[1] - np.maximum(stock.no_longer_owed[:, market], owed[0]), 0)
        return late


def _slots(network: Network, days: float) -> int:
    return math.ceil(days * network.clock.slots_per_day)
