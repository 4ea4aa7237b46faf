"""The engine: one policy, one batch of replications, one SimPy environment; slots tick, shipments travel."""

from collections.abc import Sequence

import numpy as np
import simpy
from numpy.typing import NDArray

from policies.answer import ask, reasons, whole_orders
from policies.parameters import label
from policies.protocol import Policy
from reports.record import Record
from scenarios.schema import MINUTES_PER_DAY
from sim.day import Phase, days_minutes, pass_time
from sim.play.books import Books
from sim.play.journey import Journeys, PurchaseOrder, shipment
from sim.play.money import Money
from sim.play.service import Counter, owed_units
from sim.play.sight import Window
from sim.play.stock import Stock
from sim.world.network import money, opening_units
from sim.world.quotes import freight_per_unit
from sim.world.sample import World

IntArray = NDArray[np.int64]
CHECK_EVERY = 30
"""Days between ledger checks, where they are on."""


class Engine:
    """Plays one policy over one world."""

    def __init__(self, world: World, policy: Policy, keep: Sequence[int] = (), check: bool = False) -> None:
        network = world.network
        self.world, self.network, self.policy, self.check = world, network, policy, check
        kept = tuple(i for i, run in enumerate(world.runs) if run in keep)
        self.env = simpy.Environment()
        self.money = Money(len(world.runs), network.clock.days)
        self.journeys = Journeys(self.env, world, self.money)
        self.stock = _opening_stock(world, self.journeys)
        self.books = Books(world, self.stock, self.money, kept, sees_sales="sales" in policy.sees)
        whole = tuple(m for m, part in enumerate(network.market_parts) if not part.part_deliveries)
        self.counter = Counter(network.rounds, world.tie_keys, whole)
        self.window = Window(world, policy.sees, label(policy))
        self.freight = [freight_per_unit(network, lane) for lane in self.journeys.parts]
        self.per_shipment = [money(lane.cost.per_shipment, network.scenario) for lane in self.journeys.parts]
        self.lead_days = {facts.name: facts.lead_days for lanes in self.window.lanes for facts in lanes}
        self.answers: dict[int, dict[str, IntArray]] = {}
        self.kept = frozenset(kept)
        self.waits = bool(network.waits.any())
        self.shape = (len(world.runs), len(network.skus))
        if check or kept:
            self.journeys.sent = []

    def play(self) -> Record:
        """Let the time pass; raise PolicyFault when the policy breaks its contract."""
        handlers = {
            Phase.RECEIVE: self._receive,
            Phase.SELL: self._sell,
            Phase.REVIEW: self._review,
            Phase.SHIP: self._ship,
            Phase.RECORD: self._record,
        }
        self.env.process(pass_time(self.env, self.network.clock, handlers))
        self.env.run(until=self.network.clock.days * MINUTES_PER_DAY)
        if self.check:
            self._check_books()
        sent = self.journeys.sent or []
        shipments = tuple(
            shipment(order, self.network, self.world.runs[order.run]) for order in sent if order.run in self.kept
        )
        return self.books.record(label(self.policy), self.policy.sees, self.journeys, shipments)

    def _receive(self, slot: int) -> None:
        units = self.journeys.unload()
        if units is not None:
            self.stock.receive(units)
        self.books.receive(slot, units)

    def _sell(self, slot: int) -> None:
        asked = self.world.wanted[slot]
        settled = owed = None
        if self.waits:
            settled = self.counter.serve_waiting(self.stock, slot)
            self.stock.settle(settled)
        orders = None if self.world.orders is None else self.world.orders[slot]
        served = self.counter.serve(self.stock, asked, slot, orders)
        if settled is not None:
            owed = owed_units(asked - served, self.network.waits, self.world.wait_keys, slot)
            self.stock.owe(owed)
        self.books.sell(slot, asked, served, owed, settled)

    def _review(self, slot: int) -> None:
        day = self.network.clock.day(slot)
        if not self.network.clock.closes_day(slot) or day % self.policy.review_days:
            return
        for warehouse in range(len(self.network.warehouses)):
            if not self.window.lanes[warehouse]:
                continue
            seen = self.window.observation(day, warehouse, self.stock, self.journeys, self.books)
            answer = ask(self.policy, seen)
            self.answers[warehouse] = whole_orders(self.policy, answer, seen, self.shape)
            if self.books.series is not None:
                why = reasons(self.policy, answer, seen, self.shape)
                self.books.series.explain(day, warehouse, why)

    def _ship(self, slot: int) -> None:
        for warehouse, answer in self.answers.items():
            for lane, name in enumerate(self.network.lanes):
                if name in answer:
                    self._send(slot, lane, warehouse, answer[name])
        self.answers = {}

    def _send(self, slot: int, lane: int, warehouse: int, units: IntArray) -> None:
        """Send one lane's orders, [run, sku], as one purchase order a run."""
        runs = np.flatnonzero(units.any(axis=-1))
        if runs.size == 0:
            return
        self.stock.commit(warehouse, units)
        self.books.order(slot, lane, warehouse, units)
        placed = (slot + 1) * self.network.clock.slot_minutes
        planned = placed + days_minutes(self.lead_days[self.network.lanes[lane]])
        freight = (units * self.freight[lane]).sum(axis=-1) + self.per_shipment[lane]
        value = (units * self.network.unit_cost).sum(axis=-1)
        for run, worth, charge in zip(runs.tolist(), value[runs].tolist(), freight[runs].tolist(), strict=True):
            self.journeys.send(PurchaseOrder(run, lane, warehouse, units[run], placed, planned, worth, charge))

    def _record(self, slot: int) -> None:
        self.books.close(slot)
        if self.check and self.network.clock.closes_day(slot) and self.network.clock.day(slot) % CHECK_EVERY == 0:
            self._check_units()

    def _check_units(self) -> None:
        """Hold the stock against its ledger, and what is on order against the orders under way."""
        self.stock.check()
        self.stock.check_on_order(self.journeys.under_way())

    def _check_books(self) -> None:
        """Hold stock and money against their documents."""
        self._check_units()
        runs, last = len(self.world.runs), self.network.clock.days * MINUTES_PER_DAY
        freight = np.zeros(runs)
        goods = np.zeros(runs)
        for order in self.journeys.sent or []:
            goods[order.run] += order.value
            freight[order.run] += order.freight if order.departed < last else 0.0
        self.money.check("goods", goods)
        self.money.check("freight", freight)
        self.money.check("revenue", (self.stock.sold * self.network.price).sum(axis=-1).sum(axis=-1))


def _opening_stock(world: World, journeys: Journeys) -> Stock:
    network, runs = world.network, len(world.runs)
    places = network.warehouse_parts
    opening = np.stack([opening_units(network, part, network.home_pace[w]) for w, part in enumerate(places)])
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
