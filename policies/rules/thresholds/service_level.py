"""The textbook's reorder point for a wanted service level, with unsure lead times."""

from dataclasses import dataclass
from typing import ClassVar

from policies.formulas import daily_spread, reorder_point, safety_factor, safety_stock
from policies.one_lane import OneLane
from policies.parameters import check_parameters, choice, parameter
from policies.protocol import Observation, Orders
from policies.quantity import expected_paces, order_up_to


@dataclass(frozen=True)
class ServiceLevel(OneLane):
    """Orders when the stock position no longer covers lead time and review period with the wanted probability.

    The safety stock grows with the spread of daily sales and with the spread of the lead time. It takes their sum for
    normal, so heavy-tailed lead times and viral days leave the service reached below the service asked for.

    Formula: trigger = d (L + R) + z sqrt((L + R) sd^2 + d^2 s_L^2), Phi(z) = service
    Source: Silver, Pyke, Thomas 2017, Inventory and Production Management in Supply Chains, sections 6.7 and 6.10
    Example: service-level:service=0.98
    """

    name: ClassVar[str] = "service-level"
    service: float = parameter(
        0.95, 0.5, 0.9999, "probability", "chance of no stockout in a cycle", tune=(0.5, 0.9999), serves=True
    )
    history_days: int = parameter(56, 2, 365, "days", "window of past sales that gives pace and spread", tune=(14, 112))
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
        pace, later_pace = expected_paces(seen, self.history_days, lane, self.order_days)
        protected_days = lane.lead_days + self.review_days
        spread = daily_spread(*seen.sales.with_stock(self.history_days))
        safety = safety_stock(safety_factor(self.service), protected_days, spread, pace, lane.spread_days)
        trigger = reorder_point(pace, protected_days, safety)
        level = trigger + later_pace * self.order_days
        why = {"reorder_point": trigger, "safety_stock": safety, "order_up_to": level, "forecast": pace}
        return Orders({lane.name: order_up_to(level, position, trigger, lane)}, why)
