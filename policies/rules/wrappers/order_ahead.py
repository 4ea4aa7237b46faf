"""Article four: tariffs and trade policy move constantly, so what is announced is ordered for ahead."""

import math
from dataclasses import dataclass
from typing import ClassVar

import numpy as np

from policies.parameters import choice, parameter
from policies.protocol import FloatArray, LaneFacts, Observation, Orders
from policies.quantity import expected_paces
from policies.rescue import Wrapped, Wrapper
from policies.signals import CLOSURES_OR_TARIFFS

NOISE = 1e-9
"""[days, or money] what rounding may move a comparison by."""


@dataclass(frozen=True)
class OrderAhead(Wrapper):
    """Lets another policy order, and orders more before factories close and before a unit gets dearer.

    It looks at the reviews of the next `window_days` (at the next one, where that is later), as an order placed then
    by the lane is planned to arrive and to cost.

    Where one of them would take more than `slack_days` longer than an order of today or than the lane usually takes,
    the stock position is raised to what is expected to sell until the slowest of them can arrive, plus the safety
    stock that the other policy names. So what is ordered while there is still time bridges the closure. While the
    factory is closed or slow, the position is held so that each order reaches to the arrival of the next.

    Where the landed cost rises by more than a share of the unit cost, the position is raised to `ahead_days` of sales
    above the point at which the other policy orders by itself. It then does so that much later; since the position
    counts what is on order, that is bought once. An order that would no longer get through before the rise is not
    raised, as the cost that is announced for it has risen too.

    Formula: longest = max of lead(n), n = review_days, 2 x review_days, ... <= window_days;
        longest > min(lead(0), lead_days) + slack_days: position >= pace x H x lift(H) + safety stock,
        H = n + lead(n) of the slowest review, or of a later one that arrives before it;
        landed(n) - landed(0) > saving x unit cost: position >= point + pace x ahead_days x lift, point = the other
        policy's reorder_point, or order_up_to, or else what sells until an order of the next review arrives
    Source: smart inventory of an independent store (tariffs, trade policy and lead times move constantly); window,
        slack, share and days are judgements
    Example: reorder-point+order-ahead:window_days=60
    """

    name: ClassVar[str] = "order-ahead"
    looks_at: ClassVar[frozenset[str]] = frozenset({"stock", "sales", "calendar"})
    needs: ClassVar[frozenset[str]] = frozenset({CLOSURES_OR_TARIFFS})
    window_days: int = parameter(45, 1, 365, "days", "how far ahead closures and rises are looked for", tune=(15, 120))
    slack_days: float = parameter(3.0, 0, 365, "days", "longer lead times that are borne without more stock")
    saving: float = parameter(0.05, 0, 10, "of the unit cost", "rise of the landed cost that is borne")
    ahead_days: int = parameter(60, 0, 365, "days", "sales that are bought before a rise", tune=(15, 120))
    pace_days: int = parameter(28, 1, 365, "days", "window of past sales that gives the pace")
    lane: str = choice("cheapest", None, "lane that is looked at and ordered by: a name, cheapest or fastest")

    def orders(self, seen: Observation) -> Orders:
        wrapped, lane = Wrapped.of(self.base, seen), seen.lane(self.lane)
        level = np.maximum(self._bridge(wrapped, seen, lane), self._bargain(wrapped, seen, lane))
        return wrapped.raised(level, seen.stock.position, lane)

    def _reviews(self) -> range:
        """The reviews that are looked at, in days from now; always the next one."""
        return range(self.review_days, max(self.window_days, self.review_days) + 1, self.review_days)

    def _bridge(self, wrapped: Wrapped, seen: Observation, lane: LaneFacts) -> FloatArray:
        """Stock position that lasts until the slowest order can arrive, [..., sku]; 0 where none is slow."""
        leads = {n: seen.calendar.lead_days(lane, n) for n in self._reviews()}
        longest, usual = max(leads.values()), min(seen.calendar.lead_days(lane, 0), lane.lead_days)
        if longest <= usual + self.slack_days + NOISE:
            return np.zeros(seen.stock.position.shape)
        slowest = next(n for n, days in leads.items() if days >= longest - NOISE)
        arrival = min(n + days for n, days in leads.items() if n >= slowest)
        return self._sales_until(seen, arrival) + wrapped.orders.why.get("safety_stock", 0.0)

    def _bargain(self, wrapped: Wrapped, seen: Observation, lane: LaneFacts) -> FloatArray:
        """Stock position with which nothing need be bought for some time after a rise, [..., sku]; 0 without one."""
        later = np.max([seen.calendar.landed_cost(lane, n) for n in self._reviews()], axis=0)
        dearer = later - seen.calendar.landed_cost(lane, 0) > self.saving * seen.unit_cost + NOISE
        if not dearer.any():
            return np.zeros(seen.stock.position.shape)
        reach = self.review_days + seen.calendar.lead_days(lane, self.review_days)
        point = wrapped.point(self._sales_until(seen, reach))
        _, later_pace = expected_paces(seen, self.pace_days, lane, self.ahead_days)
        return np.asarray(np.where(dearer, point + later_pace * self.ahead_days, 0.0))

    def _sales_until(self, seen: Observation, days: float) -> FloatArray:
        """Units expected to sell within some days, [..., sku]."""
        return np.asarray(seen.sales.pace(self.pace_days) * days * seen.calendar.lift(1, max(1, math.ceil(days))))
