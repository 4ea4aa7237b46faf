"""A23: margin 40 %, cycle 30 days, CTR above the mean, three deliveries: a hot product; just less is not, and why."""

from dataclasses import replace

import numpy as np
import pytest

from policies.plugins.rehearsal import ads_by_hand, lane_by_hand, scene_by_hand
from policies.protocol import Orders
from policies.registry import policy

REASONS = ("thin_margin", "slow_cycle", "few_deliveries", "few_clicks", "few_orders")
PRICE, UNIT_COST = 10.0, 4.0
"""Of the first SKU of a scene by hand."""


def told(
    landed: float = 2.0, cycle_days: float = 30, deliveries: int = 3, ctr: float = 0.0201, cvr: float = 0.031
) -> Orders:
    """What the rule answers of a product beside one with a CTR of 2 % and a CVR of 3 %."""
    rule = policy("hot-products:review_days=1")
    lane = lane_by_hand("sea", cycle_days, landed_cost=[landed, 1.0])
    ads = ads_by_hand([[1.0, 1.0]], ctr=[[ctr, 0.02]] * 10, cvr=[[cvr, 0.03]] * 10)
    seen = scene_by_hand([lane], np.full((60, 1, 2), 10), [0, 0], ads=ads).seen(rule.sees, run=0)
    stock = replace(seen.stock, deliveries=np.array([deliveries, 9]))
    seen = replace(seen, sights={**seen.sights, "stock": stock})
    assert (seen.price[0], seen.unit_cost[0]) == (PRICE, UNIT_COST)
    return rule.orders(seen)


def failed(answer: Orders) -> list[str]:
    """The criteria that the first product fails."""
    return [name for name in REASONS if answer.why[name][0]]


def test_golden_A23_hot_product() -> None:
    """10 less 4 less 2 is 40 % of 10."""
    answer = told()
    assert answer.why["hot"].tolist() == [1, 0]
    assert failed(answer) == []


@pytest.mark.parametrize(
    ("change", "reason"),
    [
        ({"landed": 2.01}, "thin_margin"),  # 39.9 %
        ({"cycle_days": 31}, "slow_cycle"),
        ({"deliveries": 2}, "few_deliveries"),
        ({"ctr": 0.02}, "few_clicks"),
        ({"cvr": 0.03}, "few_orders"),
    ],
)
def test_golden_A23_neighbours_are_not_hot_and_the_reason_is_named(change: dict[str, float], reason: str) -> None:
    answer = told(**change)
    assert answer.why["hot"].tolist() == [0, 0]
    assert failed(answer) == [reason]


def test_golden_A23_hot_products_are_covered_deeper() -> None:
    """Ten a day, thirty days of lead: 21 days of safety for the hot one, half of it for the other."""
    assert told().why["reorder_point"].tolist() == [10 * (30 + 21), 10 * (30 + 10.5)]
    assert told(deliveries=2).why["reorder_point"].tolist() == [10 * (30 + 10.5)] * 2


def test_golden_A23_others_may_have_none() -> None:
    rule = policy("hot-products:other_share=0")
    lane = lane_by_hand("sea", 30)
    answer = rule.orders(scene_by_hand([lane], np.full((60, 1, 1), 10), [0]).seen(rule.sees, run=0))
    assert answer.why["hot"].tolist() == [0]  # no ads, no deliveries
    assert answer.why["reorder_point"].tolist() == [300]
