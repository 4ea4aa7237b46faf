"""The engine: one policy, one batch of replications, one SimPy environment; slots tick, shipments travel."""

import gc
from collections.abc import Iterator, Sequence
from contextlib import contextmanager

import numpy as np
import simpy
from numpy.typing import NDArray

from policies.answer import ask, reasons, whole_orders
from policies.parameters import label
from policies.playbook import Playbook
from policies.protocol import Policy
from policies.routing import Routing
from policies.routings.preference import Preference
from reports.record import Record
from scenarios.schema import MINUTES_PER_DAY
from sim.day import Phase, pass_time
from sim.play.advertising import Advertising
from sim.play.books import Books
from sim.play.journey import Journeys
from sim.play.levers import Switchboard
from sim.play.money import Money
from sim.play.orders import NO_LANE, shipment
from sim.play.purchasing import Purchasing
from sim.play.seller import Seller, Sights, shown
from sim.play.serving.router import Router
from sim.play.shop import Shop
from sim.play.sight import Window
from sim.play.stock import Stock
from sim.play.storage.keeper import Keeper
from sim.play.traffic import Traffic
from sim.world.network import opening_units
from sim.world.sample import World

IntArray = NDArray[np.int64]
USUAL_ROUTING = Preference()
CHECK_EVERY = 30
"""Days between ledger checks, where they are on."""


class Engine:
    """Plays one policy, and a playbook if there is one, over one world."""

    def __init__(
        self,
        world: World,
        policy: Policy,
        keep: Sequence[int] = (),
        check: bool = False,
        playbook: Playbook | None = None,
        routing: Routing = USUAL_ROUTING,
    ) -> None:
        network = world.network
        self.world, self.network, self.policy, self.check = world, network, policy, check
        kept = tuple(i for i, run in enumerate(world.runs) if run in keep)
        self.env = simpy.Environment()
        self.money = Money(len(world.runs), network.clock.days)
        self.journeys = Journeys(self.env, world, self.money, ledger=check)
        self.stock = _opening_stock(world, self.journeys)
        self.keeper = Keeper(world, self.stock, self.money)
        self.router = Router(world, routing)
        self.shop = Shop(world, self.stock, self.router, self.keeper.records)
        self.books = Books(
            world,
            self.stock,
            self.money,
            self.journeys,
            kept,
            sees_sales=playbook is not None or bool({"sales", "network"} & policy.sees) or routing != USUAL_ROUTING,
            counts_asked=bool(world.shaped) or self.shop.repeats is not None or self.router.deters,
            returns=self.shop.returns,
            keeper=self.keeper,
            delivers=self.shop.counter.deliveries is not None,
        )
        levers = None if playbook is None else Switchboard(network, len(world.runs), playbook.reaction_hours, world.ads)
        self.traffic = Traffic(world, self.router, levers, kept)
        self.advertising = None if world.ads is None else Advertising(world, world.ads, self.router, levers, kept)
        self.purchasing = Purchasing(world, self.journeys, self.stock, self.keeper, self.books, self.money)
        self.window = Window(world, policy.sees, label(policy), self.advertising, self.keeper, self.purchasing.depots)
        self.answers: dict[int, dict[str, IntArray]] = {}
        self.kept = frozenset(kept)
        self.shape = (len(world.runs), len(network.skus))
        self.playbook, self.routing = "none" if playbook is None else label(playbook), label(routing)
        self.seller = (
            None
            if playbook is None or levers is None
            else Seller(network, playbook, levers, len(world.runs), self._look_around)
        )

    def play(self) -> Record:
        """Let the time pass; raise PolicyFault when the policy breaks its contract."""
        handlers = {
            Phase.RECEIVE: self._receive,
            Phase.SELL: self._sell,
            **({Phase.EXPIRE: self.keeper.expire} if self.keeper.acts else {}),
            **({} if self.seller is None else {Phase.WATCH: self._watch}),
            Phase.REVIEW: self._review,
            Phase.SHIP: self._ship,
            Phase.RECORD: self._record,
        }
        self.env.process(pass_time(self.env, self.network.clock, handlers))
        with _no_search_for_garbage():
            self.env.run(until=self.network.clock.days * MINUTES_PER_DAY)
        if self.check:
            self._check_books()
        shipments = tuple(
            shipment(order, self.network, self.world.runs[order.run])
            for order in self.journeys.sent
            if order.run in self.kept
        )
        return self.books.record(
            label(self.policy),
            self.playbook,
            self.routing,
            self.policy.sees,
            shipments,
            self.traffic,
            self.advertising,
        )

    def _receive(self, slot: int) -> None:
        landed = self.journeys.unload()
        shelved = self.keeper.receive(slot, landed.arrived, landed.moved)
        self.keeper.remember(self.network.clock.day(slot), landed.born, shelved)
        if landed.failed is not None:
            self.stock.fail(landed.failed)
        returned = self.shop.take_back(slot)
        if returned is not None:
            self.books.take_back(slot, *returned)
        self.books.receive(slot, shelved)
        self.purchasing.supply(slot, slot * self.network.clock.slot_minutes)
        if self.seller is not None:
            self.seller.begin(slot, self.stock, self.money, self.purchasing)

    def _sell(self, slot: int) -> None:
        if self.network.clock.opens_day(slot):
            self.router.open_day(self.network.clock.day(slot), self.keeper.knowledge, self.books.sales)
        if self.advertising is not None:
            self.advertising.spend(slot, self.stock, self.money)
        asked = self.traffic.asked(slot, self.stock)
        levers = self.traffic.levers if self.shop.takes_preorders else None
        announced = None if levers is None else levers.announced()
        trade = self.shop.trade(slot, asked, self.traffic.orders(slot, asked), announced)
        self.books.sell(slot, trade)
        self.traffic.pass_slot(slot, self.stock, trade)
        if self.advertising is not None:
            asked_for = trade.asked if trade.deterred is None else trade.asked + trade.deterred
            self.advertising.sell(asked_for, self.traffic.from_ads, trade.served)
        if self.seller is not None:
            given = self.seller.given_away(trade.bought_at_once)
            if given is not None:
                self.books.till.mark_down(self.network.clock.day(slot), trade, given)

    def _watch(self, slot: int) -> None:
        if self.seller is None:
            return
        for warehouse, levers in enumerate(self.seller.watch(slot)):
            if self.books.series is not None:
                self.books.series.enter_levers(slot, warehouse, shown(levers))

    def _look_around(self, day: int, warehouse: int) -> Sights:
        return (
            self.window.stock(day, warehouse, self.stock, self.journeys),
            self.window.sales(warehouse, self.books.sales),
            self.window.ads(day, warehouse),
            self.window.calendar(day, warehouse),
        )

    def _review(self, slot: int) -> None:
        day = self.network.clock.day(slot)
        if not self.network.clock.closes_day(slot):
            return
        if self.books.series is not None:
            for warehouse in range(len(self.network.warehouses)):
                sight = self.window.stock(day, warehouse, self.stock, self.journeys)
                self.books.series.enter_sight(day, warehouse, sight)
        if day % self.policy.review_days:
            return
        for warehouse in range(len(self.network.warehouses)):
            if not self.window.lanes[warehouse]:
                continue
            seen = self.window.observation(day, warehouse, self.stock, self.journeys, self.books)
            answer = ask(self.policy, seen)
            self.answers[warehouse] = whole_orders(self.policy, answer, seen, self.shape)
            if self.books.series is not None or self.seller is not None:
                why = reasons(self.policy, answer, seen, self.shape)
            if self.books.series is not None:
                self.books.series.explain(day, warehouse, why)
            if self.seller is not None:
                self.seller.draw_waterlines(warehouse, why)

    def _ship(self, slot: int) -> None:
        for warehouse, answer in self.answers.items():
            if self.seller is not None:
                answer = self.seller.changed(slot, warehouse, answer, self.window.lanes[warehouse])
            for lane, name in enumerate(self.network.lanes):
                if name in answer:
                    self.purchasing.order(slot, lane, answer[name])
        self.answers = {}
        self.purchasing.supply(slot, (slot + 1) * self.network.clock.slot_minutes)

    def _record(self, slot: int) -> None:
        self.books.close(slot)
        self.keeper.close(slot)
        if slot + 1 == self.network.scored_from * self.network.clock.slots_per_day:
            self.traffic.begin()
            if self.advertising is not None:
                self.advertising.begin()
        if self.check and self.network.clock.closes_day(slot) and self.network.clock.day(slot) % CHECK_EVERY == 0:
            self._check_units()

    def _check_units(self) -> None:
        """Hold the stock against its ledger, and what is on order against the orders under way."""
        self.stock.check()
        self.stock.check_on_order(self.journeys.under_way() + self.keeper.at_door())

    def _check_books(self) -> None:
        """Hold stock and money against their documents."""
        self._check_units()
        runs, last = len(self.world.runs), self.network.clock.days * MINUTES_PER_DAY
        if self.journeys.ledger is not None:
            begun = [order for order in self.journeys.live if order.lane != NO_LANE and order.placed < last]
            self.journeys.ledger.check(self.journeys.stays(), sum(order.count for order in begun))
        freight = np.zeros(runs)
        goods = np.zeros(runs)
        for order in self.journeys.sent:
            goods[order.run] += order.bill - order.credit
            freight[order.run] += order.freight if order.departed < last else 0.0
        self.money.check("goods", goods + self.keeper.goods_besides_orders())
        self.money.check("freight", freight)
        if self.shop.returns is not None:
            self.money.check("refunds", (self.shop.returns.back * self.network.market_price).sum(axis=-1).sum(axis=-1))
        sold = self.books.till.sold
        self.stock.check_sold(sold.sum(axis=1))
        self.money.check("revenue", (sold * self.network.market_price).sum(axis=-1).sum(axis=-1))


@contextmanager
def _no_search_for_garbage() -> Iterator[None]:
    """A run leaves no circles of garbage but orders by the thousand; to search them takes up to a third of its time."""
    was = gc.isenabled()
    gc.disable()
    try:
        yield
    finally:
        if was:
            gc.enable()


def _opening_stock(world: World, journeys: Journeys) -> Stock:
    network, runs = world.network, len(world.runs)
    places = network.warehouse_parts
    pace = network.supplied_pace
    opening = np.stack([opening_units(network, part, pace[w]) for w, part in enumerate(places)]) * ~network.bought_in
    due: dict[tuple[int, int], IntArray] = {}
    for open_order in network.scenario.open_order:
        key = network.day(open_order.due), network.warehouses.index(open_order.warehouse)
        units = due.setdefault(key, np.zeros(len(network.skus), np.int64))
        units[network.skus.index(open_order.sku)] += open_order.units
    coming = np.zeros(opening.shape, np.int64)
    for (day, warehouse), units in due.items():
        coming[warehouse] += units
        for run in range(runs):
            journeys.expect(day * MINUTES_PER_DAY, run, warehouse, units)
    batch = (runs, *opening.shape)
    return Stock(np.broadcast_to(opening, batch), np.broadcast_to(coming, batch), len(network.markets))
