"""Docks by hand: appointments, unloading, putting away, and seasons in which all of it is slow."""

from pathlib import Path

import pytest

from tests.sim.paper import PAPER, but, shipments, shipped, taken
from tests.worlds import played, same_series, scenario_of

DOOR = PAPER.replace("make_days = 3", "make_days = 0")
"""What is ordered on day 0 comes to the door on day 6, 11 January, by both lanes."""
TWICE = ((0, "road", 20), (0, "track", 20))
SLOW = "slower_months = [3, 1, 1, 1, 1, 1, 1, 1, 1, 1, 1, 1]"


@pytest.mark.parametrize(
    ("lines", "days"),
    [
        ("dock_units_per_day = 10", [7, 9]),
        ("put_away_days = 2", [7, 7]),
        ("put_away_days = 2\ndock_units_per_day = 10", [9, 11]),
        ("appointments_per_day = 1", [5, 6]),
        ("appointments_per_day = 0.5", [5, 7]),
        ("appointments_per_day = 2", [5, 5.5]),
        ("appointments_per_day = 0.5\ndock_units_per_day = 10", [7, 9]),
        ("appointments_per_day = 0.25\ndock_units_per_day = 10", [7, 11]),
        ("appointments_per_day = 0.25\nput_away_days = 2", [7, 11]),
        (SLOW, [5, 5]),
        ("dock_units_per_day = 10\n" + SLOW, [11, 17]),
        ("put_away_days = 2\n" + SLOW, [11, 11]),
        ("dock_units_per_day = 1\n" + SLOW, [5 + 21 + 13, 5 + 21 + 13 + 20]),
        ("put_away_days = 10\n" + SLOW, [5 + 21 + 3, 5 + 21 + 3]),
    ],
    ids=[
        "dock", "put away", "dock and put away", "an appointment a day", "every other day", "two a day",
        "appointments faster than the dock", "slower than the dock", "and putting away", "slow at nothing",
        "slow dock", "slow to put away", "slow until February", "putting away until February",
    ],
)  # fmt: skip
def test_two_shipments_by_hand(lines: str, days: list[float], tmp_path: Path) -> None:
    """January has 21 days from the 11th on: at a third of the pace, 7 days of work."""
    assert taken(shipped(but(DOOR, warehouse__w=lines), tmp_path, *TWICE)) == pytest.approx(days)


@pytest.mark.parametrize(
    "nothing",
    [
        "put_away_days = 0",
        "dock_units_per_day = 1e9",
        "appointments_per_day = 1e9",
        "dock_units_per_day = 1e9\nslower_months = [1, 1, 1, 1, 1, 1, 1, 1, 1, 1, 1, 1]",
    ],
)
def test_what_does_nothing_changes_nothing(nothing: str, tmp_path: Path) -> None:
    rule = "base-stock:units=90,review_days=2"
    (plain,) = played(scenario_of(DOOR, tmp_path), rule)
    (other,) = played(scenario_of(but(DOOR, warehouse__w=nothing), tmp_path), rule)
    assert same_series(plain, other)


def test_the_dock_works_on_what_came_first(tmp_path: Path) -> None:
    """Sent later, there sooner."""
    text = but(DOOR, warehouse__w="dock_units_per_day = 10").replace('"track", days = 5', '"track", days = 2')
    record = shipped(text, tmp_path, (0, "road", 20), (1, "track", 30))
    by_lane = {one.lane: one.shelved for one in shipments(record)}
    assert by_lane == {"track": 2 + 2 + 3, "road": 7 + 2}


def test_each_warehouse_has_a_dock_of_its_own(tmp_path: Path) -> None:
    text = but(DOOR, warehouse__w="dock_units_per_day = 10").replace(
        '[lane.track]\nfrom = "f"\nto = "w"', '[lane.track]\nfrom = "f"\nto = "v"'
    )
    text = text.replace("[market.m]", "[warehouse.v]\ndock_units_per_day = 20\n[market.m]")
    record = shipped(text, tmp_path, *TWICE)
    assert {one.warehouse: one.shelved - one.ordered for one in shipments(record)} == {"w": 7, "v": 6}


def test_dock_use_is_offered_load(tmp_path: Path) -> None:
    """A unit a day at a dock of 1.6 a day."""
    text = but(DOOR, warehouse__w="dock_units_per_day = 1.6").replace("days = 100", "days = 2000\nwarm_up_days = 100")
    (record,) = played(scenario_of(text, tmp_path), "base-stock:units=12,review_days=1,lane=road", runs=1, keep=())
    assert record.dock_use[0] == pytest.approx([1 / 1.6], rel=0.02)
    slow = but(text, warehouse__w="slower_months = [2, 2, 2, 2, 2, 2, 2, 2, 2, 2, 2, 2]")
    slow = slow.replace("dock_units_per_day = 1.6", "dock_units_per_day = 3.2")
    (half,) = played(scenario_of(slow, tmp_path), "base-stock:units=12,review_days=1,lane=road", runs=1, keep=())
    assert half.dock_use[0] == pytest.approx([1 / 1.6], rel=0.02), "a dock half as fast has half the working time"


def test_desk_use_is_offered_load_of_ours_and_others(tmp_path: Path) -> None:
    """One of ours a day, half a day at one of three desks, and two others: 1.5 / 3."""
    post = "[customs.p]\nclear_days = 0.5\ndesks = 3\nothers_per_day = 2\n[warehouse.w]"
    text = DOOR.replace("[warehouse.w]", post).replace("days = 100", "days = 2000\nwarm_up_days = 100")
    text = text.replace('"road", days = 5 }', '"road", days = 5 }, { name = "customs", post = "p" }')
    (record,) = played(scenario_of(text, tmp_path), "base-stock:units=12,review_days=1,lane=road", runs=10, keep=())
    assert record.desk_use.mean() == pytest.approx(0.5, rel=0.02)
