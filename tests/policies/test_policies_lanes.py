"""Lanes that do not carry every SKU, and lanes offered twice: who uses them, and for what."""

from dataclasses import replace

import numpy as np
import pytest

from policies.answer import whole_orders
from policies.plugins.rehearsal import Scene, lane_by_hand, scene_by_hand
from policies.protocol import CalendarSight, FutureSight, Orders, PolicyFault, lane_named
from policies.quantity import lots
from policies.registry import policy

SEA = lane_by_hand("sea", lead_days=35, landed_cost=[1.0, 1.0])
AIR = lane_by_hand("air", lead_days=8, landed_cost=[5.0, 5.0], carries=[True, False])
BOTH = np.full((60, 1, 2), 250)
ONE_LANE = ["reorder-point", "lead-cover", "base-plus-burst", "service-level", "min-max", "base-stock"]


def test_the_cheapest_lane_is_one_that_carries_every_sku_where_there_is_one() -> None:
    choosy = lane_by_hand("truck", 20, landed_cost=[0.5, 0.5], carries=[False, True])
    assert lane_named("cheapest", [choosy, AIR, SEA]).name == "sea"
    assert lane_named("cheapest", [choosy, replace(SEA, carries=np.array([True, True]))]).name == "sea"
    assert lane_named("cheapest", [AIR, choosy]).name == "truck"


def test_the_fastest_lane_may_be_choosy_or_hurried() -> None:
    assert lane_named("fastest", [SEA, AIR]).name == "air"
    rushed = lane_by_hand("sea+rush", lead_days=5, landed_cost=[1.4, 1.4])
    assert lane_named("fastest", [SEA, AIR, rushed]).name == "sea+rush"
    assert lane_named("cheapest", [SEA, AIR, rushed]).name == "sea"
    scene = scene_by_hand([SEA, rushed], BOTH, [0, 0])
    assert set(_answer("lead-cover:lane=sea+rush", scene).units) == {"sea+rush"}


def test_no_lots_of_what_a_lane_does_not_carry() -> None:
    lane = replace(AIR, at_least=np.array([50, 50]), pack=np.array([12, 12]))
    assert lots(np.array([[7.0, 7.0], [0.0, 60.0]]), lane).tolist() == [[60, 0], [0, 0]]


def test_orders_of_what_a_lane_does_not_carry_are_refused_by_name() -> None:
    rule, seen = policy("never"), _scene([0, 0]).seen(frozenset(), run=0)
    assert whole_orders(rule, Orders({"air": np.array([9, 0])}), seen, (2,))["air"].tolist() == [9, 0]
    with pytest.raises(PolicyFault) as caught:
        whole_orders(rule, Orders({"air": np.array([9, 4])}), seen, (2,))
    assert str(caught.value) == (
        "policy never on day 100 ordered 4 of SKU-1 down lane 'air'; the lane does not carry it, see its `carries`"
    )


def test_a_rescue_leaves_what_it_cannot_carry_to_the_usual_lane() -> None:
    """35 days of 250 less 4,000 on hand are missing of both; only the first can fly."""
    answer = _answer("base-stock:units=20000+air-rescue", _scene([4_000, 4_000]))
    assert answer.units["air"].tolist() == [4_750, 0]
    assert answer.units["sea"].tolist() == [16_000 - 4_750, 16_000]


@pytest.mark.parametrize("spec", ONE_LANE)
def test_a_rule_whose_lane_refuses_a_sku_never_orders_it_and_says_so(spec: str) -> None:
    rule = policy(f"{spec}:lane=air")
    assert _answer(f"{spec}:lane=air", _scene([0, 0])).units["air"][1] == 0
    told = [text for text in rule.warnings([SEA, AIR]) if "carry" in text]
    assert told == [f"{spec}: lane air does not carry SKU 2 of 2 in the catalogue, so none is ever ordered"]
    assert [text for text in policy(spec).warnings([SEA, AIR]) if "carry" in text] == []
    assert told == [text for text in policy(f"{spec}:lane=air+order-ahead").warnings([SEA, AIR]) if "carry" in text]


def test_a_long_list_of_what_is_never_ordered_is_cut() -> None:
    lane = lane_by_hand("air", 8, landed_cost=np.ones(9), carries=[True] + 8 * [False])
    assert policy("base-stock").warnings([lane]) == (
        "base-stock: lane air does not carry SKU 2, 3, 4, 5, 6 and 3 more of 9 in the catalogue, so none is ever ordered",
    )


def test_the_oracle_uses_a_lane_for_what_it_carries_alone() -> None:
    """Ten a day of both; sea takes three days and air one, so air serves day 1 and 2, sea the rest."""
    arrivals = {"sea": [3, 4, 5, 6, 7, 8], "air": [1, 2, 3, 4, 5, 6]}
    scene = scene_by_hand([SEA, AIR], BOTH, [0, 0], wanted=np.full((6, 2), 10), arrivals=arrivals)
    assert _units(_answer("oracle", scene)) == {"sea": [10, 10], "air": [10, 0]}


def test_the_oracle_waits_for_no_lane_that_cannot_bring_it() -> None:
    """The next flight after today's arrives on day 5: it is for days 1 and 2 of what sea brings, else for 1 to 4."""
    lanes = (replace(SEA, carries=np.array([False, True])), replace(AIR, carries=True))
    arrivals = {"sea": [3, 4, 5, 6, 7, 8], "air": [1, 5, 5, 5, 6, 7]}
    scene = scene_by_hand(lanes, BOTH, [0, 0], wanted=np.full((6, 2), 10), arrivals=arrivals)
    assert _units(_answer("oracle", scene)) == {"sea": [0, 10], "air": [40, 20]}


def test_the_oracle_orders_for_one_sku_alone() -> None:
    scene = scene_by_hand(
        [replace(SEA, carries=np.array([False, True]))], BOTH, [0, 0],
        wanted=np.full((4, 2), 10), arrivals={"sea": [1, 2, 3, 4]},
    )  # fmt: skip
    assert _units(_answer("oracle", scene)) == {"sea": [0, 10]}


def test_the_oracle_gives_late_goods_to_buyers_who_wait_by_a_lane_that_carries_them() -> None:
    """Five of both are owed: the first flies with tomorrow's, the second comes by sea."""
    arrivals = {"sea": [3, 4, 5, 6], "air": [1, 2, 3, 4]}
    scene = scene_by_hand([SEA, AIR], BOTH, [0, 0], wanted=np.full((4, 2), 10), arrivals=arrivals, backlog=[5, 5])
    assert _units(_answer("oracle", scene)) == {"sea": [10, 15], "air": [15, 0]}


def test_a_calendar_that_knows_nothing_quotes_the_lane() -> None:
    plain = CalendarSight(100, ())
    assert plain.lead_days(SEA, 30) == 35
    assert plain.landed_cost(AIR, 30).tolist() == [5, 5]
    told = CalendarSight(100, (), lambda lane, n: len(lane) + n, lambda lane, n: np.array([n, len(lane)]))
    assert told.lead_days(SEA, 30) == 33
    assert told.landed_cost(AIR, 30).tolist() == [30, 3]


def test_future_sights_of_choosy_lanes_work_on_runs() -> None:
    rule = policy("oracle")
    arrivals = {"sea": [3, 4, 5, 6, 7, 8], "air": [1, 2, 3, 4, 5, 6]}
    one = scene_by_hand([SEA, AIR], BOTH, [0, 0], wanted=np.full((6, 2), 10), arrivals=arrivals)
    alone = rule.orders(one.seen(rule.sees, run=0))
    seen = one.seen(rule.sees)
    assert isinstance(seen.future, FutureSight)
    assert {name: units[0].tolist() for name, units in rule.orders(seen).units.items()} == _units(alone)


def _units(answer: Orders) -> dict[str, list[int]]:
    return {name: units.tolist() for name, units in answer.units.items()}


def _answer(spec: str, scene: Scene) -> Orders:
    rule = policy(spec)
    return rule.orders(scene.seen(rule.sees, run=0))


def _scene(on_hand: list[int]) -> Scene:
    return scene_by_hand([SEA, AIR], BOTH, on_hand)
