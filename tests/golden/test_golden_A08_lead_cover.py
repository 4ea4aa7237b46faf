"""A08: 200 a day and 25 days from purchase to shelf need a cover of 5,000."""

import numpy as np
import pytest

from policies.plugins.rehearsal import lane_by_hand, scene_by_hand
from policies.registry import policy


@pytest.mark.parametrize(("position", "ordered"), [(5_001, 0), (5_000, 6_000), (4_000, 7_000)])
def test_golden_A08_lead_cover(position: int, ordered: int) -> None:
    rule = policy("lead-cover")
    sea = lane_by_hand("sea", lead_days=25, haul_days=15)
    answer = rule.orders(scene_by_hand([sea], np.full((60, 1, 1), 200), [position]).seen(rule.sees, run=0))
    assert answer.why["reorder_point"] == [5_000]
    assert answer.units["sea"] == [ordered]
