"""Article two: two weeks of growth raise the forecast, and what the ship brings too late is flown."""

from dataclasses import dataclass
from typing import ClassVar

import numpy as np

from policies.parameters import choice, parameter
from policies.playbook import BoolArray
from policies.protocol import Observation, Orders, SalesSight
from policies.quantity import EDGE
from policies.rescue import Wrapped, Wrapper, gap
from policies.signals import TWO_LANES


@dataclass(frozen=True)
class GrowthUplift(Wrapper):
    """Lets another policy order, and flies in what a SKU that has begun to grow will miss before that policy's lane.

    A SKU grows when its pace of the last two weeks is at least `growth` above that of the two weeks before. Its base
    forecast, the pace of those four weeks together, is then raised by `uplift`, for the next four weeks, or until the
    slower lane could deliver where that is later. What stock on hand and planned will miss at that forecast between
    the arrivals of the two lanes is ordered by the faster one, and the other policy's order shrinks by as much. For
    all other SKUs nothing is flown.

    Formula: forecast = pace(28) x (1 + uplift) where pace(14) >= (1 + growth) x pace of the 14 days before;
        rescue = what is missing at that forecast until the slower lane delivers
    Source: smart inventory of a lighting seller (forecast raised by 150 % on two weeks' growth, then air freight);
        the growth that sets it off is a judgement
    Example: reorder-point+growth-uplift:growth=0.3
    """

    name: ClassVar[str] = "growth-uplift"
    looks_at: ClassVar[frozenset[str]] = frozenset({"stock", "sales", "calendar"})
    needs: ClassVar[frozenset[str]] = frozenset({TWO_LANES})
    growth: float = parameter(
        0.5, 0, 100, "of the earlier pace", "two weeks' growth that raises the forecast", tune=(0.2, 2)
    )
    uplift: float = parameter(
        1.5, 0, 100, "of the forecast", "what the forecast is raised by: 1.5 makes it x 2.5", tune=(0.2, 3)
    )
    weeks: int = parameter(2, 1, 26, "weeks", "how long the earlier and the later stretch are")
    lane: str = choice("fastest", None, "lane of the rescue: a name, cheapest or fastest")

    def orders(self, seen: Observation) -> Orders:
        wrapped, lane = Wrapped.of(self.base, seen), seen.lane(self.lane)
        if lane.lead_days >= wrapped.usual.lead_days:
            return wrapped.orders
        grown = self._grown(seen.sales)
        forecast = seen.sales.pace(14 * self.weeks) * np.where(grown, 1 + self.uplift, 1.0)
        missing = np.where(grown, gap(seen, forecast, lane, wrapped.usual), 0.0)
        return wrapped.with_rescue(missing, lane, {"raised_forecast": forecast})

    def _grown(self, sales: SalesSight) -> BoolArray:
        """Which SKUs grow, [..., sku]; where nothing was sold before there is nothing to compare with."""
        days = 7 * self.weeks
        before = sales.pace(days, ago=days)
        return np.asarray((before > 0) & (sales.pace(days) >= (1 + self.growth) * before - EDGE))
