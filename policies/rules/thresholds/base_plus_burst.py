"""Article three: the seal factory's safety stock against viral days."""

from dataclasses import dataclass
from typing import ClassVar

import numpy as np

from policies.formulas import burst_stock, reorder_point
from policies.one_lane import OneLane
from policies.parameters import check_parameters, choice, parameter
from policies.protocol import FloatArray, Observation, Orders, SalesSight
from policies.quantity import expected_paces, order_up_to

STEADY = ("shop", "business")


@dataclass(frozen=True)
class BasePlusBurst(OneLane):
    """Orders when the stock position has fallen to a safety stock in two parts plus the sales of the purchasing cycle.

    The base part covers some days of the steady markets (business buyers and shops; all markets where there are no
    such). The burst part covers some days like the best single day of the social markets in the last 90 days.

    Formula: trigger = base + burst + pace x lead_days; base = steady pace x base_days, burst = peak day x burst_days
    Source: safety stock of a seal factory (总安全库存 = 基础安全库存 + TikTok 波动库存; peak day x 3 to 7 days)
    Example: base-plus-burst:base_days=3,burst_days=7
    """

    name: ClassVar[str] = "base-plus-burst"
    base_days: float = parameter(
        3.0, 0, 180, "days", "base safety stock in days of the steady markets' sales", tune=(0, 60), serves=True
    )
    burst_days: float = parameter(
        5.0, 3, 7, "days", "days like the peak day, until emergency supply arrives", tune=(3, 7)
    )
    peak_window_days: int = parameter(90, 1, 365, "days", "how far back the peak day is looked for")
    pace_days: int = parameter(28, 1, 365, "days", "window of past sales that gives the pace")
    order_days: int = parameter(30, 0, 365, "days", "days of sales ordered on top of the trigger", tune=(7, 60))
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
        base = self._steady_pace(seen.sales) * self.base_days
        burst = burst_stock(_peak_day(seen.sales, self.peak_window_days), self.burst_days)
        trigger = reorder_point(pace, lane.lead_days, base + burst)
        level = trigger + later_pace * self.order_days
        units = order_up_to(level, position, trigger, lane)
        why = {"reorder_point": trigger, "safety_stock": base + burst, "base_stock": base, "burst_stock": burst}
        return Orders({lane.name: units}, why | {"order_up_to": level, "forecast": pace})

    def _steady_pace(self, sales: SalesSight) -> FloatArray:
        if not set(sales.channels) & set(STEADY):
            return sales.pace(self.pace_days)
        sold = sales.daily(self.pace_days, STEADY)
        return np.asarray(sold.sum(axis=0) / max(1, len(sold)))


def _peak_day(sales: SalesSight, days: int) -> FloatArray:
    return np.asarray(sales.daily(days, ("social",)).max(axis=0, initial=0), dtype=np.float64)
