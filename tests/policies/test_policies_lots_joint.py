"""`joint-replenishment`: must-order and can-order lines, and containers filled by need, worked by hand."""

import dataclasses
from collections.abc import Sequence

import numpy as np
import pytest

from policies.contract import check_policy
from policies.plugins.rehearsal import lane_by_hand, scene_by_hand
from policies.protocol import LaneFacts, Orders, PolicyError
from policies.registry import policy

VOLUMES = np.array([0.002, 0.004, 0.008])
SEA = lane_by_hand("sea", 40, landed_cost=[1, 1, 1])
"""10 a day of each SKU: s = 10 x (40 + 14) = 540, S = 840, c = 690."""


@pytest.mark.parametrize(
    "spec", ["joint-replenishment:container_m3=5", "joint-replenishment:container_m3=0.4,most_days=200,can_share=0"]
)
def test_contract(spec: str) -> None:
    assert check_policy(spec) == []


def test_what_can_be_ordered_joins_what_must() -> None:
    assert _ordered("joint-replenishment", [541, 600, 640]) == [0, 0, 0]
    assert _ordered("joint-replenishment", [540, 690, 691]) == [300, 150, 0]
    assert _ordered("joint-replenishment:can_share=0", [540, 541, 400]) == [300, 0, 440]
    assert _ordered("joint-replenishment:safety_days=20,order_days=10", [600, 650, 651]) == [100, 50, 0]


@pytest.mark.parametrize("on_hand", [[540, 541, 700], [0, 900, 300], [541, 600, 640]])
def test_where_nobody_joins_it_is_the_reorder_point(on_hand: list[int]) -> None:
    assert _ordered("joint-replenishment:can_share=0", on_hand) == _ordered("reorder-point:safety_days=14", on_hand)


def test_why_names_the_lines() -> None:
    why = _answer("joint-replenishment", [540, 690, 691]).why
    assert why["reorder_point"].tolist() == [540] * 3
    assert why["can_order"].tolist() == [690] * 3
    assert why["order_up_to"].tolist() == [840] * 3


def test_what_never_sold_or_is_refused_makes_nobody_join() -> None:
    """Neither a SKU at 0 that nobody wants, nor one that the lane does not bring, is a reason to order the others."""
    sold = np.tile([0, 10, 10], (60, 1, 1))
    assert _ordered("joint-replenishment", [0, 541, 600], sold=sold) == [0, 0, 0]
    refusing = lane_by_hand("sea", 40, landed_cost=[1, 1, 1], carries=[False, True, True])
    assert _ordered("joint-replenishment", [0, 541, 600], lane=refusing) == [0, 0, 0]
    assert _ordered("joint-replenishment", [0, 540, 600], lane=refusing) == [0, 300, 240]


@pytest.mark.parametrize(
    ("container", "ordered"),
    [
        (1.0, [230, 130, 0]),  # 1.4 m3 up to S: one container; 23 days take 0.98 m3, 24 would take 1.04
        (2.0, [400, 300, 0]),  # one container; 40 days take 2.0 m3 to the litre
        (0.5, [310, 210, 0]),  # three containers; 31 days take 1.46 m3, 32 would take 1.52
    ],
)
def test_containers_are_filled_by_need(container: float, ordered: list[int]) -> None:
    """Positions 540 and 640: a day takes 0.02 m3, and 0.04 m3 more from the eleventh on; the third has plenty."""
    assert _ordered(f"joint-replenishment:container_m3={container}", [540, 640, 9_000]) == ordered


def test_whoever_has_least_is_filled_first_below_the_can_order_line_or_not() -> None:
    """A container of 3 m3: 41 days take 0.82 + 1.24 + 0.88 m3; the third, above c = 690, joins at the 31st day."""
    assert _ordered("joint-replenishment:container_m3=3", [540, 640, 840]) == [410, 310, 110]


def test_a_container_is_filled_up_to_so_many_days() -> None:
    assert _ordered("joint-replenishment:container_m3=60,most_days=35", [540, 640, 9_000]) == [350, 250, 0]


def test_nobody_must_order_no_container_leaves() -> None:
    assert _ordered("joint-replenishment:container_m3=60", [541, 640, 600]) == [0, 0, 0]


def test_what_must_be_ordered_goes_even_if_it_does_not_fit() -> None:
    """At least 1,000 of the first: 2 m3, nearest to one container of 1.5 m3."""
    lane = lane_by_hand("sea", 40, landed_cost=[1, 1, 1], at_least=[1_000, 0, 0])
    assert _ordered("joint-replenishment:container_m3=1.5", [540, 700, 700], lane=lane) == [1_000, 0, 0]


@pytest.mark.parametrize(
    ("spec", "message"),
    [
        ("joint-replenishment:can_share=1.1", "allowed 0 to 1 of the way to S"),
        ("joint-replenishment:container_m3=0", "allowed 0.001 to 100000.0 m3"),
    ],
)
def test_bad_parameters_are_refused(spec: str, message: str) -> None:
    with pytest.raises(PolicyError, match=message):
        policy(spec)


def _ordered(spec: str, on_hand: Sequence[int], **scene: object) -> list[int]:
    return _answer(spec, on_hand, **scene).units["sea"].tolist()  # type: ignore[arg-type]


def _answer(spec: str, on_hand: Sequence[int], lane: LaneFacts = SEA, sold: np.ndarray | None = None) -> Orders:
    rule = policy(spec)
    past = np.full((60, 1, 3), 10) if sold is None else sold
    seen = scene_by_hand([lane], past, on_hand).seen(rule.sees, run=0)
    return rule.orders(dataclasses.replace(seen, volume_m3=VOLUMES))
