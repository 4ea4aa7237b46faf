"""Stock for a promotion is ordered by a plan of its own, once, and topped up as the pace grows."""

from dataclasses import replace

import numpy as np
import pytest

from policies.contract import check
from policies.plugins.rehearsal import lane_by_hand
from policies.protocol import PlannedEvent
from policies.registry import policy
from tests.policies.announced_event import LEAD, SEA, answer, lost_units, ordered, played, promotion, scene

NEVER = "never:review_days=7+back-planning"
BASE = "base-stock:units=500+back-planning"
AHEAD = 90  # arriving 43 + 41 days before would be later than the window allows
EXTRA = 120


@pytest.mark.parametrize(("days_to_go", "units"), [(AHEAD + 1, 0), (AHEAD, EXTRA), (AHEAD - 6, EXTRA), (AHEAD - 7, 0)])
def test_the_main_order_is_placed_at_the_first_review_from_its_day_on(days_to_go: int, units: int) -> None:
    assert ordered(NEVER, scene(0, promotion(100 + days_to_go))) == units


@pytest.mark.parametrize("first_day", range(120, 134))
def test_whatever_day_it_is_it_is_placed_once(first_day: int) -> None:
    assert played(NEVER, promotion(first_day)).ordered == EXTRA


@pytest.mark.parametrize(("first_day", "units"), [(60, 120), (41, 120), (40, 90), (38, 30), (37, 0)])
def test_where_the_window_lies_before_the_first_day_it_is_placed_on_that_for_the_days_it_can_reach(
    first_day: int, units: int
) -> None:
    assert ordered(NEVER, scene(0, promotion(first_day), day=0)) == units
    assert ordered(NEVER, scene(0, promotion(first_day), day=7)) == 0


def test_spare_is_ordered_on_top_and_smallest_orders_hold() -> None:
    event = promotion(100 + AHEAD)
    assert ordered(f"{NEVER}:spare=0.5", scene(0, event)) == 180
    boxes = lane_by_hand("sea", LEAD, at_least=[130], pack=[50])
    assert ordered(NEVER, scene(0, event, lane=boxes)) == 150
    assert ordered(NEVER, scene(0, event, lane=replace(SEA, carries=np.array([False])))) == 0


def test_main_and_usual_order_go_together() -> None:
    """The usual one is 500; both fill whole packs together."""
    boxes = lane_by_hand("sea", LEAD, pack=[100])
    orders = answer(BASE, scene(0, promotion(100 + AHEAD), lane=boxes))
    assert orders.units["sea"] == [700]
    assert orders.why["event_order"] == [200]


@pytest.mark.parametrize(("position", "units"), [(621, 0), (620, 0), (619, 1), (500, 120)])
def test_the_other_policy_leaves_what_is_set_aside_alone(position: int, units: int) -> None:
    assert ordered(BASE, scene(position, promotion(160))) == units


@pytest.mark.parametrize(("pace", "top_up"), [(10, 0), (12, 24), (9, 0)])
def test_when_the_pace_grows_the_rest_is_ordered(pace: int, top_up: int) -> None:
    assert ordered(BASE, scene(620, promotion(160), sold=np.full(60, pace))) == top_up


@pytest.mark.parametrize(
    ("on_hand", "aside"),
    [(620, 120), (520, 120), (519, 119), (450, 50), (400, 0), (300, 0)],
)
def test_what_no_order_can_bring_in_time_is_set_aside_as_far_as_stock_is_there(on_hand: int, aside: int) -> None:
    """Forty days of everyday sales are 400; an order of today is sold from day 141 on."""
    orders = answer(BASE, scene(on_hand, promotion(140)))
    assert orders.why["set_aside"] == [aside]
    assert orders.units["sea"] == [max(500 - on_hand + aside, 0)]
    assert answer(BASE, scene(on_hand, promotion(141))).why["set_aside"] == [EXTRA]


@pytest.mark.parametrize(("day", "aside"), [(139, 120), (140, 90), (142, 30), (143, 0), (144, 0)])
def test_day_by_day_less_is_set_aside_until_it_is_over(day: int, aside: int) -> None:
    sold = [10] * (60 - max(day - 139, 0)) + [40] * max(day - 139, 0)
    orders = answer(BASE, scene(2_000, promotion(140), day=day, sold=np.array(sold)[: 60 if day < 144 else 59]))
    assert orders.why["set_aside"] == [aside]


def test_a_policy_that_looks_at_the_calendar_is_not_told_of_what_is_planned_for() -> None:
    rule = "reorder-point:safety_days=0,order_days=0"
    event = promotion(120)
    assert answer(rule, scene(520, event)).why["reorder_point"] == [520]
    planned = answer(f"{rule}+back-planning", scene(520, event))
    assert planned.why["reorder_point"] == [400]
    assert planned.units["sea"] == [0]


def test_of_other_events_it_is_told_as_ever() -> None:
    """One that no order can reach, and the days gone by of one that runs."""
    rule = "reorder-point:safety_days=0,order_days=0+back-planning"
    assert answer(rule, scene(520, promotion(20), day=5)).why["reorder_point"] == [520]
    sold = np.array([10] * 58 + [40] * 2)
    running = scene(2_000, promotion(99), sold=sold)
    assert answer("dynamic-safety+back-planning", running).why["forecast"] == [10]
    live = PlannedEvent("live", "livestream", 120, 1, np.array([2.0]))
    assert answer(rule, scene(0, live)).why["reorder_point"] == [410]


@pytest.mark.parametrize("base", ["reorder-point:safety_days=20", "base-stock:units=700", "dynamic-safety", "min-max"])
def test_nothing_is_lost_and_nothing_is_ordered_twice(base: str) -> None:
    """Until it is over the position never stands higher than without the promotion by more than its units."""
    event, usual = promotion(150), played(base, days=154)
    planned = played(f"{base}+back-planning", event, days=154)
    assert (usual.lost, planned.lost) == (0, 0)
    assert usual.highest < planned.highest <= usual.highest + EXTRA


def test_what_is_bought_in_when_it_is_ordered_needs_no_stock() -> None:
    rule = policy(NEVER)
    seen = scene(0, promotion(100 + AHEAD)).seen(rule.sees, run=0)
    bought_in = replace(seen, sights={**seen.sights, "stock": replace(seen.stock, bought_in=np.array([True]))})
    assert rule.orders(bought_in).units["sea"] == [0]


def test_on_a_shipped_world_less_is_lost_in_the_promotion() -> None:
    without, planned = lost_units(
        "apparel-by-air", "base-stock:cover_days=20", "base-stock:cover_days=20+back-planning"
    )
    assert planned < without


@pytest.mark.parametrize(
    "spec",
    [
        "reorder-point+back-planning",
        "never+back-planning:lane=fastest,spare=1",
        "reorder-point+back-planning:latest_days=5,window_days=10,arrive_days_before=0+air-rescue",
        "tiers+back-planning:latest_days=1,window_days=0",
    ],
)
def test_it_keeps_the_contract(spec: str) -> None:
    assert check(spec) == []
