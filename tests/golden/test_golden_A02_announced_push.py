"""A02: A01 with +50 % announced: 600 where safety is counted in days, 500 where it is counted in units."""

import numpy as np
import pytest

from policies.parameters import label
from policies.plugins.rehearsal import Scene, lane_by_hand, scene_by_hand
from policies.protocol import PlannedEvent
from policies.registry import policy
from policies.rules.thresholds.reorder_point import ReorderPoint

PUSH = PlannedEvent("ad push", "promotion", 101, 60, np.array([1.5]))
LATER = PlannedEvent("ad push", "promotion", 111, 60, np.array([1.5]))


@pytest.mark.parametrize(
    ("safety", "mode", "trigger"), [("safety_days=10", "days", 600), ("safety_units=200", "units", 500)]
)
def test_golden_A02_announced_push(safety: str, mode: str, trigger: int) -> None:
    rule = policy(f"reorder-point:{safety}")
    assert isinstance(rule, ReorderPoint)
    assert rule.mode == mode
    assert label(rule) == f"reorder-point:{safety}"
    for position, orders in ((trigger + 1, False), (trigger, True)):
        answer = rule.orders(_scene(position, PUSH).seen(rule.sees, run=0))
        assert answer.why["reorder_point"] == [trigger]
        assert f"safety_in_{mode}" in answer.why
        assert (answer.units["air"] > 0) == [orders]


def test_golden_A02_a_push_after_the_lead_time_leaves_the_reorder_point() -> None:
    rule = policy("reorder-point:safety_days=10")
    answer = rule.orders(_scene(400, LATER).seen(rule.sees, run=0))
    assert answer.why["reorder_point"] == [400]
    assert answer.units["air"] == [900]  # but the 30 days after the lead time sell 30 a day


def _scene(on_hand: int, event: PlannedEvent) -> Scene:
    sold = np.full((60, 1, 1), 20)
    return scene_by_hand([lane_by_hand("air", lead_days=10)], sold, [on_hand], day=100, events=(event,))
