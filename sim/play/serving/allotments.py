"""Split stock: shares of every receipt that are kept for one market alone."""

import numpy as np
from numpy.typing import NDArray

from sim.play.stock import Stock
from sim.world.network import Network

FloatArray = NDArray[np.float64]
IntArray = NDArray[np.int64]
EDGE = 1e-9
"""Rounding noise of shares."""


class Allotments:
    """What is kept for each market of one batch at its first warehouse."""

    def __init__(self, network: Network, runs: int) -> None:
        shares = [part.stock_share for part in network.market_parts]
        self._shares = np.array([[0.0 if share is None else share] for share in shares])  # [market, 1]
        self._home = list(network.home)
        self.warehouses = frozenset(w for w, share in zip(network.home, shares, strict=True) if share is not None)
        shape = runs, len(network.markets), len(network.skus)
        self._came = np.zeros(shape, np.int64)  # to its first warehouse by the last look
        self._held = np.zeros(shape, np.int64)  # of that, still kept for it, state

    @classmethod
    def of(cls, network: Network, runs: int) -> "Allotments | None":
        """Those of a world in which stock is split."""
        split = any(part.stock_share is not None for part in network.market_parts)
        return cls(network, runs) if split else None

    def held(self, warehouse: int, stock: Stock) -> IntArray:
        """Units on a shelf that are kept for each market, [run, market, sku]: all alike where it holds too few."""
        markets = [market for market, home in enumerate(self._home) if home == warehouse]
        came = np.repeat(stock.came[:, warehouse, np.newaxis], len(markets), axis=1)
        shelf, fresh, shares = stock.on_hand[:, warehouse], came - self._came[:, markets], self._shares[markets]
        # What left in other ways, past its life, moved or sold off, was the oldest: of nobody more than of others.
        kept = _cut(self._held[:, markets], np.maximum(shelf - fresh[:, 0], 0))
        kept = _cut(kept + _part(came, shares) - _part(self._came[:, markets], shares), shelf)
        self._came[:, markets], self._held[:, markets] = came, kept
        held = np.zeros_like(self._held)
        held[:, markets] = kept
        return held

    def take(self, markets: list[int], units: IntArray) -> None:
        """Let markets take units of their own, [run, market of these, sku]."""
        self._held[:, markets] -= units


def _part(units: IntArray, shares: FloatArray) -> IntArray:
    return np.asarray(np.floor(units * shares + EDGE), np.int64)


def _cut(held: IntArray, shelf: IntArray) -> IntArray:
    """What is kept for markets, [run, market, sku], where a shelf, [run, sku], holds less: of all alike less."""
    share = np.minimum(1.0, shelf / np.maximum(held.sum(axis=1), 1))
    return np.asarray(np.floor(held * share[:, np.newaxis] + EDGE), np.int64)
