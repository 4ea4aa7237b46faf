"""A34: after the first campaign the second is planned otherwise; old value, new value and evidence are told."""

import numpy as np
import pytest

from policies.plugins.rehearsal import lane_by_hand, scene_by_hand
from policies.protocol import Orders, PlannedEvent
from policies.registry import policy
from reports.closeup.reviews import LEARNT
from reports.display.section import Table
from reports.display.sections.parameters import parameters
from reports.record import EventMark
from tests.reports.builder import record, series
from tests.reports.close import looked_at

TODAY = 100
LIFT = 3.0
SPEC = "reorder-point:safety_days=0,order_days=10+campaign-loop"
DAYS = 60
"""Of the past, ten units a day but in campaigns."""


def answer(
    in_campaign: int, spec: str = SPEC, *, empty: int = 0, events: tuple[PlannedEvent, ...] | None = None
) -> Orders:
    """What is ordered after a campaign of ten days, the last ones; the second begins in five days."""
    first = PlannedEvent("first", "promotion", TODAY - 9, 10, np.array([LIFT]))
    second = PlannedEvent("second", "promotion", TODAY + 6, 10, np.array([LIFT]))
    sold = np.full((DAYS, 1, 1), 10)
    sold[-10:] = in_campaign
    scene = scene_by_hand([lane_by_hand("sea", 30)], sold, [0], events=(first, second) if events is None else events)
    if empty:
        scene.open_days[-empty:] = 0
        scene.sold[-empty:] = 0
    rule = policy(spec)
    return rule.orders(scene.seen(rule.sees, run=0))


@pytest.mark.parametrize(("in_campaign", "used"), [(30, 3.0), (20, 2 + 20 / 220), (10, 1 + 2 * 20 / 220), (50, 4.8182)])
def test_golden_A34_the_second_campaign_is_planned_by_what_the_first_brought(in_campaign: int, used: float) -> None:
    """200 units on top were announced; 200, 100, none, 400 came; each side with 20 more."""
    why = answer(in_campaign).why
    assert why["lift_announced"].tolist() == [LIFT]
    assert why["lift_used"] == pytest.approx([used], abs=1e-4)
    assert why["lift_seen"] == pytest.approx([in_campaign / 10])
    assert why["campaign_days"].tolist() == [10]


def test_golden_A34_the_page_tells_old_value_new_value_and_evidence() -> None:
    """Half came: the second campaign is planned with 2.09 instead of 3, on ten days that sold twice the pace."""
    said = {name: np.full((DAYS, 1, 1, 1), np.nan) for name in LEARNT}
    for name in LEARNT:
        said[name][20] = answer(20).why[name]
    kept = series(DAYS, why=said)
    second = EventMark("second", "promotion", 26, 10)
    section = parameters(looked_at(record(1, DAYS, series=kept), days=DAYS, events=(second,)))
    assert section is not None
    table = next(part for _, part in section.named_parts if isinstance(part, Table))
    assert [head.label.partition(":")[0] for head in table.heads] == ["Old", "New", "Evidence", "Evidence"]
    assert [cell.text for cell in table.lines[1].cells] == ["3.00", "2.09", "2.00", "10"]


def test_golden_A34_the_orders_differ() -> None:
    """What was announced came: as without the loop. Half came: less. Twice as much: more."""
    plain = SPEC.partition("+")[0]
    assert answer(30).units["sea"] == answer(30, plain).units["sea"]
    assert answer(20).units["sea"] < answer(20, plain).units["sea"]
    assert answer(50).units["sea"] > answer(50, plain).units["sea"]


def test_golden_A34_days_without_stock_are_no_evidence() -> None:
    """Sold out after four days of thirty: what was sold on them is three times the pace."""
    why = answer(30, empty=6).why
    assert why["lift_seen"] == pytest.approx([3.0])
    assert why["lift_used"] == pytest.approx([3.0])
    assert why["campaign_days"].tolist() == [4]


def test_golden_A34_without_a_campaign_that_ended_nothing_is_corrected() -> None:
    running = PlannedEvent("running", "promotion", TODAY - 3, 5, np.array([LIFT]))
    why = answer(50, events=(running,)).why
    assert (why["lift_used"].tolist(), why["lift_seen"].tolist()) == ([LIFT], [0.0])


def test_golden_A34_without_a_campaign_ahead_the_lift_is_1() -> None:
    ended = PlannedEvent("ended", "promotion", TODAY - 9, 10, np.array([LIFT]))
    why = answer(20, events=(ended,)).why
    assert (why["lift_announced"].tolist(), why["lift_used"].tolist()) == ([1.0], [1.0])
    assert why["lift_seen"] == pytest.approx([2.0])
