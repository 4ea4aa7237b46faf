"""Article four: dear goods are sold before they are bought."""

from dataclasses import dataclass
from typing import ClassVar

import numpy as np

from policies.one_lane import OneLane
from policies.parameters import check_parameters, choice, parameter
from policies.protocol import Observation, Orders
from policies.quantity import lots
from policies.signals import WAITING_BUYERS


@dataclass(frozen=True)
class Presale(OneLane):
    """Keeps little stock, takes orders in advance, and buys what is owed by the fastest lane.

    At every review it orders whatever is owed to buyers who wait, and a few days of sales. Nothing is kept for the
    lead time: buyers wait through it. So it earns only where they do; the pace counts what was sold on a promise too,
    and every day, whether or not there was stock.

    Formula: order = max(0, backlog + pace x cover_days - on_hand - on_order)
    Source: smart inventory of an independent store (high order value: small stock, presale and fast replenishment) and
        direct mail and bonded stock of a cross-border agent (presale data guide stocking); the days are a judgement
    Example: presale:cover_days=3
    """

    name: ClassVar[str] = "presale"
    needs: ClassVar[frozenset[str]] = frozenset({WAITING_BUYERS})
    cover_days: float = parameter(
        7.0, 0, 365, "days", "days of sales kept on hand and on order beyond what is owed", tune=(0, 30), serves=True
    )
    pace_days: int = parameter(28, 1, 365, "days", "window of past sales that gives the pace")
    lane: str = choice("fastest", None, "lane to order by: a name, cheapest or fastest")
    review_days: int = parameter(1, 1, 365, "days", "days from one review to the next")

    def __post_init__(self) -> None:
        check_parameters(self)

    @property
    def sees(self) -> frozenset[str]:
        return frozenset({"stock", "sales"})

    def orders(self, seen: Observation) -> Orders:
        lane, position = seen.lane(self.lane), seen.stock.position
        sold = seen.sales.daily(self.pace_days)
        level = sold.sum(axis=0) / max(1, len(sold)) * self.cover_days
        units = lots(np.maximum(level - position, 0.0), lane)
        return Orders({lane.name: units}, why={"order_up_to": level, "safety_stock": 0.0 * level})
