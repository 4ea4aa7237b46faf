"""A13, A14, A15, A17: the seal factory. 1,000 a day to business buyers, and once a viral day of 5,000."""

import numpy as np
import pytest

from policies.plugins.rehearsal import lane_by_hand, scene_by_hand
from policies.protocol import Orders, PolicyError
from policies.registry import policy

DAYS = 120


@pytest.mark.parametrize(("days", "burst"), [(3, 15_000), (5, 25_000), (7, 35_000)])
def test_golden_A13_burst_stock(days: int, burst: int) -> None:
    assert _answer(f"base-plus-burst:burst_days={days}", {40: 5_000}).why["burst_stock"] == [burst]


@pytest.mark.parametrize("days", [2, 8])
def test_golden_A13_only_three_to_seven_days(days: int) -> None:
    with pytest.raises(PolicyError, match=r"burst_days = .*allowed 3 to 7 days"):
        policy(f"base-plus-burst:burst_days={days}")


@pytest.mark.parametrize(("base_days", "total"), [(3, 28_000), (4, 29_000)])
def test_golden_A14_total_safety_stock(base_days: int, total: int) -> None:
    why = _answer(f"base-plus-burst:base_days={base_days}", {40: 5_000}).why
    assert why["base_stock"] == [base_days * 1_000]
    assert why["safety_stock"] == [total]


@pytest.mark.parametrize(("position", "ordered"), [(48_001, 0), (48_000, 30_000)])
def test_golden_A15_regular_trigger(position: int, ordered: int) -> None:
    answer = _answer("base-plus-burst", {40: 5_000}, position)
    assert answer.why["reorder_point"] == [48_000]
    assert answer.units["sea"] == [ordered]


@pytest.mark.parametrize(("days_ago", "peak"), [(95, 3_000), (91, 3_000), (90, 5_000)])
def test_golden_A17_peak_window(days_ago: int, peak: int) -> None:
    assert _answer("base-plus-burst", {days_ago: 5_000, 40: 3_000}).why["burst_stock"] == [5 * peak]


def _answer(spec: str, viral: dict[int, int], position: int = 48_000) -> Orders:
    """What the policy answers when the social market sold on these days ago only; 1 is the day that just ended."""
    sold = np.zeros((DAYS, 2, 1), dtype=np.int64)
    sold[:, 0] = 1_000
    for days_ago, units in viral.items():
        sold[-days_ago, 1] = units
    rule = policy(spec)
    lane = lane_by_hand("sea", lead_days=20)
    return rule.orders(scene_by_hand([lane], sold, [position], channels=("business", "social")).seen(rule.sees, run=0))
