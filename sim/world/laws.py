"""Laws of chance of the scenario file, drawn and described. Times and amounts share them."""

import math
from functools import lru_cache

import numpy as np
from numpy.typing import NDArray
from scipy import special

from scenarios.laws import Z95, mean
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

__all__ = ["chance_within", "draws", "mean", "mixture_moments", "variance"]

FloatArray = NDArray[np.float64]
_INVERSE_SHAPES = (0.0, 20.0)
"""From no spread to more than a coefficient of variation of 100, the widest a scenario may state."""
_HALVINGS = 60
_CERTAIN = 50.0
"""exp(-50) is nothing beside 1."""


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
        case Weibull(mean=mean, cv=cv, low=low):
            shape, scale = _weibull(mean - low, cv * mean / (mean - low))
            return low + scale * luck.weibull(shape, size)
        case Empirical(values=values):
            return np.array(values)[luck.integers(len(values), size=size)]
        case Discrete(values=values, chances=chances):
            edges = np.cumsum(chances or [1 / len(values)] * len(values))
            picked = np.searchsorted(edges, luck.random(size), side="right")
            return np.array(values)[np.minimum(picked, len(values) - 1)]
        case Geometric(mean=mean):
            return luck.geometric(1 / mean, size).astype(np.float64)
        case Percentiles(usual=usual, bad=bad):
            return usual * np.exp(math.log(bad / usual) / Z95 * luck.standard_normal(size))
        case _:
            return np.full(size, float(law))


def variance(law: Law) -> float:
    """Variance of a law."""
    match law:
        case Uniform(low=low, high=high):
            return (high - low) ** 2 / 12
        case Triangular(low=a, mode=c, high=b):
            return (a * a + b * b + c * c - a * b - a * c - b * c) / 18
        case Gamma() | Lognormal() | Weibull():
            return (law.cv * law.mean) ** 2
        case Discrete(values=values, chances=chances):
            square = float(np.average(np.square(values), weights=chances or None))
            return square - mean(law) ** 2
        case Empirical(values=values):
            return float(np.var(values))
        case Geometric():
            return law.mean * (law.mean - 1)
        case Percentiles(usual=usual, bad=bad):
            return mean(law) ** 2 * math.expm1((math.log(bad / usual) / Z95) ** 2)
        case _:
            return 0.0


def chance_within(law: Law, values: FloatArray) -> FloatArray:
    """Chance of at most each value, shaped as `values`; below 0 there is none."""
    match law:
        case Uniform(low=low, high=high) if high > low:
            return np.clip((values - low) / (high - low), 0.0, 1.0)
        case Triangular(low=low, mode=mode, high=high) if high > low:
            return _triangular_chance(np.clip(values, low, high), low, mode, high)
        case Gamma(mean=center, cv=cv, low=low):
            shape = ((center - low) / (cv * center)) ** 2
            return np.asarray(special.gammainc(shape, np.maximum(values - low, 0.0) * (shape / (center - low))))
        case Lognormal(mean=center, cv=cv, low=low):
            variance = math.log1p((cv * center / (center - low)) ** 2)
            return _lognormal_chance(values - low, math.log(center - low) - variance / 2, math.sqrt(variance))
        case Weibull(mean=center, cv=cv, low=low):
            shape, scale = _weibull(center - low, cv * center / (center - low))
            ratio = np.clip((values - low) / scale, 0.0, _CERTAIN ** (1 / shape))
            return np.asarray(-np.expm1(-(ratio**shape)))
        case Discrete(values=possible, chances=chances):
            order = np.argsort(possible)
            shares = np.array(chances or [1 / len(possible)] * len(possible))[order]
            reached = np.searchsorted(np.array(possible)[order], values, side="right")
            return np.asarray(np.append(0.0, np.cumsum(shares) / shares.sum())[reached])
        case Empirical(values=possible):
            return np.searchsorted(np.sort(possible), values, side="right") / len(possible)
        case Geometric(mean=center):
            return 1.0 - (1.0 - 1.0 / center) ** np.maximum(np.floor(values), 0.0)
        case Percentiles(usual=usual, bad=bad) if bad > usual:
            return _lognormal_chance(values, math.log(usual), math.log(bad / usual) / Z95)
        case _:
            return np.asarray(values >= mean(law), np.float64)


@lru_cache(maxsize=1024)
def _weibull(mean: float, cv: float) -> tuple[float, float]:
    """Shape k and scale of a Weibull law from 0 on: G(1 + 2/k) / G(1 + 1/k)^2 = 1 + cv^2, solved for 1/k by halving."""
    low, high = _INVERSE_SHAPES
    for _ in range(_HALVINGS):
        middle = (low + high) / 2
        if math.lgamma(1 + 2 * middle) - 2 * math.lgamma(1 + middle) < math.log1p(cv * cv):
            low = middle
        else:
            high = middle
    return 1 / high, mean / math.gamma(1 + high)


def _triangular_chance(values: FloatArray, low: float, mode: float, high: float) -> FloatArray:
    """Chance of at most each value between the bounds of a triangular law."""
    rising = (values - low) ** 2 / ((high - low) * ((mode - low) or 1.0))
    falling = (high - values) ** 2 / ((high - low) * ((high - mode) or 1.0))
    return np.where(values < mode, rising, np.where(values < high, 1.0 - falling, 1.0))


def _lognormal_chance(values: FloatArray, center: float, spread: float) -> FloatArray:
    """Chance of at most each value whose logarithm is normal; none at 0 and below."""
    logarithms = np.log(values, out=np.full(values.shape, -np.inf), where=values > 0)
    return np.asarray(special.ndtr((logarithms - center) / spread))


def mixture_moments(chance: float, law: Law) -> tuple[float, float]:
    """Mean and variance of a law that applies with a chance, and is 0 otherwise."""
    first = chance * mean(law)
    return first, chance * (variance(law) + mean(law) ** 2) - first**2
