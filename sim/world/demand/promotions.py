"""What promotions and markdowns add to everyday demand, and what promotions take from the days after."""

from collections.abc import Iterable

import numpy as np
from numpy.typing import NDArray

from scenarios.calendar import promotion_days
from scenarios.schema import Clearance, Promotion

FloatArray = NDArray[np.float64]


def promotion_means(promotion: Promotion, means: FloatArray, held: Iterable[int]) -> FloatArray:
    """Expected units a promotion adds each day, [day]; `held` are its first days' positions in `means`."""
    extra = np.zeros_like(means)
    for first_day in held:
        days = slice(max(first_day, 0), max(first_day + promotion_days(promotion), 0))
        extra[days] = means[days] * (promotion.lift - 1) * promotion.scale
    return extra


def clearance_means(clearance: Clearance, means: FloatArray) -> FloatArray:
    """Expected units a markdown adds on each day it lasts, [day]."""
    return means * (clearance.lift - 1)


def missing_share(promotion: Promotion) -> float:
    """Share of everyday demand that is missing on each day of its dip.

    What it adds is counted in days of everyday demand, so a dip in a busier week than the promotion's misses more.
    """
    added_days = (promotion.lift - 1) * promotion.scale * promotion_days(promotion)
    return min(promotion.pulls_forward * added_days / promotion.dip_days, 1.0)


def dip_days(promotion: Promotion) -> int:
    """Days after it on which everyday demand is missing."""
    return promotion.dip_days if missing_share(promotion) > 0 else 0


def left_in_dips(promotion: Promotion, days: int, held: Iterable[int]) -> FloatArray:
    """Share of everyday demand that promotions before have left on each day, [day]."""
    left = np.ones(days)
    for first_day in held:
        ends = first_day + promotion_days(promotion)
        left[max(ends, 0) : max(ends + dip_days(promotion), 0)] *= 1 - missing_share(promotion)
    return left
