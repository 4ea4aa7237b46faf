"""Rules that decide how much at once: the lots of `fixed-lot` and `economic-lot`, worked from their formulas."""

import dataclasses
import math
from collections.abc import Sequence

import numpy as np
import pytest

from policies.contract import check_policy
from policies.formulas import economic_lot, whole_lots
from policies.plugins.rehearsal import lane_by_hand, scene_by_hand
from policies.protocol import LaneFacts, Orders, PlannedEvent, PolicyError
from policies.registry import policy

TEN_A_DAY = np.full((60, 1, 1), 10)
SEA = lane_by_hand("sea", lead_days=40, haul_days=30)


@pytest.mark.parametrize(
    "spec",
    [
        "fixed-lot:r_units=300,lot_units=50",
        "economic-lot:order_cost=0,holding_rate=0",
    ],
)
def test_contract(spec: str) -> None:
    assert check_policy(spec) == []


@pytest.mark.parametrize(
    ("on_hand", "backlog", "ordered"), [(4, 0, 0), (3, 0, 5), (0, 0, 5), (0, 1, 5), (0, 2, 10), (0, 7, 15)]
)
def test_fixed_lot_orders_the_fewest_lots_that_lift_it_above_r(on_hand: int, backlog: int, ordered: int) -> None:
    """r = 3, Q = 5: from -2 one lot reaches 3, which is not above r, so two are ordered; from -1 one is enough."""
    rule = policy("fixed-lot:r_units=3,lot_units=5")
    assert rule.sees == {"stock"}
    scene = scene_by_hand([SEA], TEN_A_DAY, [on_hand], backlog=[backlog])
    answer = rule.orders(scene.seen(rule.sees, run=0))
    assert answer.units["sea"].tolist() == [ordered]
    assert answer.why["reorder_point"].tolist() == [3]


@pytest.mark.parametrize("on_hand", [0, 12, 29, 30, 99])
def test_lots_of_one_are_a_base_stock_one_above(on_hand: int) -> None:
    base_stock = policy("base-stock:units=30")
    seen = scene_by_hand([SEA], TEN_A_DAY, [on_hand]).seen(base_stock.sees, run=0)
    assert _answer("fixed-lot:r_units=29,lot_units=1", on_hand).units["sea"] == base_stock.orders(seen).units["sea"]


@pytest.mark.parametrize(("on_hand", "ordered"), [(541, 0), (540, 300), (241, 300), (240, 600)])
def test_fixed_lot_in_days(on_hand: int, ordered: int) -> None:
    """10 a day, 40 days of lead and 14 of safety: r = 540; 30 days are a lot of 300."""
    assert _answer("fixed-lot", on_hand).units["sea"].tolist() == [ordered]


@pytest.mark.parametrize(
    ("spec", "point", "lot"),
    [
        ("fixed-lot:safety_days=0,lot_units=7", 400, 7),
        ("fixed-lot:r_units=25,lot_days=3", 25, 30),
        ("fixed-lot:lot_days=45", 540, 450),
    ],
)
def test_fixed_lot_mixes_units_and_days(spec: str, point: int, lot: int) -> None:
    answer = _answer(spec, point)
    assert answer.why["reorder_point"].tolist() == [point]
    assert answer.units["sea"].tolist() == [lot]
    assert _answer(spec, point + 1).units["sea"].tolist() == [0]


def test_fixed_lot_counts_in_lots_that_the_lane_takes() -> None:
    """A lot of 5 becomes 108: at least 100, in packs of 12; and two lots are 216, not 204."""
    lane = lane_by_hand("sea", 40, at_least=[100], pack=[12])
    assert _answer("fixed-lot:r_units=50,lot_units=5", 0, [lane]).units["sea"].tolist() == [108]
    assert _answer("fixed-lot:r_units=110,lot_units=5", 0, [lane]).units["sea"].tolist() == [216]


def test_fixed_lot_grows_with_an_announced_promotion() -> None:
    """Twice the demand on 20 of the 40 days of lead: a pace of 15, r = 15 x 54; the days of the lot are plain ones."""
    event = PlannedEvent("sale", "promotion", 111, 20, np.array([2.0]))
    answer = _answer("fixed-lot", 810, events=(event,))
    assert answer.why["reorder_point"] == pytest.approx([810])
    assert answer.why["lot"].tolist() == [300]
    assert answer.units["sea"].tolist() == [300]


def test_a_lane_that_refuses_a_sku_brings_none() -> None:
    lane = lane_by_hand("sea", 40, carries=[False])
    for spec in ("fixed-lot", "economic-lot"):
        assert _answer(spec, 0, [lane]).units["sea"].tolist() == [0]


def test_nothing_sold_nothing_ordered() -> None:
    for spec in ("fixed-lot", "economic-lot"):
        rule = policy(spec)
        for sold in (np.zeros((60, 1, 1)), np.zeros((0, 1, 1))):
            scene = scene_by_hand([lane_by_hand("sea", 40, at_least=[100])], sold, [0])
            assert rule.orders(scene.seen(rule.sees, run=0)).units["sea"].tolist() == [0]


@pytest.mark.parametrize(
    ("spec", "message"),
    [
        ("fixed-lot:r_units=3,safety_days=7", "r_units = 3 and safety_days = 7: give one of them"),
        ("fixed-lot:lot_units=3,lot_days=7", "lot_units = 3 and lot_days = 7: give one of them"),
        ("fixed-lot:lot_units=0", "allowed 1 to 1000000000.0 units"),
        ("economic-lot:service=1", "allowed 0.5 to 0.9999 probability"),
        ("economic-lot:order_cost=-1", "allowed 0 to 1000000.0 money"),
    ],
)
def test_bad_parameters_are_refused(spec: str, message: str) -> None:
    with pytest.raises(PolicyError, match=message):
        policy(spec)


def test_economic_lot_balances_ordering_and_holding() -> None:
    """K = 100, 3,650 a year, h = 0.2 x 4: Q = sqrt(912,500) = 955.25, so 955; no safety, and 47 days to protect."""
    best = math.sqrt(2 * 100 * 3650 / 0.8)
    answer = _answer("economic-lot", 470)
    assert answer.why["economic_lot"] == pytest.approx([best], rel=1e-9)
    assert answer.why["reorder_point"].tolist() == [470]
    assert answer.units["sea"].tolist() == [955]
    assert _answer("economic-lot", 471).units["sea"].tolist() == [0]


def test_economic_lot_pays_rent_for_its_volume() -> None:
    """1 a m3 and day on 0.002 m3 are 0.73 a year."""
    answer = _answer("economic-lot:rent_per_m3_day=1", 0)
    assert answer.why["economic_lot"] == pytest.approx([math.sqrt(2 * 100 * 3650 / 1.53)], rel=1e-9)


@pytest.mark.parametrize(("spec", "lot"), [("economic-lot:holding_rate=0", 3650), ("economic-lot:order_cost=0", 1)])
def test_economic_lot_is_a_unit_at_least_and_a_year_at_most(spec: str, lot: int) -> None:
    assert _answer(spec, 470).units["sea"].tolist() == [lot]


def test_economic_lot_orders_where_service_level_does() -> None:
    """Days of 5 and 15 in turn, and a lead time that spreads: the same trigger, whatever the lot."""
    sold = np.tile([5, 15], 40).reshape(80, 1, 1)
    lane, triggers = lane_by_hand("sea", 40, spread_days=6), []
    for spec in ("economic-lot:service=0.98,order_cost=5", "service-level:service=0.98"):
        rule = policy(spec)
        seen = scene_by_hand([lane], sold, [0]).seen(rule.sees, run=0)
        triggers.append(float(rule.orders(seen).why["reorder_point"][0]))
    assert triggers[0] == triggers[1]


def test_economic_lot_is_no_dearer_than_its_neighbours() -> None:
    """K D / Q + h Q / 2 at Q is at most that at Q + 1 and Q - 1, for paces and costs of all sizes."""
    pace, hold = np.array([0.01, 0.5, 3.0, 80.0, 1_000.0]), np.array([0.05, 1.0, 9.0, 0.4, 30.0])
    best = economic_lot(40.0, hold, pace)

    def cost(lot: np.ndarray) -> np.ndarray:
        return 40 * 365 * pace / lot + hold * lot / 2

    assert (cost(best) <= np.minimum(cost(best + 1), cost(np.maximum(best - 1, best / 2)))).all()


def test_whole_lots_against_counting_up() -> None:
    for lot in (1, 3, 7):
        for position in range(-20, 8):
            ordered = 0
            while position <= 5 and position + ordered <= 5:
                ordered += lot
            assert whole_lots(np.array([lot]), np.array([position]), np.array([5.0])).tolist() == [ordered]


def _answer(
    spec: str, on_hand: int, lanes: Sequence[LaneFacts] = (SEA,), events: tuple[PlannedEvent, ...] = ()
) -> Orders:
    """The answer at this stock; a unit costs 4 and takes 0.002 m3."""
    rule = policy(spec)
    seen = scene_by_hand(lanes, TEN_A_DAY, [on_hand], events=events).seen(rule.sees, run=0)
    return rule.orders(dataclasses.replace(seen, unit_cost=np.array([4.0]), volume_m3=np.array([0.002])))
