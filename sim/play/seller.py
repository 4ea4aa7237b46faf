"""The seller beside the orders: a playbook watches every slot, and its levers move stock, prices and orders."""

import dataclasses
from collections.abc import Callable, Mapping, Sequence
from typing import Any

import numpy as np
from numpy.typing import NDArray

from policies.playbook import Elsewhere, Levers, Playbook, Watch
from policies.playbook_answer import act
from policies.protocol import AdsSight, CalendarSight, LaneFacts, SalesSight, StockSight
from policies.quantity import lots
from policies.rescue import gap
from sim.play.levers import Switchboard
from sim.play.money import Money
from sim.play.purchasing import Purchasing
from sim.play.stock import Stock
from sim.world.network import Network
from sim.world.supply.quotes import lanes_out

BoolArray = NDArray[np.bool_]
FloatArray = NDArray[np.float64]
IntArray = NDArray[np.int64]
PACE_DAYS = 28
"""Days of past sales that say how much is sold before a hurried order arrives."""
Sights = tuple[StockSight, SalesSight, AdsSight, CalendarSight]
"""What is seen of a warehouse."""


class Seller:
    """Asks one playbook, and does what its levers say."""

    def __init__(
        self,
        network: Network,
        playbook: Playbook,
        switchboard: Switchboard,
        runs: int,
        look: Callable[[int, int], Sights],
    ) -> None:
        self.network, self.playbook, self.levers, self._look = network, playbook, switchboard, look
        self._shape = (runs, len(network.skus))
        self._memory: list[Mapping[str, NDArray[Any]]] = [{} for _ in network.warehouses]
        self._waterlines: list[Mapping[str, FloatArray]] = [{} for _ in network.warehouses]
        self._lanes_out = [lanes_out(network, name) for name in network.warehouses]
        markets = network.market_parts
        self._discount = np.array([[0.0 if m.clearance is None else m.clearance.discount] for m in markets])

    def draw_waterlines(self, warehouse: int, why: Mapping[str, FloatArray]) -> None:
        """Keep what the policy gave as its reasons, [run, sku] by name."""
        self._waterlines[warehouse] = why

    def begin(self, slot: int, stock: Stock, money: Money, purchasing: Purchasing) -> None:
        """Let levers take effect; move and sell off what they say."""
        for place, levers in enumerate(self.levers.take_effect(slot)):
            for lane in sorted(levers.move):
                purchasing.move(slot, self.network.lanes.index(lane), levers.move[lane])
            if levers.sell_off is not None:
                free = 0 if self.network.warehouse_parts[place].bonded else stock.on_hand[:, place]
                units = np.minimum(levers.sell_off, free)
                stock.sell_off(place, units)
                worth = (units * self.network.unit_cost).sum(axis=-1)
                share = self.network.warehouse_parts[place].sell_off_share
                money.book("sold_off", self.network.clock.day(slot), worth * share)

    def given_away(self, bought: IntArray) -> FloatArray | None:
        """What clearance takes off the price of units bought off the shelf, money [run, market, sku]; None for none."""
        if not self._discount.any():
            return None
        return np.asarray(bought * self.network.market_price * self._discount * self.levers.cleared())

    def watch(self, slot: int) -> list[Levers]:
        """Ask the playbook about every warehouse."""
        set_now = []
        for place in range(len(self.network.warehouses)):
            levers = act(self.playbook, self._seen(slot, place), self._shape, self.network.markets)
            self._memory[place] = levers.memory
            set_now.append(levers)
        self.levers.set(slot, set_now)
        return set_now

    def changed(
        self, slot: int, warehouse: int, answer: dict[str, IntArray], lanes: Sequence[LaneFacts]
    ) -> dict[str, IntArray]:
        """The policy's orders, [run, sku] by lane, as the levers let them go."""
        held, hurried = self.levers.held_back(warehouse), self.levers.hurried(warehouse)
        if held is not None:
            answer = {lane: np.where(held, 0, units) for lane, units in answer.items()}
        if hurried is not None and hurried.any():
            answer = self._hurried(self._seen(slot, warehouse), hurried, answer, lanes)
        return answer

    def _hurried(
        self, seen: Watch, hurried: BoolArray, answer: dict[str, IntArray], lanes: Sequence[LaneFacts]
    ) -> dict[str, IntArray]:
        """The orders with what would be missing before they arrive sent by the fastest lane instead."""
        fastest = min(lanes, key=lambda lane: lane.lead_days)
        orders, pace = dict(answer), seen.sales.pace(PACE_DAYS)
        flown = orders.get(fastest.name, np.zeros(self._shape, np.int64))
        for lane in lanes:
            if lane.name in answer and lane.lead_days > fastest.lead_days:
                ordered = orders[lane.name]
                missing = lots(np.maximum(gap(seen, pace, fastest, lane) - flown, 0.0), fastest)
                moved = np.where(hurried, np.minimum(ordered, missing), 0)
                flown = flown + moved
                orders[lane.name] = np.where(moved > 0, lots(ordered - moved, lane), ordered)
        return {**orders, fastest.name: np.asarray(np.where(flown > 0, lots(flown, fastest), 0))}

    def _seen(self, slot: int, place: int) -> Watch:
        clock, hours = self.network.clock, self.network.scenario.slot_hours
        day = clock.day(slot)
        stock, sales, ads, calendar = self._look(day, place)
        return Watch(
            day=day,
            hour=slot % clock.slots_per_day * hours,
            slot_hours=hours,
            date=self.network.date(day),
            warehouse=self.network.warehouses[place],
            skus=self.network.skus,
            groups=self.network.groups,
            unit_cost=self.network.unit_cost,
            price=self.network.price,
            stock=stock,
            sales=sales,
            ads=ads,
            calendar=calendar,
            waterlines=self._waterlines[place],
            memory=self._memory[place],
            elsewhere=tuple(self._elsewhere(day, lane) for lane in self._lanes_out[place]),
        )

    def _elsewhere(self, day: int, lane: LaneFacts) -> Elsewhere:
        """A warehouse that a lane leads to."""
        there = self.network.ways[self.network.lanes.index(lane.name)].part.to
        stock, sales, _, _ = self._look(day, self.network.warehouses.index(there))
        return Elsewhere(lane, there, stock, sales)


def shown(levers: Levers) -> dict[str, NDArray[Any]]:
    """The levers that are set, [run, sku] by name, as a record keeps them; what is moved as one, over all lanes."""
    set_now: dict[str, NDArray[Any]] = {
        item.name: value
        for item in dataclasses.fields(Levers)
        if isinstance(value := getattr(levers, item.name), np.ndarray)
    }
    return {**set_now, "move": np.sum(list(levers.move.values()), axis=0)} if levers.move else set_now
