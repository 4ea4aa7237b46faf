"""Viral videos as shot noise (Campbell's theorem): videos come as a Poisson process, each of a random size that fades.

A video of amplitude A adds A g(age) to the rate of orders; orders are Poisson given the rate. All windows are in days.
"""

import math
from collections.abc import Callable
from dataclasses import dataclass
from itertools import pairwise

from scipy.integrate import quad


@dataclass(frozen=True)
class Fade:
    """A kernel g, its integral G from age 0, and the age at which it ends."""

    rate: Callable[[float], float]
    mass: Callable[[float], float]
    ends: float

    def within(self, begins: float, days: float) -> float:
        """The integral of g over a window that begins at an age; nothing before age 0 or after the end."""
        low, high = (min(max(age, 0.0), self.ends) for age in (begins, begins + days))
        return self.mass(high) - self.mass(low)


def exponential(mean_days: float) -> Fade:
    """g(u) = exp(-u / mean_days)."""
    return Fade(
        rate=lambda age: math.exp(-age / mean_days),
        mass=lambda age: -mean_days * math.expm1(-age / mean_days),
        ends=60 * mean_days,
    )


def power(exponent: float, scale_days: float, cut_days: float) -> Fade:
    """g(u) = (1 + u / scale_days) ^ -exponent until `cut_days`; the exponent is above 1."""

    def mass(age: float) -> float:
        return scale_days / (exponent - 1) * (1 - (1 + age / scale_days) ** (1 - exponent))

    return Fade(rate=lambda age: (1 + age / scale_days) ** -exponent, mass=mass, ends=cut_days)


@dataclass(frozen=True)
class Videos:
    """Videos a day, their amplitude (lognormal: mean and coefficient of variation), and how they fade."""

    per_day: float
    amplitude: float
    cv: float
    fade: Fade

    @property
    def rate_mean(self) -> float:
        """Mean rate of orders."""
        return self.per_day * self.amplitude * self.fade.mass(self.fade.ends)

    @property
    def rate_variance(self) -> float:
        """Variance of the rate."""
        return self._squares * _integral(lambda age: self.fade.rate(age) ** 2, [0.0, 1.0, 10.0, self.fade.ends])

    def mean(self, days: float) -> float:
        """Mean orders in a window."""
        return self.rate_mean * days

    def variance(self, days: float) -> float:
        """Variance of the orders in a window."""
        return self.mean(days) + self.covariance(days, 0)

    def covariance(self, days: float, later: float) -> float:
        """Covariance of the expected orders of a window with those of the window that begins so much later."""

        def both(age: float) -> float:
            return self.fade.within(age, days) * self.fade.within(age + later, days)

        corners = {age for shift in (0, later) for age in (-shift, -shift - days, self.fade.ends - shift - days)}
        inside = sorted(age for age in {*corners, self.fade.ends, 10.0} if -later - days <= age <= self.fade.ends)
        return self._squares * _integral(both, inside)

    def cold_rate(self, time: float) -> float:
        """Mean rate at a time, when no video came before time 0."""
        return self.per_day * self.amplitude * self.fade.within(0.0, time)

    def cold_mean(self, begins: float, days: float) -> float:
        """Mean orders in a window, when no video came before time 0."""
        return _integral(self.cold_rate, [begins, begins + days])

    @property
    def _squares(self) -> float:
        return self.per_day * self.amplitude**2 * (1 + self.cv**2)


def _integral(of: Callable[[float], float], corners: list[float]) -> float:
    """The integral of a function that is smooth between corners."""
    return sum(quad(of, low, high, epsabs=1e-12, epsrel=1e-12, limit=200)[0] for low, high in pairwise(corners))
