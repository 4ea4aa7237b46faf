"""The alert state machine: levels, hysteresis, waterlines, siblings."""

import numpy as np
import pytest

from policies.alerts import alert_levels, alerts_after, has_sibling, waterlines
from policies.playbook import Alert
from policies.plugins.rehearsal import scene_by_hand

R, S = np.array([400.0]), np.array([200.0])
NONE, YELLOW, RED, BLACK = Alert


@pytest.mark.parametrize(
    ("before", "on_hand", "level"),
    [
        (NONE, 480, YELLOW),  # worse at once
        (NONE, 199, RED),
        (NONE, 0, BLACK),
        (YELLOW, 481, YELLOW),  # 480 and 24 more
        (YELLOW, 504, YELLOW),
        (YELLOW, 505, NONE),
        (RED, 200, RED),  # 200 and 10 more
        (RED, 209, RED),
        (RED, 210, YELLOW),
        (RED, 490, YELLOW),
        (RED, 505, NONE),
        (BLACK, 1, RED),  # ends as soon as there is stock
        (BLACK, 209, RED),
        (BLACK, 210, YELLOW),
        (BLACK, 505, NONE),
        (BLACK, 0, BLACK),
    ],
)
def test_a_level_gets_worse_at_once_and_better_a_margin_beyond_its_line(before: int, on_hand: int, level: int) -> None:
    assert alerts_after(np.array([before]), np.array([on_hand]), R, S, 1.2, 0.05).tolist() == [level]


@pytest.mark.parametrize("before", list(Alert))
def test_without_a_margin_the_past_does_not_matter(before: int) -> None:
    on_hand = np.arange(600)
    levels = alert_levels(on_hand, np.full(600, 400.0), np.full(600, 200.0), 1.2)
    after = alerts_after(np.full(600, before), on_hand, np.full(600, 400.0), np.full(600, 200.0), 1.2, 0.0)
    assert (after == levels).all()


def test_the_margin_is_in_whole_units() -> None:
    """5 % of 30 are 1.5: two units more, so red ends at 32."""
    line = np.array([30.0])
    after = [alerts_after(np.array([RED]), np.array([n]), line, line, 1.0, 0.05).item() for n in (31, 32)]
    assert after == [RED, YELLOW]


def test_levels_work_on_runs_as_on_one() -> None:
    on_hand = np.array([[481, 480, 200], [199, 1, 0]])
    levels = alert_levels(on_hand, np.full(3, 400.0), np.full(3, 200.0), 1.2)
    assert levels.tolist() == [[NONE, YELLOW, YELLOW], [RED, RED, BLACK]]
    assert levels.dtype == np.int64


def test_waterlines_are_the_policys_own_or_days_of_pace() -> None:
    sold = np.full((60, 1, 1), 20)
    named = scene_by_hand([], sold, [0], waterlines={"reorder_point": [400.0], "safety_stock": [200.0]}).watched(run=0)
    assert [line.tolist() for line in waterlines(named, 40, 15, 28)] == [[400], [200]]
    half = scene_by_hand([], sold, [0], waterlines={"reorder_point": [400.0]}).watched(run=0)
    assert [line.tolist() for line in waterlines(half, 40, 15, 28)] == [[400], [300]]
    unnamed = scene_by_hand([], sold, [0]).watched(run=0)
    assert [line.tolist() for line in waterlines(unnamed, 40, 15, 28)] == [[800], [300]]


def test_siblings_share_a_group_and_nobody_is_its_own() -> None:
    groups = ("lamp", None, "lamp", "strip", "lamp", None)
    marked = np.array([[True, True, False, True, False, True], [False, False, False, False, False, False]])
    assert has_sibling(marked, groups).tolist() == [[False, False, True, False, True, False], [False] * 6]
    assert has_sibling(np.array([True, True]), ("lamp", "lamp")).tolist() == [True, True]
