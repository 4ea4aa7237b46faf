"""The formulas of the rules and of the textbooks, each with its source. Numbers in, numbers out.

Symbols: d pace [units/day], L lead time [days], R review period [days], sd standard deviation of one day's sales
[units], s_L standard deviation of the lead time [days], z safety factor [-], h cost of a unit left over, p cost of a
unit short.
"""

import math
from collections.abc import Callable
from typing import TypeVar

import numpy as np

from policies.protocol import FloatArray, IntArray
from policies.quantity import EDGE

Number = TypeVar("Number", float, FloatArray)
DAYS_A_YEAR = 365
TINY = 1e-12
"""What a divisor is at least."""
WHOLE = 1e-7
"""[units, or share] Rounding noise of an inverse that is rounded up."""


def reorder_point(pace: Number, lead_days: float, safety_units: Number) -> Number:
    """d L + safety [units]. Source: article one, 补货点 = 日均销量 x 头程 + 安全库存."""
    return pace * lead_days + safety_units


def burst_stock(peak_day_units: Number, days: float) -> Number:
    """Highest single day x days [units]. Source: article three, TikTok 波动库存 = 单日最高销量 x 3-7 天."""
    return peak_day_units * days


def cover_days(stock_units: float, pace: float) -> float:
    """Days that stock lasts at this pace [days], infinite where nothing sells. Source: days of supply, 可售天数."""
    return stock_units / pace if pace > 0 else math.inf


def safety_factor(service: float) -> float:
    """z with Phi(z) = service [-]. Source: normal quantile; Silver, Pyke, Thomas 2017, chapter 6."""
    from scipy.special import ndtri

    return float(ndtri(service))


def safety_stock(z: float, protected_days: float, sd: FloatArray, pace: FloatArray, spread_days: float) -> FloatArray:
    """z sqrt(T sd^2 + d^2 s_L^2) [units], T = L + R the protected days, L alone under continuous review.

    The variance is exact for independent daily sales and lead time; that the sum is normal is the approximation.
    Source: Silver, Pyke, Thomas 2017, Inventory and Production Management, section 6.10.
    """
    return np.asarray(z * np.sqrt(protected_days * sd**2 + (pace * spread_days) ** 2))


def daily_spread(sold: IntArray, counted: IntArray) -> FloatArray:
    """Sample standard deviation of one day's sales [units], 0 with fewer than two days that count.

    Both are [day, ...]: what was sold, and 1 for a day that counts, 0 for one on which nothing could be sold.
    Summed in whole numbers near the mean, so that one run alone and fifty at once give the same bits.
    Source: definition.
    """
    days = counted.sum(axis=0)
    some = np.maximum(days, 1)
    off = (sold - (sold * counted).sum(axis=0) // some) * counted
    total, squares = off.sum(axis=0), (off * off).sum(axis=0)
    return np.asarray(np.sqrt(np.maximum(squares - total * (total / some), 0.0) / np.maximum(days - 1, 1)))


def critical_ratio(over_cost: Number, under_cost: Number) -> Number:
    """p / (p + h) [-], the service that pays. Source: newsvendor; Arrow, Harris, Marschak 1951."""
    return under_cost / (under_cost + over_cost)


def newsvendor_normal(over_cost: float, under_cost: float, mean: float, sd: float) -> tuple[float, float]:
    """Best stock S = mean + z sd and its expected cost (h + p) sd phi(z), for normal demand.

    Source: newsvendor; Snyder and Shen 2019, Fundamentals of Supply Chain Theory, section 4.3.
    """
    z = safety_factor(critical_ratio(over_cost, under_cost))
    density = math.exp(-z * z / 2) / math.sqrt(2 * math.pi)
    return mean + z * sd, (over_cost + under_cost) * sd * density


def base_stock_normal(
    over_cost: float, under_cost: float, mean: float, sd: float, protected_periods: int
) -> tuple[float, float]:
    """Best base-stock level and expected cost a period, for normal demand over L + 1 protected periods.

    Source: Snyder and Shen 2019, section 4.4.
    """
    return newsvendor_normal(over_cost, under_cost, mean * protected_periods, sd * math.sqrt(protected_periods))


def newsvendor_poisson(over_cost: float, under_cost: float, mean: float) -> tuple[int, float, float]:
    """Smallest S with F(S) >= p/(p+h), its expected cost and F(S), for Poisson demand.

    E(D - S)+ = mean P(D >= S) - S P(D >= S + 1). Source: newsvendor; loss function of Zipkin 2000, appendix C.
    """
    from scipy.special import gammaln

    return _discrete(over_cost, under_cost, mean, lambda x: x * math.log(mean) - mean - gammaln(x + 1.0), mean**0.5)


def newsvendor_negative_binomial(
    over_cost: float, under_cost: float, mean: float, variance: float
) -> tuple[int, float, float]:
    """Smallest S with F(S) >= p/(p+h), its expected cost and F(S), for negative binomial demand, variance > mean.

    Size r = mean^2 / (variance - mean), chance q = mean / variance. Source: newsvendor; Zipkin 2000, appendix C.
    """
    from scipy.special import gammaln

    size, chance = mean**2 / (variance - mean), mean / variance

    def log_chance(x: FloatArray) -> FloatArray:
        ways = gammaln(x + size) - gammaln(size) - gammaln(x + 1.0)
        return np.asarray(ways + size * math.log(chance) + x * math.log1p(-chance))

    return _discrete(over_cost, under_cost, mean, log_chance, variance**0.5)


def _discrete(
    over_cost: float, under_cost: float, mean: float, log_chance: Callable[[FloatArray], FloatArray], sd: float
) -> tuple[int, float, float]:
    """Smallest S with F(S) >= p/(p+h); cost h (S - mean) + (h + p) E(D - S)+, with E(D - S)+ = mean - S + E(S - D)+."""
    units = np.arange(math.ceil(mean + 40 * sd) + 40, dtype=np.float64)
    below = np.cumsum(np.exp(log_chance(units)))
    ratio = critical_ratio(over_cost, under_cost)
    if below[-1] < ratio:
        raise ValueError(f"service {ratio} lies beyond {len(units)} units; under_cost is too far above over_cost")
    best = int(np.searchsorted(below, ratio))
    left_over = float(below[:best].sum())  # E(S - D)+ is the sum of F(x) for x below S
    cost = over_cost * left_over + under_cost * (mean - best + left_over)
    return best, cost, float(below[best])


def demand_quantile(law: str, chance: FloatArray, mean: FloatArray, variance: FloatArray) -> FloatArray:
    """Least stock that covers the demand of a season with a chance in (0, 1), [..., sku] units; 0 without demand.

    `law` is normal, poisson (its mean alone) or negative-binomial (Poisson where the variance is not above the mean).
    Whole units but for the normal law. Source: newsvendor; inverses of the laws' distribution functions.
    """
    from scipy.special import nbdtrik, ndtri, pdtrik

    some = np.maximum(mean, TINY)
    if law == "normal":
        level = mean + ndtri(chance) * np.sqrt(variance)
    elif law == "poisson":
        level = np.ceil(pdtrik(chance, some) - WHOLE)
    else:
        scattered = variance > some * (1 + WHOLE)
        most = np.where(scattered, variance, 2 * some)
        units = np.where(scattered, nbdtrik(chance, some**2 / (most - some), some / most), pdtrik(chance, some))
        level = np.ceil(units - WHOLE)
    return np.asarray(np.where(mean > 0, np.maximum(np.nan_to_num(level), 0.0), 0.0))


def expected_sales(stock: FloatArray, mean: FloatArray, sd: FloatArray) -> FloatArray:
    """E min(D, stock) [units] for normal demand D: mean - sd (phi(z) - z (1 - Phi(z))), z = (stock - mean) / sd.

    Source: loss function of the normal law; Silver, Pyke, Thomas 2017, appendix II.
    """
    from scipy.special import ndtr

    spread = np.maximum(sd, TINY)
    z = (stock - mean) / spread
    density = np.exp(-0.5 * z * z) / math.sqrt(2 * math.pi)
    return np.asarray(mean - spread * (density - z * ndtr(-z)))


def economic_lot(order_cost: float, hold_a_year: FloatArray, pace: FloatArray) -> FloatArray:
    """Q = sqrt(2 K D / h) [units], K a cost an order, h a cost a unit and year, D = 365 d; 0 where nothing sells.

    Source: economic order quantity; Harris 1913, How many parts to make at once.
    """
    return np.asarray(np.sqrt(2 * order_cost * DAYS_A_YEAR * pace / np.maximum(hold_a_year, TINY)))


def whole_lots(lot: IntArray, position: IntArray, trigger: FloatArray) -> IntArray:
    """Units n Q, n the least number of lots that lifts a position at or below the trigger above it; 0 for a lot of 0.

    Source: (r,nQ) policy; Zipkin 2000, section 6.2.
    """
    short = trigger + EDGE - position
    count = np.where(short >= 0, short // np.maximum(lot, 1) + 1, 0.0)
    return np.asarray(lot * count.astype(np.int64))
