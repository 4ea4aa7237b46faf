"""What a policy is shown: one warehouse at one review, and of that only the sights it declared."""

import math
from collections.abc import Callable, Collection, Sequence
from functools import cache

import numpy as np
from numpy.typing import NDArray

from policies.protocol import AdsSight, CalendarSight, FutureSight, Observation, PlannedEvent, SalesSight, StockSight
from scenarios.calendar import held, promotion_days
from scenarios.schema import MINUTES_PER_DAY, Event
from sim.play.advertising import Advertising, no_ads
from sim.play.books import Books
from sim.play.journey import Journeys
from sim.play.orders import NO_FACTORY, NO_LANE, PurchaseOrder
from sim.play.sales import SalesBooks
from sim.play.stock import Stock
from sim.play.traffic import usual_demand
from sim.world.network import Network, still
from sim.world.sample import World
from sim.world.supply.landed import LandedCost
from sim.world.supply.quotes import lanes_into, planned_lead
from sim.world.supply.tables import NEVER

FloatArray = NDArray[np.float64]
IntArray = NDArray[np.int64]


class Due:
    """Units under way by the day they are expected, kept up from one review to the next."""

    def __init__(self, days: int, shape: tuple[int, int], day_of: Callable[[PurchaseOrder], int]) -> None:
        self.day_of = day_of
        self.units = np.zeros((days + 1, *shape), np.int64)  # [day, run, sku]; the last row is beyond them all
        self._tomorrow = 0
        self._known: dict[PurchaseOrder, IntArray] = {}  # the units it is known with, [sku]

    def days(self, today: int, live: Collection[PurchaseOrder]) -> IntArray:
        """Units expected on each day to come, tomorrow first and with what is overdue, [day, run, sku]."""
        for order in [order for order, units in self._known.items() if order not in live or units is not order.units]:
            self.units[self._row(order), order.run] -= self._known.pop(order)
        for day in range(self._tomorrow, today + 1):
            self.units[day + 1] += self.units[day]
            self.units[day] = 0
        self._tomorrow = today + 1
        for order in [order for order in live if order not in self._known]:
            self.units[self._row(order), order.run] += order.units
            self._known[order] = order.units
        return self.units[today + 1 :]

    def _row(self, order: PurchaseOrder) -> int:
        return min(max(self.day_of(order), self._tomorrow), len(self.units) - 1)


class Window:
    """Shows one policy what it may see. Arrays are copies, or past rows that never change again; all read-only."""

    def __init__(self, world: World, sees: frozenset[str], label: str, advertising: Advertising | None) -> None:
        self.world, self.network, self.sees, self.label = world, world.network, sees, label
        self.advertising = advertising
        self.lanes = [lanes_into(self.network, place) for place in self.network.warehouses]
        self.events = [planned_events(self.network, place) for place in range(len(self.network.warehouses))]
        self._leads = [planned_lead(self.network, way) for way in self.network.ways]
        self._landed_costs = [LandedCost(self.network, way) for way in self.network.ways]
        self._arrivals: dict[str, IntArray] = {}
        self._wanted: dict[int, IntArray] = {}
        self._quoted: dict[int, Due] = {}
        self._certain: dict[int, Due] = {}

    def observation(self, day: int, warehouse: int, stock: Stock, journeys: Journeys, books: Books) -> Observation:
        """What the policy sees of a warehouse at the end of a day."""
        builders: dict[str, Callable[[], object]] = {
            "stock": lambda: self.stock(day, warehouse, stock, journeys),
            "sales": lambda: self.sales(warehouse, books.sales),
            "ads": lambda: self.ads(day, warehouse),
            "calendar": lambda: self.calendar(day, warehouse),
            "future": lambda: self._future(day, warehouse, journeys),
        }
        return Observation(
            day=day,
            date=self.network.date(day),
            warehouse=self.network.warehouses[warehouse],
            skus=self.network.skus,
            unit_cost=self.network.unit_cost,
            price=self.network.price,
            lanes=self.lanes[warehouse],
            sights={name: build() for name, build in builders.items() if name in self.sees},
            seen_by=self.label,
        )

    def stock(self, day: int, warehouse: int, stock: Stock, journeys: Journeys) -> StockSight:
        """What stands in a warehouse and is coming, now."""
        homes = list(self.network.markets_at(warehouse))

        @cache
        def arrivals() -> tuple[IntArray, IntArray]:
            """Units due on each day to come, and their running total as far as a quote reaches."""
            due = self._due(self._quoted, warehouse, _quoted_day).days(day, journeys.bound(warehouse))
            return due, np.cumsum(due[: self._longest_quote(warehouse)], axis=0)

        def planned(days: int) -> IntArray:
            due, totals = arrivals()
            if 0 < days <= len(totals):
                return still(totals[days - 1])
            return still(due[:days].sum(axis=0))

        return StockSight(
            on_hand=still(stock.on_hand[:, warehouse].copy()),
            on_order=still(stock.on_order[:, warehouse].copy()),
            backlog=still(stock.backlog[:, homes].sum(axis=1)),
            planned=planned,
        )

    def sales(self, warehouse: int, sales: SalesBooks | None) -> SalesSight:
        """What a warehouse's buyers bought on whole days past."""
        if sales is None:
            raise LookupError("no sales history is kept for a policy that does not see it")
        homes = self.network.markets_at(warehouse)
        window = slice(homes[0], homes[-1] + 1) if homes else slice(0, 0)
        return SalesSight(
            totals=still(sales.sold.rows[:, :, window]),
            open_totals=still(sales.open_sold.rows[:, :, warehouse]),
            open_days=still(sales.open_days.rows[:, :, warehouse]),
            channels=tuple(self.network.market_parts[m].channel for m in homes),
        )

    def ads(self, day: int, warehouse: int) -> AdsSight:
        """What is seen of the ads that a warehouse's buyers are shown."""
        if self.advertising is None:
            return no_ads(self.network, len(self.world.runs), day)
        return self.advertising.sight(day, warehouse)

    def calendar(self, day: int, warehouse: int) -> CalendarSight:
        """What is announced to a warehouse's seller."""
        return CalendarSight(
            day,
            self.events[warehouse],
            lead=lambda lane, ahead: self._leads[self.network.lanes.index(lane)](day + ahead),
            landed=lambda lane, ahead: self._landed(lane, day, ahead),
        )

    def _landed(self, lane: str, day: int, ahead: int) -> FloatArray:
        """Landed cost of a unit ordered so many days ahead, as far as tariffs are announced by a day, [sku]."""
        index = self.network.lanes.index(lane)
        return self._landed_costs[index](day + ahead + 1 + self._leads[index](day + ahead), day)

    def _future(self, day: int, warehouse: int, journeys: Journeys) -> FutureSight:
        if warehouse not in self._wanted:
            homes = list(self.network.markets_at(warehouse))
            slots = usual_demand(self.world)[:, :, homes].sum(axis=2)
            days = slots.reshape(self.network.clock.days, -1, *slots.shape[1:]).sum(axis=1)
            self._wanted[warehouse] = still(days)
        due = self._due(self._certain, warehouse, self._certain_day).days(day, journeys.bound(warehouse))
        return FutureSight(
            wanted=self._wanted[warehouse][day + 1 :],
            arrivals={lane.name: self._arrival_days(lane.name)[day:] - (day + 1) for lane in self.lanes[warehouse]},
            due=still(due[: self.network.clock.days - day - 1]),
        )

    def _due(self, tables: dict[int, Due], warehouse: int, day_of: Callable[[PurchaseOrder], int]) -> Due:
        if warehouse not in tables:
            shape = (len(self.world.runs), len(self.network.skus))
            tables[warehouse] = Due(self.network.clock.days + self._longest_quote(warehouse), shape, day_of)
        return tables[warehouse]

    def _longest_quote(self, warehouse: int) -> int:
        """Days within which a new order to a warehouse is planned to arrive, whatever its lane."""
        return math.ceil(max((lane.lead_days for lane in self.lanes[warehouse]), default=0.0)) + 1

    def _certain_day(self, order: PurchaseOrder) -> int:
        """The day an order could first be sold, were there no queue."""
        if order.lane == NO_LANE or order.factory == NO_FACTORY:
            return _quoted_day(order)
        return int(self._arrival_days(self.network.lanes[order.lane])[(order.placed - 1) // MINUTES_PER_DAY, order.run])

    def _arrival_days(self, lane: str) -> IntArray:
        """The day an order of each day could first be sold, were there no queue, [day, run]."""
        if lane not in self._arrivals:
            index, passage = self.network.lanes.index(lane), self.world.passage
            runs, days = range(len(self.world.runs)), range(self.network.clock.days)
            minutes = np.array([[passage.arrival(index, run, day) for run in runs] for day in days], np.int64)
            self._arrivals[lane] = np.where(minutes >= NEVER, NEVER, -(-minutes // MINUTES_PER_DAY))
        return self._arrivals[lane]


def _quoted_day(order: PurchaseOrder) -> int:
    """The day an order could first be sold, were it as long under way as its lane's quote says."""
    return -(-order.planned // MINUTES_PER_DAY)


def planned_events(network: Network, warehouse: int | None = None) -> tuple[PlannedEvent, ...]:
    """What is announced to a warehouse's buyer, or to anyone, but what is scaled to nothing.

    A promotion in some of its markets lifts the warehouse's demand by their share of it.
    """
    planned, unknown = network.scenario.planned, still(np.ones(len(network.skus)))
    first, last = network.first_day, network.date(network.clock.days - 1)
    homes = range(len(network.markets)) if warehouse is None else network.markets_at(warehouse)
    everyday = sum((network.pace[m] for m in homes), start=np.zeros(len(network.skus)))
    events = []
    for promotion in (event for event in planned.promotion if event.scale > 0):
        lift, touched = np.ones(len(network.skus)), [(m, k) for m, k in network.touched(promotion) if m in homes]
        for m, k in touched:
            lift[k] += (promotion.lift - 1) * promotion.scale * network.pace[m, k] / everyday[k]
        if touched:
            days, skus = promotion_days(promotion), _touched_at(network, homes, promotion)
            for day in map(network.day, held(promotion, first, last)):
                events.append(
                    PlannedEvent(
                        promotion.name, "promotion", day, days, still(lift), skus=_touched_at(network, homes, promotion)
                    )
                )
    for live in (event for event in planned.livestream if event.scale > 0):
        if skus := _touched_at(network, homes, live):
            for day in range(network.day(live.first_on), network.clock.days, live.every_days):
                events.append(PlannedEvent(live.name, "livestream", day, 1, unknown, live.past_units, skus))
    for post in (event for event in planned.influencer if event.scale > 0):
        if skus := _touched_at(network, homes, post):
            day = network.day(post.on)
            events.append(PlannedEvent(post.name, "influencer", day, 1, unknown, post.past_units, skus))
    return tuple(events)


def _touched_at(network: Network, homes: Sequence[int], event: Event) -> frozenset[str]:
    """The SKUs an event touches in some of these markets."""
    return frozenset(network.skus[k] for m, k in network.touched(event) if m in homes)
