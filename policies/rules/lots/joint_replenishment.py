"""Can-order lines and containers: SKUs that share a shipment are ordered together."""

from dataclasses import dataclass
from typing import ClassVar

import numpy as np

from policies.formulas import reorder_point
from policies.one_lane import OneLane
from policies.parameters import check_parameters, choice, parameter
from policies.protocol import FloatArray, IntArray, LaneFacts, Observation, Orders
from policies.quantity import EDGE, expected_paces, lots

PARTS_A_M3 = 1e9
"""Volumes are summed in whole cubic millimetres, so that no sum depends on the order of the catalogue."""


@dataclass(frozen=True)
class JointReplenishment(OneLane):
    """Orders when one SKU must be ordered, and lets those join that can be: they share what the shipment costs.

    A SKU must be ordered when its stock position has fallen to s: what sells during the lead time and `safety_days`
    more. Then every SKU at or below its can-order line c joins, and each is ordered up to S. With `container_m3` the
    order becomes as many whole containers as come nearest to that, at least one, and they are filled by need: the
    lowest cover is raised first, a day of sales at a time, of whatever SKU, until no further day fits or `most_days`
    above s are reached. What must be ordered then goes even if it does not fit. A SKU without a volume takes no room.

    Formula: any position <= s: order = S - position where position <= c; s = pace x (lead_days + safety_days),
        S = s + pace x order_days, c = s + can_share x (S - s); with containers of V m3:
        order = s + pace x days - position, days the most, 1 to most_days, that fit n V,
        n = max(1, round(volume of the orders up to S / V))
    Source: can-order policy (s,c,S); Balintfy 1964, On a basic class of multi-item inventory problems; filling by
        cover: usual practice of forwarders' customers
    Example: joint-replenishment:container_m3=67,safety_days=20
    """

    name: ClassVar[str] = "joint-replenishment"
    safety_days: float = parameter(
        14.0, 0, 730, "days", "days of sales in s beside the lead time", tune=(0, 60), serves=True
    )
    can_share: float = parameter(
        0.5, 0, 1, "of the way to S", "where between s and S the can-order line lies", tune=(0, 1)
    )
    order_days: int = parameter(30, 0, 365, "days", "sales between the must-order line and S", tune=(14, 90))
    container_m3: float | None = parameter(None, 0.001, 1e5, "m3", "room of a container; without it none is filled")
    most_days: int = parameter(90, 1, 730, "days", "most sales above s with which a container is filled")
    pace_days: int = parameter(28, 1, 365, "days", "window of past sales that gives the pace")
    lane: str = choice("cheapest", None, "lane to order by: a name, cheapest or fastest")
    review_days: int = parameter(7, 1, 365, "days", "days from one review to the next")

    def __post_init__(self) -> None:
        check_parameters(self)

    @property
    def sees(self) -> frozenset[str]:
        return frozenset({"stock", "sales", "calendar"})

    def orders(self, seen: Observation) -> Orders:
        lane, position = seen.lane(self.lane), seen.stock.position
        pace, later_pace = expected_paces(seen, self.pace_days, lane, self.order_days)
        safety = pace * self.safety_days
        must = reorder_point(pace, lane.lead_days, safety)
        can, level = must + later_pace * (self.can_share * self.order_days), must + later_pace * self.order_days
        full = _lift(level, position, lane)
        due = ((position <= must + EDGE) & (full > 0)).any(axis=-1, keepdims=True)
        units = np.where(due & (position <= can + EDGE), full, 0)
        if self.container_m3 is not None and due.any():
            days = self._days_that_fit(units, seen, must, later_pace, lane)
            level = np.where(due, must + later_pace * days, level)
            units = np.where(due, _lift(level, position, lane), 0)
        why = {"reorder_point": must, "can_order": can, "order_up_to": level, "safety_stock": safety, "forecast": pace}
        return Orders({lane.name: units}, why)

    def _days_that_fit(
        self, units: IntArray, seen: Observation, must: FloatArray, pace: FloatArray, lane: LaneFacts
    ) -> IntArray:
        """Days of sales above the must-order line with which whole containers are full, [..., 1]."""
        parts = np.rint(seen.volume_m3 * PARTS_A_M3).astype(np.int64)
        container = (self.container_m3 or 0.0) * PARTS_A_M3
        wanted = (units * parts).sum(axis=-1, keepdims=True)
        room = np.maximum(np.floor(wanted / container + 0.5), 1.0) * container
        low, high = np.ones_like(wanted), np.full_like(wanted, self.most_days)
        while (low < high).any():
            days = (low + high + 1) // 2
            fits = (_lift(must + pace * days, seen.stock.position, lane) * parts).sum(axis=-1, keepdims=True) <= room
            low, high = np.where(fits, days, low), np.where(fits, high, days - 1)
        return np.asarray(low)


def _lift(level: FloatArray, position: IntArray, lane: LaneFacts) -> IntArray:
    """Units that lift a position to a level, in the lane's lots, [..., sku]."""
    return lots(np.maximum(level - position, 0.0), lane)
