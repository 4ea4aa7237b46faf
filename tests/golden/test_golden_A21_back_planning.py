"""A21: Black Friday 2026: ordered between 30 July and 29 August, there by 15 October; 10 September is late."""

from datetime import date, timedelta

import numpy as np
import pytest

from policies.back_plan import BackPlan
from policies.plugins.rehearsal import FIRST_DAY, lane_by_hand, scene_by_hand
from policies.protocol import PlannedEvent
from policies.registry import policy

BLACK_FRIDAY = date(2026, 11, 27)
PLAN = BackPlan.of(BLACK_FRIDAY)


def test_golden_A21_the_safe_window_and_the_arrival() -> None:
    assert (PLAN.first_order, PLAN.last_order) == (date(2026, 7, 30), date(2026, 8, 29))
    assert PLAN.arrival == date(2026, 10, 15)


@pytest.mark.parametrize(("ordered", "days"), [(date(2026, 9, 10), 78), (date(2026, 8, 30), 89)])
def test_golden_A21_an_order_after_the_window_is_warned_of(ordered: date, days: int) -> None:
    assert (PLAN.launch - ordered).days == days
    assert PLAN.late(ordered)


@pytest.mark.parametrize("ordered", [date(2026, 8, 29), date(2026, 7, 30), date(2026, 7, 29)])
def test_golden_A21_an_order_by_the_end_of_the_window_is_not(ordered: date) -> None:
    assert not PLAN.late(ordered)


@pytest.mark.parametrize(
    ("lead_days", "ordered"),
    [
        (61, date(2026, 8, 14)),  # sold from 62 days later on: 15 October
        (60.2, date(2026, 8, 14)),
        (62, date(2026, 8, 13)),
        (46, date(2026, 8, 29)),
        (45, date(2026, 8, 29)),  # never after the window
        (8, date(2026, 8, 29)),
        (76, date(2026, 7, 30)),
        (77, date(2026, 7, 30)),  # nor before it
        (119, date(2026, 7, 30)),
        (120, date(2026, 7, 29)),  # but where goods would miss the first day
    ],
)
def test_golden_A21_the_main_order_is_placed_once_on_its_day(lead_days: float, ordered: date) -> None:
    """Ten a day, four days, four times the everyday demand: 120 units on top."""
    rule = policy("never:review_days=1+back-planning")
    lane, first_day = lane_by_hand("sea", lead_days), (BLACK_FRIDAY - FIRST_DAY).days
    event = PlannedEvent("Black Friday", "promotion", first_day, 4, np.array([4.0]))
    placed = {}
    for day in range(first_day - 150, first_day + 6):
        scene = scene_by_hand([lane], np.full((60, 1, 1), 10), [10_000], day=day, events=(event,))
        placed[FIRST_DAY + timedelta(day)] = int(rule.orders(scene.seen(rule.sees, run=0)).units["sea"][0])
    assert {day: units for day, units in placed.items() if units} == {ordered: 120}
