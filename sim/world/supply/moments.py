"""Mean and variance of everything that takes time on a lane, in days."""

from collections.abc import Iterator

import numpy as np
from numpy.typing import NDArray

from scenarios.schema import CustomsPost, Departures, Lane, Leg
from sim.world import laws
from sim.world.network import Network
from sim.world.supply.posts import reached_share
from sim.world.supply.sailings import WEEKDAYS

FloatArray = NDArray[np.float64]
LONGEST_GAP = 2_000
"""Departures missed in a row beyond which nothing is counted."""
LEAST = 1e-12
"""A chance that no longer counts."""


def leg_moments(network: Network, lane: Lane, leg: Leg) -> Iterator[tuple[float, float]]:
    """Mean and variance of everything that takes time on a leg, in days."""
    if leg.post is not None:
        yield from _post_moments(network.scenario.customs[leg.post], lane.shares_box_with)
    elif leg.days is not None:
        yield laws.mean(leg.days), laws.variance(leg.days)
        if leg.late is not None:
            yield laws.mixture_moments(leg.late.chance, leg.late.days)


def departure_moments(departs: Departures) -> tuple[float, float]:
    """Mean and variance of the wait of goods that get ready at any time: the residual of a renewal process.

    Headways are 1, 2, ... times the usual one, as departures are cancelled or roll us over: E[W] = E[H^2] / 2E[H],
    E[W^2] = E[H^3] / 3E[H].
    """
    chances = _gap_chances(departs)
    headways = _headways(departs)
    # From each departure on, k departures later, for every k: a week of departures repeats itself.
    sums = np.array([_from(headways, i, len(chances)) for i in range(len(headways))])  # [departure, gap] days
    first, second, third = (float((chances * sums**power).sum() / len(headways)) for power in (1, 2, 3))
    mean = second / (2 * first)
    return mean + departs.cut_off_days, third / (3 * first) - mean**2


def _gap_chances(departs: Departures) -> FloatArray:
    """The chance that the first departure that takes us is the next, the one after, ... [gap]."""
    taken: list[float] = []
    waiting = {0: 1.0}  # chances by the cancellations in a row so far
    most = departs.cancelled_in_a_row
    while sum(waiting.values()) > LEAST and len(taken) < LONGEST_GAP:
        after = {0: 0.0}
        taken.append(0.0)
        for in_a_row, chance in waiting.items():
            cancelled = chance * departs.cancelled if in_a_row != most else 0.0
            row = 0 if most is None else in_a_row + 1
            taken[-1] += (chance - cancelled) * (1 - departs.rolled)
            after[0] += (chance - cancelled) * departs.rolled
            after[row] = after.get(row, 0.0) + cancelled
        waiting = after
    return np.array(taken)


def _headways(departs: Departures) -> FloatArray:
    """Days from each departure of a week, or of a round, to the next."""
    if departs.every_days is not None:
        return np.array([float(departs.every_days)])
    days = np.sort([WEEKDAYS.index(name) for name in departs.weekdays])
    return np.diff([*days, days[0] + 7]).astype(np.float64)


def _from(headways: FloatArray, i: int, count: int) -> FloatArray:
    """Days from the i-th departure to the next, the one after, ..., [count]."""
    return np.asarray(np.cumsum(np.resize(np.roll(headways, -i), count)))


def _post_moments(post: CustomsPost, neighbours: int) -> list[tuple[float, float]]:
    """Mean and variance of each thing that takes time at a post; that two examinations coincide is left out."""
    open_days = [day for day, name in enumerate(WEEKDAYS) if name not in post.closed_weekdays]
    until = [min((open_day - day) % 7 for open_day in open_days) for day in range(7)]
    mean = sum(days - 0.5 for days in until if days) / 7
    square = sum(days**2 - days + 1 / 3 for days in until if days) / 7
    return [
        (laws.mean(post.clear_days), laws.variance(post.clear_days)),
        (mean, square - mean**2),
        *(
            laws.mixture_moments(1 - (1 - reached_share(post.inspections, i)) ** boxes, inspection.days)
            for i, inspection in enumerate(post.inspections)
            for boxes in (1, neighbours)
        ),
    ]
