"""T01: the newsvendor, normal and discrete. Published values for NV1, NV2, NV4; summation for all."""

import math

import numpy as np
import pytest

from policies.formulas import (
    base_stock_normal,
    newsvendor_negative_binomial,
    newsvendor_normal,
    newsvendor_poisson,
)

SIX_DECIMALS = 5.1e-7
EXACT = 1e-9


def test_theory_T01_NV1_normal() -> None:
    best, cost = newsvendor_normal(0.18, 0.70, 50, 8)
    assert best == pytest.approx(56.603955927433887, rel=EXACT)
    assert cost == pytest.approx(1.997605193176645, rel=EXACT)


def test_theory_T01_NV2_poisson() -> None:
    best, cost, below = newsvendor_poisson(200, 270, 18)
    assert best == 19
    assert cost == pytest.approx(786.088441, abs=SIX_DECIMALS)
    assert below == pytest.approx(0.650916, abs=SIX_DECIMALS)


def test_theory_T01_NV3_negative_binomial() -> None:
    best, cost, below = newsvendor_negative_binomial(1, 9, 20, 80)
    assert best == 32
    assert cost == pytest.approx(18.058179, abs=SIX_DECIMALS)
    assert below == pytest.approx(0.907924, abs=SIX_DECIMALS)


def test_theory_T01_NV4_base_stock() -> None:
    best, cost = base_stock_normal(0.18, 0.70, 50, 8, protected_periods=5)
    assert best == pytest.approx(264.766894, abs=SIX_DECIMALS)
    assert cost == pytest.approx(4.466781, abs=SIX_DECIMALS)


@pytest.mark.parametrize(("over", "under", "mean"), [(200, 270, 18), (1, 19, 3.5), (5, 1, 40), (1, 1, 0.2)])
def test_theory_T01_poisson_by_summation(over: float, under: float, mean: float) -> None:
    chances = [math.exp(x * math.log(mean) - mean - math.lgamma(x + 1)) for x in range(400)]
    assert newsvendor_poisson(over, under, mean)[:2] == _by_summation(over, under, chances)


@pytest.mark.parametrize(("over", "under", "mean", "variance"), [(1, 9, 20, 80), (2, 3, 1.5, 2), (1, 99, 30, 90)])
def test_theory_T01_negative_binomial_by_summation(over: float, under: float, mean: float, variance: float) -> None:
    size, chance = mean**2 / (variance - mean), mean / variance
    chances = [chance**size]
    for x in range(1, 1500):
        chances.append(chances[-1] * (x - 1 + size) / x * (1 - chance))
    assert newsvendor_negative_binomial(over, under, mean, variance)[:2] == _by_summation(over, under, chances)


def test_theory_T01_service_beyond_reach_is_refused() -> None:
    with pytest.raises(ValueError, match="under_cost is too far above over_cost"):
        newsvendor_poisson(1, 1e300, 18)


def _by_summation(over: float, under: float, chances: list[float]) -> tuple[int, object]:
    """The cheapest stock and its cost, by trying every stock."""
    units, weights = np.arange(len(chances)), np.array(chances)
    costs = [
        float(weights @ (over * np.maximum(stock - units, 0) + under * np.maximum(units - stock, 0)))
        for stock in range(len(chances) // 2)
    ]
    best = int(np.argmin(costs))
    return best, pytest.approx(costs[best], rel=EXACT)
