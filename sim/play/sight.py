"""What a policy is shown: one warehouse at one review, and of that only the sights it declared."""

import math
from collections.abc import Callable, Sequence
from functools import cache

import numpy as np
from numpy.typing import NDArray

from policies.network import NetworkSight, Place
from policies.protocol import AdsSight, CalendarSight, Observation, PlannedEvent, SalesSight, StockSight
from scenarios.calendar import held, promotion_days
from scenarios.schema import Event, Promotion
from sim.play.advertising import Advertising, no_ads
from sim.play.books import Books
from sim.play.depots import Depot
from sim.play.due import Due, quoted_day
from sim.play.foresight import Foresight
from sim.play.journey import Journeys
from sim.play.sales import SalesBooks
from sim.play.stock import Stock
from sim.play.storage.keeper import Keeper
from sim.world.network import Network, still
from sim.world.sample import World
from sim.world.supply.landed import LandedCost
from sim.world.supply.quotes import landed_at_start, lanes_into, planned_lead

FloatArray = NDArray[np.float64]
IntArray = NDArray[np.int64]
NOTHING = np.zeros(1, np.int64)
"""[sku] No units of any SKU."""


class Window:
    """Shows one policy what it may see. Arrays are copies, or past rows that never change again; all read-only."""

    def __init__(
        self,
        world: World,
        sees: frozenset[str],
        label: str,
        advertising: Advertising | None,
        keeper: Keeper,
        depots: Sequence[Depot],
    ) -> None:
        self.world, self.network, self.sees, self.label = world, world.network, sees, label
        self.keeper, self._depots = keeper, {depot.warehouse: depot for depot in depots}
        self.advertising = advertising
        self.lanes = [lanes_into(self.network, place) for place in self.network.warehouses]
        self.events = [planned_events(self.network, place) for place in range(len(self.network.warehouses))]
        self._notice = {
            show.name: show.announced_days
            for show in self.network.scenario.planned.livestream
            if show.announced_days is not None
        }
        self._leads = [planned_lead(self.network, way) for way in self.network.ways]
        self._landed_costs = [LandedCost(self.network, way) for way in self.network.ways]
        self._at_start = [landed_at_start(self.network, way) for way in self.network.ways]
        self._quoted: dict[int, Due] = {}
        self._last_look: tuple[int, NetworkSight] | None = None
        self._foresight = Foresight(world, self.lanes)

    def observation(self, day: int, warehouse: int, stock: Stock, journeys: Journeys, books: Books) -> Observation:
        """What the policy sees of a warehouse at the end of a day."""
        builders: dict[str, Callable[[], object]] = {
            "stock": lambda: self.stock(day, warehouse, stock, journeys),
            "sales": lambda: self.sales(warehouse, books.sales),
            "ads": lambda: self.ads(day, warehouse),
            "calendar": lambda: self.calendar(day, warehouse),
            "network": lambda: self._whole_network(day, stock, journeys, books),
            "future": lambda: self._foresight.sight(day, warehouse, journeys),
        }
        return Observation(
            day=day,
            date=self.network.date(day),
            warehouse=self.network.warehouses[warehouse],
            skus=self.network.skus,
            unit_cost=self.network.unit_cost,
            price=self.network.price,
            volume_m3=self.network.volume_m3,
            weight_kg=self.network.weight_kg,
            groups=self.network.groups,
            repeat_share=self.network.repeat_share[warehouse],
            lanes=self.lanes[warehouse],
            sights={name: build() for name, build in builders.items() if name in self.sees},
            seen_by=self.label,
        )

    def stock(self, day: int, warehouse: int, stock: Stock, journeys: Journeys) -> StockSight:
        """What stands in a warehouse and is coming, now."""
        homes, knowledge = list(self.network.markets_at(warehouse)), self.keeper.knowledge
        if "future" in self.sees:
            on_hand, unconfirmed = stock.on_hand[:, warehouse], NOTHING
        else:
            on_hand, unconfirmed = knowledge.on_hand(warehouse), knowledge.unconfirmed(warehouse)
        there = self.keeper.in_yard(warehouse) + unconfirmed
        backlog = stock.backlog[:, homes].sum(axis=1)
        if warehouse in self._depots:
            backlog = backlog + self._depots[warehouse].owed

        @cache
        def arrivals() -> tuple[IntArray, IntArray]:
            """Units due on each day to come, and their running total as far as a quote reaches."""
            due = self._due(warehouse).days(day, journeys.bound(warehouse))
            return due, np.cumsum(due[: self._longest_quote(warehouse)], axis=0)

        def planned(days: int) -> IntArray:
            due, totals = arrivals()
            coming = totals[days - 1] if 0 < days <= len(totals) else due[:days].sum(axis=0)
            return still(coming + there if days > 0 else coming)

        return StockSight(
            on_hand=still(on_hand.copy()),
            on_order=still(stock.on_order[:, warehouse] + unconfirmed),
            backlog=still(backlog),
            planned=planned,
            bought_in=self.network.bought_in[warehouse],
            deliveries=still(self.keeper.deliveries[:, warehouse].copy()),
        )

    def sales(self, warehouse: int, sales: SalesBooks | None) -> SalesSight:
        """What a warehouse's buyers bought on whole days past."""
        if sales is None:
            raise LookupError("no sales history is kept for a policy that does not see it")
        homes = self.network.markets_at(warehouse)
        return sales.sight(warehouse, homes, tuple(self.network.market_parts[m].channel for m in homes))

    def _whole_network(self, day: int, stock: Stock, journeys: Journeys, books: Books) -> NetworkSight:
        """All warehouses; they are asked about one after the other at one moment, so one look serves them all."""
        if self._last_look is None or self._last_look[0] != day:
            self._last_look = day, self._look(day, stock, journeys, books)
        return self._last_look[1]

    def _look(self, day: int, stock: Stock, journeys: Journeys, books: Books) -> NetworkSight:
        return NetworkSight(
            tuple(
                Place(
                    warehouse=name,
                    stock=self.stock(day, w, stock, journeys),
                    sales=self.sales(w, books.sales),
                    lanes=self.lanes[w],
                    bonded=self.network.warehouse_parts[w].bonded,
                )
                for w, name in enumerate(self.network.warehouses)
            )
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
            self._announced(day, warehouse),
            lead=lambda lane, ahead: self._leads[self.network.lanes.index(lane)](day + ahead),
            landed=lambda lane, ahead: self._landed(lane, day, ahead),
        )

    def _announced(self, day: int, warehouse: int) -> tuple[PlannedEvent, ...]:
        """The events that a warehouse's buyer has been told of by a day."""
        events, notice = self.events[warehouse], self._notice
        if not notice:
            return events
        return tuple(event for event in events if day >= event.first_day - notice.get(event.name, math.inf))

    def _landed(self, lane: str, day: int, ahead: int) -> FloatArray:
        """Landed cost of a unit ordered so many days ahead, as far as tariffs are announced by a day, [sku]."""
        index = self.network.lanes.index(lane)
        return self._landed_costs[index](day + ahead + 1 + self._leads[index](day + ahead), day) + self._at_start[index]

    def _due(self, warehouse: int) -> Due:
        if warehouse not in self._quoted:
            shape = (len(self.world.runs), len(self.network.skus))
            self._quoted[warehouse] = Due(self.network.clock.days + self._longest_quote(warehouse), shape, quoted_day)
        return self._quoted[warehouse]

    def _longest_quote(self, warehouse: int) -> int:
        """Days within which a new order to a warehouse is planned to arrive, whatever its lane."""
        return math.ceil(max((lane.lead_days for lane in self.lanes[warehouse]), default=0.0)) + 1


def planned_events(network: Network, warehouse: int | None = None) -> tuple[PlannedEvent, ...]:
    """What is announced to a warehouse's buyer, or to anyone, but what is scaled to nothing.

    A promotion in some of its markets lifts the warehouse's demand by their share of it.
    """
    planned, unknown = network.scenario.planned, still(np.ones(len(network.skus)))
    first, last = network.first_day, network.date(network.clock.days - 1)
    homes = range(len(network.markets)) if warehouse is None else network.markets_through(warehouse)
    everyday = sum((network.pace[m] for m in homes), start=np.zeros(len(network.skus)))
    events = []
    for promotion in (event for event in planned.promotion if event.scale > 0):
        lift, touched = np.ones(len(network.skus)), [(m, k) for m, k in network.touched(promotion) if m in homes]
        for m, k in touched:
            lift[k] += (planned_lift(promotion) - 1) * promotion.scale * network.pace[m, k] / everyday[k]
        if touched:
            days, skus = promotion_days(promotion), _touched_at(network, homes, promotion)
            for day in map(network.day, held(promotion, first, last)):
                events.append(PlannedEvent(promotion.name, "promotion", day, days, still(lift), skus=skus))
    for live in (event for event in planned.livestream if event.scale > 0):
        if skus := _touched_at(network, homes, live):
            for day in range(network.day(live.first_on), network.clock.days, live.every_days):
                events.append(PlannedEvent(live.name, "livestream", day, 1, unknown, live.past_units, skus))
    for post in (event for event in planned.influencer if event.scale > 0):
        if skus := _touched_at(network, homes, post):
            day = network.day(post.on)
            events.append(PlannedEvent(post.name, "influencer", day, 1, unknown, post.past_units, skus))
    return tuple(events)


def planned_lift(promotion: Promotion) -> float:
    """What a seller's plan multiplies everyday demand by during a promotion."""
    return promotion.lift if promotion.announced_lift is None else promotion.announced_lift


def _touched_at(network: Network, homes: Sequence[int], event: Event) -> frozenset[str]:
    """The SKUs an event touches in some of these markets."""
    return frozenset(network.skus[k] for m, k in network.touched(event) if m in homes)
