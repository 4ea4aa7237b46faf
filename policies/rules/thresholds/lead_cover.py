"""Article two: the waterline of the lighting seller."""

from dataclasses import dataclass
from typing import ClassVar

from policies.one_lane import OneLane
from policies.parameters import check_parameters, choice, parameter
from policies.protocol import Observation, Orders
from policies.quantity import expected_paces, order_up_to


@dataclass(frozen=True)
class LeadCover(OneLane):
    """Orders when the stock position no longer covers what will sell from order to shelf.

    The article calls this cover the safety stock; it is the sales of the lead time and nothing more, so about every
    second cycle runs short where demand varies.

    Formula: waterline = pace x lead_days, production and shelving included
    Source: smart inventory of a lighting seller (200 a day x 25 days from purchase to shelf = 5,000)
    Example: lead-cover:order_days=45
    """

    name: ClassVar[str] = "lead-cover"
    pace_days: int = parameter(28, 1, 365, "days", "window of past sales that gives the pace", tune=(7, 91))
    order_days: int = parameter(
        30, 0, 365, "days", "days of sales ordered on top of the waterline", tune=(1, 90), serves=True
    )
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
        trigger = pace * lane.lead_days
        level = trigger + later_pace * self.order_days
        why = {"reorder_point": trigger, "safety_stock": 0.0 * pace, "order_up_to": level, "forecast": pace}
        return Orders({lane.name: order_up_to(level, position, trigger, lane)}, why)
