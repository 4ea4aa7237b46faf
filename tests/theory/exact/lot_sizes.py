"""Deterministic lot sizes, and a base stock whose supply stops and starts again (T13)."""

from collections.abc import Iterator, Sequence
from itertools import accumulate, combinations, pairwise
from math import sqrt

import numpy as np

from tests.theory.exact.chances import Chances


def economic_order(order: float, hold: float, wanted: float) -> tuple[float, float]:
    """The economic order quantity, and what orders and stock then cost in the time in which so much is wanted."""
    quantity = sqrt(2 * order * wanted / hold)
    return quantity, order * wanted / quantity + hold * quantity / 2


def plans(wanted: Sequence[int]) -> Iterator[tuple[int, ...]]:
    """Every way to order in the first period and in some of the others what is wanted until the next order."""
    periods = len(wanted)
    for count in range(periods):
        for others in combinations(range(1, periods), count):
            orders = [0] * periods
            for first, after in pairwise((0, *others, periods)):
                orders[first] = sum(wanted[first:after])
            yield tuple(orders)


def plan_cost(orders: Sequence[int], wanted: Sequence[int], order: float, hold: float) -> float:
    """What a plan costs: its orders, and what is left at the end of each period."""
    left = accumulate(each - used for each, used in zip(orders, wanted, strict=True))
    return order * sum(each > 0 for each in orders) + hold * sum(left)


def days_stopped(stops: float, starts: float, most: int) -> Chances:
    """Chances that supply has been stopped for 0, 1, 2, ... days, today included; `stops` and `starts` are the chances
    that it changes from one day to the next."""
    up = starts / (stops + starts)
    return np.append(up, up * stops * (1 - starts) ** np.arange(most))
