"""A waterline from history, promotion plan, season and cycle: ten a day, forty days by sea, reviews once a week."""

import math

import numpy as np
import pytest

from policies.formulas import safety_factor
from policies.plugins.rehearsal import Scene, lane_by_hand, scene_by_hand
from policies.protocol import Orders, PlannedEvent
from tests.policies.announced_event import LEAD, SEA, answer, lost_units, ordered, promotion, scene

EVEN = "dynamic-safety:service=0.5"
CYCLE = LEAD + 7


@pytest.mark.parametrize(("position", "units"), [(471, 0), (470, 300), (400, 370), (0, 770)])
def test_it_covers_lead_time_and_review_and_orders_thirty_days_more(position: int, units: int) -> None:
    assert ordered(EVEN, scene(position)) == units


def test_history_spread_of_sales_and_of_the_lead_time_make_the_safety_stock() -> None:
    """Eight and twelve in turn over 56 days: variance 4 x 56 / 55; a lead time of five days' spread: 10 x 5."""
    lane = lane_by_hand("sea", LEAD, spread_days=5.0)
    orders = answer("dynamic-safety:service=0.95", scene(0, lane=lane, sold=np.array([8, 12] * 30)))
    safety = safety_factor(0.95) * math.sqrt(CYCLE * 4 * 56 / 55 + 50**2)
    assert orders.why["safety_stock"] == pytest.approx([safety])
    assert orders.why["reorder_point"] == pytest.approx([470 + safety])


@pytest.mark.parametrize(("days_to_go", "waterline"), [(CYCLE + 1, 470), (CYCLE, 500), (20, 590), (1, 590)])
def test_the_promotion_plan_within_the_cycle_raises_it(days_to_go: int, waterline: int) -> None:
    assert answer(EVEN, scene(0, promotion(100 + days_to_go))).why["reorder_point"] == pytest.approx([waterline])


def test_what_a_promotion_beyond_the_cycle_sells_is_ordered_with_the_rest() -> None:
    assert ordered(EVEN, scene(470, promotion(150))) == 300 + 120


def test_a_promotion_that_is_over_lingers_neither_in_pace_nor_in_spread() -> None:
    sold = np.array([8, 12] * 24 + [40, 40, 40, 40] + [8, 12] * 4)
    over, quiet = promotion(89), np.delete(sold, range(48, 52))
    after = answer("dynamic-safety:pace_days=52", scene(0, over, sold=sold))
    before = answer("dynamic-safety:pace_days=48", scene(0, sold=quiet))
    assert after.why["forecast"] == pytest.approx([10])
    assert after.why["safety_stock"] == pytest.approx(before.why["safety_stock"])
    assert answer("dynamic-safety:pace_days=52", scene(0, sold=sold)).why["forecast"] > [12]


def test_where_hardly_any_plain_day_is_left_the_spread_is_that_of_all() -> None:
    sold = np.array([20, 40] * 30)
    lifted = answer("dynamic-safety", scene(0, promotion(30, days=90), sold=sold))
    assert lifted.why["safety_stock"] > [0]


@pytest.mark.parametrize(("then", "factor"), [(20, 2.0), (5, 0.5), (10, 1.0), (100, 3.0), (1, 1 / 3)])
def test_the_season_is_what_the_same_days_sold_last_year(then: int, factor: float) -> None:
    """The spread of the history grows as the root of what is expected, the rest with it."""
    orders = answer(EVEN, _years(then))
    assert orders.why["season_factor"] == pytest.approx([factor])
    assert orders.why["reorder_point"] == pytest.approx([470 * factor])
    assert answer(f"{EVEN},most_season=1", _years(then)).why["season_factor"] == [1]


def test_the_days_after_the_cycle_have_a_season_of_their_own() -> None:
    """Last year the days after the cycle sold three times as much."""
    past = np.full(400, 10)
    past[400 - 364 + CYCLE :][:30] = 30
    orders = answer(EVEN, _scene(past))
    assert orders.why["season_factor"] == pytest.approx([1])
    assert orders.why["order_up_to"] == pytest.approx([470 + 900])


@pytest.mark.parametrize(("known", "factor"), [(392, 2.0), (391, 1.0), (60, 1.0), (0, 1.0)])
def test_without_a_year_and_four_weeks_there_is_no_season(known: int, factor: float) -> None:
    assert answer(EVEN, _years(20, known)).why["season_factor"] == [factor]


def test_where_nothing_sold_last_year_there_is_no_season() -> None:
    past = np.full(400, 10)
    past[: 400 - 364] = 0
    assert answer(EVEN, _scene(past)).why["season_factor"] == [1]


def test_last_years_promotion_is_not_its_season() -> None:
    past = np.full(400, 10)
    past[400 - 364 + 10 :][:4] = 40
    held = PlannedEvent("Black Friday", "promotion", 500 - 364 + 11, 4, np.array([4.0]))
    assert answer(EVEN, _scene(past, held)).why["season_factor"] == pytest.approx([1])
    assert answer(EVEN, _scene(past)).why["season_factor"] > [1]


@pytest.mark.parametrize(("later", "waterline"), [(40.0, 470), (60.0, 670), (60.5, 680)])
def test_the_cycle_is_as_long_as_the_next_order_is_planned_to_take(later: float, waterline: int) -> None:
    """Factories close: an order of the next review, in seven days, takes longer."""
    leads = {"sea": [40.0] * 7 + [later]}
    made = scene_by_hand([SEA], np.full((60, 1, 1), 10), [0], day=100, leads=leads)
    assert answer(EVEN, made).why["reorder_point"] == pytest.approx([waterline])


def test_each_sku_has_its_own_waterline() -> None:
    lane = lane_by_hand("sea", LEAD, landed_cost=[1.0, 1.0], at_least=[0, 1_000])
    event = PlannedEvent("sale", "promotion", 110, 4, np.array([1.0, 4.0]))
    made = scene_by_hand([lane], np.tile([10, 20], (60, 1, 1)), [470, 1_180], day=100, events=(event,))
    orders: Orders = answer(EVEN, made)
    assert orders.why["reorder_point"] == pytest.approx([470, 940 + 240])
    assert orders.units["sea"].tolist() == [300, 1_000]


def test_nothing_sold_nothing_ordered() -> None:
    orders = answer("dynamic-safety", scene(0, sold=np.zeros(60, np.int64)))
    assert orders.units["sea"] == [0]
    assert orders.why["stop"] == [0]


def test_on_a_shipped_world_it_loses_less_over_the_holiday() -> None:
    plain, dynamic = lost_units("spring-festival", "service-level", "dynamic-safety", runs=3)
    assert dynamic < plain


def _years(then: int, known: int = 400) -> Scene:
    """Ten a day, but `then` on the days of last year that follow today's date."""
    past = np.full(400, 10)
    past[400 - 364 :][:100] = then
    return _scene(past[400 - known :])


def _scene(past: np.ndarray, *events: PlannedEvent) -> Scene:
    return scene_by_hand([SEA], np.reshape(past, (-1, 1, 1)), [0], day=500, events=events)
