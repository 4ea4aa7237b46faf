"""The seller's own sales history: what a policy may look back on."""

from typing import Any

import numpy as np
from numpy.typing import DTypeLike, NDArray

from sim.play.waiting import somebody_waits
from sim.world.network import Network

IntArray = NDArray[np.int64]
LOOK_BACK = 400
"""Days a policy can look back: a year and a month."""


class RunningTotal:
    """A total by day, of which the last days are kept, so that a long world costs no more a day than a short one."""

    def __init__(self, days: int, shape: tuple[int, ...], dtype: DTypeLike = np.int64) -> None:
        self._rows: NDArray[Any] = np.zeros((min(days + 1, 2 * LOOK_BACK + 2), *shape), dtype)
        self._last = 0

    @property
    def rows(self) -> IntArray:
        """The total up to each of the last days, the row before the first of them included, [day + 1, ...]."""
        return self._rows[max(0, self._last - LOOK_BACK) : self._last + 1]

    def add(self, amounts: IntArray | NDArray[np.bool_]) -> None:
        """Add one day."""
        if self._last + 1 == len(self._rows):
            kept = self.rows
            self._rows, self._last = np.empty_like(self._rows), len(kept) - 1  # what was shown before stays as it was
            self._rows[: len(kept)] = kept
        np.add(self._rows[self._last], amounts, out=self._rows[self._last + 1])
        self._last += 1


class SalesBooks:
    """Sales day by day, and which days had stock; arrays as in `SalesSight`, over all markets or warehouses."""

    def __init__(self, network: Network, past: IntArray) -> None:
        runs, markets, skus = past.shape[1:]
        self._home, places, days = network.home, len(network.warehouses), len(past) + network.clock.days
        self.sold = RunningTotal(days, (runs, markets, skus))
        self.open_days = RunningTotal(days, (runs, places, skus), np.int32)  # fresh memory costs more than adding
        # One market that buys from one warehouse, nobody waiting: every sale is of a day that had stock.
        alike = markets == places == 1 and not somebody_waits(network)
        self.open_sold = self.sold if alike else RunningTotal(days, (runs, places, skus))
        self._opened = np.ones((runs, places, skus), bool)
        for units in past:
            self.close(units)
            self._opened[:] = True
        self._opened[:] = False

    def note(self, on_hand: IntArray) -> None:
        """Note which shelves have stock to sell in a slot, [run, warehouse, sku]."""
        self._opened |= on_hand > 0

    def close(self, bought: IntArray) -> None:
        """Enter a day's sales, [run, market, sku]."""
        self.sold.add(bought)
        self.open_days.add(self._opened)
        if self.open_sold is not self.sold:
            self.open_sold.add(self._home_sales(bought) * self._opened)
        self._opened[:] = False

    def _home_sales(self, bought: IntArray) -> IntArray:
        """Sales by the buyers' first warehouse, [run, warehouse, sku]."""
        sales = np.zeros(self._opened.shape, np.int64)
        for market, place in enumerate(self._home):
            sales[:, place] += bought[:, market]
        return sales
