"""Stock and its verbs: units change only through them, and every change is entered in a ledger that must balance."""

import numpy as np
from numpy.typing import NDArray

IntArray = NDArray[np.int64]


class LedgerError(Exception):
    """Units or money appeared or vanished. The message says which account, run and position."""


class Stock:
    """What stands in warehouses, what is coming, what is owed. All arrays are whole units."""

    def __init__(self, opening: IntArray, on_order: IntArray, markets: int) -> None:
        runs, _, skus = opening.shape
        self.on_hand = opening.copy()  # [run, warehouse, sku], state
        self.on_order = on_order.copy()  # [run, warehouse, sku], state
        self.backlog = np.zeros((runs, markets, skus), np.int64)  # [run, market, sku], state
        self._opening = opening.copy()  # record
        self._ordered = on_order.copy()  # record, open orders included
        self._received = np.zeros(opening.shape, np.int64)  # record
        self.sold = np.zeros(opening.shape, np.int64)  # record
        self.off_sold = np.zeros(opening.shape, np.int64)  # record
        self._restocked = np.zeros(opening.shape, np.int64)  # record
        self.moved_out = np.zeros(opening.shape, np.int64)  # record
        self.moved_in = np.zeros(opening.shape, np.int64)  # record
        self.failed = np.zeros(opening.shape, np.int64)  # record: ordered, and never to come
        self.owed = np.zeros_like(self.backlog)  # record
        self.no_longer_owed = np.zeros_like(self.backlog)  # record: settled or cancelled

    def commit(self, warehouse: int, units: IntArray) -> None:
        """Order units, [run, sku]: they count in the position from now on."""
        self.on_order[:, warehouse] += units
        self._ordered[:, warehouse] += units

    def receive(self, units: IntArray, moved: IntArray | None = None) -> None:
        """Put units away, [run, warehouse, sku]; `moved` are those of them that come from another warehouse."""
        if moved is not None:
            self.moved_in += moved
        self.on_order -= units
        self.on_hand += units
        self._received += units

    def fail(self, units: IntArray) -> None:
        """Strike off ordered units that will never come, [run, warehouse, sku]."""
        self.on_order -= units
        self.failed += units

    def move(self, here: int, there: int, units: IntArray) -> None:
        """Send units, [run, sku], from one warehouse to another: they are on order there from now on."""
        self.on_hand[:, here] -= units
        self.moved_out[:, here] += units
        self.commit(there, units)

    def sell(self, warehouse: int, units: IntArray) -> None:
        """Hand units over to buyers, [run, sku]."""
        self.on_hand[:, warehouse] -= units
        self.sold[:, warehouse] += units

    def sell_off(self, warehouse: int, units: IntArray) -> None:
        """Hand units over to business buyers at a price of their own, [run, sku]."""
        self.on_hand[:, warehouse] -= units
        self.off_sold[:, warehouse] += units

    def owe(self, units: IntArray) -> None:
        """Promise units to buyers who wait, [run, market, sku]."""
        self.backlog += units
        self.owed += units

    def settle(self, units: IntArray) -> None:
        """Count units as delivered to buyers who waited, [run, market, sku]; `sell` takes them off the shelf."""
        self.backlog -= units
        self.no_longer_owed += units

    def cancel(self, units: IntArray) -> None:
        """Strike off units whose buyers wait no longer, [run, market, sku]."""
        self.backlog -= units
        self.no_longer_owed += units

    def restock(self, units: IntArray) -> None:
        """Put units that buyers sent back on the shelf again, [run, warehouse, sku]."""
        self.on_hand += units
        self._restocked += units

    def check(self) -> None:
        """Raise LedgerError unless every unit is accounted for, run by run."""
        came = self._opening + self._received + self._restocked
        gone = self.sold + self.off_sold + self.moved_out
        _balance("on hand", came - gone, self.on_hand)
        _balance("on order", self._ordered - self._received - self.failed, self.on_order)
        _balance("backlog", self.owed - self.no_longer_owed, self.backlog)
        restocked_alone = np.minimum((self.sold - self._restocked).sum(axis=1), 0)
        _balance("restocked but never sold", restocked_alone, np.zeros_like(restocked_alone))
        for name, units in (("on hand", self.on_hand), ("on order", self.on_order), ("backlog", self.backlog)):
            _balance(f"{name} below zero", np.minimum(units, 0), np.zeros_like(units))

    def check_on_order(self, under_way: IntArray) -> None:
        """Raise LedgerError unless what is on order is what is under way, [run, warehouse, sku]."""
        _balance("on order", under_way, self.on_order)


def _balance(account: str, entered: IntArray, held: IntArray) -> None:
    if not np.array_equal(entered, held):
        place = tuple(int(i) for i in np.argwhere(entered != held)[0])
        raise LedgerError(f"{account}: the ledger says {entered[place]}, there is {held[place]} at {place}")
