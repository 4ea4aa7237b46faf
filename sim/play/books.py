"""The books of one policy over one batch: what is counted while time passes, and the record made of it.

Arrays of a batch have the run axis where `Record` says. Totals restart on the first scored day.
"""

import numpy as np
from numpy.typing import NDArray

from reports.record import PICTURED, Record, Shipment
from scenarios.schema import MINUTES_PER_DAY, Rent
from sim.play.journey import Journeys
from sim.play.money import Money
from sim.play.sales import SalesBooks
from sim.play.series import SeriesBooks
from sim.play.service import complete_orders, product
from sim.play.stock import Stock
from sim.world.network import money
from sim.world.passage import opening_days
from sim.world.sample import World

IntArray = NDArray[np.int64]
FloatArray = NDArray[np.float64]


class Books:
    """Counts what happens; writes the record."""

    def __init__(self, world: World, stock: Stock, accounts: Money, kept: tuple[int, ...], sees_sales: bool) -> None:
        network = world.network
        self.world, self.network, self.stock, self.money = world, network, stock, accounts
        runs, markets, places, skus = (
            len(world.runs), len(network.markets), len(network.warehouses), len(network.skus),
        )  # fmt: skip
        self._at_market, self._at_place = (runs, markets, skus), (runs, places, skus)
        self.sales = SalesBooks(network, world.past) if sees_sales else None
        self._today = np.zeros(self._at_market, np.int64)
        self._waits = bool(network.waits.any())
        self._pictured, scored = min(PICTURED, runs), network.scenario.days
        self._daily_on_hand = np.zeros((scored, self._pictured, places), np.int64)
        self._daily_received = np.zeros_like(self._daily_on_hand)
        self._daily_lost = np.zeros((scored, self._pictured, markets), np.int64)
        self.series = SeriesBooks(world, kept) if kept else None
        self._begin()

    def _begin(self) -> None:
        """Start every total anew, and with it the first cycle."""
        self._in_cycle = np.zeros(self._at_place, bool)
        self._cycle_short = np.zeros(self._at_place, bool)
        self._short_orders = np.zeros(self._at_market, np.int64)
        self._short = np.zeros(self._at_market, np.int64)
        self._owed = np.zeros(self._at_market, np.int64)
        self._backlog_slots = np.zeros(self._at_market, np.int64)
        self._received = np.zeros(self._at_place, np.int64)
        self._ordered = np.zeros(self._at_place, np.int64)
        self._on_hand_slots = np.zeros(self._at_place, np.int64)
        self._slots_since_rent = np.zeros(self._at_place, np.int64)
        self._empty_days = np.zeros(self._at_place, np.int64)
        self._cycles = np.zeros(self._at_place, np.int64)
        self._short_cycles = np.zeros(self._at_place, np.int64)
        self._purchase_orders = np.zeros((self._at_market[0], len(self.network.lanes)), np.int64)
        self._opening, self._opening_on_order = self.stock.on_hand.copy(), self.stock.on_order.copy()

    def receive(self, slot: int, units: IntArray | None) -> None:
        """Enter what was put away by this slot, [run, warehouse, sku]; called after the stock has it."""
        clock = self.network.clock
        day = clock.day(slot)
        if units is not None:
            got = units > 0
            ended = got & self._in_cycle
            self._cycles += ended
            self._short_cycles += ended & self._cycle_short
            self._in_cycle |= got
            self._cycle_short &= ~got
            self._received += units
            if day >= self.network.scored_from:
                self._daily_received[day - self.network.scored_from] += units[: self._pictured].sum(axis=-1)
            if self.series is not None:
                self.series.enter("received", slot, units)
        if self.sales is not None:
            self.sales.note(self.stock.on_hand)

    def sell(
        self, slot: int, asked: IntArray, served: IntArray, owed: IntArray | None, settled: IntArray | None
    ) -> None:
        """Enter a slot's trade, [run, market, sku]: asked, served at once, promised, delivered to who waited."""
        short = asked - served
        self._short += short
        orders = None if self.world.orders is None else self.world.orders[slot]
        if orders is not None:
            self._short_orders += orders - complete_orders(orders, asked, served)
        for market, place in enumerate(self.network.home):
            self._cycle_short[:, place] |= short[:, market] > 0
        lost, bought, delivered = short, served, served
        if owed is not None and settled is not None:
            self._owed += owed
            lost, bought, delivered = short - owed, served + owed, served + settled
        if self.sales is not None:
            self._enter_sales(self.sales, slot, bought)
        self._take_money(self.network.clock.day(slot), delivered, self._parcels(orders, asked, served, settled))
        day = self.network.clock.day(slot) - self.network.scored_from
        if day >= 0:
            self._daily_lost[day] += lost[: self._pictured].sum(axis=-1)
        if self.series is not None:
            self.series.enter("sold", slot, delivered)
            self.series.enter("lost", slot, lost)

    def _enter_sales(self, sales: SalesBooks, slot: int, bought: IntArray) -> None:
        """Add to the sales of a day; a whole day is history before the policy is asked."""
        clock = self.network.clock
        if clock.slots_per_day == 1:
            sales.close(bought)
            return
        self._today += bought
        if clock.closes_day(slot):
            sales.close(self._today)
            self._today[:] = 0

    def _parcels(
        self, orders: IntArray | None, asked: IntArray, served: IntArray, settled: IntArray | None
    ) -> FloatArray:
        """Orders that leave the warehouse, whole or in part, [run, market]; who waited ordered as much as others do."""
        begun = served if orders is None else -(-product(served, orders) // np.maximum(asked, 1))
        parcels = np.asarray(begun.sum(axis=-1), np.float64)
        return parcels if settled is None else parcels + (settled * self.network.orders_per_unit).sum(axis=-1)

    def _take_money(self, day: int, delivered: IntArray, parcels: FloatArray) -> None:
        revenue = (delivered * self.network.price).sum(axis=-1)
        for market, part in enumerate(self.network.market_parts):
            self.money.book("revenue", day, revenue[:, market])
            self.money.book("platform", day, revenue[:, market] * (part.fees.platform + part.fees.creator))
            fee = money(part.fees.fulfilment_per_order, self.network.scenario)
            self.money.book("fulfilment", day, parcels[:, market] * fee)

    def order(self, slot: int, lane: int, warehouse: int, units: IntArray) -> None:
        """Enter orders to a factory, [run, sku]."""
        self._ordered[:, warehouse] += units
        self._purchase_orders[:, lane] += units.any(axis=-1)
        self.money.book("goods", self.network.clock.day(slot), (units * self.network.unit_cost).sum(axis=-1))
        if self.series is not None:
            self.series.enter_order(slot, warehouse, units)

    def close(self, slot: int) -> None:
        """Enter a slot's end; at a month's end pay the rent."""
        self._slots_since_rent += self.stock.on_hand
        if self._waits:
            self._backlog_slots += self.stock.backlog
        if self.series is not None:
            self.series.enter("on_hand", slot, self.stock.on_hand)
            self.series.enter("backlog", slot, self.stock.backlog)
        if self.network.clock.closes_day(slot):
            self._close_day(self.network.clock.day(slot))

    def _close_day(self, day: int) -> None:
        self._empty_days += self.stock.on_hand == 0
        scored = day - self.network.scored_from
        if scored >= 0:
            self._daily_on_hand[scored] = self.stock.on_hand[: self._pictured].sum(axis=-1)
        tomorrow = day + 1
        if tomorrow == self.network.scored_from:
            self._pay_rent(day)
            self._begin()
        elif tomorrow == self.network.clock.days or self.network.date(tomorrow).day == 1:
            self._pay_rent(day)

    def _pay_rent(self, day: int) -> None:
        """Rent, capital and risk of the stock since the last time, all days of one month."""
        unit_days = self._slots_since_rent / self.network.clock.slots_per_day
        volume = (unit_days * self.network.volume_m3).sum(axis=-1)
        value = (unit_days * self.network.unit_cost).sum(axis=-1)
        for place, part in enumerate(self.network.warehouse_parts):
            self.money.book("rent", day, volume[:, place] * self._rent_rate(part.rent, day))
            self.money.book("capital", day, value[:, place] * part.capital_rate_per_year / 365)
            self.money.book("risk", day, value[:, place] * part.risk_rate_per_year / 365)
        self._on_hand_slots += self._slots_since_rent
        self._slots_since_rent[:] = 0

    def _rent_rate(self, rent: Rent, day: int) -> float:
        peak = self.network.date(day).month in rent.peak_months
        return money(rent.per_m3_day, self.network.scenario) * (rent.peak_factor if peak else 1.0)

    def record(self, label: str, sees: frozenset[str], journeys: Journeys, shipments: tuple[Shipment, ...]) -> Record:
        """The record of what happened."""
        network, clock = self.network, self.network.clock
        scored = slice(network.scored_from * clock.slots_per_day, None)
        wanted = self.world.wanted[scored]
        units = wanted.sum(axis=0)
        orders = units if self.world.orders is None else self.world.orders[scored].sum(axis=0)
        daily_wanted = wanted[:, : self._pictured].sum(axis=-1)
        return Record(
            policy=label,
            sees=tuple(sorted(sees)),
            runs=np.array(self.world.runs, np.int64),
            orders=orders,
            short_orders=self._short if self.world.orders is None else self._short_orders,
            wanted=units,
            served=units - self._short,
            lost=self._short - self._owed,
            backlog_days=self._backlog_slots / clock.slots_per_day,
            opening=self._opening,
            received=self._received,
            ordered=self._ordered,
            closing=self.stock.on_hand,
            on_the_way_before=self._opening_on_order,
            on_the_way_after=self.stock.on_order,
            on_hand_days=self._on_hand_slots / clock.slots_per_day,
            empty_days=self._empty_days.astype(np.float64),
            cycles=self._cycles,
            short_cycles=self._short_cycles,
            purchase_orders=self._purchase_orders,
            money=self.money.scored(network.scored_from),
            peak_cash=self.money.peak_cash(),
            desk_use=_desk_use(self.world, journeys),
            dock_use=_dock_use(self.world, journeys),
            daily_on_hand=self._daily_on_hand,
            daily_received=self._daily_received,
            daily_lost=self._daily_lost,
            daily_wanted=daily_wanted.reshape(network.scenario.days, clock.slots_per_day, *daily_wanted.shape[1:]).sum(
                1
            ),
            series=None if self.series is None else self.series.finished(shipments),
        )


def _desk_use(world: World, journeys: Journeys) -> FloatArray:
    """Share of desk time in use on scored working days, [run, post]."""
    use = np.zeros((len(world.runs), len(world.network.posts)))
    first = world.network.scored_from
    for name, minutes in journeys.desk_minutes.items():
        post = world.network.posts.index(name)
        others = world.passage.others[name].served[:, first:].sum(axis=-1) if name in world.passage.others else 0.0
        desks, open_days = journeys.desks[name][0].capacity, opening_days(world.network, name)[first:]
        working = np.count_nonzero(open_days == np.arange(first, world.network.clock.days))
        use[:, post] = (minutes / MINUTES_PER_DAY + others) / max(desks * working, 1)
    return use


def _dock_use(world: World, journeys: Journeys) -> FloatArray:
    """Share of dock time in use on scored days, [run, warehouse]."""
    use = np.zeros((len(world.runs), len(world.network.warehouses)))
    for name, minutes in journeys.dock_minutes.items():
        use[:, world.network.warehouses.index(name)] = minutes / MINUTES_PER_DAY / world.network.scenario.days
    return use
