"""How old stock is. What came first leaves first, so a total for every day past says it all."""

from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from sim.play.stock import Stock

IntArray = NDArray[np.int64]


@dataclass(frozen=True, slots=True)
class Births:
    """When units on their way to another warehouse first came to one."""

    newest: int  # [day] of the last row
    units: IntArray  # [row, sku] units that came by each day up to it, the oldest first

    def first(self, units: IntArray) -> "Births":
        """Those of the oldest so many, [sku]."""
        return Births(self.newest, np.minimum(self.units, units))

    def but_first(self, units: IntArray) -> "Births":
        """Those of the others."""
        return Births(self.newest, self.units - np.minimum(self.units, units))

    @property
    def count(self) -> IntArray:
        """How many units they are of, [sku]."""
        return np.asarray(self.units[-1])


class Ages:
    """The ages of all stock, in whole days: 0 on the day on which it came."""

    def __init__(self, stock: Stock, days: int) -> None:
        """`days` is the oldest age that is ever asked for."""
        self._stock, self._day, self._rows = stock, -1, days + 1
        # [row, run, warehouse, sku] units that had come by the end of a day; a day's row is used again after all others
        self._came = np.zeros((self._rows, *stock.on_hand.shape), np.int64)

    def close_day(self) -> None:
        """Enter what came today."""
        self._day += 1
        self._came[self._row(0)] = self._stock.came

    def on_hand(self, days: int) -> IntArray:
        """Units on hand that came so many days ago or earlier, [run, warehouse, sku]; asked after `close_day`."""
        return np.asarray(np.maximum(self._came[self._row(days)] - self._stock.gone, 0))

    def shrink(self, units: IntArray) -> None:
        """Let lost units, [run, warehouse, sku], be of all ages alike; called when the stock has struck them off."""
        run, warehouse, sku = at = np.nonzero(units)
        gone, lost = self._stock.gone[at], units[at]
        before = self._stock.on_hand[at] + lost
        left = np.maximum(self._came[:, run, warehouse, sku] - (gone - lost), 0)
        self._came[:, run, warehouse, sku] = gone + left - np.rint(lost * left / before).astype(np.int64)

    def oldest(self, run: int, warehouse: int, units: IntArray) -> Births:
        """When the units that leave next, [sku], came; called before they do."""
        ages = np.arange(self._rows - 1, -1, -1)
        left = np.maximum(self._came[self._row(ages), run, warehouse] - self._stock.gone[run, warehouse], 0)
        rows = np.concatenate([np.minimum(left, units), units[np.newaxis]])
        first, last = rows.any(axis=1).argmax(), (rows == units).all(axis=1).argmax()
        return Births(int(self._day + 2 - len(rows) + last), rows[first : last + 1].copy())

    def come(self, run: int, warehouse: int, births: Births) -> None:
        """Let units that come today be as old as they are."""
        gone, ages, last = self._stock.gone[run, warehouse], np.arange(self._rows), len(births.units) - 1
        back = births.newest - self._day + ages
        rows, at = self._row(ages[back <= last]), np.minimum(last - back[back <= last], last)
        came = self._came[rows, run, warehouse]
        self._came[rows, run, warehouse] = gone + np.maximum(came - gone, 0) + births.units[at]

    def _row(self, age: int | IntArray) -> int | IntArray:
        """The row of the day so many days before the last one closed."""
        return (self._day - age) % self._rows
