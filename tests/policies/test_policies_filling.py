"""Containers filled and budgets kept: what goes first, what is cut, and that whole lots stay whole."""

from collections.abc import Mapping, Sequence
from dataclasses import replace

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from numpy.typing import ArrayLike

from policies.filling import cover, granted, in_line, total
from policies.plugins.rehearsal import lane_by_hand, scene_by_hand
from policies.protocol import Observation, Orders
from policies.registry import policy

TEN_A_DAY = np.full((60, 1, 3), 10)
RULE = "reorder-point:safety_days=10"
"""By sea it orders at 10 x (20 + 10) = 300, up to 600."""


def test_cover_is_position_over_pace() -> None:
    days = cover(np.array([30, 0, -5, 9, 0, -1]), np.array([10.0, 2.0, 1.0, 0.0, 0.0, 0.0]))
    assert days.tolist() == [3, 0, -5, np.inf, np.inf, -np.inf]


def test_equal_ones_stand_in_line_by_name() -> None:
    assert in_line(np.array([2.0, 1.0, 2.0, 1.0]), ("B", "D", "A", "C")).tolist() == [3, 1, 2, 0]


def test_whoever_comes_to_the_end_gets_the_packs_that_fit_and_smaller_ones_behind_still_fit() -> None:
    """Room for 100: 60, then 3 of 7 packs of 12 (36 of 84), then nothing of a lot of 5, then 4 single units."""
    units = granted(
        wanted=np.array([60, 84, 5, 9]),
        size=np.ones(4),
        room=np.array(100.0),
        line=np.arange(4),
        at_least=np.array([0, 24, 5, 0]),
        pack=np.array([1, 12, 1, 1]),
    )
    assert units.tolist() == [60, 36, 0, 4]


@pytest.mark.parametrize(("room", "units"), [(47.0, 0), (48.0, 48), (59.999, 48), (60.0, 60), (72.0, 72), (1e9, 77)])
def test_a_cut_order_is_whole_packs_and_no_less_than_the_smallest_order(room: float, units: int) -> None:
    """What was asked for is given as it is where there is room for all of it."""
    given = granted(np.array([77]), np.ones(1), np.array(room), np.array([0]), np.array([40]), np.array([12]))
    assert given.tolist() == [units]


def test_what_takes_no_room_is_never_cut() -> None:
    given = granted(
        np.array([7, 9]), np.array([0.0, 1.0]), np.array(-1.0), np.arange(2), np.zeros(2, int), np.ones(2, int)
    )
    assert given.tolist() == [7, 0]


@settings(max_examples=60, deadline=None)
@given(st.data())
def test_no_room_is_passed_and_none_is_left_for_a_lot_that_is_wanted(data: st.DataObject) -> None:
    """Said of whole numbers, where nothing rounds: the plain walk along the line gives the same."""
    items = data.draw(st.integers(1, 6))
    ranges = ((0, 9), (1, 7), (0, 20), (0, 3), (0, 40))
    drawn = (data.draw(st.lists(st.integers(*ends), min_size=items, max_size=items)) for ends in ranges)
    size, pack, least, urgency, wanted = map(np.array, drawn)
    asked = -(-np.maximum(wanted, least) // pack) * pack
    room, line = data.draw(st.integers(-5, 200)), in_line(urgency.astype(float), [f"SKU-{n}" for n in range(items)])
    units = granted(asked, size.astype(float), np.array(float(room)), line, least, pack)
    left, expected = max(room, 0), np.zeros(items, int)
    for item in line:
        fits = asked[item] if size[item] * asked[item] <= left else left // size[item] // pack[item] * pack[item]
        expected[item] = fits if fits >= least[item] or fits == asked[item] else 0
        left -= expected[item] * size[item]
    assert units.tolist() == expected.tolist()
    assert total(units * size.astype(float), line) <= max(room, 0)


def test_a_container_begun_is_filled_with_what_runs_out_first() -> None:
    """10 a day each, 20 days of lead. A orders 300 (0.6 m3 of 1 m3); B lasts 21 days, C 22: room for 40 units of 0.01.

    The point is 10 x (20 + 10) = 300; with 30 days more B may rise to 600, so it takes all 40.
    """
    answer = _filled(_three(on_hand=[300, 301, 320], volumes=[0.002, 0.01, 0.01]), container_m3=1)
    assert answer.units["sea"].tolist() == [300, 40, 0]
    assert answer.why["filled_in"].tolist() == [0, 40, 0]


def test_each_is_filled_up_to_the_extra_days_then_comes_the_next() -> None:
    """A container of 2 m3 has 1.4 m3 to fill: B is raised from 550 to 600, C from 590 to 600, A has enough already."""
    answer = _filled(_three(on_hand=[300, 550, 590], volumes=[0.002, 0.01, 0.01]), container_m3=2)
    assert answer.units["sea"].tolist() == [300, 50, 10]
    none = _filled(_three(on_hand=[300, 550, 590], volumes=[0.002, 0.01, 0.01]), container_m3=2, extra_days=0)
    assert none.units["sea"].tolist() == [300, 0, 0]
    more = _filled(_three(on_hand=[300, 550, 590], volumes=[0.002, 0.01, 0.01]), container_m3=2, extra_days=31)
    assert more.units["sea"].tolist() == [310, 60, 20]


@pytest.mark.parametrize(("container_m3", "filled"), [(0.6, 0), (0.599, 59), (0.61, 1), (0.3, 0), (0.2, 0), (0.4, 20)])
def test_only_what_is_begun_is_filled(container_m3: float, filled: int) -> None:
    """0.6 m3 fill one container of 0.6, two of 0.3, three of 0.2; of two of 0.4 a quarter is empty."""
    answer = _filled(_three(on_hand=[300, 301, 900], volumes=[0.002, 0.01, 0.01]), container_m3=container_m3)
    assert answer.units["sea"].tolist() == [300, filled, 0]


def test_where_nothing_is_ordered_no_container_is_begun() -> None:
    assert _filled(_three(on_hand=[301, 301, 301]), container_m3=68).units["sea"].tolist() == [0, 0, 0]
    assert _filled(_three(on_hand=[0, 0, 0]), base="never", container_m3=68).units == {}


def test_packs_smallest_orders_and_what_has_no_volume() -> None:
    """Room for 40 units: B comes in packs of 12 from 24 on, and 4 are not enough for C; or B has no volume."""
    lots = {"at_least": [0, 24, 50], "pack": [1, 12, 1]}
    answer = _filled(_three(on_hand=[300, 301, 310], volumes=[0.002, 0.01, 0.01], **lots), container_m3=1)
    assert answer.units["sea"].tolist() == [300, 36, 0]
    answer = _filled(_three(on_hand=[300, 301, 310], volumes=[0.002, 0.0, 0.01]), container_m3=1)
    assert answer.units["sea"].tolist() == [300, 0, 40]


def test_the_filled_lane_is_that_of_the_order() -> None:
    sea_only = _filled(_three(on_hand=[300, 301, 310]), container_m3=1, lane="air")
    assert set(sea_only.units) == {"sea"}
    assert sea_only.units["sea"].tolist() == [300, 0, 0]


def test_a_budget_buys_the_most_urgent_first() -> None:
    """Each orders 30 days, 300 units at 1, 2 and 3. With 1,000: C, which lasts shortest, for 900, then 50 of B for 100."""
    scene = _three(on_hand=[300, 200, 100])
    assert _capped(scene, budget=1e9).units["sea"].tolist() == [300, 400, 500]
    answer = _capped(scene, budget=1_600)
    assert answer.units["sea"].tolist() == [0, 50, 500]
    assert answer.why["cut"].tolist() == [300, 350, 0]
    assert _capped(scene, budget=0).units["sea"].tolist() == [0, 0, 0]


@pytest.mark.parametrize(
    ("budget", "units"), [(1_500, [0, 0, 500]), (1_499, [0, 1, 499]), (1_502, [0, 1, 500]), (1_501, [1, 0, 500])]
)
def test_what_is_left_goes_to_what_still_can_be_paid(budget: int, units: list[int]) -> None:
    """C costs 3, B 2, A 1."""
    assert _capped(_three(on_hand=[300, 200, 100]), budget=budget).units["sea"].tolist() == units


def test_cash_tied_up_counts_what_is_on_hand_and_on_order() -> None:
    """300 + 2 x 200 + 3 x 100 = 1,000 on hand, 3 x 50 = 150 on order: 1,450 leave 300, for 100 of C."""
    scene = _three(on_hand=[300, 200, 100], arriving=[[0, 0, 50]])
    assert _capped(scene, budget=1e9, cash=1_450).units["sea"].tolist() == [0, 0, 100]
    assert _capped(scene, budget=150, cash=1_450).units["sea"].tolist() == [0, 0, 50]
    assert _capped(scene, budget=1e9, cash=1_000).units["sea"].tolist() == [0, 0, 0]


def test_the_faster_lane_is_bought_first() -> None:
    """Ten units more than the flown ones are paid for."""
    seen, base = _three(on_hand=[9_999, 9_999, 0]), f"{RULE}+air-rescue:lane=air"
    both = _capped(seen, base=base, budget=1e9)
    flown = int(both.units["air"][2])
    assert flown > 0
    short = _capped(seen, base=base, budget=3 * (flown + 10))
    assert short.units["air"].tolist() == [0, 0, flown]
    assert short.units["sea"].tolist() == [0, 0, 10]
    assert short.why["cut"][2] == both.units["sea"][2] - 10


def test_what_another_warehouse_sends_is_paid_for_already() -> None:
    """By truck 10 x (3 + 10) = 130 is the point."""
    answer = _capped(_three(on_hand=[300, 131, 0]), base=f"{RULE},lane=truck", budget=0)
    assert answer.units["truck"].tolist() == [0, 0, 430]


@pytest.mark.parametrize(
    ("spec", "position"), [(f"{RULE}+container-fill:container_m3=1", 310), (f"{RULE}+budget-cap:budget=500", 250)]
)
def test_equal_skus_are_served_by_name_however_the_catalogue_stands(spec: str, position: int) -> None:
    seen = _three(on_hand=[300, position, position], volumes=[0.002, 0.01, 0.01], costs=[1, 1, 1], at_least=[0, 20, 20])
    rule, turned = policy(spec), replace(seen, skus=("SKU-0", "SKU-2", "SKU-1"))
    one, other = (rule.orders(each).units["sea"] for each in (seen, turned))
    assert one[1] != one[2]
    assert other.tolist() == one[[0, 2, 1]].tolist()


def _three(
    on_hand: list[int],
    volumes: Sequence[float] = (0.002, 0.004, 0.006),
    costs: Sequence[float] = (1, 2, 3),
    arriving: list[list[int]] | None = None,
    at_least: ArrayLike = 0,
    pack: ArrayLike = 1,
) -> Observation:
    """Three SKUs that sell ten a day: 20 days by sea, 5 by air, 3 by truck from another warehouse."""
    sea, air, truck = (
        lane_by_hand(name, days, landed_cost=[cost] * 3, at_least=at_least, pack=pack, start=start)
        for name, days, cost, start in (("sea", 20, 1, None), ("air", 5, 4, None), ("truck", 3, 9, "depot"))
    )
    scene = scene_by_hand([air, sea, truck], TEN_A_DAY, on_hand, arriving=arriving)
    seen = scene.seen(frozenset({"stock", "sales", "calendar"}), run=0)
    return replace(seen, volume_m3=np.array(volumes), unit_cost=np.array(costs, dtype=float))


def _filled(seen: Observation, base: str = RULE, **parameters: object) -> Orders:
    return _answer(f"{base}+container-fill", seen, parameters)


def _capped(seen: Observation, base: str = RULE, **parameters: object) -> Orders:
    return _answer(f"{base}+budget-cap", seen, parameters)


def _answer(spec: str, seen: Observation, parameters: Mapping[str, object]) -> Orders:
    given = ",".join(f"{name}={value}" for name, value in parameters.items())
    return policy(f"{spec}:{given}").orders(seen)
