"""A32: a promotion is over, the waterline falls below stock and pipeline: the system says stop."""

import pytest

from policies.protocol import Orders
from tests.policies.announced_event import PACE, answer, promotion, scene

AHEAD, OVER = promotion(110, days=10), promotion(90, days=10)
SPEC = "dynamic-safety:service=0.5,order_days=0"
WATERLINE = (40 + 7) * PACE


@pytest.mark.parametrize(
    ("position", "replenish", "stop"),
    [(WATERLINE + 300, 0, 0), (WATERLINE + 299, 1, 0), (WATERLINE + 301, 0, 1)],
)
def test_golden_A32_before_the_promotion_its_units_belong_to_the_waterline(
    position: int, replenish: int, stop: int
) -> None:
    """Ten days at four times ten: 300 on top of 470."""
    assert _said(answer(SPEC, scene(position, AHEAD))) == (WATERLINE + 300, replenish, stop)


@pytest.mark.parametrize(
    ("position", "replenish", "stop"),
    [(WATERLINE + 300, 0, 1), (WATERLINE + 1, 0, 1), (WATERLINE, 0, 0), (WATERLINE - 1, 1, 0)],
)
def test_golden_A32_when_it_is_over_the_same_stock_is_too_much(position: int, replenish: int, stop: int) -> None:
    sold = [PACE] * 49 + [4 * PACE] * 10 + [PACE]
    assert _said(answer(SPEC, scene(position, OVER, sold=sold))) == (WATERLINE, replenish, stop)


@pytest.mark.parametrize(("position", "replenish", "stop"), [(770, 0, 0), (771, 0, 1), (470, 300, 0), (471, 0, 0)])
def test_golden_A32_between_the_lines_it_says_neither(position: int, replenish: int, stop: int) -> None:
    spec = "dynamic-safety:service=0.5,order_days=30"
    assert _said(answer(spec, scene(position))) == (WATERLINE, replenish, stop)


def _said(orders: Orders) -> tuple[float, int, int]:
    """Waterline, replenish, stop."""
    why = orders.why
    assert why["replenish"] == orders.units["sea"]
    return round(float(why["reorder_point"][0]), 6), int(why["replenish"][0]), int(why["stop"][0])
