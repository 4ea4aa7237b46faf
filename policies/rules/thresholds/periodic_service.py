"""The textbook's order-up-to level for a wanted service, with the law of demand as a choice."""

import math
from dataclasses import dataclass
from typing import ClassVar

import numpy as np

from policies.formulas import daily_spread
from policies.lead_demand.levels import LAWS, MEASURES, level
from policies.lead_demand.span import Span
from policies.one_lane import OneLane
from policies.parameters import check_parameters, choice, parameter
from policies.protocol import Observation, Orders
from policies.quantity import lots


@dataclass(frozen=True)
class PeriodicService(OneLane):
    """Orders at every review what lifts the stock position to a level that gives the wanted service.

    The level protects lead time and review period. `measure` says what service is: cycle, the chance of no stockout
    between two deliveries; or fill, the share of units delivered at once.

    `law` says how the demand of these days is spread. Normal, gamma and negative-binomial are fitted to its mean and
    variance, which are exact for independent days; the shape is not. Where the lead time is 25, 30, 35 or 55 days with
    chances 0.2, 0.5, 0.2 and 0.1, and a day's demand normal with mean 40 and standard deviation 12, the normal law
    asked for 0.95 gives 0.900004. Where demand is Poisson with 20 a day and the lead gamma with mean 10 and variance
    16, it gives 0.934052 from 333.6 units; the negative binomial law, which is the true one there, asks for 349.
    Empirical takes stretches of the past as long as the protected days; bootstrap puts them together of weeks of the
    past, which suits a short past better. Both take the lead time for gamma, and scale the past to the pace.

    Announced promotions and livestreams lift pace and spread alike.

    Formula: order = max(0, S - position); cycle: P(D(L+R) <= S) >= service;
        fill: E(D(L+R) - S)+ - E(D(L) - S)+ <= (1 - service) R d; mean d (L + R), variance (L + R) sd^2 + d^2 s_L^2
    Source: Silver, Pyke, Thomas 2017, Inventory and Production Management in Supply Chains, sections 6.7 to 6.10
    Example: periodic-service:service=0.98,measure=fill,law=negative-binomial
    """

    name: ClassVar[str] = "periodic-service"
    service: float = parameter(
        0.95, 0.5, 0.9999, "probability", "service that is wanted", tune=(0.5, 0.9999), serves=True
    )
    measure: str = choice("cycle", MEASURES, "what service is: cycle or fill")
    law: str = choice("gamma", LAWS, "how the demand of the protected days is spread")
    pace_days: int = parameter(56, 2, 365, "days", "window of past sales that gives pace and spread", tune=(14, 112))
    history_days: int = parameter(365, 7, 365, "days", "window that empirical and bootstrap take their stretches from")
    lane: str = choice("cheapest", None, "lane to order by: a name, cheapest or fastest")
    review_days: int = parameter(7, 1, 365, "days", "days from one review to the next")

    def __post_init__(self) -> None:
        check_parameters(self)

    @property
    def sees(self) -> frozenset[str]:
        return frozenset({"stock", "sales", "calendar"})

    def orders(self, seen: Observation) -> Orders:
        lane, position = seen.lane(self.lane), seen.stock.position
        span = Span.of(lane, self.review_days)
        lift = seen.calendar.lift(1, max(1, math.ceil(span.days)))
        pace = seen.sales.pace(self.pace_days) * lift
        spread = daily_spread(*seen.sales.with_stock(self.pace_days)) * lift
        past = seen.sales.open_totals[-1 - self.history_days :]
        target = level(self.law, self.measure, self.service, span, pace, spread, past)
        units = lots(np.maximum(target - position, 0.0), lane)
        why = {"order_up_to": target, "safety_stock": target - pace * span.days, "forecast": pace}
        return Orders({lane.name: units}, why)
