"""On which order dates goods are in time: a coarse grid of dates, and every day where the answer turns."""

from collections.abc import Callable, Mapping, Sequence
from itertools import pairwise

import numpy as np
from numpy.typing import NDArray

from scenarios.schema import MINUTES_PER_DAY
from sim.planning.alone import LoneOrders, Order

IntArray = NDArray[np.int64]
LOOKS_BACK_DAYS = 150
"""[days] before the event from which on order dates are examined."""
SURE = 0.99
"""Between two dates of which both have at least this chance, or both none, no day is examined."""
Wanted = Mapping[int, IntArray]
"""Units of an order by the position of its way, [sku]."""


def order_days(first_day: int, every: int, besides: Sequence[int]) -> list[int]:
    """The coarse grid: every so many days up to the day before an event, and some days besides; none before day 0."""
    grid = range(max(first_day - LOOKS_BACK_DAYS, 0), first_day, every)
    return sorted({day for day in (*grid, first_day - 1, *besides) if 0 <= day < first_day})


def turning_days(days: Sequence[int], shares: Sequence[float]) -> list[int]:
    """The days between two of the grid where the chance is neither sure at both nor none at both."""
    found: list[int] = []
    for (one, two), between in zip(pairwise(shares), pairwise(days), strict=True):
        if min(one, two) < SURE and max(one, two) > 0:
            found += range(between[0] + 1, between[1])
    return found


def in_time(
    trials: Sequence[LoneOrders],
    units: Wanted,
    first_day: int,
    days: Sequence[int],
    progress: Callable[[int], None] | None = None,
) -> dict[int, dict[int, int]]:
    """Replications in which an order is on the shelf by the first minute of a day, by way and day of the order.

    `days` are examined on every way, and then the days where its chance turns; `progress` is told of orders played.
    """
    found = {}
    for lane, wanted in units.items():
        coarse = _examined(trials, lane, wanted, first_day, days, progress)
        runs = sum(len(some.world.runs) for some in trials)
        turning = turning_days(days, [coarse[day] / runs for day in days])
        found[lane] = coarse | _examined(trials, lane, wanted, first_day, turning, progress)
    return found


def _examined(
    trials: Sequence[LoneOrders],
    lane: int,
    wanted: IntArray,
    first_day: int,
    days: Sequence[int],
    progress: Callable[[int], None] | None,
) -> dict[int, int]:
    """The same of one way, by day of the order."""
    hits = {}
    for day in days:
        shelved = np.concatenate([some.play(Order(lane, day, wanted)).shelved for some in trials])
        hits[day] = int((shelved <= first_day * MINUTES_PER_DAY).sum())
        if progress is not None:
            progress(len(shelved))
    return hits
