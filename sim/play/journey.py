"""Purchase orders on their way: each is one SimPy process that queues, sails, is cleared and put away."""

from collections.abc import Generator
from dataclasses import dataclass, field
from typing import Any

import numpy as np
import simpy
from numpy.typing import NDArray

from reports.record import Shipment
from scenarios.schema import MINUTES_PER_DAY
from sim.day import days_minutes
from sim.play.money import Money
from sim.world.network import Network
from sim.world.passage import NEVER, PostPassage
from sim.world.sample import World

IntArray = NDArray[np.int64]
Steps = Generator[simpy.Event, Any, int]
"""Steps of a journey; they end with the minute they lead to, or NEVER."""
NO_LANE = -1


@dataclass(eq=False, slots=True)
class PurchaseOrder:
    """Goods of one order to one factory down one lane. Minutes count from the first day played."""

    run: int  # position in the batch
    lane: int  # NO_LANE for goods that were under way before the first day played
    warehouse: int
    units: IntArray  # [sku]
    placed: int  # [minute] end of the review day
    planned: int  # [minute] when the lane's quote says it can be sold
    value: float  # at unit cost
    freight: float
    ready: int = NEVER
    departed: int = NEVER
    shelved: int = NEVER
    previous: simpy.Event | None = None  # on a fifo lane: the order before is ready for the dock
    at_dock: simpy.Event | None = None
    legs: list[tuple[str, int, int]] = field(default_factory=list)


class Journeys:
    """Everything between a review and the shelf, for one batch and one policy."""

    def __init__(self, env: simpy.Environment, world: World, money: Money) -> None:
        network, runs = world.network, len(world.runs)
        self.env, self.world, self.money = env, world, money
        self.parts = tuple(network.scenario.lane[name] for name in network.lanes)
        suppliers, posts, places = network.scenario.supplier, network.scenario.customs, network.scenario.warehouse
        self.line_rates = {n: s.units_per_day for n, s in suppliers.items() if s.units_per_day is not None}
        self.dock_rates = {n: p.dock_units_per_day for n, p in places.items() if p.dock_units_per_day is not None}
        self.lines = _turnstiles(env, runs, dict.fromkeys(self.line_rates, 1))
        self.desks = _turnstiles(env, runs, {n: p.desks for n, p in posts.items() if p.desks is not None})
        self.docks = _turnstiles(env, runs, dict.fromkeys(self.dock_rates, 1))
        self.desk_minutes = {name: np.zeros(runs) for name in self.desks}  # record, scored days only
        self.dock_minutes = {name: np.zeros(runs) for name in self.docks}  # record, scored days only
        self.arrived: IntArray | None = None  # [run, warehouse, sku] put away since the last slot
        self.shape = (runs, len(network.warehouses), len(network.skus))
        self.live: dict[PurchaseOrder, None] = {}  # in the order they were sent
        self.sent: list[PurchaseOrder] | None = None  # all of them, for a ledger check or kept runs
        self._last: dict[tuple[int, int], simpy.Event] = {}

    def send(self, order: PurchaseOrder) -> None:
        """Let an order begin its journey."""
        if self.parts[order.lane].fifo:
            order.at_dock = self.env.event()
            order.previous = self._last.get((order.run, order.lane))
            self._last[order.run, order.lane] = order.at_dock
        self.live[order] = None
        if self.sent is not None:
            self.sent.append(order)
        self.env.process(self._travel(order))

    def expect(self, minute: int, run: int, warehouse: int, units: IntArray) -> None:
        """Put units on the shelf at a minute: goods that were under way before the first day played."""
        order = PurchaseOrder(run, NO_LANE, warehouse, units, 0, minute, 0.0, 0.0)
        self.live[order] = None
        self.env.process(self._arrive(order))

    def bound(self, warehouse: int) -> dict[PurchaseOrder, None]:
        """The orders under way to a warehouse, in the order they were sent."""
        return {order: None for order in self.live if order.warehouse == warehouse}

    def under_way(self) -> IntArray:
        """Units of all orders that have not been unloaded, [run, warehouse, sku]."""
        units = np.zeros(self.shape, np.int64) if self.arrived is None else self.arrived.copy()
        for order in self.live:
            units[order.run, order.warehouse] += order.units
        return units

    def unload(self) -> IntArray | None:
        """What was put away since the last call, [run, warehouse, sku], or None."""
        arrived, self.arrived = self.arrived, None
        return arrived

    def _travel(self, order: PurchaseOrder) -> Generator[simpy.Event, Any, None]:
        passage = self.world.passage.lanes[order.lane]
        at = order.placed + passage.make.item(order.run, (order.placed - 1) // MINUTES_PER_DAY)
        if self.parts[order.lane].source in self.lines:
            at = max(at, (yield from self._make_in_turn(order)))
        order.ready = at
        at, departure = passage.departure(order.run, at)
        if at == NEVER:
            return
        order.departed = at
        self.money.pay("freight", order.run, at // MINUTES_PER_DAY, order.freight)
        for part, leg in zip(self.parts[order.lane].legs, passage.legs, strict=True):
            entered = at
            if isinstance(leg, PostPassage):
                at = yield from self._clear(order, leg, at)
                if at == NEVER:
                    return
            else:
                at += leg.item(order.run, departure)
            if self.sent is not None:
                order.legs.append((part.name, entered, at))
        yield self.env.timeout(at - self.env.now)
        if order.at_dock is not None:
            yield from self._wait_for_previous(order)
        if self.world.network.warehouses[order.warehouse] in self.docks:
            yield from self._dock(order)
        self._put_away(order)

    def _make_in_turn(self, order: PurchaseOrder) -> Steps:
        """The production line of a factory with limited capacity: one order after another."""
        name = self.parts[order.lane].source
        yield self.env.timeout(order.placed - self.env.now)
        rate = self.line_rates[name]
        with self.lines[name][order.run].request() as turn:
            yield turn
            yield self.env.timeout(days_minutes(float(order.units.sum()) / rate))
        return int(self.env.now)

    def _clear(self, order: PurchaseOrder, post: PostPassage, at: int) -> Steps:
        """A customs post: other people's shipments, opening days, a desk, perhaps an inspection; duty is paid."""
        day = at // MINUTES_PER_DAY
        at = post.admitted(order.run, at)
        if at == NEVER:
            return at
        minutes = post.clear.item(order.run, day)
        if post.name in self.desks:
            yield self.env.timeout(at - self.env.now)
            with self.desks[post.name][order.run].request() as turn:
                yield turn
                at = post.opening(int(self.env.now))
                if at == NEVER:
                    return at
                yield self.env.timeout(at + minutes - self.env.now)
                self.desk_minutes[post.name][order.run] += self._scored(at, minutes)
        at += minutes
        duty = self.world.network.scenario.customs[post.name].duty
        self.money.pay("duty", order.run, at // MINUTES_PER_DAY, order.value * duty)
        self.money.pay("inspection", order.run, at // MINUTES_PER_DAY, post.fee.item(order.run, day))
        return at + post.hold.item(order.run, day)

    def _wait_for_previous(self, order: PurchaseOrder) -> Generator[simpy.Event, Any, None]:
        """A fifo lane: not to the dock before the order before."""
        if order.previous is not None:
            yield order.previous
        if order.at_dock is not None:
            order.at_dock.succeed()

    def _dock(self, order: PurchaseOrder) -> Generator[simpy.Event, Any, None]:
        """A dock of limited capacity: one shipment after another."""
        name = self.world.network.warehouses[order.warehouse]
        rate = self.dock_rates[name]
        minutes = days_minutes(float(order.units.sum()) / rate)
        with self.docks[name][order.run].request() as turn:
            yield turn
            self.dock_minutes[name][order.run] += self._scored(int(self.env.now), minutes)
            yield self.env.timeout(minutes)

    def _scored(self, begin: int, minutes: int) -> int:
        """How many of the minutes from `begin` on are scored."""
        first, last = (day * MINUTES_PER_DAY for day in (self.world.network.scored_from, self.money.days))
        return max(0, min(begin + minutes, last) - max(begin, first))

    def _arrive(self, order: PurchaseOrder) -> Generator[simpy.Event, Any, None]:
        yield self.env.timeout(order.planned - self.env.now)
        self._put_away(order)

    def _put_away(self, order: PurchaseOrder) -> None:
        order.shelved = int(self.env.now)
        del self.live[order]
        if self.arrived is None:
            self.arrived = np.zeros(self.shape, np.int64)
        self.arrived[order.run, order.warehouse] += order.units


def shipment(order: PurchaseOrder, network: Network, replication: int) -> Shipment:
    """The record of one purchase order."""

    def days(minute: int) -> float:
        return minute / MINUTES_PER_DAY if minute < NEVER else np.inf

    return Shipment(
        run=replication,
        lane=network.lanes[order.lane],
        warehouse=network.warehouses[order.warehouse],
        ordered=days(order.placed),
        ready=days(order.ready),
        departed=days(order.departed),
        legs=tuple((name, days(entered), days(left)) for name, entered, left in order.legs),
        shelved=days(order.shelved),
        units=order.units,
        freight=order.freight,
    )


def _turnstiles(env: simpy.Environment, runs: int, capacity: dict[str, int]) -> dict[str, list[simpy.Resource]]:
    """One queue for each run and each place of limited capacity."""
    return {name: [simpy.Resource(env, servers) for _ in range(runs)] for name, servers in capacity.items()}
