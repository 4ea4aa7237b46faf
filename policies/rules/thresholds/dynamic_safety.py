"""Article five: a safety stock drawn anew at every review, which says when to buy and when to stop."""

import math
from dataclasses import dataclass
from typing import ClassVar

import numpy as np

from policies.announced import plain_pace, plain_spread
from policies.formulas import reorder_point, safety_factor, safety_stock
from policies.one_lane import OneLane
from policies.parameters import check_parameters, choice, parameter
from policies.protocol import FloatArray, Observation, Orders
from policies.quantity import EDGE, order_up_to

YEAR_DAYS = 364
"""[days] A year of whole weeks, so that weekdays stay where they are."""
BEFORE_DAYS = 28
"""[days] The weeks before a date of last year, whose pace is held against."""


@dataclass(frozen=True)
class DynamicSafety(OneLane):
    """Orders when the stock position no longer covers the replenishment cycle, and says stop where it covers too much.

    Each warehouse and SKU has a waterline of its own, drawn anew at every review from four things. History: pace and
    spread of plain days, so that a promotion that is over does not linger. Promotion plan: announced lifts within the
    cycle. Season: what the same days of last year sold over what the four weeks before today's date did then; 1 where
    history does not reach. Replenishment cycle: days until an order of the next review is planned to arrive, factory
    holidays included.

    `why` says both: `replenish` is what to order, `stop` is 1 where the position is above the upper line, so that
    nothing should be bought or called off that can be. Between the two lines it says neither.

    Formula: waterline = d T + z sqrt(T sd^2 + d^2 s_L^2); d = plain pace x season x lift over the cycle T, sd = spread
        of plain days x sqrt(d / plain pace); upper line = waterline + what sells in the order_days after it
    Source: direct mail and bonded stock of a cross-border agent (dynamic safety stock by warehouse and SKU from
        history, promotion plan, season and replenishment cycle, with prompts to replenish and to stop); service,
        bound and windows are judgements
    Example: dynamic-safety:service=0.98
    """

    name: ClassVar[str] = "dynamic-safety"
    service: float = parameter(
        0.95, 0.5, 0.9999, "probability", "chance of no stockout in a cycle", tune=(0.6, 0.999), serves=True
    )
    pace_days: int = parameter(56, 2, 365, "days", "window of past sales that gives pace and spread", tune=(14, 90))
    most_season: float = parameter(3.0, 1, 100, "times", "season factor at most, and one over it at least")
    order_days: int = parameter(30, 0, 365, "days", "days of sales ordered on top of the waterline", tune=(7, 90))
    lane: str = choice("cheapest", None, "lane to order by: a name, cheapest or fastest")
    review_days: int = parameter(7, 1, 365, "days", "days from one review to the next")

    def __post_init__(self) -> None:
        check_parameters(self)

    @property
    def sees(self) -> frozenset[str]:
        return frozenset({"stock", "sales", "calendar"})

    def orders(self, seen: Observation) -> Orders:
        lane, position = seen.lane(self.lane), seen.stock.position
        cycle = max(1, math.ceil(self.review_days + seen.calendar.lead_days(lane, self.review_days)))
        pace, season = plain_pace(seen, self.pace_days), self._season(seen, 1, cycle)
        expected = pace * season * seen.calendar.lift(1, cycle)
        later = pace * self._season(seen, 1 + cycle, self.order_days) * seen.calendar.lift(1 + cycle, self.order_days)
        growth = np.divide(expected, pace, out=np.ones(pace.shape), where=pace > 0)
        spread = plain_spread(seen, self.pace_days) * np.sqrt(growth)
        safety = safety_stock(safety_factor(self.service), cycle, spread, expected, lane.spread_days)
        waterline = reorder_point(expected, cycle, safety)
        upper = waterline + later * self.order_days
        units = order_up_to(upper, position, waterline, lane)
        stop = np.asarray(position > upper + EDGE, dtype=np.int64)
        why = {"reorder_point": waterline, "safety_stock": safety, "order_up_to": upper, "forecast": expected}
        return Orders({lane.name: units}, {**why, "season_factor": season, "replenish": units, "stop": stop})

    def _season(self, seen: Observation, first: int, days: int) -> FloatArray:
        """Last year's pace in the days from `first` on over that of the weeks before today's date, [..., sku]."""
        before = plain_pace(seen, BEFORE_DAYS, ago=YEAR_DAYS)
        days = min(days, YEAR_DAYS + 1 - first)
        if days < 1 or len(seen.sales.open_days) - 1 < YEAR_DAYS + BEFORE_DAYS:
            return np.ones(before.shape)
        then = plain_pace(seen, days, ago=YEAR_DAYS + 1 - first - days)
        factor = np.divide(then, before, out=np.ones(before.shape), where=before > 0)
        return np.clip(factor, 1 / self.most_season, self.most_season)
