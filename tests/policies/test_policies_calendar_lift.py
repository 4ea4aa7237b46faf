"""A policy that looks only back covers announced promotions too: ten a day, forty days by sea, reviews once a week."""

from dataclasses import replace

import numpy as np
import pytest

from policies.contract import check
from policies.plugins.rehearsal import ads_by_hand
from policies.protocol import PlannedEvent
from policies.registry import policy
from tests.policies.announced_event import SEA, answer, lost_units, ordered, played, promotion, scene

BASE = "base-stock:units=500+calendar-lift:early_days=0"
EXTRA = 120
COVERED = 47  # days until an order of the next review is there


@pytest.mark.parametrize(
    ("days_to_go", "aside"),
    [(COVERED + 1, 0), (COVERED, 30), (COVERED - 3, 120), (41, 120), (38, 120), (0, 90), (-3, 0)],
)
def test_what_an_order_of_today_must_cover_is_set_aside(days_to_go: int, aside: int) -> None:
    """An event of four days; the last days of it are covered by the next review."""
    orders = answer(BASE, scene(2_000, promotion(100 + days_to_go), sold=_before(days_to_go)))
    assert orders.why["set_aside"] == [aside]


def test_early_days_widen_what_is_covered() -> None:
    later = BASE.replace("early_days=0", "early_days=7")
    assert answer(later, scene(0, promotion(100 + COVERED + 7))).why["set_aside"] == [30]
    assert answer(later, scene(0, promotion(100 + COVERED + 8))).why["set_aside"] == [0]


@pytest.mark.parametrize(("position", "units"), [(621, 0), (620, 0), (619, 1), (500, 120), (0, 620)])
def test_a_fixed_level_is_raised_by_what_the_promotion_sells(position: int, units: int) -> None:
    assert ordered(BASE, scene(position, promotion(142))) == units


@pytest.mark.parametrize(("position", "units"), [(521, 0), (520, 200), (519, 201)])
def test_both_lines_of_another_are_raised(position: int, units: int) -> None:
    spec = "min-max:s_units=400,S_units=600+calendar-lift"
    assert ordered(spec, scene(position, promotion(142))) == units


@pytest.mark.parametrize(("on_hand", "aside"), [(521, 120), (519, 119), (400, 0), (0, 0)])
def test_what_no_order_can_bring_in_time_is_set_aside_as_far_as_stock_is_there(on_hand: int, aside: int) -> None:
    assert answer(BASE, scene(on_hand, promotion(120))).why["set_aside"] == [aside]


def test_what_is_not_lifted_is_not_stocked_for() -> None:
    live = PlannedEvent("live", "livestream", 142, 1, np.ones(1))
    assert ordered(BASE, scene(500, live)) == 0
    assert ordered(BASE, scene(500, promotion(142, lift=1.0))) == 0


def test_what_a_promotion_sells_does_not_count_as_everyday_sales() -> None:
    """Two of its four days are over: forty a day, at four times ten."""
    assert answer(BASE, scene(2_000, promotion(99), sold=_before(-1))).why["set_aside"] == [60]


def test_a_policy_that_looks_at_the_calendar_is_left_as_it_is() -> None:
    made = scene(0, promotion(142))
    rule = policy("reorder-point+calendar-lift")
    assert ordered("reorder-point+calendar-lift", made) == ordered("reorder-point", made)
    assert rule.warnings([SEA]) == (  # type: ignore[attr-defined]
        "calendar-lift: reorder-point looks at the calendar itself, so it is left as it is; it helps such as base-stock "
        "and min-max",
    )
    assert policy("base-stock+calendar-lift").warnings([SEA]) == ()  # type: ignore[attr-defined]


@pytest.mark.parametrize("other", ["influencer-prestock", "ad-prestock", "influencer-prestock+ad-prestock"])
def test_wrappers_that_stock_for_something_else_may_stand_on_either_side(other: str) -> None:
    """They look at the calendar, but not for promotions ahead."""
    live = PlannedEvent("live", "livestream", 142, 1, np.ones(1), (300,))
    made = replace(scene(0, promotion(142), live), ads=ads_by_hand(np.full((200, 1), 100.0)))
    inside, outside = f"base-stock:units=500+calendar-lift+{other}", f"base-stock:units=500+{other}+calendar-lift"
    expected = 500 + EXTRA + 300 * ("influencer" in other)
    assert ordered(inside, made) == ordered(outside, made) == expected
    assert policy(outside).warnings([SEA]) == ()  # type: ignore[attr-defined]


@pytest.mark.parametrize("inner", ["reorder-point+ad-prestock", "base-stock+calendar-lift+ad-prestock"])
def test_nor_is_a_promotion_ordered_twice_around_them(inner: str) -> None:
    made = replace(scene(0, promotion(142)), ads=ads_by_hand(np.full((200, 1), 100.0)))
    assert ordered(f"{inner}+calendar-lift", made) == ordered(inner, made)


@pytest.mark.parametrize("base", ["base-stock:units=480", "min-max:s_units=480,S_units=620"])
def test_nothing_is_lost_and_nothing_is_ordered_twice(base: str) -> None:
    event = promotion(150)
    usual, blind, lifted = played(base), played(base, event), played(f"{base}+calendar-lift", event)
    assert blind.lost > 0
    assert lifted.lost == 0
    assert lifted.highest <= usual.highest + EXTRA


def test_on_a_shipped_world_less_is_lost_in_the_push() -> None:
    blind, lifted = lost_units("apparel-by-air", "base-stock:cover_days=20", "base-stock:cover_days=20+calendar-lift")
    assert lifted < blind


@pytest.mark.parametrize(
    "spec",
    [
        "base-stock+calendar-lift",
        "base-stock:units=900,review_days=1+calendar-lift:early_days=60",
        "min-max+calendar-lift+air-rescue",
        "service-level+calendar-lift",
        "tiers+calendar-lift",
    ],
)
def test_it_keeps_the_contract(spec: str) -> None:
    assert check(spec) == []


def _before(days_to_go: int) -> np.ndarray:
    """Sixty days of ten; those of a promotion that has begun sold forty."""
    begun = max(1 - days_to_go, 0)
    return np.array([10] * (60 - begun) + [40] * begun)
