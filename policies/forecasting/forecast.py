"""What a forecast is: everyday sales of the days to come, and how far off it usually was."""

import math
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from itertools import islice

import numpy as np

from policies.forecasting.history import History, Period
from policies.protocol import FloatArray

Amounts = tuple[FloatArray, FloatArray]
WEEK = 7


@dataclass(frozen=True)
class Forecast:
    """Everyday sales a day: a level, a trend that fades, and a season of the week that is added."""

    level: FloatArray  # [..., sku] units a day
    spread: FloatArray  # [..., sku] units, standard deviation of one day's forecast error
    trend: FloatArray | float = 0.0  # [..., sku] units a day by which the level changes in the next period
    damping: float = 1.0  # [-] what is left of the trend from one period to the next
    period_days: int = 1
    season: FloatArray | None = None  # [7, ..., sku] units, added to the level, tomorrow's weekday first

    def units(self, first: float, last: float) -> FloatArray:
        """Everyday units from `first` to `last` days from now, [..., sku]; never below nothing."""
        total = self.level * (last - first) + self.trend * (self._grown(last) - self._grown(first))
        if self.season is not None:
            for weekday, added in enumerate(self.season):
                total = total + added * (_days_of(weekday, last) - _days_of(weekday, first))
        return np.asarray(np.maximum(total, 0.0))

    def _grown(self, days: float) -> float:
        """Sum over so many days to come of how many times the trend has been added by then."""
        total = added = 0.0
        for period in range(math.ceil(days / self.period_days)):
            added += self.damping ** (period + 1)
            total += added * min(self.period_days, days - period * self.period_days)
        return total


def _days_of(weekday: int, days: float) -> float:
    """How many days of a weekday, tomorrow's being 0, there are within so many days; a broken day counts in part."""
    weeks, rest = divmod(days, WEEK)
    return weeks + min(max(rest - weekday, 0.0), 1.0)


def daily_error(squares: FloatArray, days: FloatArray) -> FloatArray:
    """Standard deviation of one day's error [units] from the squared errors of periods, and the days these had.

    The error of a period of n days has n times the variance of a day's, if days err independently.
    """
    return np.asarray(np.sqrt(squares / np.maximum(days, 1)))


def opening(history: History) -> tuple[FloatArray, Iterator[Amounts]]:
    """Sales a day over the first quarter of the periods, [..., sku], and what the later ones sold on how many days.

    Where none of the first days count, the pace of the whole history stands in.
    """
    rows = iter(history.periods)
    first = list(islice(rows, -(-history.count // 4)))
    units, days = sum(row.units for row in first), sum(row.days for row in first)
    return np.where(days > 0, units / np.maximum(days, 1), history.pace), amounts(rows)


def amounts(rows: Iterable[Period]) -> Iterator[Amounts]:
    """Units and days of periods as broken numbers, which are quicker to reckon with."""
    for units, days in rows:
        yield units.astype(np.float64), days.astype(np.float64)


def per_period(weight: float, period_days: int) -> float:
    """The weight of the newest period that gives the newest week a weight [-]."""
    return float(1.0 - (1.0 - weight) ** (period_days / WEEK))
