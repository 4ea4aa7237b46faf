"""Holt-Winters: a level, a trend that fades and a season of the week, day by day."""

from itertools import islice

import numpy as np

from policies.forecasting.forecast import WEEK, Forecast, amounts, daily_error
from policies.forecasting.history import History
from policies.forecasting.seasonal import weekday_paces


def holt_winters(
    history: History, weight: float, trend_weight: float, season_weight: float, damping: float
) -> Forecast:
    """Additive Holt-Winters over days; the first half of the weeks, at least one, gives level and season to begin with.

    The error of a day is reckoned from the errors of weeks, so that days that make up for each other do not count.

    Formula: error = units - (level + damping x trend + season), level += damping x trend + weight x error,
        trend = damping x trend + weight x trend_weight x error, season += season_weight x (1 - weight) x error
    Source: Winters 1960; in the error-correction form of Hyndman et al. 2008, Forecasting with Exponential Smoothing
    """
    rows = iter(history.periods)
    first = max(WEEK, history.count // (2 * WEEK) * WEEK)
    paces = weekday_paces(islice(rows, first), history.pace)
    level = np.asarray(sum(paces) / WEEK)
    season = paces - level  # from the first day's weekday on
    trend, squares, counted, of_week = np.zeros((4, *level.shape))
    for day, (units, days) in enumerate(amounts(rows), first):
        added = season[day % WEEK]
        trend *= damping
        level += trend
        error = units - (level + added) * days
        counted += days
        of_week += error
        added += season_weight * (1 - weight) * error
        error *= weight
        level += error
        trend += trend_weight * error
        if (history.count - day) % WEEK == 1:
            squares += of_week * of_week
            of_week[:] = 0.0
    season = np.roll(season, -history.count, axis=0)
    return Forecast(level, daily_error(squares, counted), trend, damping, 1, season)
