"""A learned forecast as a policy of your own: ridge regression on the weekday and on recent sales, fitted as it plays.

Try it, and hold it against the contract:

    stocktide compare gift-shop --policy reorder-point --policy "docs/examples/learned_forecast.py:LearnedForecast()"
    stocktide policies check "docs/examples/learned_forecast.py:LearnedForecast()"
"""

from dataclasses import dataclass
from typing import ClassVar

import numpy as np

from policies.formulas import safety_factor, safety_stock
from policies.parameters import check_parameters, parameter
from policies.protocol import FloatArray, Observation, Orders, SalesSight
from policies.quantity import order_up_to

WEEK, MONTH = 7, 28


@dataclass(frozen=True)
class LearnedForecast:
    """Learns at every review, SKU by SKU, how a day's sales follow from its weekday and from sales just before it.

    What it learns it learns anew each time from what is seen, so it remembers nothing and replays alike. Days without
    stock teach nothing.

    Formula: sales of a day / pace = weekday + a x last week / pace + b x last four weeks / pace, by ridge regression;
        trigger = F (L + R) + z sqrt((L + R) s^2 + F^2 s_L^2), F = forecast of a day, s = error of the fit
    Source: Hoerl and Kennard 1970, Ridge regression, Technometrics 12(1)
    Example: docs/examples/learned_forecast.py:LearnedForecast(service=0.98)
    """

    name: ClassVar[str] = "learned-forecast"
    service: float = parameter(0.95, 0.5, 0.9999, "probability", "chance of no stockout in a cycle")
    ridge: float = parameter(5.0, 0.001, 1e6, "days", "how many days of evidence an effect needs")
    history_days: int = parameter(112, 14, 330, "days", "past days that it learns from")
    order_days: int = parameter(30, 0, 365, "days", "days of forecast ordered on top of the trigger")
    review_days: int = parameter(7, 1, 365, "days", "days from one review to the next")

    def __post_init__(self) -> None:
        check_parameters(self)

    @property
    def sees(self) -> frozenset[str]:
        return frozenset({"stock", "sales"})

    def orders(self, seen: Observation) -> Orders:
        lane = seen.lane("cheapest")
        pace, spread = self._learned(seen.sales)
        reach = lane.lead_days + self.review_days
        safety = safety_stock(safety_factor(self.service), reach, spread, pace, lane.spread_days)
        trigger = pace * reach + safety
        units = order_up_to(trigger + pace * self.order_days, seen.stock.position, trigger, lane)
        return Orders({lane.name: units}, {"reorder_point": trigger, "safety_stock": safety, "forecast": pace})

    def _learned(self, sales: SalesSight) -> tuple[FloatArray, FloatArray]:
        """Sales expected of a day in the mean of the week, and the standard deviation around them, [..., sku]."""
        pace = np.maximum(sales.pace(self.history_days), 1e-9)
        effects = WEEK + 2
        gram, moments = np.zeros((*pace.shape, effects, effects)), np.zeros((*pace.shape, effects))
        squares, taught = np.zeros_like(pace), np.zeros_like(pace)
        known = len(sales.open_days) - 1
        for ago in range(min(self.history_days, known - 1)):  # day by day, so that one run and fifty learn alike
            sold = sales.pace(1, ago) / pace
            counts = (sales.open_days[known - ago] - sales.open_days[known - ago - 1]).astype(np.float64)
            known_then = _known(sales, pace, ago + 1, ago % WEEK)
            gram += (counts[..., None] * known_then)[..., :, None] * known_then[..., None, :]
            moments += (counts * sold)[..., None] * known_then
            squares += counts * sold * sold
            taught += counts
        learned = np.linalg.solve(gram + self.ridge * np.eye(effects), moments[..., None])[..., 0]
        now = _known(sales, pace, 0)
        forecast, explained = (sum((a * learned)[..., n] for n in range(effects)) for a in (now, moments))
        error = np.sqrt(np.maximum(squares - explained, 0.0) / np.maximum(taught, 1.0))
        return pace * np.maximum(forecast, 0.0), pace * error


def _known(sales: SalesSight, pace: FloatArray, ago: int, weekday: int | None = None) -> FloatArray:
    """What was known so many days ago about the next day: [..., sku, effect]; of all weekdays alike when None."""
    of_week = np.full(WEEK, 1 / WEEK) if weekday is None else np.eye(WEEK)[weekday]
    effects = [np.broadcast_to(share, pace.shape) for share in of_week]
    return np.stack([*effects, sales.pace(WEEK, ago) / pace, sales.pace(MONTH, ago) / pace], axis=-1)
