"""Purchase orders on their way: each is one SimPy process that is made, sails, is cleared and put away."""

from collections.abc import Generator, Iterator
from typing import Any

import numpy as np
import simpy
from numpy.typing import NDArray

from scenarios.schema import MINUTES_PER_DAY
from sim.play.customs import Customs
from sim.play.departures import Room
from sim.play.docks import Docks
from sim.play.factories import Factories
from sim.play.money import Money
from sim.play.orders import NO_FACTORY, NO_LANE, Outcome, PurchaseOrder
from sim.play.pipeline import Pipeline, Stage
from sim.world.network import Network
from sim.world.sample import World
from sim.world.supply.freight import Tariff
from sim.world.supply.posts import PostPassage
from sim.world.supply.tables import NEVER

FloatArray = NDArray[np.float64]
IntArray = NDArray[np.int64]


class Journeys:
    """Everything between a review and the shelf, for one batch and one policy."""

    def __init__(self, env: simpy.Environment, world: World, money: Money, ledger: bool) -> None:
        network, runs = world.network, len(world.runs)
        self.env, self.world, self.money = env, world, money
        counted = (network.scored_from * MINUTES_PER_DAY, network.clock.days * MINUTES_PER_DAY)
        self.factories = Factories(world, counted)
        self.customs = Customs(world, money, counted)
        self.docks = Docks(env, world, counted)
        rooms = _rooms(network, runs)
        self.tariffs = [Tariff.of(network, way) for way in network.ways]
        self._fifo = [way.part.fifo for way in network.ways]
        self._room = [rooms.get(way.lane) for way in network.ways]
        self.ledger = Pipeline(counted[1]) if ledger else None
        self.shape = (runs, len(network.warehouses), len(network.skus))
        self.outcome = Outcome()
        self.live: dict[PurchaseOrder, None] = {}  # in the order they were sent
        self.sent: list[PurchaseOrder] = []
        self._last: dict[tuple[int, str], simpy.Event] = {}

    def send(self, order: PurchaseOrder) -> None:
        """Let an order begin its journey."""
        self.live[order] = None
        self.sent.append(order)
        if self.ledger is not None:
            self.ledger.enter(order.lane, 0, order.placed, order.count)
        self.env.process(self._travel(order))

    def expect(self, minute: int, run: int, warehouse: int, units: IntArray) -> None:
        """Put units on the shelf at a minute: goods that were under way before the first day played."""
        free = np.zeros(len(units))
        order = PurchaseOrder(run, NO_LANE, NO_FACTORY, warehouse, units, free, int(units.sum()), 0, minute)
        self.live[order] = None
        self.env.process(self._arrive(order))

    def bound(self, warehouse: int) -> dict[PurchaseOrder, None]:
        """The orders under way to a warehouse, in the order they were sent."""
        return {order: None for order in self.live if order.warehouse == warehouse}

    def under_way(self) -> IntArray:
        """Units of all orders that have not been unloaded, [run, warehouse, sku]."""
        units = np.zeros(self.shape, np.int64)
        for pending in (self.outcome.arrived, self.outcome.failed):
            if pending is not None:
                units += pending
        for order in self.live:
            units[order.run, order.warehouse] += order.units
        return units

    def departed(self) -> IntArray:
        """Of the units under way, those that have departed, [run, warehouse, sku]."""
        units, now = np.zeros(self.shape, np.int64), self.world.network.clock.days * MINUTES_PER_DAY
        if self.outcome.arrived is not None:
            units += self.outcome.arrived
        for order in self.live:
            if order.lane == NO_LANE or order.departed < now:
                units[order.run, order.warehouse] += order.units
        return units

    def stays(self) -> Iterator[tuple[Stage, int, int, int]]:
        """What the time stamps of all orders say: stage, minute of coming and of going, units."""
        for order in self.sent:
            yield from order.stays(len(self.world.network.ways[order.lane].stages))

    def unload(self) -> Outcome:
        """What came of orders since the last call."""
        outcome, self.outcome = self.outcome, Outcome()
        return outcome

    # --- one journey --------------------------------------------------------------------------------------------

    def _travel(self, order: PurchaseOrder) -> Generator[simpy.Event, Any, None]:
        at = self._made(order)
        if order.factory in self.factories.inspecting:
            yield self.env.timeout(at - self.env.now)
            self._inspect(order)
            if order.count == 0:
                return
        self._reach(order, "ready", at)
        if self._room[order.lane] is not None:
            yield self.env.timeout(at - self.env.now)
        at, departure = self._departure(order, at)
        if at == NEVER:
            return
        self._reach(order, "departure", at)
        if self._fifo[order.lane]:
            yield from self._line_up(order, at)
        for leg in self.world.passage.lanes[order.lane].legs:
            if isinstance(leg, PostPassage):
                if leg.name in self.customs.desks:
                    yield self.env.timeout(at - self.env.now)
                came, at = at, self._cleared(order, leg, at)
                if at == NEVER:
                    return
                if self.customs.refuses(leg, order.run, came):
                    yield self.env.timeout(at - self.env.now)
                    self._refuse(order, leg)
                    return
            else:
                at = leg.through(order.run, departure, at)
            self._pass(order, at)
        yield self.env.timeout(at - self.env.now)
        if order.at_dock is not None:
            yield from self._wait_for_previous(order)
        begin, end = self.docks.receive(order.warehouse, order.run, order.count)
        self._pass(order, begin)
        if end > self.env.now:
            yield self.env.timeout(end - self.env.now)
        self._put_away(order)

    def _pass(self, order: PurchaseOrder, at: int) -> None:
        """Enter the end of a stage, which is the beginning of the next."""
        stage = len(order.stamps)
        order.stamps.append(at)
        if self.ledger is not None:
            self.ledger.leave(order.lane, stage, at, order.count)
            self.ledger.enter(order.lane, stage + 1, at, order.count)

    def _reach(self, order: PurchaseOrder, what: str, at: int) -> None:
        """End a stage from which a balance may be counted."""
        self._pass(order, at)
        self._pay_balance(order, what, at)

    def _made(self, order: PurchaseOrder) -> int:
        """When production is over."""
        if order.factory == NO_FACTORY:
            return order.placed
        rush = self.world.network.ways[order.lane].rush
        return self.factories.ready(order.factory, order.run, order.placed, rush, order.count)

    def _inspect(self, order: PurchaseOrder) -> None:
        """Leave bad units behind: they are neither paid nor shipped."""
        good = self.factories.good(order.factory, order.run, order.placed, order.units)
        self._lose(order, order.units - good, credit=1.0)
        order.freight = float(self.tariffs[order.lane].charge(order.units))

    def _departure(self, order: PurchaseOrder, ready: int) -> tuple[int, int]:
        """The departure that takes the order, and its number; its freight is paid."""
        passage, room = self.world.passage.lanes[order.lane], self._room[order.lane]
        if room is None:
            at, departure = passage.departure(order.run, ready)
        else:
            volume = float((order.units * self.world.network.volume_m3).sum())
            at, departure = room.departure(passage, order.run, ready, volume)
        if at < NEVER:
            day = at // MINUTES_PER_DAY
            if passage.freight is not None:
                order.freight *= passage.freight.item(day)
            self.money.pay("freight", order.run, day, order.freight)
        return at, departure

    def _cleared(self, order: PurchaseOrder, post: PostPassage, at: int) -> int:
        """When an order that comes to a customs post may go on; NEVER where that is not within the horizon."""
        begin, at = self.customs.clear(post, order.run, at, order.units, order.value)
        if at >= NEVER:
            return NEVER
        self._pass(order, begin)
        return at

    def _refuse(self, order: PurchaseOrder, post: PostPassage) -> None:
        """Do not let an order in, now."""
        now = int(self.env.now)
        order.credit = self.customs.send_away(post, order.run, now, order.bill)
        self._pay_balance(order, "arrival", now)
        self._lose(order, order.units, credit=0.0)

    def _line_up(self, order: PurchaseOrder, departs: int) -> Generator[simpy.Event, Any, None]:
        """A fifo lane, hurried or not: who departs later stands behind, and of one departure who was ordered later."""
        yield self.env.timeout(departs - self.env.now)
        lane = order.run, self.world.network.ways[order.lane].lane
        order.at_dock = self.env.event()
        order.previous, self._last[lane] = self._last.get(lane), order.at_dock

    def _wait_for_previous(self, order: PurchaseOrder) -> Generator[simpy.Event, Any, None]:
        """A fifo lane: not to the dock before the order before."""
        if order.previous is not None:
            yield order.previous
        if order.at_dock is not None:
            order.at_dock.succeed()

    def _arrive(self, order: PurchaseOrder) -> Generator[simpy.Event, Any, None]:
        yield self.env.timeout(order.planned - self.env.now)
        self._put_away(order)

    # --- what comes of it ---------------------------------------------------------------------------------------

    def _put_away(self, order: PurchaseOrder) -> None:
        del self.live[order]
        self.outcome.arrived = self._added(self.outcome.arrived, order, order.units)
        if order.lane == NO_LANE:
            return
        now = int(self.env.now)
        if self.ledger is not None:
            self.ledger.leave(order.lane, len(order.stamps), now, order.count)
        order.stamps.append(now)
        self._pay_balance(order, "arrival", now)
        if order.factory == NO_FACTORY:
            self.outcome.moved = self._added(self.outcome.moved, order, order.units)
        if order.births is not None:
            self.outcome.born.append((order.run, order.warehouse, order.births.first(order.units)))
            order.births = None

    def _added(self, pending: IntArray | None, order: PurchaseOrder, units: IntArray) -> IntArray:
        """An order's units, [sku], beside what is pending, [run, warehouse, sku]."""
        total = np.zeros(self.shape, np.int64) if pending is None else pending
        total[order.run, order.warehouse] += units
        return total

    def _lose(self, order: PurchaseOrder, units: IntArray, credit: float) -> None:
        """Strike off units that will never come, now; the factory takes a share of what it charged off its bill."""
        network, now = self.world.network, int(self.env.now)
        self.outcome.failed = self._added(self.outcome.failed, order, units)
        stage, gone = len(order.stamps), int(units.sum())
        order.lost = (*order.lost, (stage, now, gone))
        if self.ledger is not None:
            self.ledger.leave(order.lane, stage, now, gone)
        worth = float((units * network.unit_cost).sum())
        back = credit * float((units * order.price).sum())
        unpaid = min(back, order.owed)
        self.money.pay("goods", order.run, now // MINUTES_PER_DAY, -back)
        self.money.lend(order.run, now // MINUTES_PER_DAY, -unpaid)
        order.units, order.count, order.value = order.units - units, order.count - gone, order.value - worth
        order.bill, order.owed = order.bill - back, order.owed - unpaid
        if order.count == 0:
            del self.live[order]
            if order.at_dock is not None:
                self.env.process(self._wait_for_previous(order))  # lets those behind it pass

    def _pay_balance(self, order: PurchaseOrder, reached: str, at: int) -> None:
        """Pay what terms leave open, once what they count from is reached."""
        if not order.owed:
            return
        terms = self.world.network.scenario.supplier[order.factory].terms
        if terms is not None and terms.balance == reached:
            self.money.lend(order.run, at // MINUTES_PER_DAY + terms.balance_days, -order.owed)


def _rooms(network: Network, runs: int) -> dict[str, Room]:
    """The lanes whose departures have limited room."""
    parts = {way.lane: way.part.departs for way in network.ways}
    return {
        name: Room(departs.room_m3, runs)
        for name, departs in parts.items()
        if departs is not None and departs.room_m3 is not None
    }
