"""Exponential smoothing, alone and with a trend that fades."""

import numpy as np

from policies.forecasting.forecast import Forecast, daily_error, opening
from policies.forecasting.history import History


def smoothed(history: History, weight: float) -> Forecast:
    """Simple exponential smoothing; `weight` is that of the newest period [-].

    A period of which only a share of the days count has that share of the weight.
    Formula: level += weight x (units - level x days) / period_days
    Source: Brown 1959, Statistical Forecasting for Inventory Control
    """
    level, rows = opening(history)
    squares, counted = np.zeros((2, *level.shape))
    share = weight / history.period_days
    for units, days in rows:
        error = units - level * days
        squares += error * error
        counted += days
        error *= share
        level += error
    return Forecast(level, daily_error(squares, counted))


def holt(history: History, weight: float, trend_weight: float, damping: float) -> Forecast:
    """Smoothing with a trend, of which the share `damping` is left from one period to the next; 1 is Holt's method.

    Formula: level += damping x trend + weight x error, trend = damping x trend + weight x trend_weight x error,
        error = units / days - (level + damping x trend), of the period before
    Source: Holt 1957; Gardner and McKenzie 1985, Forecasting trends in time series, Management Science 31(10)
    """
    level, rows = opening(history)
    trend, squares, counted = np.zeros((3, *level.shape))
    share = weight / history.period_days
    for units, days in rows:
        trend *= damping
        level += trend
        error = units - level * days
        squares += error * error
        counted += days
        error *= share
        level += error
        trend += trend_weight * error
    return Forecast(level, daily_error(squares, counted), trend, damping, history.period_days)
