"""The ceiling of every scoreboard: a seller who knows the future."""

from collections.abc import Mapping
from dataclasses import dataclass
from typing import ClassVar

import numpy as np

from policies.parameters import check_parameters, parameter
from policies.protocol import BoolArray, IntArray, Observation, Orders

Window = tuple[IntArray, IntArray]
"""First day, [..., 1], and day after the last, [..., sku], that an order of today serves best."""


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
        windows: dict[str, Window] = {}
        horizon = len(future.wanted)
        reach = np.asarray(horizon, dtype=np.int64)
        for lane in lanes:
            days, carries = arrivals[lane.name], lane.carries
            begin, end = _served_by_today(days)
            windows[lane.name] = begin, np.where(carries, np.minimum(end, reach), 0)
            reach = np.where(carries, np.minimum(reach, days.min(axis=0)), reach)
        best = [(begin < end).any(axis=-1) for begin, end in windows.values()]
        return Orders(_ordered_where(np.logical_or.reduce(best), seen, windows, reach) if best else {})


def _ordered_where(
    some: BoolArray, seen: Observation, windows: Mapping[str, Window], reach: IntArray
) -> dict[str, IntArray]:
    """What to order by each lane where `some`, [...], says that a review of today is best for any day; 0 elsewhere.

    Of many replications, few have their best review on the same day, so only those are looked at.
    """
    stock, future = seen.stock, seen.future
    spare = stock.on_hand - stock.backlog + (stock.on_order if future.due is None else 0)
    days = slice(min(max(int(end[some].max(initial=0)) for _, end in windows.values()), len(future.wanted)))
    short = _uncovered(
        spare[some],
        future.wanted[days, some],
        None if future.due is None else future.due[days, some],
        np.broadcast_to(reach, spare.shape)[some],
    )
    orders = {}
    for lane, (begin, end) in windows.items():
        orders[lane] = np.zeros_like(spare)
        orders[lane][some] = _within(short, begin[some], end[some])
    return orders


def _served_by_today(days: IntArray) -> tuple[IntArray, IntArray]:
    """First day, and day after the last, that an order of today serves best among this lane's reviews.

    `days` [review, ..., 1] are arrivals; later reviews that arrive on the same day are as good and leave more time.
    """
    never = np.iinfo(np.int64).max
    later = np.where(days[1:] >= days[0], days[1:], never).min(axis=0, initial=never)
    return days[0], later


def _uncovered(spare: IntArray, wanted: IntArray, due: IntArray | None, reach: IntArray) -> IntArray:
    """Units wanted on each day, [day, run, sku], that will be neither spare, [run, sku], nor due by then.

    What is uncovered is served by an order or lost, never carried on, so the running shortage only grows: it is the
    deepest point so far of what is wanted less what there is. Spare is below 0 where buyers wait.
    """
    short = np.empty_like(wanted)
    gone, indebted = -spare, bool((spare < 0).any())
    asked, deepest = np.zeros_like(gone), np.zeros_like(gone)
    # Day by day, since running sums over whole arrays leave the cache and take many times as long.
    for day, units in enumerate(wanted):
        gone += units
        if due is not None:
            gone -= due[day]
        missing = gone
        if indebted:
            # Buyers who wait take what comes first; what they are still owed when an order can first arrive is
            # ordered then.
            asked += units
            missing = np.where(day < reach, np.minimum(gone, asked), gone)
        deeper = np.maximum(missing, deepest)
        np.subtract(deeper, deepest, out=short[day])
        deepest = deeper
    return short


def _within(short: IntArray, begin: IntArray, end: IntArray) -> IntArray:
    """Sum of the days in [begin, end), [run, sku]."""
    day = np.arange(len(short))[:, np.newaxis, np.newaxis]
    return np.asarray(np.where((day >= begin) & (day < end), short, 0).sum(axis=0))
