"""Split stock: shares of every receipt that are kept for one market alone."""

import numpy as np
from numpy.typing import NDArray

from sim.play.stock import Stock
from sim.world.network import Network

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
        self._taken = np.zeros((runs, len(network.markets), len(network.skus)), np.int64)  # of its own share

    @classmethod
    def of(cls, network: Network, runs: int) -> "Allotments | None":
        """Those of a world in which stock is split."""
        split = any(part.stock_share is not None for part in network.market_parts)
        return cls(network, runs) if split else None

    def held(self, warehouse: int, stock: Stock) -> IntArray:
        """Units on a shelf that are kept for each market, [run, market, sku]: all alike where it holds too few."""
        here = np.array([home == warehouse for home in self._home])[:, np.newaxis]
        came = stock.came[:, self._home]
        held = (np.floor(came * self._shares + EDGE).astype(np.int64) - self._taken) * here
        shelf, total = stock.on_hand[:, warehouse], held.sum(axis=1)
        share = np.minimum(1.0, shelf / np.maximum(total, 1))
        return np.asarray(np.floor(held * share[:, np.newaxis] + EDGE), np.int64)

    def take(self, markets: list[int], units: IntArray) -> None:
        """Let markets take units of their own, [run, market of these, sku]."""
        self._taken[:, markets] += units
