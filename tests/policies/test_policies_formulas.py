"""The shared formulas against known answers and the standard library."""

import math
import statistics

import numpy as np
import pytest

from policies.formulas import (
    burst_stock,
    cover_days,
    critical_ratio,
    daily_spread,
    reorder_point,
    safety_factor,
    safety_stock,
)


def test_safety_stock_with_random_lead_time_SS1() -> None:
    """T11 SS1: lead 25, 30, 35, 55 days with chances .2, .5, .2, .1; daily sales 40, sd 12; service 0.95."""
    leads, chances = (25, 30, 35, 55), (0.2, 0.5, 0.2, 0.1)
    mean = sum(p * n for p, n in zip(chances, leads, strict=True))
    spread = math.sqrt(sum(p * (n - mean) ** 2 for p, n in zip(chances, leads, strict=True)))
    safety = safety_stock(safety_factor(0.95), mean, np.array([12.0]), np.array([40.0]), spread)
    assert safety == pytest.approx([547.220], abs=5e-4)
    assert reorder_point(np.array([40.0]), mean, safety) == pytest.approx([1847.220], abs=5e-4)


def test_safety_stock_SS2() -> None:
    safety = safety_stock(safety_factor(0.95), 10, np.array([20**0.5]), np.array([20.0]), 4.0)
    assert reorder_point(np.array([20.0]), 10, safety) == pytest.approx([333.629], abs=5e-4)


@pytest.mark.parametrize("service", [0.5, 0.8, 0.95, 0.9999])
def test_safety_factor_is_the_normal_quantile(service: float) -> None:
    assert safety_factor(service) == pytest.approx(statistics.NormalDist().inv_cdf(service), rel=1e-9, abs=1e-12)


def test_articles_arithmetic() -> None:
    assert reorder_point(20.0, 10, 200.0) == 400
    assert burst_stock(5_000.0, 5) == 25_000
    assert cover_days(4_000, 250) == 16
    assert cover_days(4_000, 0) == math.inf
    assert critical_ratio(1, 9) == 0.9


def test_daily_spread_is_the_sample_standard_deviation() -> None:
    sold = np.array([[3, 1_000_000], [7, 1_000_003], [8, 1_000_001], [2, 1_000_000]])
    expected = [statistics.stdev(sold[:, sku].tolist()) for sku in range(2)]
    assert daily_spread(sold, np.ones_like(sold)) == pytest.approx(expected, rel=1e-9)
    assert daily_spread(sold[:1], np.ones_like(sold[:1])).tolist() == [0, 0]
    assert daily_spread(np.full((56, 2), 17), np.ones((56, 2), np.int64)).tolist() == [0, 0]


def test_daily_spread_is_of_the_days_that_count() -> None:
    sold = np.array([[20, 3, 5], [0, 0, 0], [20, 7, 0], [0, 8, 0]])
    counted = np.array([[1, 1, 1], [0, 0, 0], [1, 1, 0], [0, 1, 0]])
    assert daily_spread(sold, counted) == pytest.approx([0, statistics.stdev([3, 7, 8]), 0])
