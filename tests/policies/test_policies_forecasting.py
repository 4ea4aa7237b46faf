"""The forecasts, each against the textbook's recursion written out number by number."""

from collections.abc import Callable, Sequence

import numpy as np
import pytest
from numpy.typing import ArrayLike

from policies.forecasting.forecast import Forecast, per_period
from policies.forecasting.history import History, Period
from policies.forecasting.holt_winters import holt_winters
from policies.forecasting.intermittent import croston, sba, tsb
from policies.forecasting.seasonal import seasonal_naive
from policies.forecasting.smoothing import holt, smoothed

WEEKS = [12, 7, 0, 9, 30, 11, 8, 14, 2, 5, 17, 9]
NOW_AND_THEN = [0, 3, 0, 0, 5, 0, 2, 0, 0, 0, 0, 4, 1, 0, 0, 6]
DAYS = [5, 9, 4, 0, 7, 12, 3, 8, 6, 2, 1, 9, 15, 4, 7, 7, 5, 0, 6, 11, 2, 4, 10, 3, 1, 8, 14, 6, 9, 9, 1]


def past(
    units: Sequence[int], counted: Sequence[int] | None = None, period_days: int = 1, pace: float = 0.0
) -> History:
    """One SKU's periods; all their days count unless told otherwise."""
    days = [period_days] * len(units) if counted is None else counted
    rows = [Period(np.array([sold]), np.array([n])) for sold, n in zip(units, days, strict=True)]
    return History(rows, len(rows), period_days, np.array([pace]))


def test_smoothing() -> None:
    forecast = smoothed(past(WEEKS, period_days=7), 0.3)
    level, squares = np.mean(WEEKS[:3]) / 7, []
    for units in WEEKS[3:]:
        squares.append((units - 7 * level) ** 2)
        level = 0.3 * units / 7 + 0.7 * level
    assert forecast.level == pytest.approx(level)
    assert forecast.spread == pytest.approx(np.sqrt(np.sum(squares) / (7 * 9)))
    assert forecast.units(0, 20) == pytest.approx(20 * level)


@pytest.mark.parametrize("damping", [1.0, 0.8])
def test_holt(damping: float) -> None:
    forecast = holt(past(WEEKS), 0.3, 0.2, damping)
    level, trend, squares = np.mean(WEEKS[:3]), 0.0, []
    for units in WEEKS[3:]:
        squares.append((units - level - damping * trend) ** 2)
        before = level
        level = 0.3 * units + 0.7 * (level + damping * trend)
        trend = 0.2 * (level - before) + 0.8 * damping * trend
    assert forecast.level == pytest.approx(level)
    assert forecast.spread == pytest.approx(np.sqrt(np.mean(squares)))
    ahead = [level + trend * sum(damping**k for k in range(1, day + 1)) for day in range(1, 6)]
    assert forecast.units(0, 5) == pytest.approx(sum(ahead))
    assert forecast.units(2, 4.5) == pytest.approx(ahead[2] + ahead[3] + ahead[4] / 2)


def test_holt_follows_a_line() -> None:
    forecast = holt(past([10 + 3 * n for n in range(200)]), 0.4, 0.3, 1.0)
    assert forecast.units(0, 4) == pytest.approx(sum(10 + 3 * (200 + n) for n in range(4)), rel=1e-6)
    assert forecast.trend == pytest.approx(3, rel=1e-6)


def test_a_trend_in_weeks_goes_on_by_the_week() -> None:
    forecast = Forecast(np.array([10.0]), np.array([0.0]), np.array([2.0]), 0.5, 7)
    assert forecast.units(0, 7) == pytest.approx(7 * 11)
    assert forecast.units(7, 17) == pytest.approx(7 * 11.5 + 3 * 11.75)


def test_a_forecast_is_never_below_nothing() -> None:
    falling = Forecast(np.array([1.0]), np.array([0.0]), np.array([-1.0]), 1.0, 1)
    assert falling.units(0, 10) == 0
    assert falling.units(5, 8) == 0


@pytest.mark.parametrize("count", [28, 29, 31])
def test_holt_winters(count: int) -> None:
    forecast = holt_winters(past(DAYS[:count]), 0.2, 0.1, 0.3, 0.9)
    season = {weekday: float(np.mean([DAYS[weekday], DAYS[weekday + 7]])) for weekday in range(7)}
    level, trend, errors = float(np.mean(list(season.values()))), 0.0, []
    season = {weekday: mean - level for weekday, mean in season.items()}
    for day in range(14, count):
        units, before = DAYS[day], level
        errors.append(units - (level + 0.9 * trend + season[day % 7]))
        level = 0.2 * (units - season[day % 7]) + 0.8 * (level + 0.9 * trend)
        trend = 0.1 * (level - before) + 0.9 * 0.9 * trend
        season[day % 7] = 0.3 * (units - level) + 0.7 * season[day % 7]
    assert forecast.level == pytest.approx(level)
    for ahead in range(1, 11):
        fading = sum(0.9**k for k in range(1, ahead + 1))
        of_day = level + fading * trend + season[(count + ahead - 1) % 7]
        assert forecast.units(ahead - 1, ahead) == pytest.approx(max(of_day, 0.0))
    weeks = [
        sum(errors[max(end - 7, 0) : end]) for end in range(len(errors), 0, -7)
    ]  # whole ones back from the last day
    assert forecast.spread == pytest.approx(np.sqrt(np.sum(np.square(weeks)) / len(errors)))


def test_seasonal_naive_of_one_week_is_what_was_sold_a_week_ago() -> None:
    forecast = seasonal_naive(past(DAYS[:7]), past([sum(DAYS[:7])], period_days=7))
    assert [float(forecast.units(n, n + 1)[0]) for n in range(9)] == pytest.approx([*DAYS[:7], *DAYS[:2]])
    assert forecast.spread == pytest.approx(np.sqrt(2 * np.mean(DAYS[:7])))


def test_seasonal_naive_is_the_mean_of_each_weekday() -> None:
    weeks = [sum(DAYS[n : n + 7]) for n in (3, 10, 17, 24)]
    forecast = seasonal_naive(past(DAYS[3:31]), past(weeks, period_days=7))
    for ahead in range(7):
        assert forecast.units(ahead, ahead + 1) == pytest.approx(np.mean(DAYS[3 + ahead : 31 : 7]))
    assert forecast.spread == pytest.approx(np.std(weeks, ddof=1) * np.sqrt((1 + 1 / 4) / 7 * (3 * 7) / (28 - 7)))


def test_a_weekday_of_which_nothing_is_known_is_like_the_others() -> None:
    forecast = seasonal_naive(past([4, 0, 6, 5, 5, 5, 5], [1, 0, 1, 1, 1, 1, 1]), past([30], [6], 7))
    assert forecast.units(1, 2) == pytest.approx(5)


@pytest.mark.parametrize(("method", "correction"), [(croston, 1.0), (sba, 0.9)])
def test_croston(method: Callable[[History, float], Forecast], correction: float) -> None:
    forecast = method(past(NOW_AND_THEN), 0.2)
    size, interval, since = 3.0, 4.0, 0
    squares = []
    for units in NOW_AND_THEN[4:]:
        squares.append((units - correction * size / interval) ** 2)
        since += 1
        if units:
            size, interval, since = size + 0.2 * (units - size), interval + 0.2 * (since - interval), 0
    assert forecast.level == pytest.approx(correction * size / interval)
    assert forecast.spread == pytest.approx(np.sqrt(np.mean(squares)))


def test_tsb() -> None:
    forecast = tsb(past(NOW_AND_THEN), 0.2)
    size, chance = 3.0, 0.25
    squares = []
    for units in NOW_AND_THEN[4:]:
        squares.append((units - size * chance) ** 2)
        chance += 0.2 * ((units > 0) - chance)
        if units:
            size += 0.2 * (units - size)
    assert forecast.level == pytest.approx(size * chance)
    assert forecast.spread == pytest.approx(np.sqrt(np.mean(squares)))


def test_croston_is_too_high_and_its_correction_is_not() -> None:
    """A unit's worth of sales one day in ten: half a weight too high, to the first order; TSB is right."""
    sold = 10 * (np.random.default_rng(1).random((600, 3_000)) < 0.1).astype(np.int64)
    rows = [Period(units, np.ones_like(units)) for units in sold]
    means = [float(method(History(rows, 600, 1, np.ones(3_000)), 0.2).level.mean()) for method in (croston, sba, tsb)]
    assert means[0] == pytest.approx(1.1, abs=0.03)
    assert means[1:] == pytest.approx([1.0, 1.0], abs=0.03)


def test_only_tsb_forgets_what_has_died() -> None:
    dead = past([4, 0, 4, 0] * 5 + [0] * 40)
    assert croston(dead, 0.2).level == pytest.approx(2.0, rel=0.1)
    assert tsb(past([4, 0, 4, 0] * 5 + [0] * 40), 0.2).level < 0.01


METHODS: dict[str, Callable[[History], Forecast]] = {
    "smoothing": lambda history: smoothed(history, 0.3),
    "holt": lambda history: holt(history, 0.3, 0.0, 0.9),
    "holt-winters": lambda history: holt_winters(history, 0.3, 0.0, 0.2, 0.9),
    "croston": lambda history: croston(history, 0.3),
    "tsb": lambda history: tsb(history, 0.3),
}
EACH = pytest.mark.parametrize("method", METHODS.values(), ids=METHODS)


@EACH
def test_time_without_stock_says_nothing(method: Callable[[History], Forecast]) -> None:
    """A week without stock among the days leaves the forecast where it was, whatever the weekday."""
    empty = ([*DAYS[:21], *[0] * 7, *DAYS[21:28]], [1] * 21 + [0] * 7 + [1] * 7)
    plain = method(History(past(DAYS[:28]).periods, 28, 1, np.zeros(1)))
    # The same days are the opening: a quarter of 28, or two weeks of either.
    longer = method(History(past(*empty).periods, 28, 1, np.zeros(1)))
    assert longer.level == pytest.approx(plain.level)
    assert longer.spread == pytest.approx(plain.spread)


@EACH
def test_without_a_day_that_counts_the_pace_stands_in(method: Callable[[History], Forecast]) -> None:
    assert method(past([0] * 28, [0] * 28, pace=2.5)).units(0, 14) == pytest.approx(35)


@EACH
def test_without_any_history_nothing_is_forecast(method: Callable[[History], Forecast]) -> None:
    forecast = method(past([]))
    assert forecast.units(0, 14) == 0
    assert forecast.spread == 0


@EACH
def test_runs_and_skus_do_not_meet(method: Callable[[History], Forecast]) -> None:
    """One SKU alone and many in several runs: the same numbers, to the bit."""
    sold = np.random.default_rng(3).poisson(2.0, (60, 4, 9))
    together = method(_of(sold))
    for run in range(4):
        for sku in range(9):
            alone = method(_of(sold[:, run, sku : sku + 1]))
            assert alone.units(0, 30.5)[0] == together.units(0, 30.5)[run, sku]
            assert alone.spread[0] == together.spread[run, sku]


def test_the_weight_of_a_week_is_that_of_its_days_together() -> None:
    assert 1 - (1 - per_period(0.3, 1)) ** 7 == pytest.approx(0.3)
    assert per_period(0.3, 7) == pytest.approx(0.3)
    assert per_period(1.0, 1) == 1.0


def _of(sold: ArrayLike) -> History:
    rows = [Period(units, np.ones_like(units)) for units in np.asarray(sold)]
    return History(rows, len(rows), 1, np.asarray(sold).mean(axis=0))
