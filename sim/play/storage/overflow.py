"""Warehouses that are full: what does not fit is turned away, stands in rented room, or waits in the yard."""

import numpy as np
from numpy.typing import NDArray

from sim.play.money import Money
from sim.play.stock import Stock
from sim.world.network import Network, money

IntArray = NDArray[np.int64]
FloatArray = NDArray[np.float64]
EDGE = 1e-9
"""Rounding noise of volumes, as a share of them."""


class Overflow:
    """The limits of every warehouse's room, for one batch."""

    def __init__(self, network: Network, stock: Stock, accounts: Money) -> None:
        self._network, self._stock, self._money = network, stock, accounts
        parts = network.warehouse_parts
        self._room = {w: part.capacity_m3 for w, part in enumerate(parts) if part.capacity_m3 is not None}
        self._parts = {w: part.overflow for w, part in enumerate(parts) if part.overflow is not None}
        self.yard = np.zeros_like(stock.on_hand)  # [run, warehouse, sku] at the door and on order, state
        self._moved = np.zeros_like(stock.on_hand)  # [run, warehouse, sku] of the yard, from other warehouses, state

    @classmethod
    def of(cls, network: Network, stock: Stock, accounts: Money) -> "Overflow | None":
        """The limits of a world in which any warehouse has one."""
        limited = any(part.capacity_m3 is not None for part in network.warehouse_parts)
        return cls(network, stock, accounts) if limited else None

    def let_in(
        self, day: int, arrived: IntArray | None, moved: IntArray | None
    ) -> tuple[IntArray | None, IntArray | None, IntArray | None]:
        """What goes on the shelf of goods at the door now, what of it was moved, and what is turned away.

        `moved` are the units that arrived from other warehouses; all are [run, warehouse, sku].
        """
        if arrived is None and not self.yard.any():
            return None, None, None
        at_door = self.yard if arrived is None else self.yard + arrived
        moved = self._moved if moved is None else self._moved + moved
        inside, turned_away = at_door.copy(), np.zeros_like(at_door)
        for w, part in self._parts.items():
            if part.then == "rent":
                continue
            room = self._room[w] - self._network.volume(self._stock.on_hand[:, w])
            inside[:, w] = fitting(at_door[:, w], self._network.volume_m3, room)
            if part.then == "refuse":
                turned_away[:, w] = at_door[:, w] - inside[:, w]
                fee = money(part.per_m3, self._network.scenario)
                self._money.book("disposal", day, self._network.volume(turned_away[:, w]) * fee)
        self.yard = at_door - inside - turned_away
        self._moved = np.minimum(moved, self.yard)
        return inside, np.minimum(moved - self._moved, inside), turned_away

    def end_day(self, day: int) -> None:
        """Pay for rented room, and for the yard."""
        for w, part in self._parts.items():
            over = self._network.volume(self._stock.on_hand[:, w]) - self._room[w]
            volume = np.maximum(over, 0.0) if part.then == "rent" else self._network.volume(self.yard[:, w])
            self._money.book("surcharges", day, volume * money(part.per_m3_day, self._network.scenario))


def fitting(units: IntArray, volume_m3: FloatArray, room: FloatArray) -> IntArray:
    """As many of some units, [run, sku], as fit into a room, [run]: of all SKUs alike, then one after the other.

    `volume_m3` is that of one unit, [sku].
    """
    offered = (units * volume_m3).sum(axis=-1)
    room = np.maximum(room, 0.0) * (1 + EDGE)
    share = np.minimum(1.0, room / np.where(offered > 0, offered, 1.0))[:, np.newaxis]
    inside = np.where(share < 1.0, np.floor(units * share), units).astype(np.int64)
    left, cut = room - (inside * volume_m3).sum(axis=-1), units * share - inside
    order = np.argsort(-cut, axis=-1, kind="stable")
    rows = np.flatnonzero(share[:, 0] < 1.0)
    for place in range(units.shape[-1]) if rows.size else ():
        at = rows, order[rows, place]
        more = np.minimum(units[at] - inside[at], np.floor(left[rows] / np.maximum(volume_m3[at[1]], EDGE)))
        inside[at] += more.astype(np.int64)
        left[rows] -= more * volume_m3[at[1]]
    return inside
