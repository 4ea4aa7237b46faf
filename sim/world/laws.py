"""Laws of chance of the scenario file, drawn and described. Times and amounts share them."""

import math

import numpy as np
from numpy.typing import NDArray

from scenarios.schema import Discrete, Fixed, Gamma, Law, Lognormal, Percentiles, Triangular, Uniform

_Z95 = 1.6448536269514722
FloatArray = NDArray[np.float64]


def draws(law: Law, luck: np.random.Generator, size: int) -> FloatArray:
    """Independent values of a law, [size]."""
    match law:
        case Fixed(value=value):
            return np.full(size, value)
        case Uniform(low=low, high=high):
            return low + (high - low) * luck.random(size)
        case Triangular(low=low, mode=mode, high=high):
            return luck.triangular(low, mode, high, size) if high > low else np.full(size, low)
        case Gamma(mean=mean, cv=cv, low=low):
            shape = ((mean - low) / (cv * mean)) ** 2
            return low + luck.standard_gamma(shape, size) * ((mean - low) / shape)
        case Lognormal(mean=mean, cv=cv, low=low):
            variance = math.log1p((cv * mean / (mean - low)) ** 2)
            return low + luck.lognormal(math.log(mean - low) - variance / 2, math.sqrt(variance), size)
        case Discrete(values=values, chances=chances):
            edges = np.cumsum(chances or [1 / len(values)] * len(values))
            picked = np.searchsorted(edges, luck.random(size), side="right")
            return np.array(values)[np.minimum(picked, len(values) - 1)]
        case Percentiles(usual=usual, bad=bad):
            return usual * np.exp(math.log(bad / usual) / _Z95 * luck.standard_normal(size))
        case _:
            return np.full(size, float(law))


def mean(law: Law) -> float:
    """Expected value of a law."""
    match law:
        case Fixed(value=value):
            return value
        case Uniform(low=low, high=high):
            return (low + high) / 2
        case Triangular(low=low, mode=mode, high=high):
            return (low + mode + high) / 3
        case Gamma() | Lognormal():
            return law.mean
        case Discrete(values=values, chances=chances):
            return float(np.average(values, weights=chances or None))
        case Percentiles(usual=usual, bad=bad):
            return usual * math.exp((math.log(bad / usual) / _Z95) ** 2 / 2)
        case _:
            return float(law)


def variance(law: Law) -> float:
    """Variance of a law."""
    match law:
        case Uniform(low=low, high=high):
            return (high - low) ** 2 / 12
        case Triangular(low=a, mode=c, high=b):
            return (a * a + b * b + c * c - a * b - a * c - b * c) / 18
        case Gamma() | Lognormal():
            return (law.cv * law.mean) ** 2
        case Discrete(values=values, chances=chances):
            square = float(np.average(np.square(values), weights=chances or None))
            return square - mean(law) ** 2
        case Percentiles(usual=usual, bad=bad):
            return mean(law) ** 2 * math.expm1((math.log(bad / usual) / _Z95) ** 2)
        case _:
            return 0.0


def mixture_moments(chance: float, law: Law) -> tuple[float, float]:
    """Mean and variance of a law that applies with a chance, and is 0 otherwise."""
    first = chance * mean(law)
    return first, chance * (variance(law) + mean(law) ** 2) - first**2
