"""The ceiling of every scoreboard: a seller who knows the future."""

import itertools
from dataclasses import dataclass
from typing import ClassVar

import numpy as np

from policies.parameters import check_parameters, parameter
from policies.protocol import FutureSight, IntArray, Observation, Orders, StockSight


@dataclass(frozen=True)
class Oracle:
    """Orders just in time what will be wanted, by the cheapest lane that carries it and still arrives in time.

    For each day to come it knows what stock on hand and on order will leave uncovered. That is ordered by the
    cheapest lane that reaches the day, at the review whose goods arrive last but not too late. What no lane can reach
    is not ordered, nor is anything beyond the days that are played. Queues and smallest orders are ignored. Buyers
    who wait are served on the first day that any order can reach.

    Formula: order today = uncovered units of the days from today's arrival until the next arrival of the same lane
    Source: perfect-information bound, for comparison
    Example: oracle
    """

    name: ClassVar[str] = "oracle"
    review_days: int = parameter(1, 1, 365, "days", "days from one review to the next")

    def __post_init__(self) -> None:
        check_parameters(self)

    @property
    def sees(self) -> frozenset[str]:
        return frozenset({"stock", "future"})

    def orders(self, seen: Observation) -> Orders:
        lanes = sorted(seen.lanes, key=lambda lane: float(lane.landed_cost.mean()))
        future, step = seen.future, self.review_days
        arrivals = {lane.name: np.asarray(future.arrivals[lane.name])[::step, ..., None] for lane in lanes}
        windows: dict[str, tuple[IntArray, IntArray]] = {}
        horizon = len(future.wanted)
        reach = np.asarray(horizon, dtype=np.int64)
        for lane in lanes:
            days, carries = arrivals[lane.name], lane.carries
            begin, end = _served_by_today(days)
            windows[lane.name] = begin, np.where(carries, np.minimum(end, reach), 0)
            reach = np.where(carries, np.minimum(reach, days.min(axis=0)), reach)
        needed = max((int(end.max()) for begin, end in windows.values() if (begin < end).any()), default=0)
        short = _uncovered(seen.stock, future, min(needed, horizon), reach)
        return Orders({name: _within(short, *windows[name]) for name in arrivals})


def _served_by_today(days: IntArray) -> tuple[IntArray, IntArray]:
    """First day, and day after the last, that an order of today serves best among this lane's reviews.

    `days` [review, ..., 1] are arrivals; later reviews that arrive on the same day are as good and leave more time.
    """
    never = np.iinfo(np.int64).max
    later = np.where(days[1:] >= days[0], days[1:], never).min(axis=0, initial=never)
    return days[0], later


def _uncovered(stock: StockSight, future: FutureSight, days: int, reach: IntArray) -> IntArray:
    """Units of each of the first `days` days that stock on hand and on order will not serve, [day, ..., sku].

    What is uncovered is served by an order or lost, never carried on, so the running shortage only grows: it is the
    deepest point so far of stock less demand.
    """
    wanted = future.wanted[:days]
    coming = stock.on_order if future.due is None else _running(np.add, future.due[:days])
    supply = stock.on_hand - stock.backlog + coming
    # Buyers who wait take what comes first; what they are still owed when an order can first arrive is ordered then.
    supply = np.where(_days(days, wanted.ndim) < reach, np.maximum(supply, 0), supply)
    shortage = _running(np.maximum, np.maximum(_running(np.add, wanted) - supply, 0))
    return np.diff(shortage, axis=0, prepend=0)


def _running(step: np.ufunc, values: IntArray) -> IntArray:
    """The sum, or the largest, of each day and all before it, [day, ...]; day by day, many times as fast as NumPy's."""
    found = values.copy()
    for before, day in itertools.pairwise(found):
        step(before, day, out=day)
    return found


def _days(count: int, axes: int) -> IntArray:
    return np.arange(count).reshape((-1,) + (1,) * (axes - 1))


def _within(short: IntArray, begin: IntArray, end: IntArray) -> IntArray:
    """Sum of the days in [begin, end), [..., sku]."""
    day = _days(len(short), short.ndim)
    return np.asarray(np.where((day >= begin) & (day < end), short, 0).sum(axis=0))
