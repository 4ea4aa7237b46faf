"""What a law of chance says on average, at most and at least."""

import math
from statistics import fmean

from scenarios.schema import (
    Discrete,
    Empirical,
    Fixed,
    Gamma,
    Geometric,
    Law,
    Lognormal,
    Percentiles,
    Triangular,
    Uniform,
    Weibull,
)

Z95 = 1.6448536269514722
"""Standard deviations that one normal value in twenty exceeds."""


def mean(law: Law) -> float:
    """Expected value of a law."""
    match law:
        case Fixed(value=value):
            return value
        case Uniform(low=low, high=high):
            return (low + high) / 2
        case Triangular(low=low, mode=mode, high=high):
            return (low + mode + high) / 3
        case Gamma() | Lognormal() | Weibull() | Geometric():
            return law.mean
        case Discrete(values=values, chances=chances):
            return fmean(values, weights=chances or None)
        case Empirical(values=values):
            return fmean(values)
        case Percentiles(usual=usual, bad=bad):
            return usual * math.exp((math.log(bad / usual) / Z95) ** 2 / 2)
        case _:
            return float(law)


def highest(law: Law) -> float:
    """The largest value of a law, infinite where there is none; of P50 and P95 the latter."""
    match law:
        case Fixed(value=value):
            return value
        case Uniform() | Triangular():
            return law.high
        case Discrete() | Empirical():
            return max(law.values)
        case Percentiles(bad=bad):
            return bad
        case Gamma() | Lognormal() | Weibull() | Geometric():
            return math.inf
        case _:
            return float(law)


def lowest(law: Law) -> float:
    """No value of a law is below this."""
    match law:
        case Fixed(value=value):
            return value
        case Uniform() | Triangular() | Gamma() | Lognormal() | Weibull():
            return law.low
        case Geometric():
            return 1.0
        case Discrete(values=values, chances=chances) if chances:
            return min((value for value, chance in zip(values, chances, strict=False) if chance > 0), default=0.0)
        case Discrete(values=values) | Empirical(values=values):
            return min(values)
        case Percentiles():
            return 0.0
        case _:
            return float(law)
