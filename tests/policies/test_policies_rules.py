"""Each rule's orders, worked from its formula."""

import math

import numpy as np
import pytest

from policies.plugins.rehearsal import lane_by_hand, scene_by_hand
from policies.protocol import NoLane, Orders, PolicyError
from policies.registry import policy

TEN_A_DAY = np.full((60, 1, 1), 10)
SEA = lane_by_hand("sea", lead_days=40, haul_days=30, landed_cost=[1.0])
AIR = lane_by_hand("air", lead_days=8, haul_days=6, landed_cost=[5.0])


def test_never_orders_nothing() -> None:
    assert not _answer("never", on_hand=0).units


@pytest.mark.parametrize(
    ("on_hand", "on_order", "backlog", "ordered"), [(30, 0, 0, 0), (12, 10, 0, 8), (0, 0, 7, 37), (99, 0, 0, 0)]
)
def test_base_stock_in_units_orders_what_is_missing(on_hand: int, on_order: int, backlog: int, ordered: int) -> None:
    rule = policy("base-stock:units=30,review_days=1")
    assert rule.review_days == 1
    assert rule.sees == {"stock"}
    scene = scene_by_hand([SEA], TEN_A_DAY, [on_hand], arriving=[[on_order]], backlog=[backlog])
    assert rule.orders(scene.seen(rule.sees, run=0)).units["sea"].tolist() == [ordered]


@pytest.mark.parametrize(("spec", "level"), [("base-stock:cover_days=50", 500), ("base-stock", 700)])
def test_base_stock_in_days(spec: str, level: int) -> None:
    assert _answer(spec, on_hand=120).units["sea"].tolist() == [level - 120]


@pytest.mark.parametrize(("position", "ordered"), [(11, 0), (10, 35), (0, 45)])
def test_min_max_in_units(position: int, ordered: int) -> None:
    assert _answer("min-max:s_units=10,S_units=45", on_hand=position).units["sea"].tolist() == [ordered]


@pytest.mark.parametrize(("spec", "low", "high"), [("min-max:s_days=20,S_days=35", 200, 350), ("min-max", 540, 840)])
def test_min_max_in_days(spec: str, low: int, high: int) -> None:
    assert _answer(spec, on_hand=low + 1).units["sea"].tolist() == [0]
    assert _answer(spec, on_hand=low).units["sea"].tolist() == [high - low]


def test_min_max_equal_levels_are_base_stock_one_below() -> None:
    assert _answer("min-max:s_units=29,S_units=30", on_hand=29).units["sea"].tolist() == [1]
    assert _answer("min-max:s_units=30,S_units=30", on_hand=30).units["sea"].tolist() == [0]


@pytest.mark.parametrize(
    ("spec", "message"),
    [
        ("min-max:s_units=40,S_units=10", "s_units = 40 is above S_units = 10"),
        ("min-max:s_days=40,S_days=10", "s_days = 40 is above S_days = 10"),
        ("min-max:s_units=10", "s_units = 10, S_units = None: give both"),
        ("min-max:S_days=10", "s_days = None, S_days = 10: give both"),
        ("min-max:s_units=1,S_units=2,s_days=1,S_days=2", "give units or days"),
        ("base-stock:units=30,cover_days=20", "give one of them"),
        ("reorder-point:safety_days=10,safety_units=200", "give one of them"),
        ("reorder-point:safety_cycles=1,safety_days=10", "give one of them"),
    ],
)
def test_parameters_that_contradict_each_other_are_refused(spec: str, message: str) -> None:
    with pytest.raises(PolicyError, match=message):
        policy(spec)


def test_reorder_point_in_cycles_and_with_production() -> None:
    """10 a day; 40 days of lead, 30 of them haul: 400 + 1.5 x 300 = 850; two cycles: 1,000."""
    assert _answer("reorder-point").why["reorder_point"].tolist() == [850]
    assert _answer("reorder-point:safety_cycles=2").why["reorder_point"].tolist() == [1000]
    assert _answer("reorder-point", on_hand=851).units["sea"].tolist() == [0]
    assert _answer("reorder-point", on_hand=850).units["sea"].tolist() == [300]
    assert _answer("reorder-point:order_days=45", on_hand=800).units["sea"].tolist() == [500]


def test_lane_by_name_and_by_facts() -> None:
    assert _answer("reorder-point:lane=air").why["reorder_point"].tolist() == [80 + 90]
    assert set(_answer("reorder-point:lane=fastest").units) == {"air"}
    assert set(_answer("reorder-point:lane=cheapest").units) == {"sea"}
    with pytest.raises(NoLane, match="no lane 'rail'; allowed: cheapest, fastest, sea, air"):
        _answer("reorder-point:lane=rail")


def test_service_level_protects_lead_time_and_review() -> None:
    """Days of 5 and 15 in turn: pace 10, sd from the definition; lead 40 +- 6 days, review 7."""
    sold = np.tile([5, 15], 40).reshape(80, 1, 1)
    sea = lane_by_hand("sea", lead_days=40, spread_days=6)
    sd = math.sqrt(56 / 55 * 25)
    safety = 1.6448536269514722 * math.sqrt(47 * sd**2 + (10 * 6) ** 2)
    rule = policy("service-level")
    answer = rule.orders(scene_by_hand([sea], sold, [0]).seen(rule.sees, run=0))
    assert answer.why["safety_stock"] == pytest.approx([safety], rel=1e-9)
    assert answer.why["reorder_point"] == pytest.approx([470 + safety], rel=1e-9)
    assert answer.units["sea"].tolist() == [math.ceil(470 + safety + 300)]


def test_base_plus_burst_without_steady_markets_takes_the_pace_of_all() -> None:
    sold = np.full((100, 1, 1), 20)
    sold[-50] = 90
    rule = policy("base-plus-burst")
    answer = rule.orders(scene_by_hand([SEA], sold, [0], channels=("social",)).seen(rule.sees, run=0))
    assert answer.why["base_stock"].tolist() == [60]
    assert answer.why["burst_stock"].tolist() == [450]
    assert answer.why["reorder_point"].tolist() == [60 + 450 + 800]


SPREAD = (
    "service-level",
    "periodic-service:law=normal",
    "dynamic-safety",
    "economic-lot",
    "marginal-reward",
    "newsvendor:begins=start",
    "abc-xyz",
)
"""Rules whose safety stock grows with the spread of daily sales."""


@pytest.mark.parametrize("spec", SPREAD)
def test_days_without_stock_say_nothing_of_the_spread(spec: str) -> None:
    """Ten on every day that had stock, which was every other day."""
    sold = TEN_A_DAY.copy()
    sold[::2] = 0
    scene = scene_by_hand([SEA], sold, [0], day=0)
    scene.open_days[::2] = 0
    whole = scene_by_hand([SEA], TEN_A_DAY, [0], day=0)
    rule = policy(spec)
    told, steady = (rule.orders(each.seen(rule.sees, run=0)) for each in (scene, whole))
    for name, line in steady.why.items():
        assert told.why[name] == pytest.approx(line)
    assert told.units["sea"].tolist() == steady.units["sea"].tolist()
    assert told.units["sea"] > 0


@pytest.mark.parametrize("spec", SPREAD)
def test_what_other_warehouses_order_spreads_too(spec: str) -> None:
    """Twenty on every other day, to the buyers of a shop or to other warehouses: the same stock."""
    sold = np.tile([0, 20], 30).reshape(60, 1, 1)
    rule = policy(spec)
    shop, depot = (
        rule.orders(scene_by_hand([SEA], sold, [0], day=0, channels=(channel,)).seen(rule.sees, run=0))
        for channel in ("shop", "warehouse")
    )
    for name, line in shop.why.items():
        assert depot.why[name] == pytest.approx(line)
    assert depot.units["sea"].tolist() == shop.units["sea"].tolist()


@pytest.mark.parametrize(
    "spec", ["reorder-point", "lead-cover", "base-plus-burst", "service-level", "min-max", "base-stock"]
)
def test_nothing_sold_nothing_ordered(spec: str) -> None:
    rule = policy(spec)
    for sold in (np.zeros((60, 1, 1)), np.zeros((0, 1, 1))):
        scene = scene_by_hand([lane_by_hand("sea", 40, at_least=[100], pack=[12])], sold, [0])
        assert rule.orders(scene.seen(rule.sees, run=0)).units["sea"].tolist() == [0]


def _answer(spec: str, on_hand: int = 0) -> Orders:
    rule = policy(spec)
    return rule.orders(scene_by_hand([SEA, AIR], TEN_A_DAY, [on_hand]).seen(rule.sees, run=0))
