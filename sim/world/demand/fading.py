"""How interest fades: the share of its orders that a video or a post has brought by an age."""

import math

import numpy as np
from numpy.typing import NDArray

from scenarios.schema import ExponentialFading, Fading

IntArray = NDArray[np.int64]
FloatArray = NDArray[np.float64]
FORGOTTEN = 30.0
"""Mean ages after which exponential fading counts as over: e^-30 of the orders are cut."""
WINDOWS_AT_ONCE = 1_000_000
"""Post-days worked on at once, to bound memory."""


def faded(fades: Fading, age: FloatArray) -> FloatArray:
    """Share of a post's orders that came by an age in days."""
    if isinstance(fades, ExponentialFading):
        return -np.expm1(-np.clip(age, 0, None) / fades.mean_days)
    age = np.clip(age, 0, fades.cut_days)
    return _power_mass(fades.exponent, age / fades.scale_days) / _power_mass(
        fades.exponent, np.array(fades.cut_days / fades.scale_days)
    )


def lingers_days(fades: Fading) -> int:
    """Days after which a post brings nothing more."""
    return math.ceil(FORGOTTEN * fades.mean_days if isinstance(fades, ExponentialFading) else fades.cut_days)


def faded_means(posted: FloatArray, sizes: FloatArray, fades: Fading, days: int) -> FloatArray:
    """Expected units of each day, [day]: every post, at its time in days, adds its size spread over its age."""
    means = np.zeros(days)
    window = np.arange(min(lingers_days(fades), days) + 1)
    some = max(1, WINDOWS_AT_ONCE // len(window))
    for i in range(0, len(posted), some):
        _spread(means, posted[i : i + some], sizes[i : i + some], window, fades)
    return means


def _spread(means: FloatArray, posted: FloatArray, sizes: FloatArray, window: IntArray, fades: Fading) -> None:
    """Add what some posts bring on each day after they were made, or from day 0 on."""
    day = np.maximum(np.floor(posted).astype(np.int64), 0)[:, None] + window
    age = day - posted[:, None]
    share = faded(fades, age + 1) - faded(fades, age)
    inside = day < len(means)
    np.add.at(means, day[inside], (sizes[:, None] * share)[inside])


def _power_mass(exponent: float, age: FloatArray) -> FloatArray:
    if exponent == 1:
        return np.log1p(age)
    return -np.expm1((1 - exponent) * np.log1p(age)) / (exponent - 1)
