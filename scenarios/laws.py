"""What a law of chance says on average."""

import math
from statistics import fmean

from scenarios.schema import Discrete, Fixed, Gamma, Geometric, Law, Lognormal, Percentiles, Triangular, Uniform

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
        case Gamma() | Lognormal() | Geometric():
            return law.mean
        case Discrete(values=values, chances=chances):
            return fmean(values, weights=chances or None)
        case Percentiles(usual=usual, bad=bad):
            return usual * math.exp((math.log(bad / usual) / Z95) ** 2 / 2)
        case _:
            return float(law)
