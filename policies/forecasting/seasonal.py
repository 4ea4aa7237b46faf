"""Seasonal naive: a weekday sells what it sold; and a promotion brings what those before it brought."""

from collections.abc import Iterable

import numpy as np

from policies.forecasting.forecast import WEEK, Forecast, amounts
from policies.forecasting.history import History, Period, between, lifted_days
from policies.protocol import FloatArray, Observation

DOUBT_UNITS = 10.0
"""[units] What past promotions must have been announced to bring before their result counts as much as the plan."""
MOST_KEPT = 3.0
"""Times what was announced: one hit in a promotion of little lift says nothing about the next."""


def weekday_paces(days: Iterable[Period], pace: FloatArray) -> FloatArray:
    """Mean units of each weekday, that of the first day first, [7, ..., sku].

    A weekday of which no day counts has the mean of the other ones, or `pace` where none counts at all.
    """
    units, counted = np.zeros((2, WEEK, *pace.shape), np.int64)
    for day, (sold, open_days) in enumerate(days):
        units[day % WEEK] += sold
        counted[day % WEEK] += open_days
    of_all = counted.sum(axis=0)
    mean = np.where(of_all > 0, units.sum(axis=0) / np.maximum(of_all, 1), pace)
    return np.where(counted > 0, units / np.maximum(counted, 1), mean)


def seasonal_naive(history: History, weeks: History) -> Forecast:
    """Each weekday as it was, in the mean of the weeks; with one week, what was sold a week ago.

    `weeks` is the same history week by week, from which the error is known: that of a mean of n weeks has 1 + 1/n
    times the variance around it. Of one week it is taken for Poisson's, which is the mean.
    Source: Hyndman and Athanasopoulos 2021, Forecasting: Principles and Practice, section 5.2
    """
    paces = weekday_paces(history.periods, history.pace)
    level = np.asarray(sum(paces) / WEEK)
    squares, counted = np.zeros((2, *level.shape))
    for units, days in amounts(weeks.periods):
        error = units - level * days
        squares += error * error
        counted += days
    spare = np.maximum(counted - WEEK, 0.0)
    variance = np.where(spare > 0, squares / np.maximum(spare, 1.0), level)
    spread = np.sqrt(variance * (1 + WEEK / np.maximum(counted, WEEK)))
    return Forecast(level, spread, season=np.roll(paces - level, -history.count, axis=0))


def promise_kept(seen: Observation, everyday: FloatArray) -> FloatArray:
    """What past promotions brought beyond everyday sales over what they were announced to bring, [..., sku].

    At most `MOST_KEPT`. Both begin at `DOUBT_UNITS`, so that a few units prove little. Days without stock do not
    count; a promotion that sold out in the middle of a day reads as a weak one.
    """
    brought, announced = np.zeros_like(everyday), np.zeros_like(everyday)
    for event in lifted_days(seen):
        units, days = between(seen, event.first, event.last)
        plain = everyday * days
        brought += np.where(event.lift > 1, units - plain, 0.0)
        announced += np.where(event.lift > 1, (event.lift - 1) * plain, 0.0)
    return np.clip((brought + DOUBT_UNITS) / (announced + DOUBT_UNITS), 0.0, MOST_KEPT)
