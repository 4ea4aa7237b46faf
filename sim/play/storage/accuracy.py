"""What the books of a warehouse say, rightly or wrongly, and what its seller knows of it."""

from collections import deque
from collections.abc import Sequence

import numpy as np
from numpy.typing import NDArray

from sim.luck import Luck, uniforms
from sim.play.stock import Stock
from sim.world.network import Network

BoolArray = NDArray[np.bool_]
IntArray = NDArray[np.int64]


class StockRecords:
    """The stock records of every warehouse, for one batch."""

    def __init__(self, network: Network, stock: Stock, runs: Sequence[int]) -> None:
        parts = [part.record for part in network.warehouse_parts]
        self._stock = stock
        self._kept = np.array([part is not None for part in parts])[:, np.newaxis]  # [warehouse, 1]
        self._miscounts = np.array([0.0 if part is None else part.miscounts for part in parts])[:, np.newaxis]
        self._off_by = np.array([0.0 if part is None else part.off_by for part in parts])[:, np.newaxis]
        self._counted = [
            (w, part.counted_every_days) for w, part in enumerate(parts) if part and part.counted_every_days
        ]
        luck, names = Luck(network.scenario.seed), (network.warehouses, network.skus)
        self._wrong_keys, self._size_keys = (luck.keys(runs, use, *names) for use in ("miscount", "miscount size"))
        self.gap = np.zeros_like(stock.on_hand)  # [run, warehouse, sku] the record less what stands there, state

    @classmethod
    def of(cls, network: Network, stock: Stock, runs: Sequence[int]) -> "StockRecords | None":
        """Those of a world in which any is wrong or late."""
        kept = any(part.record is not None for part in network.warehouse_parts)
        return cls(network, stock, runs) if kept else None

    @property
    def on_hand(self) -> IntArray:
        """What the records say, [run, warehouse, sku]."""
        return np.asarray(np.maximum(self._stock.on_hand + self.gap, 0))

    def receive(self, slot: int, units: IntArray) -> None:
        """Enter a receipt, [run, warehouse, sku], now and then a wrong number of units."""
        wrong = uniforms(self._wrong_keys, slot) < self._miscounts
        size = (2 * uniforms(self._size_keys, slot) - 1) * self._off_by
        self.gap += np.rint(units * size * wrong).astype(np.int64)

    def lose(self, units: IntArray) -> None:
        """Do not notice losses, [run, warehouse, sku], where a record is kept that only a count puts right."""
        self.gap += units * self._kept

    def find_empty(self, missing: BoolArray) -> None:
        """Put the record right of SKUs, [run, warehouse, sku], of which a picker found none."""
        self.gap[missing] = 0

    def end_day(self, day: int) -> None:
        """Count the stock where it is the day for it."""
        for w, every in self._counted:
            if (day + 1) % every == 0:
                self.gap[:, w] = 0


class Knowledge:
    """What a seller knows of the shelves: what the records said some days ago, and what is said to be coming."""

    def __init__(self, network: Network, stock: Stock, records: StockRecords | None) -> None:
        self._stock, self._records = stock, records
        self._days = [0 if part.record is None else part.record.known_after_days for part in network.warehouse_parts]
        self._said: deque[tuple[IntArray, IntArray]] = deque(maxlen=max(self._days))
        self._opening = stock.on_hand.copy(), self._came()

    def end_day(self) -> None:
        """Note what the records say at the end of a day."""
        if self._said.maxlen:
            self._said.append((self._shelf().copy(), self._came()))

    def on_hand(self, warehouse: int) -> IntArray:
        """Units on hand as far as the seller knows, [run, sku]; asked before `end_day`."""
        if not self._days[warehouse]:
            return self._shelf()[:, warehouse]
        return self._back(warehouse)[0][:, warehouse]

    def unconfirmed(self, warehouse: int) -> IntArray:
        """Units received of which the seller has not heard, [run, sku] or, where all is known at once, one 0."""
        if not self._days[warehouse]:
            return np.zeros(1, np.int64)
        return np.asarray(self._came()[:, warehouse] - self._back(warehouse)[1][:, warehouse])

    def _came(self) -> IntArray:
        """Units received, but for those that were sold as they were bought, [run, warehouse, sku]."""
        return np.asarray(self._stock.received - self._stock.bought_in)

    def _shelf(self) -> IntArray:
        return self._stock.on_hand if self._records is None else self._records.on_hand

    def _back(self, warehouse: int) -> tuple[IntArray, IntArray]:
        """What was said so many days ago: of today nothing is noted yet."""
        days = self._days[warehouse]
        return self._opening if days > len(self._said) else self._said[-days]
