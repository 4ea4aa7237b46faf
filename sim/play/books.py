"""The books of one policy over one batch: what is counted while time passes, and the record made of it.

Arrays of a batch have the run axis where `Record` says. Totals restart on the first scored day.
"""

from typing import Any

import numpy as np
from numpy.typing import NDArray

from reports.record import PICTURED, Record, Shipment
from scenarios.schema import Rent
from sim.play.advertising import Advertising, ad_totals
from sim.play.asked import Asked, AskedBooks
from sim.play.journey import Journeys
from sim.play.money import Money
from sim.play.returns import Returns
from sim.play.sales import SalesBooks
from sim.play.series import SeriesBooks
from sim.play.service import complete_orders
from sim.play.shop import Trade
from sim.play.stock import Stock
from sim.play.storage.keeper import Keeper
from sim.play.till import Till
from sim.play.traffic import Traffic
from sim.play.use import transit, uses
from sim.play.waiting import somebody_waits
from sim.play.weeks import Weeks
from sim.world.network import money
from sim.world.sample import World

IntArray = NDArray[np.int64]
FloatArray = NDArray[np.float64]


class Books:
    """Counts what happens; writes the record."""

    def __init__(
        self,
        world: World,
        stock: Stock,
        accounts: Money,
        journeys: Journeys,
        kept: tuple[int, ...],
        sees_sales: bool,
        counts_asked: bool,
        returns: Returns | None,
        keeper: Keeper,
        delivers: bool,
    ) -> None:
        """`counts_asked` where what will be asked for is not known beforehand, `delivers` where promises may break."""
        network = world.network
        self.world, self.network, self.stock, self.money, self._journeys = world, network, stock, accounts, journeys
        runs, markets, places, skus = (
            len(world.runs), len(network.markets), len(network.warehouses), len(network.skus),
        )  # fmt: skip
        self._at_market, self._at_place = (runs, markets, skus), (runs, places, skus)
        self.sales = SalesBooks(network, world.past) if sees_sales else None
        self._today = np.zeros(self._at_market, np.int64)
        self._waits, self._stocked = somebody_waits(network), ~network.bought_in
        self._pictured, scored = min(PICTURED, runs), network.scenario.days
        self._daily_on_hand = np.zeros((scored, self._pictured, places), np.int64)
        self._daily_received = np.zeros_like(self._daily_on_hand)
        self._daily_lost = np.zeros((scored, self._pictured, markets), np.int64)
        self._daily_short = np.zeros_like(self._daily_lost)
        self.series = SeriesBooks(world, kept, counts_asked) if kept else None
        self._asked = AskedBooks(network, self._at_market, self._pictured) if counts_asked else None
        self._delivers = delivers
        self._returns, self._keeper, self._records = returns, keeper, keeper.records
        self.till = Till(network, accounts)
        self._ordered_weeks = Weeks(network, runs)
        self._begin()

    def _begin(self) -> None:
        """Start every total anew, and with it the first cycle."""
        self._in_cycle = np.zeros(self._at_place, bool)
        self._cycle_short = np.zeros(self._at_place, bool)
        self._short_orders = np.zeros(self._at_market, np.int64)
        self._short = np.zeros(self._at_market, np.int64)
        self._owed = np.zeros(self._at_market, np.int64)
        self._switched = np.zeros(self._at_market, np.int64)
        self._cancelled = np.zeros(self._at_market, np.int64)
        self._late = np.zeros(self._at_market, np.int64)
        self._oversold = np.zeros(self._at_market, np.int64)
        self._deterred = np.zeros(self._at_market, np.int64)
        self._on_time, self._sold_before = np.zeros(self._at_market[:2]), self.till.sold.copy()
        self._gap_slots = np.zeros(self._at_place, np.int64)
        self._returned = np.zeros(self._at_market, np.int64)
        self._restocked = np.zeros(self._at_place, np.int64)
        self._before = {name: totals.copy() for name, totals in self._totals_of_stock().items()}
        self._backlog_slots = np.zeros(self._at_market, np.int64)
        self._received = np.zeros(self._at_place, np.int64)
        self._ordered = np.zeros(self._at_place, np.int64)
        self._on_hand_slots = np.zeros(self._at_place, np.int64)
        self._slots_since_rent = np.zeros(self._at_place, np.int64)
        self._empty_days = np.zeros(self._at_place, np.int64)
        self._cycles = np.zeros(self._at_place, np.int64)
        self._short_cycles = np.zeros(self._at_place, np.int64)
        self._purchase_orders = np.zeros((self._at_market[0], len(self.network.lanes)), np.int64)
        self._opening, self._opening_on_order = self.stock.on_hand.copy(), self.stock.under_way.copy()

    def _totals_of_stock(self) -> dict[str, IntArray]:
        """What the stock has counted since the first day played, [run, warehouse, sku] by the names of a record."""
        stock = self.stock
        return {
            "sold": stock.sold, "off_sold": stock.off_sold, "moved_out": stock.moved_out, "moved_in": stock.moved_in,
            "lost_on_the_way": stock.failed, "expired": stock.expired, "sent_off": stock.sent_off,
            "shrunk": stock.shrunk, "bought_in": stock.bought_in,
        }  # fmt: skip

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

    def take_back(self, slot: int, back: IntArray, restocked: IntArray) -> None:
        """Enter units that buyers sent back, [run, market, sku], and those put on the shelf, [run, warehouse, sku]."""
        self._returned += back
        self._restocked += restocked
        fees = () if self._returns is None else self._returns.fee_per_unit
        self.till.refund(self.network.clock.day(slot), back, fees)
        if self.series is not None:
            self.series.enter("returned", slot, back)
            self.series.enter("restocked", slot, restocked)

    def sell(self, slot: int, trade: Trade) -> None:
        """Enter a slot's trade."""
        self._count(trade)
        day = self.network.clock.day(slot)
        delivered = trade.delivered
        if self.sales is not None:
            self._enter_sales(self.sales, slot, trade.bought)
        self.till.take(day, trade)
        lost = trade.lost
        if day >= self.network.scored_from:
            self._daily_lost[day - self.network.scored_from] += lost[: self._pictured].sum(axis=-1)
            self._daily_short[day - self.network.scored_from] += trade.short[: self._pictured].sum(axis=-1)
        if self._asked is not None:
            self._asked.enter(slot, trade)
        if self.series is not None:
            self.series.enter_trade(slot, trade, delivered, lost)

    def _count(self, trade: Trade) -> None:
        """Add to the totals."""
        self._short += trade.short
        if trade.handed is not None:
            self._on_time += trade.handed.on_time
        if trade.orders is not None:
            self._short_orders += trade.orders - complete_orders(trade.orders, trade.asked, trade.served)
        for market, place in enumerate(self.network.home):
            self._cycle_short[:, place] |= trade.short[:, market] > 0
        for total, units in (
            (self._owed, trade.owed),
            (self._switched, trade.switched),
            (self._cancelled, trade.cancelled),
            (self._late, trade.late),
            (self._oversold, trade.oversold),
            (self._deterred, trade.deterred),
        ):
            if units is not None:
                total += units

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

    def order(self, slot: int, lane: int, warehouse: int, units: IntArray, bills: FloatArray) -> None:
        """Enter orders to a factory or another warehouse, [run, sku], and what it charges for them, [run]."""
        if self.network.ways[lane].start is None:
            self._ordered_weeks.add(self.network.clock.day(slot), units)
        self._ordered[:, warehouse] += units
        self._purchase_orders[:, lane] += units.any(axis=-1)
        self.money.book("goods", self.network.clock.day(slot), bills)
        if self.series is not None:
            self.series.enter_order(slot, lane, warehouse, units)

    def supply(self, warehouse: int, units: IntArray) -> None:
        """Enter what other warehouses order from one, [run, sku]."""
        if self.sales is not None:
            self.sales.supply(warehouse, units)

    def close(self, slot: int) -> None:
        """Enter a slot's end; at a month's end pay the rent."""
        self._slots_since_rent += self.stock.on_hand
        if self._waits:
            self._backlog_slots += self.stock.backlog
        if self._records is not None:
            self._gap_slots += np.abs(self._records.gap)
        if self.series is not None:
            self.series.enter("on_hand", slot, self.stock.on_hand)
            self.series.enter("on_order", slot, self.stock.on_order)
            self.series.enter("backlog", slot, self.stock.backlog)
            if self._returns is not None:
                self.series.enter("returning", slot, self._returns.echo.out)
        if self.network.clock.closes_day(slot):
            self._close_day(self.network.clock.day(slot))

    def _close_day(self, day: int) -> None:
        self._empty_days += (self.stock.on_hand == 0) & self._stocked
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

    def record(
        self,
        label: str,
        playbook: str,
        routing: str,
        sees: frozenset[str],
        shipments: tuple[Shipment, ...],
        traffic: Traffic,
        advertising: Advertising | None,
    ) -> Record:
        """The record of what happened."""
        network, clock = self.network, self.network.clock
        asked = Asked.beforehand(self.world, self._pictured) if self._asked is None else self._asked.finished()
        counted: dict[str, Any] = {
            **ad_totals(advertising, self._at_market),
            **{name: totals - self._before[name] for name, totals in self._totals_of_stock().items()},
            **uses(self.world, self._journeys),
        }
        bought_in = counted.pop("bought_in")
        return Record(
            policy=label,
            playbook=playbook,
            routing=routing,
            sees=tuple(sorted(sees)),
            runs=np.array(self.world.runs, np.int64),
            orders=asked.orders,
            short_orders=self._short if self.world.orders is None else self._short_orders,
            wanted=asked.units,
            wanted_variance=asked.variance,
            served=asked.units - self._short,
            switched=self._switched,
            owed=self._owed,
            lost=self._short - self._switched - self._owed,
            oversold=self._oversold,
            cancelled=self._cancelled,
            late=self._late,
            returned=self._returned,
            backlog_days=self._backlog_slots / clock.slots_per_day,
            forgone_by_stockout=traffic.forgone_by_stockout,
            forgone_by_seller=traffic.forgone_by_seller,
            forgone_by_promise=self._deterred,
            on_time=self._on_time
            if self._delivers
            else (self.till.sold - self._sold_before).sum(axis=-1, dtype=np.float64),
            **counted,
            opening=self._opening,
            received=self._received + bought_in,
            restocked=self._restocked,
            ordered=self._ordered + bought_in,
            closing=self.stock.on_hand,
            on_the_way_before=self._opening_on_order,
            on_the_way_after=self.stock.under_way,
            in_transit_after=self._journeys.departed() + self._keeper.at_door(),
            on_hand_days=self._on_hand_slots / clock.slots_per_day,
            record_gap_days=self._gap_slots / clock.slots_per_day,
            empty_days=self._empty_days.astype(np.float64),
            cycles=self._cycles,
            short_cycles=self._short_cycles,
            purchase_orders=self._purchase_orders,
            ordered_variance=self._ordered_weeks.variance(),
            money=self.money.scored(network.scored_from),
            peak_cash=self.money.peak_cash(),
            transit=transit(self.world, self._journeys),
            daily_on_hand=self._daily_on_hand,
            daily_received=self._daily_received,
            daily_lost=self._daily_lost,
            daily_wanted=asked.daily,
            daily_short=self._daily_short,
            daily_cash=self.money.cash()[: self._pictured].T,
            series=None
            if self.series is None
            else self.series.finished(shipments, traffic.came(), None if advertising is None else advertising.series),
        )
