"""The textbook's base-stock policy."""

from dataclasses import dataclass
from typing import ClassVar

import numpy as np

from policies.one_lane import OneLane
from policies.parameters import check_parameters, choice, parameter
from policies.protocol import Observation, Orders, PolicyError
from policies.quantity import lots

USUAL_SAFETY = 30.0


@dataclass(frozen=True)
class BaseStock(OneLane):
    """Orders at every review whatever lifts the stock position to a fixed level S, given in units or in days of sales.

    Without either, S covers the lead time and `safety_days` more.

    Formula: order = max(0, S - position); S = units, or pace x cover_days, or pace x (lead_days + safety_days)
    Source: base-stock or order-up-to policy; Zipkin 2000, Foundations of Inventory Management, chapter 6
    Example: base-stock:units=30,review_days=1
    """

    name: ClassVar[str] = "base-stock"
    units: float | None = parameter(None, 0, 1e9, "units", "level S in units, the same for every SKU")
    cover_days: float | None = parameter(None, 0, 730, "days", "level S in days of sales")
    safety_days: float = parameter(
        USUAL_SAFETY, 0, 730, "days", "days of sales in S on top of the lead time", tune=(0, 90), serves=True
    )
    pace_days: int = parameter(28, 1, 365, "days", "window of past sales that gives the pace")
    lane: str = choice("cheapest", None, "lane to order by: a name, cheapest or fastest")
    review_days: int = parameter(7, 1, 365, "days", "days from one review to the next")

    def __post_init__(self) -> None:
        check_parameters(self)
        given = [f"{name} = {value}" for name in ("units", "cover_days") if (value := getattr(self, name)) is not None]
        if self.safety_days != USUAL_SAFETY:
            given.append(f"safety_days = {self.safety_days}")
        if len(given) > 1:
            raise PolicyError(f"{self.name}: {' and '.join(given)}: give one of them")

    @property
    def sees(self) -> frozenset[str]:
        return frozenset({"stock", "sales"} if self.units is None else {"stock"})

    def orders(self, seen: Observation) -> Orders:
        lane, position = seen.lane(self.lane), seen.stock.position
        if self.units is None:
            cover_days = lane.lead_days + self.safety_days if self.cover_days is None else self.cover_days
            level = seen.sales.pace(self.pace_days) * cover_days
        else:
            level = np.full(position.shape, float(self.units))
        return Orders({lane.name: lots(np.maximum(level - position, 0.0), lane)}, why={"order_up_to": level})
