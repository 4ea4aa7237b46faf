"""Forecasts for SKUs that sell now and then: how much at a time, and how often."""

from collections.abc import Iterator
from itertools import islice

import numpy as np

from policies.forecasting.forecast import Amounts, Forecast, amounts, daily_error
from policies.forecasting.history import History
from policies.protocol import FloatArray


def croston(history: History, weight: float) -> Forecast:
    """Croston's method: units of a period with sales over periods from one such to the next, both smoothed.

    Where sales are rare it is about weight / 2 too high, and it does not fall while nothing sells.
    Formula: at a sale: size += weight x (units - size), interval += weight x (periods since - interval)
    Source: Croston 1972, Forecasting and stock control for intermittent demands, Operational Research Quarterly 23(3)
    """
    return _croston(history, weight, 1.0)


def sba(history: History, weight: float) -> Forecast:
    """Croston's method times 1 - weight / 2, which takes its bias away where sales are rare.

    Source: Syntetos and Boylan 2005, The accuracy of intermittent demand estimates, Int. Journal of Forecasting 21(2)
    """
    return _croston(history, weight, 1.0 - weight / 2)


def tsb(history: History, weight: float) -> Forecast:
    """Units of a period with sales times the chance of one, both smoothed; the chance falls while nothing sells.

    Time without stock does not count: where a share of a period's days counts, so does that share of the chance.
    Formula: chance += weight x (1 at a sale, else 0, - chance); at a sale: size += weight x (units - size)
    Source: Teunter, Syntetos and Babai 2011, Intermittent demand, European J. of Operational Research 214(3)
    """
    size, chance, rows = _opening(history)
    squares, counted = np.zeros((2, *size.shape))
    for units, days in rows:
        share = days / history.period_days
        error = units - size * chance * share
        squares += error * error
        counted += days
        sale = (units > 0).astype(np.float64)
        chance += weight * (sale - share * chance)
        size += weight * sale * (units - size)
    return Forecast(size * chance / history.period_days, daily_error(squares, counted))


def _croston(history: History, weight: float, correction: float) -> Forecast:
    """Time without stock does not count: a period of which a share of the days counts is so much of an interval."""
    size, chance, rows = _opening(history)
    interval, since = 1 / chance, np.zeros_like(size)
    rate = size * chance * (correction / history.period_days)
    squares, counted = np.zeros((2, *size.shape))
    for units, days in rows:
        error = units - rate * days
        squares += error * error
        counted += days
        since += days / history.period_days
        sale = (units > 0).astype(np.float64)
        learned = weight * sale
        size += learned * (units - size)
        interval += learned * (since - interval)
        since -= since * sale
        rate = size / interval
        rate *= correction / history.period_days
    return Forecast(rate, daily_error(squares, counted))


def _opening(history: History) -> tuple[FloatArray, FloatArray, Iterator[Amounts]]:
    """Size and chance of a sale in the first quarter of the periods, [..., sku], and the amounts of those after it.

    The chance is that of a period all of whose days count; it is above 1 where fewer of them had as many sales.
    Where nothing sold in it, every period sells the pace of the whole history.
    """
    rows = iter(history.periods)
    times, units, days = np.zeros((3, *history.pace.shape))
    for sold, open_days in islice(rows, -(-history.count // 4)):
        times += sold > 0
        units += sold
        days += open_days
    size = np.where(times > 0, units / np.maximum(times, 1), history.pace * history.period_days)
    chance = np.where(times > 0, times * history.period_days / np.maximum(days, 1), 1.0)
    return size, chance, amounts(rows)
