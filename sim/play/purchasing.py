"""Placing orders: who makes them, what they cost, when they are paid; and moving stock to another warehouse."""

from collections.abc import Iterator, Mapping

import numpy as np
from numpy.typing import NDArray

from scenarios.schema import MINUTES_PER_DAY
from sim.day import days_minutes
from sim.play.books import Books
from sim.play.depots import depots
from sim.play.journey import Journeys
from sim.play.money import Money
from sim.play.orders import NO_FACTORY, PurchaseOrder
from sim.play.stock import Stock
from sim.play.storage.ages import Births
from sim.play.storage.keeper import Keeper
from sim.world.sample import World
from sim.world.supply.quotes import planned_lead
from sim.world.supply.ways import Way, price_level

FloatArray = NDArray[np.float64]
IntArray = NDArray[np.int64]
NO_BIRTHS: Mapping[int, Births | None] = {}
EDGE = 1e-9
"""Rounding noise of shares."""


class Purchasing:
    """Sends what a seller orders or moves on its way."""

    def __init__(
        self, world: World, journeys: Journeys, stock: Stock, keeper: Keeper, books: Books, accounts: Money
    ) -> None:
        network = world.network
        self.network, self.journeys, self.stock, self.books, self.money = network, journeys, stock, books, accounts
        self.keeper = keeper
        self.depots = depots(network, world.runs)
        self._leads = [planned_lead(network, way) for way in network.ways]

    def order(self, slot: int, index: int, units: IntArray) -> None:
        """Order units, [run, sku], down a way at the end of a slot: one purchase order a run and factory.

        What is ordered from another warehouse leaves when that has it; see `supply`.
        """
        if not units.any():
            return
        way, day = self.network.ways[index], self.network.clock.day(slot)
        warehouse = self.network.warehouses.index(way.part.to)
        placed = (slot + 1) * self.network.clock.slot_minutes
        if way.start is not None:
            self._order_from_depot(slot, index, warehouse, units)
            return
        self.stock.commit(warehouse, units)
        for factory, part in self._split(way, units, placed):
            prices = self._prices(way, factory, part)
            self.books.order(slot, index, warehouse, part, (part * prices).sum(axis=-1))
            self._send(index, warehouse, part, placed, day, factory, prices)

    def move(self, slot: int, index: int, units: IntArray) -> None:
        """Move units, [run, sku], from the warehouse a way starts at to the one it ends at, at the start of a slot."""
        way, minutes = self.network.ways[index], self.network.clock.slot_minutes
        here, there = (self.network.warehouses.index(name) for name in (str(way.start), way.part.to))
        units = np.where(way.carries, np.minimum(units, self.stock.on_hand[:, here]), 0)
        self.stock.commit(there, units)
        self._leave(index, here, there, units, slot * minutes)

    def supply(self, slot: int, minute: int) -> None:
        """Let leave, now, what other warehouses have ordered and what there is."""
        for depot in self.depots:
            for index, units in depot.send(slot, self.stock):
                there = self.network.warehouses.index(self.network.ways[index].part.to)
                self.stock.depart(there, units)
                self._leave(index, depot.warehouse, there, units, minute)

    def _order_from_depot(self, slot: int, index: int, warehouse: int, units: IntArray) -> None:
        depot = next(depot for depot in self.depots if index in depot.ways)
        self.stock.await_depot(warehouse, units)
        depot.order(slot, index, units)
        self.books.order(slot, index, warehouse, units, np.zeros(len(units)))
        self.books.supply(depot.warehouse, units)

    def _leave(self, index: int, here: int, there: int, units: IntArray, minute: int) -> None:
        """Send units, [run, sku], from one warehouse to another, where they are on order."""
        births = {run: self.keeper.births(run, here, units[run]) for run in np.flatnonzero(units.any(axis=-1)).tolist()}
        self.stock.dispatch(here, units)
        day = minute // MINUTES_PER_DAY
        self._send(index, there, units, minute, day, NO_FACTORY, np.zeros(units.shape), births)

    def _send(
        self,
        index: int,
        warehouse: int,
        units: IntArray,
        placed: int,
        day: int,
        factory: str,
        prices: FloatArray,
        births: Mapping[int, Births | None] = NO_BIRTHS,
    ) -> None:
        planned = placed + days_minutes(self._leads[index](day))
        worth, counts = (units * self.network.unit_cost).sum(axis=-1), units.sum(axis=-1)
        bills = (units * prices).sum(axis=-1)
        freight = self.journeys.tariffs[index].charge(units)
        terms = None if factory == NO_FACTORY else self.network.scenario.supplier[factory].terms
        later = 0.0 if terms is None else 1 - terms.deposit
        for run in np.flatnonzero(units.any(axis=-1)).tolist():
            order = PurchaseOrder(
                run, index, factory, warehouse, units[run], prices[run], int(counts[run]), placed, planned,
                float(worth[run]), float(bills[run]), float(bills[run]) * later, float(freight[run]), births.get(run),
            )  # fmt: skip
            if later > 0:
                self.money.lend(run, day, order.owed)
            self.journeys.send(order)

    def _prices(self, way: Way, factory: str, units: IntArray) -> FloatArray:
        """What a factory charges for one unit when so many are ordered, [run, sku]."""
        part = self.network.scenario.supplier[factory]
        over = price_level(part, way.rush)
        price = np.broadcast_to(self.network.unit_cost * over, units.shape)
        for step in sorted(part.price_breaks, key=lambda step: step.units):
            price = np.where(units >= step.units, self.network.unit_cost * over * (1 - step.discount), price)
        return np.asarray(price)

    def _split(self, way: Way, units: IntArray, placed: int) -> Iterator[tuple[str, IntArray]]:
        """What each factory gets of an order, [run, sku]: whole packs; what is left over goes to its largest."""
        if len(way.factories) == 1:
            yield way.factories[0], units
            return
        parts = np.floor(units // way.pack * way.shares[:, np.newaxis] + EDGE).astype(np.int64) * way.pack
        largest = way.shares == way.shares.max(axis=0)
        largest &= np.cumsum(largest, axis=0) == 1
        parts += (units - parts.sum(axis=0)) * largest[:, np.newaxis]
        for turn in sorted(set(way.turns) - {()}):
            mine = np.array([other == turn for other in way.turns])
            parts[:, :, mine] = 0
            for run in range(len(units)):
                parts[self._whose_turn(way, turn, run, placed), run, mine] = units[run, mine]
        for factory, part in zip(way.factories, parts, strict=True):
            if part.any():
                yield factory, part

    def _whose_turn(self, way: Way, turn: tuple[int, ...], run: int, placed: int) -> int:
        """The first factory of a turn that is neither shut nor booked up; the first of all where every one is."""
        for i in turn:
            if not self.journeys.factories.turned_down(way.factories[i], run, placed):
                return i
        return turn[0]
