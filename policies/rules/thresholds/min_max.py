"""The textbook's (s,S) policy."""

from dataclasses import dataclass
from typing import ClassVar

import numpy as np

from policies.one_lane import OneLane
from policies.parameters import check_parameters, choice, parameter
from policies.protocol import FloatArray, LaneFacts, Observation, Orders, PolicyError
from policies.quantity import order_up_to

USUAL = USUAL_SAFETY, USUAL_ORDER = 14.0, 30


@dataclass(frozen=True)
class MinMax(OneLane):
    """Waits until the stock position has fallen to s or below, then orders up to S; both in units or in days of sales.

    Without either, s covers the lead time and `safety_days` more, and S another `order_days`.

    Formula: position <= s: order = S - position, otherwise 0
    Source: (s,S) policy, also min-max; Scarf 1960, The optimality of (S,s) policies in the dynamic inventory problem
    Example: min-max:s_units=10,S_units=45,review_days=1
    """

    name: ClassVar[str] = "min-max"
    s_units: float | None = parameter(None, 0, 1e9, "units", "order at or below this position")
    S_units: float | None = parameter(None, 0, 1e9, "units", "order up to this position")
    s_days: float | None = parameter(None, 0, 730, "days", "order at or below this many days of sales")
    S_days: float | None = parameter(None, 0, 730, "days", "order up to this many days of sales")
    safety_days: float = parameter(
        USUAL_SAFETY, 0, 730, "days", "days of sales in s on top of the lead time", tune=(0, 60), serves=True
    )
    order_days: int = parameter(USUAL_ORDER, 0, 365, "days", "days of sales from s to S", tune=(7, 60))
    pace_days: int = parameter(28, 1, 365, "days", "window of past sales that gives the pace")
    lane: str = choice("cheapest", None, "lane to order by: a name, cheapest or fastest")
    review_days: int = parameter(7, 1, 365, "days", "days from one review to the next")

    def __post_init__(self) -> None:
        check_parameters(self)
        for low, high in (("s_units", "S_units"), ("s_days", "S_days")):
            s, S = getattr(self, low), getattr(self, high)
            if (s is None) != (S is None):
                raise PolicyError(f"{self.name}: {low} = {s}, {high} = {S}: give both or neither")
            if s is not None and s > S:
                raise PolicyError(f"{self.name}: {low} = {s} is above {high} = {S}; allowed: {low} <= {high}")
        if self.s_units is not None and self.s_days is not None:
            raise PolicyError(f"{self.name}: s_units = {self.s_units} and s_days = {self.s_days}: give units or days")
        if (self.s_units, self.s_days) != (None, None) and (self.safety_days, self.order_days) != USUAL:
            raise PolicyError(
                f"{self.name}: safety_days = {self.safety_days} and order_days = {self.order_days} say where s and S "
                "stand without s_units and s_days; give one or the other"
            )

    @property
    def sees(self) -> frozenset[str]:
        return frozenset({"stock", "sales"} if self.s_units is None else {"stock"})

    def orders(self, seen: Observation) -> Orders:
        lane, position = seen.lane(self.lane), seen.stock.position
        low, high = self._levels(seen, lane, position.shape)
        units = order_up_to(high, position, low, lane)
        return Orders({lane.name: units}, why={"reorder_point": low, "order_up_to": high})

    def _levels(self, seen: Observation, lane: LaneFacts, shape: tuple[int, ...]) -> tuple[FloatArray, FloatArray]:
        if self.s_units is not None and self.S_units is not None:
            return np.full(shape, float(self.s_units)), np.full(shape, float(self.S_units))
        s_days = lane.lead_days + self.safety_days if self.s_days is None else self.s_days
        S_days = s_days + self.order_days if self.S_days is None else self.S_days
        pace = seen.sales.pace(self.pace_days)
        return pace * s_days, pace * S_days
