"""T01: the newsvendor, normal and discrete. Published values for NV1, NV2, NV4; summation for all.

The rule `newsvendor` finds each stock from a history of that mean and variance and from price, cost and salvage; then
`base-stock` holds it, day after day, and costs what the row says.
"""

import dataclasses
import math
from pathlib import Path

import numpy as np
import pytest

from policies.formulas import (
    base_stock_normal,
    newsvendor_negative_binomial,
    newsvendor_normal,
    newsvendor_poisson,
)
from policies.plugins.rehearsal import lane_by_hand, scene_by_hand
from policies.registry import policy
from tests.theory.acceptance import accept, verdict
from tests.theory.worlds import played, pooled, world

SIX_DECIMALS = 5.1e-7
EXACT = 1e-9
REPLICATIONS = 100
SKUS = 1_000
FINE = 100
"""Units into which one of the normal law is cut, so that whole units do not matter."""
STEADY_50_8 = [50, *[42, 58] * 28]
"""57 days of mean 50 and variance 64."""
UNEVEN_20_80 = [10, 10, 30, 30, 20, 20]
"""6 days of mean 20 and variance 80."""


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


@pytest.mark.parametrize(
    ("law", "sold", "over", "under", "lead_days", "stock"),
    [
        ("normal", STEADY_50_8, 0.18, 0.70, 0, 56.603955927433887),
        ("poisson", [18] * 10, 200, 270, 0, 19),
        ("negative-binomial", UNEVEN_20_80, 1, 9, 0, 32),
        ("normal", STEADY_50_8, 0.18, 0.70, 4, 264.766894),
    ],
    ids=["NV1", "NV2", "NV3", "NV4"],
)
def test_theory_T01_through_the_rule(
    law: str, sold: list[int], over: float, under: float, lead_days: int, stock: float
) -> None:
    """A unit costs twice `over` and brings half of it when left over; a sale brings `under` more than it costs."""
    rule = policy(f"newsvendor:begins=start,season_days=1,unsure=0,salvage=0.5,law={law},history_days={len(sold)}")
    scene = scene_by_hand(
        [lane_by_hand("lane", lead_days, landed_cost=[0.0])], np.reshape(sold, (-1, 1, 1)), [0], day=0
    )
    seen = dataclasses.replace(
        scene.seen(rule.sees, run=0), unit_cost=np.array([2.0 * over]), price=np.array([2.0 * over + under])
    )
    answer = rule.orders(seen)
    assert answer.why["critical_ratio"] == pytest.approx([under / (under + over)], rel=EXACT)
    assert answer.why["order_up_to"] == pytest.approx([stock], abs=SIX_DECIMALS)
    assert answer.units["lane"].tolist() == [math.ceil(stock)]


def test_theory_T01_NV1_played(tmp_path: Path) -> None:
    law = f'{{ law = "normal", mean = {50 * FINE}, sd = {8 * FINE} }}'
    _accept_cost(tmp_path, law, round(56.603956 * FINE), 0.18 / FINE, 0.70 / FINE, 1.997605193176645, days=300)


def test_theory_T01_NV2_played(tmp_path: Path) -> None:
    _accept_cost(tmp_path, '{ law = "poisson", mean = 18 }', 19, 200, 270, 786.088441, days=300)


def test_theory_T01_NV3_played(tmp_path: Path) -> None:
    law = '{ law = "negative-binomial", mean = 20, dispersion = 4 }'
    _accept_cost(tmp_path, law, 32, 1, 9, 18.058179, days=600)


def test_theory_T01_NV4_played(tmp_path: Path) -> None:
    law = f'{{ law = "normal", mean = {50 * FINE}, sd = {8 * FINE} }}'
    _accept_cost(tmp_path, law, round(264.766894 * FINE), 0.18 / FINE, 0.70 / FINE, 4.466781, days=1_500, lead_days=4)


def _accept_cost(
    folder: Path, law: str, stock: int, over: float, under: float, cost: float, days: int, lead_days: int = 0
) -> None:
    """The cost of a day that begins with the stock of the row; buyers wait only where there is a lead time."""
    text = world(
        days=days,
        warm_up_days=10,
        skus=SKUS,
        opening=stock,
        waits=1.0 if lead_days else 0.0,
        lane=f'legs = [{{ name = "lane", days = {lead_days} }}]',
        demand=f'demand."*".organic = {law}',
    )
    record = played(folder, text, f"base-stock:units={stock},review_days=1")
    left, short = pooled(record.on_hand_days, REPLICATIONS), pooled(record.backlog_days + record.lost, REPLICATIONS)
    accept(verdict("cost", "cost", (over * left + under * short) * REPLICATIONS / (SKUS * days), cost))


def _by_summation(over: float, under: float, chances: list[float]) -> tuple[int, object]:
    """The cheapest stock and its cost, by trying every stock."""
    units, weights = np.arange(len(chances)), np.array(chances)
    costs = [
        float(weights @ (over * np.maximum(stock - units, 0) + under * np.maximum(units - stock, 0)))
        for stock in range(len(chances) // 2)
    ]
    best = int(np.argmin(costs))
    return best, pytest.approx(costs[best], rel=EXACT)
