"""The seller's own sales history: what a policy may look back on."""

from typing import Any

import numpy as np
from numpy.typing import DTypeLike, NDArray

from policies.network import WAREHOUSE
from policies.protocol import SalesSight
from sim.play.waiting import somebody_waits
from sim.world.network import Network, still

FloatArray = NDArray[np.float64]
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
        self._depots, self._fed = list(network.depots), network.fed_markets
        self._homes = {depot: np.array(network.markets_at(depot), np.int64) for depot in self._depots}
        # What is ordered from a depot waits for stock, and what is bought in when it is ordered is never out.
        self._always_open = network.bought_in | np.isin(np.arange(places), self._depots)[:, np.newaxis]
        self._opens = _opened_by(network)
        self.sold = RunningTotal(days, (runs, markets, skus))
        self.open_days = RunningTotal(days, (runs, places, skus), np.int32)  # fresh memory costs more than adding
        # One market that buys from one warehouse, nobody waiting: every sale is of a day that had stock.
        alike = markets == places == 1 and not somebody_waits(network)
        self._ordered = np.zeros((runs, places, skus), np.int64)  # from depots, since the last day's end
        self._at_depots = {
            depot: (RunningTotal(days, (runs, self._homes[depot].size + 1, skus)), RunningTotal(days, (runs, skus)))
            for depot in self._depots
        }
        self.open_sold = self.sold if alike else RunningTotal(days, (runs, places, skus))
        self._opened = np.ones((runs, places, skus), bool)
        for units in past:
            for depot in self._depots:
                self.supply(depot, units[:, self._fed[depot]].sum(axis=1))
            self.close(units)
            self._opened[:] = True
        self._opened[:] = self._always_open

    def note(self, on_hand: IntArray) -> None:
        """Note which shelves have stock to sell in a slot, [run, warehouse, sku]."""
        there = on_hand > 0
        if self._opens is not None:
            there = (there.swapaxes(1, 2) @ self._opens).swapaxes(1, 2)
        self._opened |= there

    def supply(self, warehouse: int, units: IntArray) -> None:
        """Enter what other warehouses order from one, [run, sku]."""
        self._ordered[:, warehouse] += units

    def close(self, bought: IntArray) -> None:
        """Enter a day's sales, [run, market, sku]."""
        self.sold.add(bought)
        self.open_days.add(self._opened)
        if self.open_sold is not self.sold:
            self.open_sold.add(self._home_sales(bought) * self._opened)
        for depot, (sold, open_sold) in self._at_depots.items():
            of_markets, of_places = bought[:, self._homes[depot]], self._ordered[:, depot]
            sold.add(np.concatenate([of_markets, of_places[:, np.newaxis]], axis=1))
            open_sold.add((of_markets.sum(axis=1) + of_places) * self._opened[:, depot])
        self._ordered[:] = 0
        self._opened[:] = self._always_open

    def sight(self, warehouse: int, homes: tuple[int, ...], channels: tuple[str, ...]) -> SalesSight:
        """What is seen of a warehouse's sales: those to the markets it is the first of, and to other warehouses."""
        window = slice(homes[0], homes[-1] + 1) if homes else slice(0, 0)
        totals, open_totals = self.sold.rows[:, :, window], self.open_sold.rows[:, :, warehouse]
        if warehouse in self._at_depots:
            totals, open_totals = (total.rows for total in self._at_depots[warehouse])
            channels = (*channels, WAREHOUSE)
        return SalesSight(still(totals), still(open_totals), still(self.open_days.rows[:, :, warehouse]), channels)

    def home_pace(self, days: int) -> FloatArray:
        """Units a day bought from each warehouse by the markets it is the first of, on days with stock there.

        Arrays are [run, warehouse, sku].
        """
        sold, counted = self.open_sold.rows, self.open_days.rows
        first = -1 - min(days, len(sold) - 1)
        return np.asarray((sold[-1] - sold[first]) / np.maximum(counted[-1] - counted[first], 1))

    def _home_sales(self, bought: IntArray) -> IntArray:
        """Sales by the buyers' first warehouse, [run, warehouse, sku]."""
        sales = np.zeros(self._opened.shape, np.int64)
        for market, place in enumerate(self._home):
            sales[:, place] += bought[:, market]
        return sales


def _opened_by(network: Network) -> NDArray[np.bool_] | None:
    """Whose stock sells what is bought at a warehouse, [warehouse with stock, warehouse]; None where only its own."""
    if all(len(part.served_by) == 1 for part in network.market_parts):
        return None
    opens = np.eye(len(network.warehouses), dtype=bool)
    for home, part in zip(network.home, network.market_parts, strict=True):
        opens[[network.warehouses.index(name) for name in part.served_by], home] = True
    return opens
