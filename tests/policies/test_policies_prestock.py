"""Stock for what a push of ads and for what hosts will sell: ten a day, forty days by sea, reviews once a week."""

import math
from dataclasses import replace

import numpy as np
import pytest

from policies.contract import check
from policies.network import NetworkSight
from policies.plugins.rehearsal import Scene, ads_by_hand, lane_by_hand, scene_by_hand
from policies.protocol import AdsSight, Orders, PlannedEvent
from policies.registry import policy
from tests.policies.announced_event import SEA, answer, lost_units, ordered, played, scene

SHOWS = "base-stock:units=500+influencer-prestock:early_days=0"
ADS = "base-stock:units=500+ad-prestock:early_days=0"
COVERED = 47  # days until an order of the next review is there
TODAY = 100


def show(days_to_go: int, *past_units: int, name: str = "live", skus: frozenset[str] | None = None) -> PlannedEvent:
    return PlannedEvent(name, "livestream", TODAY + days_to_go, 1, np.ones(1), past_units, skus)


# --- livestreams and influencers --------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("parameters", "expected"),
    [("", 300), (",quantile=0.5", 200), (",quantile=1", 600), (",quantile=0", 100), (",unknown_days=50", 300)],
)
def test_what_the_host_sold_before_is_expected_again(parameters: str, expected: int) -> None:
    assert answer(SHOWS + parameters, scene(0, show(42, 100, 600, 200))).why["set_aside"] == [expected]


@pytest.mark.parametrize(("parameters", "expected"), [("", 210), (",unknown_days=7.5", 75), (",unknown_days=0", 0)])
def test_of_an_unknown_host_some_days_of_everyday_sales_are_expected(parameters: str, expected: int) -> None:
    assert answer(SHOWS + parameters, scene(0, show(42))).why["set_aside"] == [expected]


@pytest.mark.parametrize(("days_to_go", "aside"), [(COVERED + 1, 0), (COVERED, 300), (41, 300), (1, 300), (0, 0)])
def test_stock_is_ordered_in_time_for_the_day(days_to_go: int, aside: int) -> None:
    assert answer(SHOWS, scene(1_000, show(days_to_go, 300))).why["set_aside"] == [aside]


@pytest.mark.parametrize(("days_to_go", "aside"), [(COVERED + 6, 0), (COVERED + 5, 300), (1, 300)])
def test_early_days_have_it_there_sooner(days_to_go: int, aside: int) -> None:
    early = SHOWS.replace("early_days=0", "early_days=5")
    assert answer(early, scene(1_000, show(days_to_go, 300))).why["set_aside"] == [aside]


@pytest.mark.parametrize(("position", "units"), [(801, 0), (800, 0), (799, 1), (0, 800)])
def test_the_other_policy_orders_what_is_set_aside(position: int, units: int) -> None:
    assert ordered(SHOWS, scene(position, show(42, 300))) == units


@pytest.mark.parametrize(("on_hand", "aside"), [(700, 300), (699, 299), (400, 0), (0, 0)])
def test_what_no_order_can_bring_in_time_is_set_aside_as_far_as_stock_is_there(on_hand: int, aside: int) -> None:
    assert answer(SHOWS, scene(on_hand, show(20, 300))).why["set_aside"] == [aside]


@pytest.mark.parametrize(("days_ago", "aside"), [(0, 0), (27, 0), (28, 300)])
def test_a_host_whose_last_show_is_in_the_pace_is_not_counted_again(days_ago: int, aside: int) -> None:
    """The pace is that of 28 days, today among them."""
    held = show(-days_ago, 300), show(42, 300)
    assert answer(SHOWS, scene(5_000, *held)).why["set_aside"] == [aside]


def test_shows_to_come_are_in_no_pace_yet() -> None:
    """A host's first shows, a week apart, are all stocked: those that an order of the next review is too late for."""
    series = [show(42 + 7 * week, 300) for week in range(-1, 3)]
    assert answer(SHOWS, scene(5_000, *series)).why["set_aside"] == [600]


def test_of_several_shows_all_count_on_the_skus_they_touch() -> None:
    post = PlannedEvent("post", "influencer", TODAY + 43, 1, np.ones(2), (50,), frozenset({"SKU-1"}))
    live = PlannedEvent("live", "livestream", TODAY + 42, 1, np.ones(2), (300,))
    push = PlannedEvent("sale", "promotion", TODAY + 42, 1, np.array([5.0, 5.0]))
    lane = lane_by_hand("sea", 40, landed_cost=[1.0, 1.0])
    made = scene_by_hand([lane], np.full((60, 1, 2), 10), [500, 500], day=TODAY, events=(post, live, push))
    assert answer(SHOWS, made).units["sea"].tolist() == [300, 350]


@pytest.mark.parametrize("base", ["base-stock:units=480", "reorder-point:safety_days=10", "dynamic-safety"])
def test_nothing_is_lost_and_nothing_is_ordered_twice(base: str) -> None:
    live, sells = PlannedEvent("live", "livestream", 150, 1, np.ones(1), (300,)), {150: 300}
    usual, stocked = played(base, days=151), played(f"{base}+influencer-prestock", live, sells=sells, days=151)
    assert played(base, live, sells=sells, days=151).lost > stocked.lost == 0
    assert stocked.highest <= usual.highest + 300


def test_on_a_shipped_world_less_is_lost_to_the_great_livestream() -> None:
    blind, stocked = lost_units(
        "livestream-clears-months", "reorder-point", "reorder-point+influencer-prestock:unknown_days=180", runs=1
    )
    assert stocked < blind


# --- ads --------------------------------------------------------------------------------------------------------


@pytest.mark.parametrize(("first", "days", "aside"), [(41, 5, 100), (46, 5, 40), (COVERED + 1, 5, 0)])
def test_a_push_sells_more_by_the_share_that_ads_bring(first: int, days: int, aside: int) -> None:
    """Ten come by themselves, and twenty from ads: on a day at twice the spend twenty more."""
    assert _aside(ADS, pushed(first, days), from_ads()) == aside


def test_the_other_policy_orders_it() -> None:
    assert _orders(ADS, pushed(41, 5), from_ads()).units["sea"] == [100]
    assert _orders(ADS, pushed(41, 5, 1.0), from_ads()).units["sea"] == [0]


def test_where_sales_do_not_follow_clicks_ads_bring_nothing() -> None:
    assert _aside(ADS, pushed(41, 5), from_ads()[::-1]) == 0


@pytest.mark.parametrize(
    ("share", "aside"), [("", 75), (",ad_share=0", 0), (",ad_share=0.2", 30), (",ad_share=1", 150)]
)
def test_where_rates_stand_still_the_share_is_taken(share: str, aside: int) -> None:
    """Thirty a day, five days at twice the spend."""
    assert _aside(ADS + share, pushed(41, 5, still=True), from_ads()) == aside


@pytest.mark.parametrize(("least", "aside"), [(28, 100), (29, 75)])
def test_fewer_days_than_asked_for_tell_nothing(least: int, aside: int) -> None:
    assert _aside(f"{ADS},least_days={least}", pushed(41, 5), from_ads()) == aside


def test_days_without_stock_tell_nothing() -> None:
    """Sold out on six of the days with many clicks: of the other 22, ads brought (14 x 10 + 8 x 30) / 22 a day."""
    sold = from_ads()
    sold[-11::2] = 0
    rule = policy(ADS)
    made = _scene(pushed(41, 5), sold)
    made.open_days[-11::2] = 0
    assert rule.orders(made.seen(rule.sees, run=0)).why["set_aside"] == [math.ceil(5 * 380 / 22)]


def test_where_less_is_planned_than_was_spent_less_is_ordered() -> None:
    assert _aside(ADS, pushed(41, 5, 0.5), from_ads()) == -50
    assert _orders(f"{ADS}", pushed(41, 5, 0.0), from_ads(), on_hand=450).units["sea"] == [0]


def test_a_push_that_runs_is_in_the_pace_as_far_as_it_is_in_the_spend() -> None:
    """Spend doubled fourteen days ago and stays: of 28 days the mean is 150, and ads bring thirty of forty units.

    At 200 they bring ten more on each of the 47 days to come.
    """
    sold = np.array([20, 40] * 23 + [30, 70] * 7)
    assert _aside(ADS, pushed(-13, 200), sold, on_hand=10_000) == 470


def test_where_nothing_is_spent_nothing_is_known() -> None:
    planned = np.zeros((200, 1))
    planned[TODAY + 1 :] = 100.0
    ads = ads_by_hand(planned, ctr=np.full((60, 1), np.nan), cvr=np.full((60, 1), np.nan))
    assert _aside(ADS, ads, from_ads()) == 0


def test_beyond_the_days_played_nothing_is_planned() -> None:
    ads = pushed(41, 5)
    assert _aside(ADS, replace(ads, planned=ads.planned[: TODAY + 1]), from_ads()) == 0
    assert _aside(ADS, replace(ads, planned=ads.planned[: TODAY + 43]), from_ads()) == 40


def test_on_a_shipped_world_less_is_lost_in_the_peak() -> None:
    blind, stocked = lost_units("account-ban-in-peak-twin", "base-stock", "base-stock+ad-prestock")
    assert stocked < blind


# --- both -------------------------------------------------------------------------------------------------------


def test_wrappers_of_both_kinds_set_aside_what_each_expects() -> None:
    spec = "base-stock:units=500+influencer-prestock+ad-prestock:early_days=0"
    orders = _orders(spec, pushed(41, 5), from_ads(), on_hand=0, events=(show(42, 300),))
    assert orders.why["set_aside"] == [400]
    assert orders.units["sea"] == [900]


def test_what_is_bought_in_when_it_is_ordered_needs_no_stock() -> None:
    rule = policy(SHOWS)
    seen = scene(1_000, show(42, 300)).seen(rule.sees, run=0)
    bought_in = replace(seen, sights={**seen.sights, "stock": replace(seen.stock, bought_in=np.array([True]))})
    assert rule.orders(bought_in).why["set_aside"] == [0]


def test_a_policy_that_plans_for_the_network_leaves_it_alone_too() -> None:
    """Its own warehouse is seen with as much less."""
    spec = "echelon-base-stock:levels=rehearsal=500"
    rule = policy(f"{spec}+influencer-prestock")
    seen = scene(500, show(42, 300)).seen(rule.sees, run=0)
    assert isinstance(seen.network, NetworkSight)
    assert rule.orders(seen).units["sea"] == [300]


@pytest.mark.parametrize(
    "spec",
    [
        "reorder-point+influencer-prestock",
        "base-stock:units=900+influencer-prestock:quantile=0.9,unknown_days=0,early_days=30",
        "reorder-point+ad-prestock",
        "min-max+ad-prestock:least_days=3,pace_days=90,early_days=30",
        "dynamic-safety+influencer-prestock+ad-prestock+air-rescue",
        "fair-share+ad-prestock",
    ],
)
def test_they_keep_the_contract(spec: str) -> None:
    assert check(spec) == []


def pushed(first: int, days: int, factor: float = 2.0, still: bool = False) -> AdsSight:
    """A hundred a day, from `first` days from now on times a factor; every other day three times as many clicks."""
    planned = np.full((300, 1), 100.0)
    planned[TODAY + first : TODAY + first + days] *= factor
    ctr = np.full((60, 1), 0.02)
    if not still:
        ctr[0::2], ctr[1::2] = 0.01, 0.03
    return ads_by_hand(planned, ctr=ctr, cvr=np.full((60, 1), 0.05))


def from_ads() -> np.ndarray:
    """Ten a day, and from ads ten or thirty."""
    return np.array([20, 40] * 30)


def _scene(ads: AdsSight, sold: np.ndarray, on_hand: int = 500, events: tuple[PlannedEvent, ...] = ()) -> Scene:
    past = np.reshape(sold, (-1, 1, 1))
    return scene_by_hand([SEA], past, [on_hand], day=TODAY, ads=ads, events=events)


def _orders(
    spec: str, ads: AdsSight, sold: np.ndarray, on_hand: int = 500, events: tuple[PlannedEvent, ...] = ()
) -> Orders:
    return answer(spec, _scene(ads, sold, on_hand, events))


def _aside(spec: str, ads: AdsSight, sold: np.ndarray, on_hand: int = 500) -> int:
    return int(_orders(spec, ads, sold, on_hand).why["set_aside"][0])
