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

Number = TypeVar("Number", float, FloatArray)


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


def daily_spread(sold: IntArray) -> FloatArray:
    """Sample standard deviation of one day's sales [units], `sold` of shape [day, ...]; 0 with fewer than two days.

    Summed in whole numbers near the mean, so that one run alone and fifty at once give the same bits.
    Source: definition.
    """
    n = len(sold)
    if n < 2:
        return np.zeros(sold.shape[1:])
    off = sold - sold.sum(axis=0) // n
    total, squares = off.sum(axis=0), (off * off).sum(axis=0)
    return np.asarray(np.sqrt(np.maximum(squares - total * (total / n), 0.0) / (n - 1)))


def critical_ratio(over_cost: float, under_cost: float) -> float:
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
