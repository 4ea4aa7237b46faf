"""What stops the ads of a market: suspended accounts and empty balances, dated or at random."""

import numpy as np
from numpy.typing import NDArray

from scenarios.schema import BalanceOutage, Suspension
from sim.world import laws
from sim.world.demand.hours import HOURS
from sim.world.demand.shows import Streams

FloatArray = NDArray[np.float64]
YEAR = 365
"""Days over which `per_year` counts."""


def stop_times(
    stop: Suspension | BalanceOutage, first_day: int | None, quality: float, days: int, stream: Streams
) -> FloatArray:
    """When ads stop and when they run again, [stop, 2], in hours from day 0.

    A dated stop is on `first_day`; others come at random in the days played and their history, of which none lasts
    from before. Suspensions hit an account of higher `quality` less often.
    """
    if first_day is not None:
        begins = np.array([float(first_day)])
    else:
        rate = (stop.per_year or 0.0) / (quality if isinstance(stop, Suspension) else 1.0)
        begins = np.repeat(np.arange(float(days)), stream("count").poisson(rate / YEAR, days))
    if isinstance(stop, Suspension):
        lasts, hour = laws.draws(stop.appeal_days, stream("length"), len(begins)) * HOURS, 0.0
    else:
        lasts, hour = laws.draws(stop.hours, stream("length"), len(begins)), stop.from_hour
    begins = begins * HOURS + hour
    return np.column_stack([begins, begins + lasts])


def running_shares(stopped: FloatArray, edges: FloatArray) -> FloatArray:
    """Share of the time between each two edges, in hours, in which ads run, [window], given stops, [stop, 2]."""
    passed, until = np.zeros(len(edges)), -np.inf
    for begins, ends in sorted(map(tuple, stopped)):
        if ends > until:  # what overlaps an earlier stop counts once
            passed += np.clip(edges, max(begins, until), ends) - max(begins, until)
            until = ends
    return np.asarray(1 - np.diff(passed) / np.diff(edges))


def spendable(running: FloatArray, money: FloatArray, slots: int) -> FloatArray:
    """Share of each slot's money that can be spent, [slot], given the share of each hour in which ads run, [hour].

    `money` is the share of a day's money spent in each hour, [hour of the day]; a slot without any counts its hours
    alike. `slots` is how many a day has.
    """
    hours = money.reshape(slots, -1)
    hours = np.where(hours.any(axis=1, keepdims=True), hours, 1.0)
    can = (running.reshape(-1, *hours.shape) * hours).sum(axis=-1)
    return np.asarray(can / hours.sum(axis=-1)).ravel()
