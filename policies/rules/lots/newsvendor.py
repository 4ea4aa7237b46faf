"""The newsvendor: one order for a season, after which it is too late."""

import math
from collections.abc import Iterator
from dataclasses import dataclass
from typing import ClassVar

import numpy as np

from policies.announced import plain_pace, plain_spread
from policies.formulas import critical_ratio, demand_quantile
from policies.one_lane import OneLane
from policies.parameters import check_parameters, choice, parameter
from policies.protocol import BoolArray, FloatArray, LaneFacts, Observation, Orders
from policies.quantity import lots
from policies.signals import PROMOTIONS

LAWS = ("normal", "poisson", "negative-binomial")
MOST_CHANCE = 0.9999
"""A unit left over that costs nothing would be bought without end."""


@dataclass(frozen=True)
class Newsvendor(OneLane):
    """Orders once for a season, as much as pays: until the next unit is as likely to lose as a sale missed weighs.

    A season begins with each announced promotion, for the SKUs that it touches, or, with `begins = start`, when an
    order of the first day arrives. It lasts `season_days`, a promotion at least as long as announced. The order is
    placed at the last review whose goods are planned to be there `early_days` before the promotion, or on the first day
    played where that is too late for it; at all other reviews nothing is ordered. It lifts the stock position to the S
    that covers all sales from now to the end of the season with the chance that pays.

    The demand until then is forecast: the pace of plain days, lifted by what is announced; the spread of these days;
    and how unsure the forecast itself is, as a share of it. A Poisson law knows the mean alone. The window of past
    sales is long, as what was sold out since the last season has no pace of late.

    Formula: S least with F(S) >= p / (p + h); p = price - c, h = c - salvage x unit cost, c = unit cost + landed cost;
        F of mean m = pace x days x lift and variance days x lift x sd^2 + (unsure x m)^2
    Source: newsvendor; Arrow, Harris, Marschak 1951, Optimal inventory policy; Snyder and Shen 2019, section 4.3
    Example: newsvendor:season_days=45,salvage=0.3,law=negative-binomial
    """

    name: ClassVar[str] = "newsvendor"
    begins: str = choice("promotion", ("promotion", "start"), "what a season begins with")
    season_days: int = parameter(30, 1, 365, "days", "how long a season lasts", tune=(7, 90), serves=True)
    early_days: int = parameter(
        14, 0, 180, "days", "how long before a promotion its goods are to be there", tune=(0, 60)
    )
    salvage: float = parameter(0.5, 0, 0.99, "of the unit cost", "what a unit left over still brings", tune=(0, 0.95))
    unsure: float = parameter(0.2, 0, 5, "of the forecast", "standard deviation of the forecast", tune=(0, 1))
    law: str = choice("normal", LAWS, "law of the season's demand")
    history_days: int = parameter(365, 2, 365, "days", "window of past sales that gives pace and spread")
    lane: str = choice("cheapest", None, "lane to order by: a name, cheapest or fastest")
    review_days: int = parameter(7, 1, 365, "days", "days from one review to the next")

    def __post_init__(self) -> None:
        check_parameters(self)

    @property
    def needs(self) -> frozenset[str]:
        """A promotion, where seasons begin with one."""
        return frozenset({PROMOTIONS} if self.begins == "promotion" else ())

    @property
    def sees(self) -> frozenset[str]:
        return frozenset({"stock", "sales", "calendar"})

    def orders(self, seen: Observation) -> Orders:
        lane, position = seen.lane(self.lane), seen.stock.position
        chance = self._chance(seen, lane)
        pays, level, expected = chance > 0, np.zeros(position.shape), np.zeros(position.shape)
        for days, touched in self._seasons(seen, lane):
            mean, variance = self._forecast(seen, days)
            wanted = demand_quantile(self.law, np.where(pays, chance, 0.5), mean, variance)
            stock = np.where(touched & pays, wanted, 0.0)
            level, expected = np.maximum(level, stock), np.maximum(expected, np.where(touched, mean, 0.0))
        units = lots(np.maximum(level - position, 0.0), lane)
        ratio = np.broadcast_to(chance, position.shape)
        return Orders({lane.name: units}, {"order_up_to": level, "season_demand": expected, "critical_ratio": ratio})

    def _chance(self, seen: Observation, lane: LaneFacts) -> FloatArray:
        """The chance of covering the season that pays, [sku]; 0 where a sale brings no more than the unit costs."""
        cost = seen.unit_cost + seen.calendar.landed_cost(lane, 0)
        over, under = cost - self.salvage * seen.unit_cost, seen.price - cost
        pays = under > 0
        ratio = critical_ratio(np.where(pays, over, 1.0), np.where(pays, under, 1.0))
        return np.asarray(np.where(pays, np.minimum(ratio, MOST_CHANCE), 0.0))

    def _seasons(self, seen: Observation, lane: LaneFacts) -> Iterator[tuple[int, BoolArray]]:
        """Seasons to be ordered for now: days from now to their end, and which SKUs, [sku]."""
        lead = math.ceil(seen.calendar.lead_days(lane, 0))
        if self.begins == "start":
            if seen.day == 0:
                yield lead + self.season_days, np.ones(len(seen.skus), dtype=np.bool_)
            return
        for event in seen.calendar.events:
            ahead, lasts = event.first_day - 1 - seen.day, max(self.season_days, event.days)
            slack = ahead - lead - self.early_days
            late = seen.day == 0 and slack < 0 and ahead + lasts > lead
            if event.kind == "promotion" and (late or 0 <= slack < self.review_days):
                yield ahead + lasts, np.array([event.skus is None or sku in event.skus for sku in seen.skus])

    def _forecast(self, seen: Observation, days: int) -> tuple[FloatArray, FloatArray]:
        """Mean and variance of the units wanted in the days from tomorrow on, [..., sku]."""
        lifted_days = days * seen.calendar.lift(1, days)
        mean = plain_pace(seen, self.history_days) * lifted_days
        spread = plain_spread(seen, self.history_days)
        return mean, spread**2 * lifted_days + (self.unsure * mean) ** 2
