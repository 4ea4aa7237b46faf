"""Article four: chosen goods in limited quantity where little sells and much comes back."""

from dataclasses import dataclass
from typing import ClassVar

import numpy as np

from policies.parameters import amounts, by_warehouse, parameter
from policies.protocol import FloatArray, IntArray, LaneFacts, Observation, Orders
from policies.quantity import EDGE
from policies.rescue import Wrapped, Wrapper


@dataclass(frozen=True)
class RegionalLimits(Wrapper):
    """Lets another policy order, but in named warehouses no more than lasts so many days beyond the arrival.

    What the slowest lane brings is cut first. What is left over is cut to whole packs, and to nothing below the lane's
    smallest order: a limit is never passed for the sake of a carton. Warehouses that are not named are left alone.

    Formula: order <= pace x (lead_days + limit) - position, lead_days of the lane, lanes in the order of these
    Source: smart inventory of an independent store (United States: main goods first; Germany: chosen goods in limited
        quantity, as much is returned and storage is dear)
    Example: reorder-point+regional-limits:limits=germany=30
    """

    name: ClassVar[str] = "regional-limits"
    looks_at: ClassVar[frozenset[str]] = frozenset({"stock", "sales", "network"})
    limits: str = by_warehouse(0, 730, "days", "days of sales that may stand there, such as germany=30 uk=45")
    pace_days: int = parameter(28, 1, 365, "days", "window of past sales that gives the pace")

    def orders(self, seen: Observation) -> Orders:
        wrapped = Wrapped.of(self.base, seen)
        limits = {seen.network.place(name).warehouse: days for name, days in amounts(self.limits).items()}
        if seen.warehouse not in limits:
            return wrapped.orders
        pace, kept = seen.sales.pace(self.pace_days), dict(wrapped.units)
        ordered = np.zeros_like(seen.stock.position)
        for lane in sorted(map(seen.lane, kept), key=lambda lane: lane.lead_days):
            most = pace * (lane.lead_days + limits[seen.warehouse])
            kept[lane.name] = _cut(kept[lane.name], most - seen.stock.position - ordered, lane)
            ordered = ordered + kept[lane.name]
        cut = sum(wrapped.units.values(), start=np.zeros_like(ordered)) - ordered
        return Orders(kept, {**wrapped.orders.why, "cut": cut})


def _cut(units: IntArray, room: FloatArray, lane: LaneFacts) -> IntArray:
    """The units themselves where there is room for them, otherwise the lots of the lane that still fit, [..., sku]."""
    packs = (np.floor(np.maximum(room, 0.0) + EDGE).astype(np.int64) // lane.pack) * lane.pack
    return np.asarray(np.where(units <= room + EDGE, units, np.where(packs >= lane.at_least, packs, 0)))
