"""Cash is short: what is most urgent is bought first."""

from collections.abc import Sequence
from dataclasses import dataclass
from typing import ClassVar

import numpy as np

from policies.filling import cover, granted, in_line, total
from policies.parameters import parameter
from policies.protocol import FloatArray, IntArray, LaneFacts, Observation, Orders
from policies.rescue import Wrapped, Wrapper


@dataclass(frozen=True)
class BudgetCap(Wrapper):
    """Lets another policy order, and buys of it what a budget pays for, the most urgent first.

    The budget is money for goods in one review of one warehouse; where `cash` is given too, what is ordered may also
    lift the goods on hand and on order to no more than that. Both count at unit cost, without freight and duty.

    SKUs that last the shortest come first, the faster lane before the slower. An order that the money no longer pays
    for is cut to whole packs, and to nothing below the lane's smallest order; cheaper ones behind it are still bought.
    What is cut is not kept in mind: the other policy asks for it again at its next review. What comes from another
    warehouse is paid for already and left alone.

    Formula: sum of orders x unit cost <= min(budget, cash - (on_hand + on_order) x unit cost), least position / pace
        first
    Source: money tied up in stock as the limit, shared by the shortest time to run out: Silver, Pyke, Thomas 2017,
        Inventory and Production Management in Supply Chains, chapter 10; why it is short: peaks of a brand (stocked
        three times over, and cash tight)
    Example: reorder-point+budget-cap:budget=20000
    """

    name: ClassVar[str] = "budget-cap"
    looks_at: ClassVar[frozenset[str]] = frozenset({"stock", "sales"})
    budget: float = parameter(10_000.0, 0, 1e12, "of the world's currency", "goods bought in one review, at most")
    cash: float | None = parameter(None, 0, 1e12, "of the world's currency", "goods on hand and on order, at most")
    pace_days: int = parameter(28, 1, 365, "days", "window of past sales that gives the pace")

    def orders(self, seen: Observation) -> Orders:
        wrapped = Wrapped.of(self.base, seen)
        bought = [lane for lane in map(seen.lane, wrapped.units) if lane.start is None]
        if not bought:
            return wrapped.orders
        bought.sort(key=lambda lane: lane.lead_days)
        days = cover(seen.stock.position, seen.sales.pace(self.pace_days))
        room = self._room(seen, in_line(days, seen.skus))
        # One item for each SKU of each lane: what a lane brings is cut for itself.
        wanted = np.concatenate([wrapped.units[lane.name] for lane in bought], axis=-1)
        line = in_line(np.concatenate([days] * len(bought), axis=-1), seen.skus * len(bought))
        cost, least, pack = np.tile(seen.unit_cost, len(bought)), *_lot_sizes(bought)
        given = np.split(granted(wanted, cost, room, line, least, pack), len(bought), axis=-1)
        kept = dict(wrapped.units) | {lane.name: units for lane, units in zip(bought, given, strict=True)}
        cut = sum((units - kept[name] for name, units in wrapped.units.items()), start=0 * seen.stock.position)
        return Orders(kept, {**wrapped.orders.why, "cut": cut})

    def _room(self, seen: Observation, line: IntArray) -> FloatArray:
        """Money that may be spent now, [...]; below zero where more is tied up than may be."""
        stock = seen.stock
        tied_up = total((stock.on_hand + stock.on_order) * seen.unit_cost, line)
        return np.minimum(self.budget, np.inf if self.cash is None else self.cash - tied_up)


def _lot_sizes(lanes: Sequence[LaneFacts]) -> tuple[IntArray, IntArray]:
    """Smallest orders and packs of some lanes, [item]."""
    return np.concatenate([lane.at_least for lane in lanes]), np.concatenate([lane.pack for lane in lanes])
