"""A container is paid for whole, so what is begun is filled."""

from dataclasses import dataclass
from typing import ClassVar

import numpy as np

from policies.filling import cover, granted, in_line, total
from policies.parameters import choice, parameter
from policies.protocol import FloatArray, IntArray, LaneFacts, Observation, Orders
from policies.quantity import EDGE
from policies.rescue import Wrapped, Wrapper


@dataclass(frozen=True)
class ContainerFill(Wrapper):
    """Lets another policy order, and fills the container that its orders by one lane begin.

    The SKUs that last the shortest come first. Each is filled up to `extra_days` of sales above the point at which the
    other policy orders it by itself, in whole packs: it is bought earlier, not in addition, and never for years. Then
    comes the next; the rest of the container stays empty. Where nothing is ordered, no container is begun. A SKU whose
    volume is not stated is not filled in.

    Give it the room that a container really has: its volume times the share that cartons can fill.

    Formula: room = containers x container_m3 - ordered volume, containers = ordered volume / container_m3, rounded up;
        extra <= point + pace x extra_days - position - orders, least (position + orders) / pace first; point = the
        other policy's reorder_point, or order_up_to, or else what sells in lead_days + review_days
    Source: coordinated replenishment, where a group's order is raised to a fixed size by the shortest time to run out:
        Silver, Pyke, Thomas 2017, Inventory and Production Management in Supply Chains, chapter 10; the days are a
        judgement
    Example: reorder-point+container-fill:container_m3=28
    """

    name: ClassVar[str] = "container-fill"
    looks_at: ClassVar[frozenset[str]] = frozenset({"stock", "sales"})
    container_m3: float = parameter(68.0, 0.001, 1e6, "m3", "room of a container: 40 ft high cube 68, 20 ft 28")
    extra_days: float = parameter(30.0, 0, 365, "days", "sales beyond the point that are bought early", tune=(0, 60))
    pace_days: int = parameter(28, 1, 365, "days", "window of past sales that gives the pace")
    lane: str = choice("cheapest", None, "lane whose containers are filled: a name, cheapest or fastest")

    def orders(self, seen: Observation) -> Orders:
        wrapped, lane = Wrapped.of(self.base, seen), seen.lane(self.lane)
        if lane.name not in wrapped.units:
            return wrapped.orders
        ordered, pace = wrapped.units[lane.name], seen.sales.pace(self.pace_days)
        after = seen.stock.position + sum(wrapped.units.values())
        line = in_line(cover(after, pace), seen.skus)
        reach = wrapped.point(pace * (lane.lead_days + self.review_days)) + pace * self.extra_days
        wanted = np.where(seen.stock.bought_in, 0, _packs(reach - after, ordered, seen.volume_m3, lane))
        room = self._room(total(ordered * seen.volume_m3, line))
        filled = granted(wanted, seen.volume_m3, room, line, _least(ordered, lane), lane.pack)
        units = {**wrapped.units, lane.name: ordered + filled}
        return Orders(units, {**wrapped.orders.why, "filled_in": filled})

    def _room(self, volume_m3: FloatArray) -> FloatArray:
        """What is empty in the last container begun, [...]."""
        containers = np.ceil(volume_m3 / self.container_m3 - EDGE)
        return np.asarray(containers * self.container_m3 - volume_m3)


def _packs(units: FloatArray, ordered: IntArray, volume_m3: FloatArray, lane: LaneFacts) -> IntArray:
    """The whole packs within some units that a lane may bring besides its orders, [..., sku]."""
    packs = np.floor(np.maximum(units, 0.0) + EDGE).astype(np.int64) // lane.pack * lane.pack
    may = (volume_m3 > 0) & lane.carries & (packs >= _least(ordered, lane))
    return np.asarray(np.where(may, packs, 0))


def _least(ordered: IntArray, lane: LaneFacts) -> IntArray:
    """The smallest order of what is not ordered anyway, [..., sku]."""
    return np.asarray(np.where(ordered > 0, 0, lane.at_least))
