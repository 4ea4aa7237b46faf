"""One-for-one replenishment with full backlog and random leads, in days (T05: Palm, Feeney-Sherbrooke, M_t/G/infinity).

What one day sold is ordered when it ends, as one shipment with one lead L of its own, and sells again from day
d + 1 + L, L rounded up. After the review of day d the order of k days before is still under way with chance 1 for
k = 0 and P(L > k - 1) else; units on order are the sum of these days' demand, each there or not. Unlike in continuous
time their variance exceeds the Poisson one, for the units of a day share their luck; a lead that is fixed, and days
that shrink, bring it back.
"""

from collections.abc import Callable, Sequence
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from tests.theory.exact.chances import Chances, at_most, excess, mean, room

Tail = Callable[[float], float]
"""P(L > x)."""
NEGLIGIBLE = 1e-11


@dataclass(frozen=True)
class OnOrderRow:
    """What a case is asked for; all at the end of a day."""

    on_order: float  # units, after the review
    variance: float  # of units on order
    on_hand: float
    backlog: float
    no_backlog: float  # share of days that end owing nothing
    in_stock: float  # share of days that end with units on hand
    fill: float  # share of units delivered at once


def under_way(tail: Tail, day: float = 1.0) -> list[float]:
    """The chance that the order of 0, 1, 2, ... days before is under way, for days of so many units of time."""
    chances = [1.0]
    while (chance := tail((len(chances) - 1) * day)) > NEGLIGIBLE:
        chances.append(chance)
    return chances


def on_order(day: Chances, chances: Sequence[float]) -> Chances:
    """The law of units on order, for the law of one day's demand, by the product of its Fourier transforms."""
    still = np.asarray(chances)
    average, square = mean(day) * still.sum(), float(day @ np.arange(len(day)) ** 2) * still.sum()
    size = 1 << int(average + 20 * square**0.5 + len(day)).bit_length()
    wave = np.fft.rfft(day, size)
    return _law_of(np.exp(sum(np.log(1 - chance + chance * wave) for chance in still)), size)


def one_for_one(day: Chances, chances: Sequence[float], level: int) -> OnOrderRow:
    """The row of a case, for the law of one day's demand, and S = `level`."""
    before = on_order(day, chances[1:])  # in the morning: without today's own demand
    after = np.convolve(before, day)
    spread = np.arange(len(after)) - mean(after)
    return OnOrderRow(
        on_order=mean(after),
        variance=float(after @ spread**2),
        on_hand=room(after, level),
        backlog=excess(after, level),
        no_backlog=at_most(after, level),
        in_stock=at_most(after, level - 1),
        fill=1 - (excess(after, level) - excess(before, level)) / mean(day),
    )


def on_order_moments(means: Sequence[float], chances: Sequence[float]) -> tuple[float, float]:
    """Mean and variance of units on order for Poisson days of these means, today first."""
    rates, still = np.asarray(means), np.asarray(chances)
    return float(rates @ still), float(rates @ still + rates**2 @ (still * (1 - still)))


def compound_poisson(orders: float, sizes: Chances) -> Chances:
    """Units of a Poisson number of orders with independent sizes."""
    size = 1 << (2 * len(sizes)).bit_length()
    law = _law_of(np.exp(orders * (np.fft.rfft(sizes, size) - 1)), size)
    return law[: int(np.flatnonzero(law > NEGLIGIBLE)[-1]) + 1]


def geometric_sizes(mean_size: float) -> Chances:
    """A geometric law on 1, 2, ..."""
    stop = 1 / mean_size
    sizes = np.arange(1, int(np.log(NEGLIGIBLE) / np.log1p(-stop)) + 1)
    return np.append(0.0, stop * (1 - stop) ** (sizes - 1))


def chained(legs: Sequence[Chances]) -> Tail:
    """P(L > x) of the sum of legs of whole days."""
    law = np.ones(1)
    for leg in legs:
        law = np.convolve(law, leg)
    beyond = np.append(law[::-1].cumsum()[::-1][1:], 0.0)
    return lambda x: float(beyond[int(x)]) if x < len(beyond) else 0.0


def _law_of(wave: NDArray[np.complex128], size: int) -> Chances:
    """The law of a transform; rounding noise is cut."""
    law = np.maximum(np.fft.irfft(wave, size), 0.0)
    return law / law.sum()
