"""A03: the safety stock is 10 to 20 days of sales on a haul of 10 days; 9 and 21 days are warned about."""

import numpy as np
import pytest

from policies.plugins.rehearsal import lane_by_hand, scene_by_hand
from policies.registry import policy
from policies.rules.thresholds.reorder_point import ReorderPoint

AIR = lane_by_hand("air", lead_days=10)


def test_golden_A03_default_safety_stock() -> None:
    rule = policy("reorder-point")
    assert isinstance(rule, ReorderPoint)
    answer = rule.orders(scene_by_hand([AIR], np.full((60, 1, 1), 20), [0]).seen(rule.sees, run=0))
    assert 10 * 20 <= answer.why["safety_stock"] <= 20 * 20
    assert rule.warnings([AIR]) == ()


@pytest.mark.parametrize(("days", "warned"), [(9, True), (10, False), (20, False), (21, True)])
def test_golden_A03_warning(days: int, warned: bool) -> None:
    rule = policy(f"reorder-point:safety_days={days}")
    assert isinstance(rule, ReorderPoint)
    warnings = rule.warnings([AIR])
    assert len(warnings) == warned
    assert all("outside 1-2 transport cycles" in text and f"{days} days" in text for text in warnings)


def test_golden_A03_the_cycle_is_the_haul_without_production() -> None:
    made_to_order = lane_by_hand("air", lead_days=30, haul_days=10)
    rule = policy("reorder-point:safety_days=21")
    assert isinstance(rule, ReorderPoint)
    assert len(rule.warnings([made_to_order])) == 1
