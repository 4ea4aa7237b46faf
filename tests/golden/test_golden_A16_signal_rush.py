"""A16: CTR 3.1 % against a mean of 2.0 % and cover for 9 days: rush. At 150 % exactly, or with 10 days, do not."""

import numpy as np
import pytest

from policies.plugins.rehearsal import ads_by_hand, lane_by_hand, scene_by_hand
from policies.protocol import Orders
from policies.registry import policy

SEA = lane_by_hand("sea", lead_days=35, landed_cost=[1.0])
AIR = lane_by_hand("air", lead_days=8, landed_cost=[5.0])
HUNDRED_A_DAY = np.full((60, 1, 1), 100)


@pytest.mark.parametrize(
    ("ctr", "cvr", "on_hand", "rushed"),
    [
        (0.031, 0.05, 900, (8 + 10) * 100 - 900),
        (0.030, 0.05, 900, 0),  # 150 % exactly
        (0.031, 0.05, 1_000, 0),  # covers 10 days
        (0.031, 0.05, 999, (8 + 10) * 100 - 999),
        (0.020, 0.0751, 900, 900),  # CVR alone
        (0.020, 0.0750, 900, 0),
    ],
)
def test_golden_A16_rush(ctr: float, cvr: float, on_hand: int, rushed: int) -> None:
    assert _answer(_rates(ctr, 0.02), _rates(cvr, 0.05), on_hand).units["air"] == [rushed]


@pytest.mark.parametrize(("days", "rushed"), [(7, 900), (6, 0)])
def test_golden_A16_a_mean_needs_seven_days(days: int, rushed: int) -> None:
    ctr = _rates(0.031, 0.02)
    ctr[: 28 - days] = np.nan
    assert _answer(ctr, _rates(0.05, 0.05), 900).units["air"] == [rushed]
    assert _answer(ctr[-1 - days :], _rates(0.05, 0.05), 900).units["air"] == [rushed]


def _rates(today: float, usual: float) -> np.ndarray:
    rates = np.full((29, 1), usual)
    rates[-1] = today
    return rates


def _answer(ctr: np.ndarray, cvr: np.ndarray, on_hand: int) -> Orders:
    rule = policy("never+signal-rush")
    ads = ads_by_hand(np.full((200, 1), 50.0), ctr=ctr, cvr=cvr)
    return rule.orders(scene_by_hand([SEA, AIR], HUNDRED_A_DAY, [on_hand], ads=ads).seen(rule.sees, run=0))
