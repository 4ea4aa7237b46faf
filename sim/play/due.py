"""What is under way by the day on which it is expected."""

from collections.abc import Callable, Collection

import numpy as np
from numpy.typing import NDArray

from scenarios.schema import MINUTES_PER_DAY
from sim.play.orders import PurchaseOrder

IntArray = NDArray[np.int64]


class Due:
    """Units under way by the day they are expected, kept up from one review to the next."""

    def __init__(self, days: int, shape: tuple[int, int], day_of: Callable[[PurchaseOrder], int]) -> None:
        self.day_of = day_of
        self.units = np.zeros((days + 1, *shape), np.int64)  # [day, run, sku]; the last row is beyond them all
        self._tomorrow = 0
        self._known: dict[PurchaseOrder, IntArray] = {}  # the units it is known with, [sku]

    def days(self, today: int, live: Collection[PurchaseOrder]) -> IntArray:
        """Units expected on each day to come, tomorrow first and with what is overdue, [day, run, sku]."""
        for order in [order for order, units in self._known.items() if order not in live or units is not order.units]:
            self.units[self._row(order), order.run] -= self._known.pop(order)
        for day in range(self._tomorrow, today + 1):
            self.units[day + 1] += self.units[day]
            self.units[day] = 0
        self._tomorrow = today + 1
        for order in [order for order in live if order not in self._known]:
            self.units[self._row(order), order.run] += order.units
            self._known[order] = order.units
        return self.units[today + 1 :]

    def _row(self, order: PurchaseOrder) -> int:
        return min(max(self.day_of(order), self._tomorrow), len(self.units) - 1)


def quoted_day(order: PurchaseOrder) -> int:
    """The day an order could first be sold, were it as long under way as its lane's quote says."""
    return -(-order.planned // MINUTES_PER_DAY)
