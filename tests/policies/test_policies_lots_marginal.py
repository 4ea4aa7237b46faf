"""`marginal-reward`: the next step to where it earns most, against a plain greedy buyer with one purse."""

import dataclasses
import math
from collections.abc import Sequence
from itertools import pairwise
from statistics import NormalDist, stdev
from typing import Any

import numpy as np
import pytest

from policies.contract import check_policy
from policies.formulas import expected_sales
from policies.plugins.rehearsal import lane_by_hand, scene_by_hand
from policies.protocol import Observation, Orders, PolicyError
from policies.registry import policy

NORMAL = NormalDist()
LEAD, SPREAD, DAYS, HOLD_RATE = 40.0, 5.0, 30, 0.25
COST = np.array([5.0, 12.0, 3.0, 9.0])
PRICE = np.array([9.0, 30.0, 4.0, 9.5])
VOLUME = np.array([0.01, 0.002, 0.004, 0.03])
SOLD = np.random.default_rng(11).poisson([[10, 3, 40, 6]], (60, 1, 4))
ON_HAND = [200, 0, 1_000, 90]


@pytest.mark.parametrize(
    "spec",
    [
        "marginal-reward:cash=9000",
        "marginal-reward:container_m3=3,least_return=0.02",
    ],
)
def test_contract(spec: str) -> None:
    assert check_policy(spec) == []


@pytest.mark.parametrize("cash", [6_000, 8_000, 9_500, 12_000, 20_000])
def test_cash_goes_to_the_best_next_step(cash: int) -> None:
    tied = float(np.array(ON_HAND) @ COST)
    bought = _ordered(f"marginal-reward:cash={cash}")
    assert bought == _greedy(COST, cash - tied)
    assert np.array(bought) @ COST <= cash - tied


@pytest.mark.parametrize("room", [1.0, 3.5, 8.0])
def test_a_container_goes_to_the_best_next_step(room: float) -> None:
    bought = _ordered(f"marginal-reward:container_m3={room}")
    assert bought == _greedy(VOLUME, room)
    assert np.array(bought) @ VOLUME <= room


def test_without_a_budget_each_gets_what_pays() -> None:
    """Up to the last step that gains: the chance that pays lies within a step of 0.375 standard deviations."""
    answer = _answer("marginal-reward")
    gain, hold = PRICE - COST, COST * HOLD_RATE * DAYS / 365
    for sku in range(4):
        mean, spread = _moments(sku)
        best = mean + NORMAL.inv_cdf(gain[sku] / (gain[sku] + hold[sku])) * spread
        assert answer.why["order_up_to"][sku] == pytest.approx(best, abs=0.75 * spread + 1)


def test_more_money_buys_no_less_and_a_higher_bar_no_more() -> None:
    rows = [_ordered(f"marginal-reward:cash={cash}") for cash in range(5_000, 20_000, 500)]
    assert all(sum(np.array(more) * COST) >= sum(np.array(less) * COST) for less, more in pairwise(rows))
    bars = [_ordered(f"marginal-reward:least_return={bar}") for bar in (0, 0.1, 0.4, 2)]
    assert all((np.array(low) >= high).all() for low, high in pairwise(bars))
    assert sum(bars[-1]) < sum(bars[0])


def test_a_lost_sale_that_costs_more_is_guarded_more() -> None:
    plain, dear = (np.array(_ordered(f"marginal-reward:goodwill={goodwill}")) for goodwill in (0, 5))
    assert (dear >= plain).all()
    assert dear.sum() > plain.sum()


def test_a_sale_at_a_loss_is_never_stocked() -> None:
    seen = dataclasses.replace(_seen(), price=np.array([4.0, 30.0, 4.0, 9.0]))
    assert policy("marginal-reward").orders(seen).units["sea"].tolist()[0] == 0
    assert policy("marginal-reward").orders(seen).units["sea"].tolist()[3] == 0


def test_with_equal_rewards_the_first_name_goes_first_wherever_it_stands() -> None:
    """Two equal SKUs and money for half of one: the one named SKU-0 gets it, first in the catalogue or last."""
    rule = policy("marginal-reward:cash=400")
    lane, sold = lane_by_hand("sea", LEAD, landed_cost=[0.0, 0.0]), np.full((60, 1, 2), 5)
    for order, bought in ((None, 0), ([1, 0], 1)):
        seen = scene_by_hand([lane], sold, [0, 0]).seen(rule.sees, 0, order)
        seen = dataclasses.replace(seen, unit_cost=np.array([2.0, 2.0]), price=np.array([5.0, 5.0]))
        units = rule.orders(seen).units["sea"]
        assert units[bought] > 0
        assert units[1 - bought] == 0


def test_a_smallest_order_that_does_not_fit_stands_back_for_the_others() -> None:
    """At least 900 of the best, at 12 each, and 8,000 of money: the others get it."""
    seen = _seen(at_least=[0, 900, 0, 0], on_hand=[0, 0, 0, 0])
    units = policy("marginal-reward:cash=8000").orders(seen).units["sea"]
    assert units[1] == 0
    assert units[0] > 0
    assert 7_000 < units @ COST <= 8_000


def test_what_is_ordered_is_what_the_lane_takes() -> None:
    units = policy("marginal-reward:cash=20000").orders(_seen(at_least=[50] * 4, pack=[12, 7, 1, 5])).units["sea"]
    assert units.any()
    assert not (units % [12, 7, 1, 5]).any()
    assert ((units == 0) | (units >= 50)).all()


@pytest.mark.parametrize(("stock", "mean", "spread"), [(0.0, 20.0, 4.0), (21.5, 20.0, 4.0), (90.0, 20.0, 4.0)])
def test_expected_sales_is_the_integral_of_the_chance_to_sell(stock: float, mean: float, spread: float) -> None:
    """E min(D, x) = E D - E (D - x)+, the last the integral of P(D > t) from x on."""
    grid = np.linspace(stock, mean + 12 * spread + stock, 200_001)
    above = np.array([1 - NormalDist(mean, spread).cdf(float(point)) for point in grid[::100]])
    step = float(grid[100] - grid[0])
    short = step * float(above.sum() - (above[0] + above[-1]) / 2)
    got = expected_sales(np.array([stock]), np.array([mean]), np.array([spread]))
    assert got == pytest.approx([mean - short], abs=1e-4)


def test_expected_sales_without_spread() -> None:
    stock = np.array([-3.0, 0.0, 15.0, 20.0, 90.0])
    assert expected_sales(stock, np.full(5, 20.0), np.zeros(5)) == pytest.approx([-3, 0, 15, 20, 20])


def test_bad_parameters_are_refused() -> None:
    with pytest.raises(PolicyError, match="cash = 5 and container_m3 = 2: give one of them"):
        policy("marginal-reward:cash=5,container_m3=2")
    with pytest.raises(PolicyError, match="allowed 0 to 100 of the margin"):
        policy("marginal-reward:goodwill=-1")


def _greedy(scarce: np.ndarray, purse: float) -> list[int]:
    """Step by step to where the expected return on what is scarce is highest, until the next step does not fit.

    No ladder has a step that would not fit even alone.
    """
    ladders = [_ladder(sku, purse / scarce[sku]) for sku in range(4)]
    bought = [0] * 4
    while True:
        offers = []
        for sku, ladder in enumerate(ladders):
            above = [units for units in ladder if units > bought[sku]]
            if above:
                more = above[0] - bought[sku]
                earned = _earned(sku, ON_HAND[sku] + above[0]) - _earned(sku, ON_HAND[sku] + bought[sku])
                offers.append((earned / (more * scarce[sku]), sku, above[0], more * scarce[sku]))
        best = max(offers, default=(-1.0, 0, 0, 0.0))
        if best[0] < 0 or best[3] > purse:
            return bought
        bought[best[1]] = best[2]
        purse -= best[3]


def _ladder(sku: int, most: float) -> list[int]:
    """Units that reach each of the levels, as far as no step is of more than `most` units."""
    mean, spread = _moments(sku)
    levels = [mean * share for share in (0, 0.25, 0.5, 0.75)] + [
        mean + 0.375 * n * spread - 2 * spread for n in range(17)
    ]
    rungs = sorted({math.ceil(max(level - ON_HAND[sku], 0)) for level in levels})
    steep = (place for place, (low, high) in enumerate(pairwise([0, *rungs])) if high - low > most)
    return rungs[: next(steep, None)]


def _moments(sku: int) -> tuple[float, float]:
    sold = SOLD[-56:, 0, sku].tolist()
    pace, days = sum(sold) / 56, LEAD + DAYS
    return pace * days, math.sqrt(days * stdev(sold) ** 2 + (pace * SPREAD) ** 2)


def _earned(sku: int, stock: float) -> float:
    """Margin of what is sold, less the holding of what is not."""
    mean, spread = _moments(sku)
    z = (stock - mean) / spread
    sold = mean - spread * (NORMAL.pdf(z) - z * (1 - NORMAL.cdf(z)))
    hold = COST[sku] * HOLD_RATE * DAYS / 365
    return float((PRICE[sku] - COST[sku]) * sold - hold * (stock - sold))


def _ordered(spec: str) -> list[int]:
    return _answer(spec).units["sea"].tolist()  # type: ignore[no-any-return]


def _answer(spec: str) -> Orders:
    return policy(spec).orders(_seen())


def _seen(on_hand: Sequence[int] = ON_HAND, **lane: Any) -> Observation:
    """A unit's cost is 1 of freight and the rest what the factory takes."""
    sea = lane_by_hand("sea", LEAD, spread_days=SPREAD, landed_cost=[1.0] * 4, **lane)
    seen = scene_by_hand([sea], SOLD, on_hand).seen(policy("marginal-reward").sees, run=0)
    return dataclasses.replace(seen, unit_cost=COST - 1, price=PRICE, volume_m3=VOLUME)
