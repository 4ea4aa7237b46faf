"""The everyday stream and the promotions that lift it. All arrays run over days, history first."""

from datetime import date, timedelta

import numpy as np
from numpy.typing import NDArray

from scenarios.schema import Organic, Promotion

IntArray = NDArray[np.int64]
FloatArray = NDArray[np.float64]
TINY = float(np.finfo(float).tiny)
"""Stands for a mean of zero, which the negative binomial's sampler does not take."""


def day_means(organic: Organic, first: date, days: int) -> FloatArray | float:
    """Expected units of each day from `first` on, weekday and season applied: [day], or one number for all."""
    if organic.weekday is None and organic.season is None:
        return organic.mean
    dates = [first + timedelta(days=d) for d in range(days)]
    means = np.full(days, organic.mean)
    if organic.weekday is not None:
        means *= np.array(organic.weekday)[[when.weekday() for when in dates]]
    if organic.season is not None:
        means *= np.array(organic.season)[[when.month - 1 for when in dates]]
    return means


def day_units(organic: Organic, means: FloatArray | float, days: int, luck: np.random.Generator) -> IntArray:
    """Units wanted each day, [day], for expected units `means`: [day], or one number, which draws twice as fast.

    The negative binomial has variance = dispersion x mean at every mean.
    """
    if organic.law == "negative-binomial" and organic.dispersion > 1:
        size = means / (organic.dispersion - 1)
        return luck.negative_binomial(np.maximum(size, TINY), 1 / organic.dispersion, days)
    if organic.law == "normal":
        spread = organic.sd / organic.mean * luck.standard_normal(days) if organic.mean else 0.0
        return np.maximum(np.rint(means * (1 + spread)), 0).astype(np.int64) * np.ones(days, np.int64)
    if organic.law == "fixed":
        return np.diff(np.floor(np.cumsum(np.broadcast_to(means, days)) + 1e-9), prepend=0).astype(np.int64)
    return luck.poisson(means, days)


def promotion_means(promotion: Promotion, means: FloatArray, first_day: int) -> FloatArray:
    """Expected units a promotion adds each day, [day]; `first_day` is its first day's position in `means`."""
    extra = np.zeros_like(means)
    days = slice(max(first_day, 0), max(first_day + promotion.days, 0))
    extra[days] = means[days] * (promotion.lift - 1) * promotion.scale
    return extra
