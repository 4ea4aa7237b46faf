"""Past sales as a forecaster needs them: period by period, plain days with stock alone."""

from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from itertools import pairwise
from typing import NamedTuple

import numpy as np

from policies.protocol import BoolArray, FloatArray, IntArray, Observation


class Period(NamedTuple):
    """What is known of some days on end; what was sold on other days, and those days, are left out."""

    units: IntArray  # [..., sku] sold on the days that count
    days: IntArray  # [..., sku] that count: they had stock, and no promotion changed demand


@dataclass(frozen=True)
class History:
    """Past sales in periods of equal length, to be read once."""

    periods: Iterable[Period]  # the oldest first
    count: int  # of periods
    period_days: int
    pace: FloatArray  # [..., sku] units a day on all days with stock, for those who have nothing better


class Lifted(NamedTuple):
    """Days on which announced promotions changed what is wanted of some SKUs."""

    first: int  # row of the running totals before the first of them
    last: int  # row of the last of them
    lift: FloatArray  # [sku] what everyday demand was multiplied by


def history(seen: Observation, days: int, period_days: int) -> History:
    """The whole periods of the last `days` days; all there is, as one period, where that is less than a period.

    A day without stock says nothing, and a day on which an announced promotion changes the demand for a SKU says
    nothing about everyday sales.
    """
    known = len(seen.sales.open_days) - 1
    length = min(period_days, known) or 1
    count = min(days, known) // length
    return History(_periods(seen, known - count * length, length), count, period_days, seen.sales.pace(days))


def _periods(seen: Observation, first: int, length: int) -> Iterator[Period]:
    """Periods of some days after a row of the running totals, up to today."""
    events, known = lifted_days(seen, first), len(seen.sales.open_days) - 1
    for begin in range(first, known, length):
        yield _period(seen, begin, begin + length, events)


def lifted_days(seen: Observation, first: int = 0) -> list[Lifted]:
    """Days of promotions with a known effect, after a row of the running totals and up to today."""
    last = len(seen.sales.open_days) - 1
    rows = []
    for event in seen.calendar.events:
        before = last - seen.calendar.today + event.first_day - 1
        rows.append(Lifted(max(before, first), min(before + event.days, last), event.lift))
    return [row for row in rows if row.first < row.last and np.any(row.lift != 1)]


def between(seen: Observation, first: int, last: int) -> Period:
    """Units sold on days that had stock, and those days, after one row of the running totals up to another."""
    sales = seen.sales
    return Period(sales.open_totals[last] - sales.open_totals[first], sales.open_days[last] - sales.open_days[first])


def _period(seen: Observation, begin: int, end: int, events: list[Lifted]) -> Period:
    """One period, cut at the edges of events, so that each piece is a subtraction."""
    events = [event for event in events if event.first < end and event.last > begin]
    if not events:
        return between(seen, begin, end)
    edges = sorted({begin, end, *(edge for event in events for edge in event[:2] if begin < edge < end)})
    pieces = [
        Period(*(amount * _plain(events, first, last) for amount in between(seen, first, last)))
        for first, last in pairwise(edges)
    ]
    return Period(*(np.asarray(sum(amounts)) for amounts in zip(*pieces, strict=True)))


def _plain(events: list[Lifted], first: int, last: int) -> BoolArray | bool:
    """Which SKUs no event touches on these days, [sku] or True."""
    plain: BoolArray | bool = True
    for event in events:
        if event.first < last and event.last > first:
            plain = np.asarray(plain & (event.lift == 1))
    return plain
