"""A09, A10: two weeks' growth raises a forecast of 100 a day to 250; what the ship brings too late is flown."""

import numpy as np
import pytest

from policies.plugins.rehearsal import lane_by_hand, scene_by_hand
from policies.protocol import Orders
from policies.registry import policy

SEA = lane_by_hand("sea", lead_days=35, landed_cost=[1.0])
AIR = lane_by_hand("air", lead_days=8, landed_cost=[5.0])


@pytest.mark.parametrize(
    ("before", "later", "forecast"), [(80, 120, 250), (81, 119, 100), (100, 100, 100), (0, 200, 100)]
)
def test_golden_A09_forecast(before: int, later: int, forecast: int) -> None:
    """80 a day, then 120: 50 % more, 100 a day over both."""
    assert _answer(4_000, before, later).why["raised_forecast"] == pytest.approx([forecast], rel=1e-12)


@pytest.mark.parametrize(("on_hand", "flown"), [(4_000, 35 * 250 - 4_000), (8_749, 1), (8_750, 0), (9_000, 0)])
def test_golden_A10_air_before_the_ship(on_hand: int, flown: int) -> None:
    """At 250 a day 4,000 last 16 days and 9,000 last 36; a ship is in after 35, a plane after 8."""
    assert _answer(on_hand, 80, 120).units["air"] == [flown]


def test_golden_A10_without_growth_nothing_is_flown() -> None:
    assert _answer(1_000, 81, 119).units["air"] == [0]


def _answer(on_hand: int, before: int, later: int) -> Orders:
    sold = np.repeat([before, later], 14).reshape(28, 1, 1)
    rule = policy("never+growth-uplift")
    return rule.orders(scene_by_hand([SEA, AIR], sold, [on_hand]).seen(rule.sees, run=0))
