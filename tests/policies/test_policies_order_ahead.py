"""Orders ahead of closures and tariff steps, worked by hand: ten a day, forty days by sea, reviews once a week."""

from dataclasses import replace

import numpy as np
import pytest

from policies.plugins.rehearsal import Scene, lane_by_hand, scene_by_hand
from policies.protocol import LaneFacts, Orders, PlannedEvent
from policies.registry import policy

SEA = lane_by_hand("sea", lead_days=40, landed_cost=[1.0])
AIR = lane_by_hand("air", lead_days=8, landed_cost=[5.0])
NEVER = "never:review_days=7+order-ahead"
DAILY = "never:review_days=1+order-ahead"
FIVE_DAYS_SAFE = "reorder-point:safety_days=5"


def _closing(first: int, longer: float = 20.0) -> list[float]:
    """Orders from that day on take longer, until the factory opens again: what is ordered meanwhile comes at once."""
    return [40.0] * first + [40.0 + longer] * 20 + [40.0 + max(longer - n, 0.0) for n in range(1, 60)]


def _leaping(first: int, cost: float) -> list[list[float]]:
    """A unit costs 1 to land, and more from that day on. It costs 4 to buy: 5 % of that are 0.2."""
    return [[1.0]] * first + [[cost]]


@pytest.mark.parametrize(("on_hand", "ordered"), [(300, 510), (809, 1), (810, 0), (2_000, 0)])
def test_stock_must_last_until_the_slowest_order_is_in(on_hand: int, ordered: int) -> None:
    """Of the reviews in 7, 14, 21, ... days, that in 21 is the first of the slowest: it arrives 60 days later."""
    assert _ordered(NEVER, _scene(on_hand, leads=_closing(20))) == ordered


def test_what_is_on_order_counts_and_what_is_owed() -> None:
    scene = _scene(300, leads=_closing(20), arriving=[[100]], backlog=[30])
    assert _ordered(NEVER, scene) == 510 - 100 + 30


@pytest.mark.parametrize(
    ("spec", "first", "sees"),
    [(NEVER, 42, True), (NEVER, 43, False), (DAILY, 45, True), (DAILY, 46, False)],
)
def test_only_reviews_within_the_window_are_looked_at(spec: str, first: int, sees: bool) -> None:
    """Weekly reviews: in 42 days, then in 49, which is beyond 45."""
    assert (_ordered(spec, _scene(0, leads=_closing(first))) > 0) == sees


def test_the_next_review_is_looked_at_however_far_it_is() -> None:
    assert _ordered("never:review_days=60+order-ahead", _scene(0, leads=_closing(50))) == (60 + 60) * 10


@pytest.mark.parametrize(("longer", "ordered"), [(3.0, 0), (3.5, (20 + 43.5) * 10)])
def test_a_little_longer_is_borne(longer: float, ordered: float) -> None:
    assert _ordered(DAILY, _scene(0, leads=_closing(20, longer))) == ordered


@pytest.mark.parametrize(("on_hand", "ordered"), [(700, 160), (860, 0), (450, 300 + 110)])
def test_the_safety_stock_of_the_other_policy_comes_on_top(on_hand: int, ordered: int) -> None:
    """Until the order in 21 days is in: 810, and 50 for safety. At 450 the other policy orders 300 by itself."""
    assert _ordered(f"{FIVE_DAYS_SAFE}+order-ahead", _scene(on_hand, leads=_closing(20))) == ordered


def test_while_the_factory_is_shut_each_order_reaches_to_the_next() -> None:
    """Today's order takes 52 days and the next one, in a week, 45: 520 are on order, 520 are needed; 440 usually."""
    shut = [52.0 - n for n in range(12)] + [40.0]
    assert _ordered(NEVER, _scene(0, arriving=[[510]], leads=shut)) == 10
    assert _ordered(NEVER, _scene(0, leads=[46.0] + [40.0] * 50)) == 0


def test_a_later_order_that_overtakes_the_slowest_ends_the_wait() -> None:
    """The order in 14 days arrives in 74, the one in 21 days in 61."""
    assert _ordered(NEVER, _scene(0, leads=[40.0] * 14 + [60.0] + [40.0] * 40)) == 610


def test_announced_events_are_bridged_too() -> None:
    event = PlannedEvent("event", "promotion", 150, 10, np.array([3.0]))
    assert _ordered(NEVER, _scene(0, leads=_closing(20), events=(event,))) == 810 + 10 * 2 * 10


@pytest.mark.parametrize(("spec", "whole"), [("base-stock", False), ("base-stock+order-ahead", True)])
def test_nothing_is_lost_over_a_closure_that_is_planned_for(spec: str, whole: bool) -> None:
    """Thirty days without work, twenty working days to make, twenty to haul; nothing is left to chance."""
    shut = range(150, 180)

    def lead(day: int) -> int:
        working = [later for later in range(day + 1, day + 60) if later not in shut]
        return working[19] - day + 20

    on_hand, coming, sold = 700, np.zeros(300, np.int64), 0
    for day in range(220):
        on_hand += coming[day]
        sold += min(10, on_hand)
        on_hand -= min(10, on_hand)
        if day % 7 == 0:
            leads = [float(lead(day + n)) for n in range(50)]
            scene = replace(_scene(on_hand, leads=leads, arriving=coming[day + 1 :, None]), day=day)
            coming[day + 1 + lead(day)] += _ordered(spec, scene)
    assert (sold == 220 * 10) == whole


@pytest.mark.parametrize(("cost", "ordered"), [(1.2, 0), (1.21, 550), (0.5, 0)])
def test_a_rise_beyond_the_share_is_bought_ahead_of(cost: float, ordered: int) -> None:
    """Reorder point 400 + 50, sixty days more: 1,050."""
    assert _ordered(f"{FIVE_DAYS_SAFE}+order-ahead", _scene(500, landed=_leaping(20, cost))) == ordered


@pytest.mark.parametrize(("on_hand", "ordered"), [(1_049, 1), (1_050, 0), (980, 70)])
def test_the_position_makes_it_once(on_hand: int, ordered: int) -> None:
    """A week after the position was raised to 1,050, the week's sales are missing and no more."""
    assert _ordered(f"{FIVE_DAYS_SAFE}+order-ahead", _scene(on_hand, landed=_leaping(20, 1.5))) == ordered


@pytest.mark.parametrize(("first", "sees"), [(1, True), (42, True), (43, False), (0, False)])
def test_a_rise_beyond_the_window_or_behind_an_order_of_today_is_not(first: int, sees: bool) -> None:
    assert (_ordered(NEVER, _scene(0, landed=_leaping(first, 1.5))) > 0) == sees


@pytest.mark.parametrize(
    ("base", "ordered"),
    [
        ("never:review_days=7", (7 + 40 + 60) * 10),  # until an order of the next review is in, and sixty days
        ("base-stock:units=500", 1_100),  # sixty days over its level
        ("min-max:s_units=100,S_units=900", 900),  # 100 + 600 are less than it orders by itself
        ("min-max:s_units=400,S_units=900", 1_000),
    ],
)
def test_the_rise_is_bought_over_the_point_at_which_the_other_orders(base: str, ordered: int) -> None:
    assert _ordered(f"{base}+order-ahead", _scene(0, landed=_leaping(20, 1.5))) == ordered


def test_events_after_the_lead_time_are_bought_ahead_too() -> None:
    """Day 100 is today: day 150 lies within the sixty days after the forty of the lead time."""
    event = PlannedEvent("event", "promotion", 150, 10, np.array([3.0]))
    scene = _scene(500, landed=_leaping(20, 1.5), events=(event,))
    assert _ordered(f"{FIVE_DAYS_SAFE}+order-ahead", scene) == 550 + 200


def test_of_closure_and_rise_the_higher_level_holds() -> None:
    both = _scene(0, leads=_closing(20), landed=_leaping(20, 1.5))
    assert _ordered(NEVER, both) == 1_070
    assert _ordered(f"{NEVER}:ahead_days=10", both) == 810


def test_each_sku_has_its_own_rise_and_lots() -> None:
    """SKU-1 costs 5 to buy: a rise of 0.24 is less than a twentieth. SKU-2 goes in packs of 100, SKU-3 not at all."""
    sea = lane_by_hand("sea", 40, landed_cost=[1.0] * 4, pack=[1, 1, 100, 1], carries=[True, True, True, False])
    scene = scene_by_hand([sea], np.full((60, 1, 4), 10), [0] * 4, landed={"sea": [[1.0] * 4, [1.24, 1.24, 1.9, 1.9]]})
    answer = _answer(NEVER, scene)
    assert answer.units["sea"].tolist() == [1_070, 0, 1_100, 0]
    assert answer.why["ordered_ahead"].tolist() == [1_070, 0, 1_100, 0]
    assert answer.why["raised_to"].tolist() == [1_070, 0, 1_070, 1_070]


def test_where_nothing_is_known_the_other_policy_orders() -> None:
    for spec in (FIVE_DAYS_SAFE, "base-stock", "never"):
        plain, ahead = (_answer(text, _scene(300)) for text in (spec, f"{spec}+order-ahead"))
        assert ahead.units["sea"].tolist() == plain.units.get("sea", np.zeros(1)).tolist()


def test_orders_by_other_lanes_count_and_stay() -> None:
    """The other policy flies 350 to its level of 350; 810 are to be there until the ship is."""
    answer = _answer("base-stock:units=350,lane=air+order-ahead", _scene(0, lanes=(SEA, AIR), leads=_closing(20)))
    assert {name: units.tolist() for name, units in answer.units.items()} == {"air": [350], "sea": [460]}


def test_runs_are_raised_one_by_one() -> None:
    one = _scene(0, leads=_closing(20))
    arrays = {name: np.repeat(getattr(one, name), 3, axis=1) for name in ("arriving", "sold", "open_days", "wanted")}
    three = replace(one, on_hand=np.array([[0], [300], [810]]), backlog=np.zeros((3, 1), np.int64), **arrays)
    rule = policy(NEVER)
    assert rule.orders(three.seen(rule.sees)).units["sea"].tolist() == [[810], [510], [0]]


def test_order_ahead_wraps() -> None:
    assert policy(NEVER).sees == {"stock", "sales", "calendar"}
    assert policy(NEVER).review_days == 7
    assert len(policy("reorder-point:safety_days=1+order-ahead").warnings([SEA])) == 1


def _ordered(spec: str, scene: Scene) -> int:
    return int(_answer(spec, scene).units["sea"].item())


def _answer(spec: str, scene: Scene) -> Orders:
    rule = policy(spec)
    return rule.orders(scene.seen(rule.sees, run=0))


def _scene(
    on_hand: int,
    leads: list[float] | None = None,
    landed: list[list[float]] | None = None,
    lanes: tuple[LaneFacts, ...] = (SEA,),
    **more: object,
) -> Scene:
    return scene_by_hand(
        lanes,
        np.full((60, 1, 1), 10),
        [on_hand],
        leads={"sea": leads} if leads else None,
        landed={"sea": landed} if landed else None,
        **more,
    )
