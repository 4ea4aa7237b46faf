"""Days whose orders are under way, where orders may overtake each other and where they may not.

The order of a day takes a lead L of its own and sells again from day d + 1 + L, L rounded up; on the days after the
review of day d the order of k >= 1 days before is under way when its L > k - 1. Where it may not overtake it waits for
all before it, so that it is under way when the L of any order of j >= k days before exceeds j - 1: those under way are
then the last N, and P(N <= n) is the product of P(L <= j - 1) over j >= n.
"""

from collections.abc import Callable

import numpy as np

from tests.theory.exact.chances import Chances

Tail = Callable[[float], float]
"""P(L > x)."""
NEGLIGIBLE = 1e-12


def overtaking_variance(mean: float, variance: float, tail: Tail) -> tuple[float, float]:
    """Mean and variance of units on order for mean and variance of a day's demand: each day there or not."""
    still = _under_way(tail)
    return mean * float(still.sum()), float(still.sum()) * variance + mean**2 * float(still @ (1 - still))


def waiting_variance(mean: float, variance: float, tail: Tail) -> tuple[float, float]:
    """The same where no order overtakes another: the demand of the last N days."""
    days, spread = days_under_way(tail)
    return mean * days, variance * days + mean**2 * spread


def textbook_variance(mean: float, variance: float, lead_mean: float, lead_variance: float) -> float:
    """Of the demand of one lead time."""
    return lead_mean * variance + mean**2 * lead_variance


def days_under_way(tail: Tail) -> tuple[float, float]:
    """Mean and variance of N."""
    at_most = np.cumprod((1 - _under_way(tail)[1:])[::-1])[::-1]  # P(N <= n), n = 1, 2, ...
    law: Chances = np.diff(np.append(np.append(0.0, at_most), 1.0))
    days = np.arange(1, len(law) + 1)
    mean = float(law @ days)
    return mean, float(law @ (days - mean) ** 2)


def _under_way(tail: Tail) -> Chances:
    chances = [1.0]
    while (chance := tail(len(chances) - 1)) > NEGLIGIBLE:
        chances.append(chance)
    return np.array(chances)
