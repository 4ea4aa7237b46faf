"""Waiting for a departure or for an office to open, of goods that come at any time alike."""

import math
from collections.abc import Callable, Mapping


def mean_wait_for_departure(headways: Mapping[float, float]) -> float:
    """Mean wait for the next departure, for headways and their chances.

    Goods fall into a headway in proportion to its length and then wait half of it: long headways count twice.
    """
    mean = sum(chance * headway for headway, chance in headways.items())
    return sum(chance * headway / mean * headway / 2 for headway, chance in headways.items())


def mean_hold_of_closures(shut: float, period: float) -> float:
    """Mean hold at an office that is shut once a period, for so many days: who comes then waits half of them."""
    return shut / period * shut / 2


def opens_at(time: float, shut: Callable[[int], bool]) -> float:
    """The first time from `time` on whose day is not shut; days count from 0, times in days."""
    day = math.floor(time)
    if not shut(day):
        return time
    while shut(day):
        day += 1
    return float(day)
