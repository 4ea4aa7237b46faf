"""A01: 20 a day, 10 days by air, 200 units of safety stock: order at 400, not at 401."""

import numpy as np
import pytest

from policies.plugins.rehearsal import lane_by_hand, scene_by_hand
from policies.registry import policy

TWENTY_A_DAY = np.full((60, 1, 1), 20)


@pytest.mark.parametrize("safety", ["safety_days=10", "safety_units=200"])
@pytest.mark.parametrize(
    ("on_hand", "on_order", "ordered"), [(401, 0, 0), (400, 0, 600), (301, 100, 0), (300, 100, 600)]
)
def test_golden_A01_reorder_point(safety: str, on_hand: int, on_order: int, ordered: int) -> None:
    rule = policy(f"reorder-point:{safety}")
    scene = scene_by_hand([lane_by_hand("air", lead_days=10)], TWENTY_A_DAY, [on_hand], arriving=[[on_order]])
    answer = rule.orders(scene.seen(rule.sees, run=0))
    assert answer.why["reorder_point"] == [400]
    assert answer.why["safety_stock"] == [200]
    assert answer.units["air"] == [ordered]  # up to the reorder point and 30 days of sales
