"""Article one: the reorder point of a seller with an overseas warehouse."""

from collections.abc import Sequence
from dataclasses import dataclass
from typing import ClassVar

import numpy as np

from policies.one_lane import OneLane
from policies.parameters import check_parameters, choice, parameter
from policies.protocol import FloatArray, LaneFacts, Observation, Orders, PolicyError, lane_named
from policies.quantity import expected_paces, order_up_to

USUAL_CYCLES = 1.5


@dataclass(frozen=True)
class ReorderPoint(OneLane):
    """Orders when the stock position has fallen to what will sell during the lead time plus a safety stock.

    The safety stock is 1.5 transport cycles of sales (a cycle is the lane's haul time), or a number of days of
    sales, or a number of units. In days it grows with an announced promotion, in units it stands still.

    Formula: reorder point = pace x lead_days + safety; safety = pace x safety_days, or safety_units
    Source: replenishment cycle of TikTok sellers with an overseas warehouse (补货点 = 日均销量 x 头程 + 安全库存)
    Example: reorder-point:safety_days=10
    """

    name: ClassVar[str] = "reorder-point"
    safety_cycles: float = parameter(
        USUAL_CYCLES, 0, 10, "transport cycles", "safety stock in haul times of sales", tune=(0, 3), serves=True
    )
    safety_days: float | None = parameter(None, 0, 730, "days", "safety stock in days of sales")
    safety_units: float | None = parameter(None, 0, 1e9, "units", "safety stock in units, the same for every SKU")
    pace_days: int = parameter(28, 1, 365, "days", "window of past sales that gives the pace", tune=(7, 91))
    order_days: int = parameter(30, 0, 365, "days", "days of sales ordered on top of the reorder point", tune=(7, 60))
    lane: str = choice("cheapest", None, "lane to order by: a name, cheapest or fastest")
    review_days: int = parameter(7, 1, 365, "days", "days from one review to the next")

    def __post_init__(self) -> None:
        check_parameters(self)
        given = [
            f"{name} = {value}"
            for name in ("safety_days", "safety_units")
            if (value := getattr(self, name)) is not None
        ]
        if self.safety_cycles != USUAL_CYCLES:
            given.append(f"safety_cycles = {self.safety_cycles}")
        if len(given) > 1:
            raise PolicyError(f"{self.name}: {' and '.join(given)}: give one of them")

    @property
    def sees(self) -> frozenset[str]:
        return frozenset({"stock", "sales", "calendar"})

    @property
    def mode(self) -> str:
        """What the safety stock is counted in: `days` or `units`."""
        return "days" if self.safety_units is None else "units"

    def warnings(self, lanes: Sequence[LaneFacts]) -> tuple[str, ...]:
        """The article's bounds, one to two transport cycles of sales; and what the lane does not carry."""
        refused = super().warnings(lanes)
        lane = lane_named(self.lane, lanes)
        days = self._safety_days(lane)
        if self.mode == "units" or lane.haul_days <= days <= 2 * lane.haul_days:
            return refused
        return (
            *refused,
            f"{self.name}: safety stock of {days:g} days is outside 1-2 transport cycles of lane {lane.name} "
            f"({lane.haul_days:g} to {2 * lane.haul_days:g} days)",
        )

    def orders(self, seen: Observation) -> Orders:
        lane, position = seen.lane(self.lane), seen.stock.position
        pace, later_pace = expected_paces(seen, self.pace_days, lane, self.order_days)
        safety = self._safety_stock(pace, lane)
        trigger = pace * lane.lead_days + safety
        level = trigger + later_pace * self.order_days
        units = order_up_to(level, position, trigger, lane)
        why = {"reorder_point": trigger, "safety_stock": safety, "order_up_to": level, "forecast": pace}
        return Orders({lane.name: units}, why | {f"safety_in_{self.mode}": safety})

    def _safety_days(self, lane: LaneFacts) -> float:
        return self.safety_cycles * lane.haul_days if self.safety_days is None else self.safety_days

    def _safety_stock(self, pace: FloatArray, lane: LaneFacts) -> FloatArray:
        if self.safety_units is not None:
            return np.full(pace.shape, float(self.safety_units))
        return pace * self._safety_days(lane)
