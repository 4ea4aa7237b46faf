"""A forecast of everyday sales, renewed at each review, and a safety stock from its errors."""

from dataclasses import dataclass
from typing import ClassVar

from policies.forecasting.forecast import WEEK, Forecast, per_period
from policies.forecasting.history import history
from policies.forecasting.holt_winters import holt_winters
from policies.forecasting.ordering import orders_on_forecast
from policies.forecasting.seasonal import promise_kept, seasonal_naive
from policies.forecasting.smoothing import holt, smoothed
from policies.one_lane import OneLane
from policies.parameters import check_parameters, choice, parameter
from policies.protocol import Observation, Orders, PolicyError

SMOOTHING, HOLT, HOLT_WINTERS, SEASONAL_NAIVE = METHODS = ("smoothing", "holt", "holt-winters", "seasonal-naive")
LONG_HISTORY_DAYS, SEASON_HISTORY_DAYS = 112, 56
BY_DAY = (HOLT_WINTERS, SEASONAL_NAIVE)


@dataclass(frozen=True)
class ForecastDriven(OneLane):
    """Orders when the stock position no longer covers what is forecast for lead time and review period plus safety.

    Everyday sales are forecast from plain days that had stock. `smoothing` sees a level, `holt` a trend besides, from
    sales week by week; `holt-winters` adds a season of the week and `seasonal-naive` takes each weekday as it was,
    from sales day by day. Announced promotions are taken out of the history and put on the days to come; under
    `seasonal-naive` in the measure in which past ones kept what was announced. The safety stock grows with the
    forecast's own past errors, which are taken for independent and normal. Weights and damping are told per week,
    whatever the period.

    Formula: trigger = F + z sqrt((L + R) s^2 + d^2 s_L^2), F = forecast of L + R days x lift, d = F / (L + R),
        Phi(z) = service, s = forecast error of a day; weight of a period = 1 - (1 - weight)^(period_days / 7)
    Source: JD Worldwide's rolling forecast with the calendar of promotions, renewed weekly; Silver, Pyke, Thomas 2017,
        chapters 3 and 6; the defaults are judgements
    Example: forecast-driven:method=holt-winters,service=0.98
    """

    name: ClassVar[str] = "forecast-driven"
    method: str = choice(SMOOTHING, METHODS, "how everyday sales are forecast")
    service: float = parameter(
        0.95, 0.5, 0.9999, "probability", "chance of no stockout in a replenishment cycle",
        tune=(0.5, 0.9999), serves=True,
    )  # fmt: skip
    level: float = parameter(
        0.2, 0.001, 1, "of the level", "weight of the newest week (not seasonal-naive)", tune=(0.05, 0.6)
    )
    trend: float = parameter(0.1, 0, 1, "of the trend", "weight of the newest week (holt, holt-winters)")
    damping: float = parameter(0.9, 0, 1, "of the trend", "what is left of it after a week (holt, holt-winters)")
    season: float = parameter(0.1, 0, 1, "of the season", "weight of the newest week (holt-winters)")
    history_days: float | None = parameter(
        None, 7, 365, "days", f"window of past sales; default {LONG_HISTORY_DAYS}, day by day {SEASON_HISTORY_DAYS}"
    )
    period_days: int = parameter(WEEK, 1, 28, "days", "days that are looked at together (smoothing, holt)")
    order_days: int = parameter(30, 0, 365, "days", "days of forecast ordered on top of the trigger", tune=(7, 90))
    lane: str = choice("cheapest", None, "lane to order by: a name, cheapest or fastest")
    review_days: int = parameter(7, 1, 365, "days", "days from one review to the next")

    def __post_init__(self) -> None:
        check_parameters(self)
        if self.method in BY_DAY and self.period_days != WEEK:
            raise PolicyError(
                f"{self.name}: method = {self.method} and period_days = {self.period_days}: give one of the two, "
                f"as {self.method} goes day by day"
            )

    @property
    def sees(self) -> frozenset[str]:
        return frozenset({"stock", "sales", "calendar"})

    def orders(self, seen: Observation) -> Orders:
        forecast = self._forecast(seen)
        return orders_on_forecast(
            seen,
            forecast,
            seen.lane(self.lane),
            service=self.service,
            review_days=self.review_days,
            order_days=self.order_days,
            kept=promise_kept(seen, forecast.level) if self.method == SEASONAL_NAIVE else 1.0,
        )

    def _forecast(self, seen: Observation) -> Forecast:
        by_day = self.method in BY_DAY
        days = int(self.history_days or (SEASON_HISTORY_DAYS if by_day else LONG_HISTORY_DAYS))
        period = 1 if by_day else self.period_days
        past, damping = history(seen, days, period), self.damping ** (period / WEEK)
        level, trend = per_period(self.level, period), per_period(self.trend, period)
        if self.method == SEASONAL_NAIVE:
            return seasonal_naive(past, history(seen, days, WEEK))
        if self.method == HOLT_WINTERS:
            return holt_winters(past, level, trend, self.season, damping)
        return smoothed(past, level) if self.method == SMOOTHING else holt(past, level, trend, damping)
