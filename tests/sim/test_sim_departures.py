"""Departures by hand: which one takes goods, and which leaves them behind."""

import itertools
from pathlib import Path

import numpy as np
import pytest

from tests.sim.paper import CERTAIN, PAPER, but, shipments, shipped, taken, waited
from tests.worlds import played, same_series, scenario_of

READY = PAPER.replace("make_days = 3", "make_days = 0")
"""Goods of day d are ready on day d + 1; those of day 0 on a Tuesday."""


def leaves(departs: str) -> str:
    return but(READY, lane__road=f"departs = {{ {departs} }}")


@pytest.mark.parametrize(
    ("departs", "days"),
    [
        ("every_days = 1", 0),
        ("every_days = 4", 3),
        ("weekdays = ['Tue']", 0),
        ("weekdays = ['Thu']", 2),
        ("weekdays = ['Mon']", 6),
        ("weekdays = ['Mon', 'Fri', 'Thu']", 2),
        ("weekdays = ['Tue'], cut_off_days = 0.01", 7),
        ("weekdays = ['Thu'], cut_off_days = 2", 2),
        ("weekdays = ['Thu'], cut_off_days = 2.01", 9),
        ("weekdays = ['Thu', 'Sat'], cut_off_days = 2.01", 4),
        (f"every_days = 4, cancelled = {CERTAIN}, cancelled_in_a_row = 2", 7),
        (f"every_days = 4, cancelled = {CERTAIN}, cancelled_in_a_row = 1", 3),
    ],
)
def test_the_next_departure_by_hand(departs: str, days: float, tmp_path: Path) -> None:
    record = shipped(leaves(departs), tmp_path, (0, "road", 1))
    assert waited(record) == [days]
    assert taken(record) == [days + 5]


@pytest.mark.parametrize("chance", ["cancelled", "rolled"])
def test_cancelled_or_left_behind_for_ever(chance: str, tmp_path: Path) -> None:
    record = shipped(leaves(f"every_days = 4, {chance} = {CERTAIN}"), tmp_path, (0, "road", 1))
    assert taken(record) == [np.inf]
    assert record.on_the_way_after.sum() == 1


@pytest.mark.parametrize("chance", ["cancelled", "rolled"])
def test_half_of_all_departures_missed_doubles_the_headway(chance: str, tmp_path: Path) -> None:
    """Ready on every day alike, daily departures: the wait is 0, 1, 2, ... with chances 1/2, 1/4, 1/8: 1 on average."""
    text = leaves(f"every_days = 1, {chance} = 0.5").replace("days = 100", "days = 400")
    record = shipped(text, tmp_path, *((day, "road", 1) for day in range(380)), runs=80, keep=range(80))
    assert np.mean(waited(record)) == pytest.approx(1, rel=0.05)


@pytest.mark.parametrize(
    "nothing",
    [
        "rolled = 0",
        "cut_off_days = 0",
        "room_m3 = 1e6",
        "seasons = [{ around = 'spring-festival', before_days = 9, after_days = 9, cancelled = 0 }]",
    ],
)
def test_what_does_nothing_changes_nothing(nothing: str, tmp_path: Path) -> None:
    rule = "base-stock:units=90,review_days=2,lane=road"
    calendar = "every_days = 4, cancelled = 0.3"
    (plain,) = played(scenario_of(leaves(calendar), tmp_path), rule)
    (other,) = played(scenario_of(leaves(f"{calendar}, {nothing}"), tmp_path), rule)
    assert same_series(plain, other)


def test_a_season_of_cancellations_has_a_first_and_a_last_day(tmp_path: Path) -> None:
    """Golden Week begins on 1 October: nothing leaves from 29 September to 4 October."""
    season = f"{{ around = 'golden-week', before_days = 2, after_days = 3, cancelled = {CERTAIN} }}"
    text = leaves(f"every_days = 1, seasons = [{season}]").replace("2026-01-05", "2026-09-25")
    record = shipped(text, tmp_path, *((day, "road", 1) for day in range(12)))
    departed = [one.departed for one in shipments(record)]
    assert departed == [1, 2, 3, 10, 10, 10, 10, 10, 10, 10, 11, 12], "day 4 is 29 September, day 10 is 5 October"


def test_of_a_season_and_the_usual_chance_the_higher_holds(tmp_path: Path) -> None:
    season = "{ around = 'golden-week', before_days = 9, after_days = 9, cancelled = 0.1 }"
    usual = leaves("every_days = 1, cancelled = 0.4").replace("2026-01-05", "2026-09-25")
    text = usual.replace("cancelled = 0.4", f"cancelled = 0.4, seasons = [{season}]")
    orders = [(day, "road", 1) for day in range(90)]
    assert same_series(shipped(usual, tmp_path, *orders), shipped(text, tmp_path, *orders))


def test_a_season_moves_no_departure_outside_it(tmp_path: Path) -> None:
    season = "{ around = 'golden-week', before_days = 2, after_days = 3, cancelled = 0.9 }"
    usual = leaves("every_days = 1, cancelled = 0.4").replace("2026-01-05", "2026-09-25")
    text = usual.replace("cancelled = 0.4", f"cancelled = 0.4, seasons = [{season}]")
    orders = [(day, "road", 1) for day in range(90)]
    one, two = (shipments(shipped(world, tmp_path, *orders)) for world in (usual, text))
    assert [a.departed for a in one if a.ready >= 10] == [b.departed for b in two if b.ready >= 10]
    assert [a.departed for a in one] != [b.departed for b in two]


# --- room: departures on days 4, 8, 12, ...; every unit is a cubic metre ------------------------------------------
ROOM = leaves("every_days = 4, room_m3 = 10")


def departures(text: str, tmp_path: Path, *units: int) -> list[float]:
    """When orders of days 0, 1, 2, ... leave."""
    return [one.departed for one in shipments(shipped(text, tmp_path, *((d, "road", u) for d, u in enumerate(units))))]


@pytest.mark.parametrize(
    ("units", "days"),
    [
        ((4, 6), [4, 4]),
        ((4, 7), [4, 8]),
        ((4, 7, 3), [4, 8, 8]),
        ((4, 7, 4), [4, 8, 12]),
        ((25,), [12]),
        ((25, 5), [12, 12]),
        ((25, 6), [12, 16]),
        ((4, 25), [4, 12]),
        ((4, 27), [4, 16]),
        ((20, 1), [8, 12]),
    ],
    ids=[
        "both fit", "too little left", "in turn", "and once more", "three departures full", "what is left of the third",
        "too little of it", "what is left of the first too", "a little more", "exactly two",
    ],
)  # fmt: skip
def test_room_by_hand(units: tuple[int, ...], days: list[float], tmp_path: Path) -> None:
    assert departures(ROOM, tmp_path, *units) == days


def test_room_and_cut_off_together(tmp_path: Path) -> None:
    """Ready on day 1, and to be there three and a half days before a departure of day 4, 8, ..."""
    assert departures(ROOM.replace("room_m3 = 10", "room_m3 = 10, cut_off_days = 3.5"), tmp_path, 4) == [8]


def test_room_is_shared_by_hurried_goods(tmp_path: Path) -> None:
    text = but(ROOM, supplier__f="rush = { make_days = 0, surcharge = 0 }")
    record = shipped(text, tmp_path, (0, "road", 8), (0, "road+rush", 8))
    assert sorted(one.departed for one in shipments(record)) == [4, 8]


def test_room_is_each_replications_own(tmp_path: Path) -> None:
    record = shipped(ROOM, tmp_path, (0, "road", 8), runs=3)
    assert [one.departed for one in shipments(record)] == [4, 4, 4]


def test_who_is_ready_first_goes_first(tmp_path: Path) -> None:
    """Ordered first, made last."""
    text = but(ROOM, supplier__f="make_days = { law = 'discrete', values = [0, 2] }")
    record = shipped(text, tmp_path, *((day, "road", 8) for day in range(10)), runs=10, keep=range(10))
    for run in range(10):
        mine = [one for one in shipments(record) if one.run == run]
        order = [one.departed for one in sorted(mine, key=lambda one: one.ready)]
        assert order == sorted(order)
        assert len(set(order)) == len(order), "8 and 8 do not fit"


def test_on_a_fifo_lane_hurried_goods_overtake_nothing_that_left_before(tmp_path: Path) -> None:
    legs = "legs = [{ name = 'road', days = { law = 'uniform', low = 1, high = 40 } }]"
    text = but(READY, lane__road=f"departs = {{ every_days = 1 }}\nfifo = true\n{legs}", supplier__f="make_days = 1")
    text = "\n".join(line for line in text.splitlines() if line != 'legs = [{ name = "road", days = 5 }]')
    text = but(text, supplier__f="rush = { make_days = 0.5, surcharge = 0 }")
    orders = [(day, "road+rush" if day % 2 else "road", 1) for day in range(50)]
    record = shipped(text, tmp_path, *orders, runs=5, keep=range(5))
    for run in range(5):
        mine = sorted((one for one in shipments(record) if one.run == run), key=lambda one: one.departed)
        for a, b in itertools.pairwise(mine):
            assert a.departed == b.departed or a.shelved <= b.shelved
