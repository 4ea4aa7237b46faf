"""What a policy is shown: one warehouse at one review, and of that only the sights it declared."""

from collections.abc import Callable
from typing import Any

import numpy as np
from numpy.typing import NDArray

from policies.protocol import CalendarSight, FutureSight, LaneFacts, Observation, PlannedEvent, SalesSight, StockSight
from scenarios.schema import MINUTES_PER_DAY
from sim.books import Books
from sim.journey import Journeys
from sim.network import Network
from sim.passage import NEVER
from sim.quotes import lanes_into
from sim.stock import Stock
from sim.world import World

IntArray = NDArray[np.int64]


class Window:
    """Shows one policy what it may see. Arrays are copies, or past rows that never change again; all read-only."""

    def __init__(self, world: World, sees: frozenset[str], label: str) -> None:
        self.world, self.network, self.sees, self.label = world, world.network, sees, label
        self.lanes = [lanes_into(self.network, place) for place in self.network.warehouses]
        self.events = planned_events(self.network)
        self._arrivals: dict[str, IntArray] = {}
        self._wanted: dict[int, IntArray] = {}

    def observation(self, day: int, warehouse: int, stock: Stock, journeys: Journeys, books: Books) -> Observation:
        """What the policy sees of a warehouse at the end of a day."""
        builders: dict[str, Callable[[], object]] = {
            "stock": lambda: self._stock(day, warehouse, stock, journeys),
            "sales": lambda: self._sales(day, warehouse, books),
            "calendar": lambda: CalendarSight(day, self.events),
            "future": lambda: self._future(day, warehouse),
        }
        return Observation(
            day=day,
            date=self.network.date(day),
            warehouse=self.network.warehouses[warehouse],
            skus=self.network.skus,
            unit_cost=_still(self.network.unit_cost.view()),
            price=_still(self.network.price.view()),
            lanes=self.lanes[warehouse],
            sights={name: build() for name, build in builders.items() if name in self.sees},
            seen_by=self.label,
        )

    def _stock(self, day: int, warehouse: int, stock: Stock, journeys: Journeys) -> StockSight:
        homes = list(self.network.markets_at(warehouse))

        def planned(days: int) -> IntArray:
            until = (day + 1 + days) * MINUTES_PER_DAY
            units = np.zeros_like(stock.on_hand[:, warehouse])
            for order in journeys.live:
                if order.warehouse == warehouse and order.planned < until:
                    units[order.run] += order.units
            return units

        return StockSight(
            on_hand=_still(stock.on_hand[:, warehouse].copy()),
            on_order=_still(stock.on_order[:, warehouse].copy()),
            backlog=_still(stock.backlog[:, homes].sum(axis=1)),
            planned=planned,
        )

    def _sales(self, day: int, warehouse: int, books: Books) -> SalesSight:
        until = self.network.scenario.history_days + day + 2
        homes = self.network.markets_at(warehouse)
        window = slice(homes[0], homes[-1] + 1) if homes else slice(0, 0)
        return SalesSight(
            totals=_still(books.sold_totals[:until, :, window]),
            open_totals=_still(books.open_totals[:until, :, warehouse]),
            open_days=_still(books.open_days[:until, :, warehouse]),
            channels=tuple(self.network.market_parts[m].channel for m in homes),
        )

    def _future(self, day: int, warehouse: int) -> FutureSight:
        if warehouse not in self._wanted:
            homes = list(self.network.markets_at(warehouse))
            slots = self.world.wanted[:, :, homes].sum(axis=2)
            days = slots.reshape(self.network.clock.days, -1, *slots.shape[1:]).sum(axis=1)
            self._wanted[warehouse] = _still(days)
        return FutureSight(
            wanted=self._wanted[warehouse][day + 1 :],
            arrivals={lane.name: self._arrival_days(lane)[day:] - (day + 1) for lane in self.lanes[warehouse]},
        )

    def _arrival_days(self, lane: LaneFacts) -> IntArray:
        """The day an order of each day could first be sold, were there no queue, [day, run]."""
        if lane.name not in self._arrivals:
            passage = self.world.passage.lanes[self.network.lanes.index(lane.name)]
            runs, days = range(len(self.world.runs)), range(self.network.clock.days)
            minutes = np.array([[passage.arrival(run, day) for run in runs] for day in days], np.int64)
            self._arrivals[lane.name] = np.where(minutes >= NEVER, NEVER, -(-minutes // MINUTES_PER_DAY))
        return self._arrivals[lane.name]


def planned_events(network: Network) -> tuple[PlannedEvent, ...]:
    """Promotions and livestreams of the calendar, for policies that look ahead."""
    events = []
    planned = network.scenario.planned
    for promotion in planned.promotion:
        lift = np.ones(len(network.skus))
        lift[[k for _, k in network.touched(promotion)]] = 1 + (promotion.lift - 1) * promotion.scale
        events.append(
            PlannedEvent(promotion.name, "promotion", network.day(promotion.on), promotion.days, _still(lift))
        )
    for live in planned.livestream:
        first = network.day(live.first_on)
        for day in range(first, network.clock.days, live.every_days):
            events.append(PlannedEvent(live.name, "livestream", day, 1, _still(np.ones(len(network.skus)))))
    return tuple(events)


def _still(array: NDArray[Any]) -> NDArray[Any]:
    array.flags.writeable = False
    return array
