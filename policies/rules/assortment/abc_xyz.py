"""The textbook's classes: what earns most, and what sells most steadily, is protected best."""

from dataclasses import dataclass
from typing import ClassVar

import numpy as np

from policies.formulas import daily_spread, reorder_point, safety_stock
from policies.one_lane import OneLane
from policies.parameters import check_parameters, choice, parameter
from policies.protocol import FloatArray, IntArray, Observation, Orders, PolicyError
from policies.quantity import EDGE, expected_paces, order_up_to

LEAST_SERVICE, MOST_SERVICE = 0.5, 0.9999


@dataclass(frozen=True)
class AbcXyz(OneLane):
    """Sorts SKUs into nine classes at every review, and orders for a service level that depends on the class.

    A, B and C go by revenue: from the SKU that earns most on, A are those up to and with the one that brings the sum to
    80 % of all, B those up to 95 %, C the rest, and what sells nothing. X, Y and Z go by steadiness: the standard
    deviation of a day's sales over their mean is at most 0.5, at most 1, or more. AX has the service level `service`;
    each step to B and C takes `revenue_step` off, each to Y and Z `steadiness_step`; it stays within 0.5 and 0.9999.
    `why` gives the classes as numbers, 1 for A and X, and the service level.

    SKUs that earn alike are of one class. The order point is that of service-level.

    Formula: trigger = d (L + R) + z sqrt((L + R) sd^2 + d^2 s_L^2), Phi(z) = service of the class
    Source: ABC analysis, Dickie 1951; Silver, Pyke, Thomas 2017, sections 2.4 and 6.7; the steps are judgements
    Example: abc-xyz:service=0.99,revenue_step=0.03
    """

    name: ClassVar[str] = "abc-xyz"
    service: float = parameter(
        0.98, 0.5, 0.9999, "probability", "service level of class AX", tune=(0.5, 0.9999), serves=True
    )
    revenue_step: float = parameter(0.03, 0, 0.5, "probability", "taken off from A to B and from B to C", tune=(0, 0.1))
    steadiness_step: float = parameter(
        0.01, 0, 0.5, "probability", "taken off from X to Y and from Y to Z", tune=(0, 0.1)
    )
    a_share: float = parameter(0.8, 0, 1, "of revenue", "share that A brings; at most b_share")
    b_share: float = parameter(0.95, 0, 1, "of revenue", "share that A and B bring together")
    x_ratio: float = parameter(0.5, 0, 100, "of the mean", "spread of a day's sales up to which it is X")
    y_ratio: float = parameter(1.0, 0, 100, "of the mean", "the same for Y; at least x_ratio")
    history_days: int = parameter(56, 2, 365, "days", "window of past sales that gives pace and spread")
    order_days: int = parameter(30, 0, 365, "days", "days of sales ordered on top of the trigger", tune=(7, 60))
    lane: str = choice("cheapest", None, "lane to order by: a name, cheapest or fastest")
    review_days: int = parameter(7, 1, 365, "days", "days from one review to the next")

    def __post_init__(self) -> None:
        check_parameters(self)
        for low, high in (("a_share", "b_share"), ("x_ratio", "y_ratio")):
            if getattr(self, low) > getattr(self, high):
                raise PolicyError(
                    f"{self.name}: {low} = {getattr(self, low)} is above {high} = {getattr(self, high)}; "
                    f"allowed: {low} <= {high}"
                )

    @property
    def sees(self) -> frozenset[str]:
        return frozenset({"stock", "sales", "calendar"})

    def orders(self, seen: Observation) -> Orders:
        from scipy.special import ndtri

        lane, usual = seen.lane(self.lane), seen.sales.pace(self.history_days)
        pace, later_pace = expected_paces(seen, self.history_days, lane, self.order_days)
        spread = daily_spread(*seen.sales.with_stock(self.history_days))
        abc = revenue_class(usual * seen.price, self.a_share, self.b_share)
        xyz = 1 + (spread > self.x_ratio * usual + EDGE) + (spread > self.y_ratio * usual + EDGE)
        service = self.service - self.revenue_step * (abc - 1) - self.steadiness_step * (xyz - 1)
        service = np.clip(service, LEAST_SERVICE, MOST_SERVICE)
        protected_days = lane.lead_days + self.review_days
        safety = ndtri(service) * safety_stock(1.0, protected_days, spread, pace, lane.spread_days)
        trigger = reorder_point(pace, protected_days, safety)
        level = trigger + later_pace * self.order_days
        units = order_up_to(level, seen.stock.position, trigger, lane)
        lines = {"reorder_point": trigger, "safety_stock": safety, "order_up_to": level, "forecast": pace}
        return Orders({lane.name: units}, {"abc": abc, "xyz": xyz, "service": service, **lines})


def revenue_class(revenue: FloatArray, a_share: float, b_share: float) -> IntArray:
    """1 for A, 2 for B, 3 for C, [..., sku]: by the share of those that earn more in the revenue of all."""
    order = np.argsort(-revenue, axis=-1, kind="stable")
    ranked = np.take_along_axis(revenue, order, axis=-1)
    sums = np.cumsum(ranked, axis=-1)
    alike = np.zeros(ranked.shape, dtype=np.bool_)
    alike[..., 1:] = ranked[..., 1:] == ranked[..., :-1]
    # Those that earn alike have the same before them: what stood before the first of them.
    before = np.maximum.accumulate(np.where(alike, 0.0, sums - ranked), axis=-1)
    share = before / np.maximum(sums[..., -1:], EDGE)
    ranks = np.where(share < a_share - EDGE, 1, np.where(share < b_share - EDGE, 2, 3))
    classes = np.empty_like(order)
    np.put_along_axis(classes, order, np.where(ranked > 0, ranks, 3), axis=-1)
    return classes
