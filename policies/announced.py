"""What announced events do to sales, and stock that is set aside for them."""

import dataclasses
import math
from collections.abc import Iterable, Sequence

import numpy as np

from policies.formulas import daily_spread
from policies.network import NetworkSight
from policies.protocol import (
    CalendarSight,
    FloatArray,
    IntArray,
    LaneFacts,
    Observation,
    PlannedEvent,
    StockSight,
)
from policies.quantity import EDGE


def plain_pace(seen: Observation, days: int, ago: int = 0) -> FloatArray:
    """Units sold a day without promotions over `days` days until `ago` days ago, days with stock counted, [..., sku].

    Formula: units sold / sum of the announced lifts of the days, 1 for a plain day
    """
    sales, known = seen.sales, len(seen.sales.open_days) - 1
    first, last = max(known - ago - days, 0), max(known - ago, 0)
    counted = (sales.open_days[last] - sales.open_days[first]).astype(np.float64)
    for event in seen.calendar.events:
        begins = known - 1 - (seen.day - event.first_day)
        begin, end = max(begins, first), min(begins + event.days, last)
        if begin < end and event.kind == "promotion":
            counted = counted + (event.lift - 1.0) * (sales.open_days[end] - sales.open_days[begin])
    return np.asarray((sales.open_totals[last] - sales.open_totals[first]) / np.maximum(counted, 1.0))


def plain_spread(seen: Observation, days: int) -> FloatArray:
    """Standard deviation of one day's sales over the last `days` days, days with stock counted, [..., sku].

    Days on which a promotion lifts a SKU are left out; not so where fewer than two others remain.
    """
    sold, counted = seen.sales.with_stock(days)
    plain = counted.copy()
    for event in seen.calendar.events:
        if event.kind == "promotion":
            begins = len(sold) - 1 - (seen.day - event.first_day)
            plain[max(begins, 0) : max(begins + event.days, 0)] *= event.lift == 1
    return daily_spread(sold, np.where(plain.sum(axis=0) > 1, plain, counted))


def fresh(events: Iterable[PlannedEvent], pace_days: int) -> list[PlannedEvent]:
    """Announced events by their days, without those of a name that was held shortly before and so is in the pace."""
    last: dict[str, int] = {}
    found = []
    for event in sorted(events, key=lambda event: event.first_day):
        if event.name not in last or event.first_day - last[event.name] > pace_days:
            found.append(event)
        last[event.name] = event.first_day
    return found


def set_aside(seen: Observation, lane: LaneFacts, pace: FloatArray, sooner: FloatArray, later: FloatArray) -> IntArray:
    """Units of the stock position that belong to announced events, [..., sku].

    What they sell `later` than an order of today arrives counts in full. What they sell `sooner` counts as far as
    stock that is there by then leaves it beside everyday sales: for the rest it is too late, and nobody waits for it.
    What is bought in when it is ordered needs none.
    """
    lead, stock = math.ceil(lane.lead_days), seen.stock
    spare = stock.on_hand + stock.planned(lead) - stock.backlog - pace * lead
    units = np.minimum(sooner, np.maximum(spare, 0.0)) + later
    return np.asarray(np.where(stock.bought_in, 0, np.ceil(units - EDGE)), dtype=np.int64)


@dataclasses.dataclass(frozen=True)
class PartlySetAside(StockSight):
    """Stock of which some belongs to announced events: only the stock position tells."""

    units: IntArray | int = 0  # [..., sku] set aside

    @property
    def position(self) -> IntArray:
        """Stock position less what is set aside, [..., sku]."""
        return np.asarray(super().position - self.units)

    @classmethod
    def of(cls, stock: StockSight, units: IntArray) -> "PartlySetAside":
        """The same stock with so many units set aside, besides those that are."""
        facts = {field.name: getattr(stock, field.name) for field in dataclasses.fields(StockSight)}
        return cls(**facts, units=units + getattr(stock, "units", 0))


def keeping(seen: Observation, units: IntArray, events: Sequence[PlannedEvent] | None = None) -> Observation:
    """What is seen by a policy that must leave `units` [..., sku] alone, and is told of these events where given."""
    sights = dict(seen.sights)
    if isinstance(stock := sights.get("stock"), StockSight):
        sights["stock"] = PartlySetAside.of(stock, units)
    if isinstance(network := sights.get("network"), NetworkSight):
        sights["network"] = NetworkSight(
            tuple(
                dataclasses.replace(place, stock=PartlySetAside.of(place.stock, units))
                if place.warehouse == seen.warehouse
                else place
                for place in network.places
            )
        )
    if events is not None and isinstance(calendar := sights.get("calendar"), CalendarSight):
        sights["calendar"] = dataclasses.replace(calendar, events=tuple(events))
    return dataclasses.replace(seen, sights=sights)
