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
        self._home = np.array(network.home)  # [market] its first warehouse
        self.warehouses = frozenset(w for w, share in zip(network.home, shares, strict=True) if share is not None)
        shape = runs, len(network.markets), len(network.skus)
        self._came = np.zeros(shape, np.int64)  # to its first warehouse by the last look
        self._held = np.zeros(shape, np.int64)  # of that, still kept for it, state

    @classmethod
    def of(cls, network: Network, runs: int) -> "Allotments | None":
        """Those of a world in which stock is split."""
        split = any(part.stock_share is not None for part in network.market_parts)
        return cls(network, runs) if split else None

    def renew(self, stock: Stock) -> None:
        """Set aside the shares of what has come, and let go of what is gone; called before a slot's trade."""
        came, shelf = stock.came[:, self._home], stock.on_hand[:, self._home]
        # What left in other ways, past its life, moved or sold off, was the oldest: of nobody more than of others.
        kept = self._cut(self._held, np.maximum(shelf - (came - self._came), 0))
        self._held = self._cut(kept + self._part(came) - self._part(self._came), shelf)
        self._came = came

    def held(self, warehouse: int) -> IntArray:
        """Units on a shelf that are kept for each market, [run, market, sku]."""
        return np.asarray(self._held * (self._home == warehouse)[:, np.newaxis])

    def take(self, markets: list[int], units: IntArray) -> None:
        """Let markets take units of their own, [run, market of these, sku]."""
        self._held[:, markets] -= units

    def _part(self, units: IntArray) -> IntArray:
        """The shares of units that came to the first warehouse of each market, [run, market, sku]."""
        return np.asarray(np.floor(units * self._shares + EDGE), np.int64)

    def _cut(self, held: IntArray, shelf: IntArray) -> IntArray:
        """What is kept, where a shelf holds less than all that is kept on it: of all alike less; [run, market, sku]."""
        total = np.stack([held[:, self._home == home].sum(axis=1) for home in self._home], axis=1)
        share = np.minimum(1.0, shelf / np.maximum(total, 1))
        return np.asarray(np.floor(held * share + EDGE), np.int64)
