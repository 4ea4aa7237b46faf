"""Observed demand, played again: the days as they were, or weeks drawn from near the same season."""

from datetime import date

import numpy as np
from numpy.typing import NDArray

from scenarios.schema import History

IntArray = NDArray[np.int64]
WEEK = 7


def replayed_days(history: History, first: date, days: int) -> IntArray:
    """The day of the observed series that each day from `first` on repeats, [day]."""
    return np.arange(days) + (first - history.first).days


def bootstrapped_days(history: History, first: date, past: int, days: int, luck: np.random.Generator) -> IntArray:
    """The day of the observed series that each day repeats, [day], weeks drawn anew after the first `past` days.

    A week stands in for another at most `within_weeks` away, so the season stays; it keeps its weekdays, and all SKUs
    of the market repeat the same week, so what sells together still does. The block bootstrap of Kuensch (1989),
    local in season.
    """
    length = len(next(iter(history.units.values())))
    repeated = replayed_days(history, first, days)
    weeks = -(-(days - past) // WEEK)
    shifts = luck.integers(-history.within_weeks, history.within_weeks, size=weeks, endpoint=True) * WEEK
    drawn = repeated[past:] + np.repeat(shifts, WEEK)[: days - past]
    before, after = np.maximum(-drawn, 0), np.maximum(drawn - (length - 1), 0)
    repeated[past:] = drawn + _whole_weeks(before) - _whole_weeks(after)
    return repeated


def _whole_weeks(days: IntArray) -> IntArray:
    """The days of as many weeks as hold `days`."""
    return (days + WEEK - 1) // WEEK * WEEK
