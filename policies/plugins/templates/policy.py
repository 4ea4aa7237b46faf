"""My rule for when and how much to order."""

from dataclasses import dataclass
from typing import ClassVar

import numpy as np

from policies.parameters import check_parameters, choice, parameter
from policies.protocol import Observation, Orders
from policies.quantity import lots


@dataclass(frozen=True)
class MyRule:
    """Orders at every review what lifts the stock position to some days of sales.

    Say here in plain words what the rule does, and when it does it.

    Formula: order = max(0, pace x (lead_days + cover_days) - position)
    Source: say where the rule is from: a book, an article, or your own judgement
    Example: my_rule.py:MyRule(cover_days=45)
    """

    name: ClassVar[str] = "my-rule"
    cover_days: float = parameter(30.0, 0, 365, "days", "days of sales beyond the lead time", tune=(7, 90), serves=True)
    pace_days: int = parameter(28, 1, 365, "days", "window of past sales that gives the pace")
    lane: str = choice("cheapest", None, "lane to order by: a name, cheapest or fastest")
    review_days: int = parameter(7, 1, 365, "days", "days from one review to the next")

    def __post_init__(self) -> None:
        check_parameters(self)

    @property
    def sees(self) -> frozenset[str]:
        return frozenset({"stock", "sales"})

    def orders(self, seen: Observation) -> Orders:
        lane, position = seen.lane(self.lane), seen.stock.position
        level = seen.sales.pace(self.pace_days) * (lane.lead_days + self.cover_days)
        units = lots(np.maximum(level - position, 0.0), lane)
        return Orders({lane.name: units}, why={"order_up_to": level})
