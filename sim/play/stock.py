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
        self.owed_to_places = np.zeros_like(
            self.on_order
        )  # [run, warehouse, sku] of it, not sent by a depot yet, state
        self.backlog = np.zeros((runs, markets, skus), np.int64)  # [run, market, sku], state
        self._opening = opening.copy()  # record
        self._ordered = on_order.copy()  # record, open orders included
        self.received = np.zeros(opening.shape, np.int64)  # record
        self.sold = np.zeros(opening.shape, np.int64)  # record
        self.off_sold = np.zeros(opening.shape, np.int64)  # record
        self._restocked = np.zeros(opening.shape, np.int64)  # record
        self.moved_out = np.zeros(opening.shape, np.int64)  # record
        self.moved_in = np.zeros(opening.shape, np.int64)  # record
        self.failed = np.zeros(opening.shape, np.int64)  # record: ordered, and never to come
        self.bought_in = np.zeros(opening.shape, np.int64)  # record: of received, in the moment in which they were sold
        self.expired = np.zeros(opening.shape, np.int64)  # record: past their shelf life
        self.sent_off = np.zeros(opening.shape, np.int64)  # record: past their storage term
        self.shrunk = np.zeros(opening.shape, np.int64)  # record: lost, broken, stolen
        self.owed = np.zeros_like(self.backlog)  # record
        self.no_longer_owed = np.zeros_like(self.backlog)  # record: settled or cancelled

    @property
    def under_way(self) -> IntArray:
        """Units on order that are in production or on their way, [run, warehouse, sku]."""
        return np.asarray(self.on_order - self.owed_to_places)

    @property
    def came(self) -> IntArray:
        """All units that ever came to a shelf, [run, warehouse, sku]."""
        return self._opening + self.received + self._restocked

    @property
    def gone(self) -> IntArray:
        """All units that ever left one, [run, warehouse, sku]."""
        return self.sold + self.off_sold + self.moved_out + self.expired + self.sent_off + self.shrunk

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
        self.received += units

    def fail(self, units: IntArray) -> None:
        """Strike off ordered units that will never come, [run, warehouse, sku]."""
        self.on_order -= units
        self.failed += units

    def await_depot(self, warehouse: int, units: IntArray) -> None:
        """Order units, [run, sku], from another warehouse, which still has to send them."""
        self.commit(warehouse, units)
        self.owed_to_places[:, warehouse] += units

    def depart(self, warehouse: int, units: IntArray) -> None:
        """Let units, [run, sku], that a warehouse has ordered from another be on their way."""
        self.owed_to_places[:, warehouse] -= units

    def dispatch(self, warehouse: int, units: IntArray) -> None:
        """Send units, [run, sku], on their way to another warehouse, where they are on order."""
        self.on_hand[:, warehouse] -= units
        self.moved_out[:, warehouse] += units

    def buy_in(self, warehouse: int, units: IntArray) -> None:
        """Buy units, [run, sku], in the moment in which they are sold."""
        self._ordered[:, warehouse] += units
        self.received[:, warehouse] += units
        self.bought_in[:, warehouse] += units
        self.on_hand[:, warehouse] += units

    def sell(self, warehouse: int, units: IntArray) -> None:
        """Hand units over to buyers, [run, sku]."""
        self.on_hand[:, warehouse] -= units
        self.sold[:, warehouse] += units

    def sell_off(self, warehouse: int, units: IntArray) -> None:
        """Hand units over to business buyers at a price of their own, [run, sku]."""
        self.on_hand[:, warehouse] -= units
        self.off_sold[:, warehouse] += units

    def expire(self, units: IntArray) -> None:
        """Destroy units past their shelf life, [run, warehouse, sku]."""
        self.on_hand -= units
        self.expired += units

    def send_off(self, units: IntArray) -> None:
        """Destroy or send back units past their storage term, [run, warehouse, sku]."""
        self.on_hand -= units
        self.sent_off += units

    def write_off(self, units: IntArray) -> None:
        """Strike off units that are lost, broken or stolen, [run, warehouse, sku]."""
        self.on_hand -= units
        self.shrunk += units

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
        _balance("on hand", self.came - self.gone, self.on_hand)
        _balance("on order", self._ordered - self.received - self.failed, self.on_order)
        _balance("backlog", self.owed - self.no_longer_owed, self.backlog)
        restocked_alone = np.minimum((self.sold - self._restocked).sum(axis=1), 0)
        _balance("restocked but never sold", restocked_alone, np.zeros_like(restocked_alone))
        for name, units in (("on hand", self.on_hand), ("on order", self.on_order), ("backlog", self.backlog)):
            _balance(f"{name} below zero", np.minimum(units, 0), np.zeros_like(units))

    def check_sold(self, units: IntArray) -> None:
        """Raise LedgerError unless what left shelves for buyers is what was sold to them, [run, sku]."""
        _balance("sold", units, self.sold.sum(axis=1))

    def check_on_order(self, under_way: IntArray) -> None:
        """Raise LedgerError unless what is on order is under way or owed by a depot, [run, warehouse, sku]."""
        _balance("under way", under_way, self.under_way)


def _balance(account: str, entered: IntArray, held: IntArray) -> None:
    if not np.array_equal(entered, held):
        place = tuple(int(i) for i in np.argwhere(entered != held)[0])
        raise LedgerError(f"{account}: the ledger says {entered[place]}, there is {held[place]} at {place}")
