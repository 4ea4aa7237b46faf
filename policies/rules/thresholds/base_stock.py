"""The textbook's base-stock policy."""

from dataclasses import dataclass
from typing import ClassVar

import numpy as np

from policies.one_lane import OneLane
from policies.parameters import check_parameters, choice, parameter
from policies.protocol import Observation, Orders, PolicyError
from policies.quantity import lots


@dataclass(frozen=True)
class BaseStock(OneLane):
    """Orders at every review whatever lifts the stock position to a fixed level S, given in units or in days of sales.

    Without either, S covers the lead time and 30 days more.

    Formula: order = max(0, S - position); S = units, or pace x cover_days
    Source: base-stock or order-up-to policy; Zipkin 2000, Foundations of Inventory Management, chapter 6
    Example: base-stock:units=30,review_days=1
    """

    name: ClassVar[str] = "base-stock"
    units: float | None = parameter(None, 0, 1e9, "units", "level S in units, the same for every SKU")
    cover_days: float | None = parameter(None, 0, 730, "days", "level S in days of sales; default lead time + 30")
    pace_days: int = parameter(28, 1, 365, "days", "window of past sales that gives the pace")
    lane: str = choice("cheapest", None, "lane to order by: a name, cheapest or fastest")
    review_days: int = parameter(7, 1, 365, "days", "days from one review to the next")

    def __post_init__(self) -> None:
        check_parameters(self)
        if self.units is not None and self.cover_days is not None:
            raise PolicyError(
                f"{self.name}: units = {self.units} and cover_days = {self.cover_days}: give one of the two"
            )

    @property
    def sees(self) -> frozenset[str]:
        return frozenset({"stock", "sales"} if self.units is None else {"stock"})

    def orders(self, seen: Observation) -> Orders:
        lane, position = seen.lane(self.lane), seen.stock.position
        if self.units is None:
            cover_days = lane.lead_days + 30 if self.cover_days is None else self.cover_days
            level = seen.sales.pace(self.pace_days) * cover_days
        else:
            level = np.full(position.shape, float(self.units))
        return Orders({lane.name: lots(np.maximum(level - position, 0.0), lane)}, why={"order_up_to": level})
