"""Rules driven by a forecast, worked by hand: ten a day, forty days by sea, reviewed once a week."""

from dataclasses import replace

import numpy as np
import pytest
from numpy.typing import ArrayLike

from policies.contract import check
from policies.formulas import safety_factor
from policies.plugins.rehearsal import Scene, lane_by_hand, scene_by_hand
from policies.protocol import Orders, PlannedEvent, PolicyError
from policies.registry import policy
from reports.scores import SCORES
from scenarios.reader import read_scenario
from sim.tournament import play, setting

SEA = lane_by_hand("sea", lead_days=40)
LEARNED = "docs/examples/learned_forecast.py:LearnedForecast()"
RULES = [f"forecast-driven:method={method}" for method in ("smoothing", "holt", "holt-winters", "seasonal-naive")]
RULES += [f"long-tail:method={method}" for method in ("croston", "sba", "tsb")]
EACH = pytest.mark.parametrize("spec", RULES)
STEADY = np.full((200, 1, 1), 10)


def scene(on_hand: int = 0, sold: ArrayLike = STEADY, events: tuple[PlannedEvent, ...] = (), day: int = 200) -> Scene:
    return scene_by_hand([SEA], sold, [on_hand], events=events, day=day)


def answered(spec: str, asked: Scene) -> Orders:
    rule = policy(spec)
    return rule.orders(asked.seen(rule.sees, run=0))


def promotion(first_day: int, days: int, lift: float, name: str = "sale") -> PlannedEvent:
    return PlannedEvent(name, "promotion", first_day, days, np.array([lift]))


@pytest.mark.parametrize(("on_hand", "ordered"), [(471, 0), (470, 300), (0, 770)])
@pytest.mark.parametrize("spec", [spec for spec in RULES if "sba" not in spec])
def test_steady_sales_are_covered_until_the_next_order_can_arrive(spec: str, on_hand: int, ordered: int) -> None:
    """Forty days and a week are 470; sales that never stray need no safety stock; thirty days more are 770."""
    answer = answered(spec, scene(on_hand))
    assert answer.units["sea"] == ordered
    assert answer.why["reorder_point"] == pytest.approx(470)
    assert answer.why["safety_stock"] == pytest.approx(0, abs=1e-9)
    assert answer.why["forecast"] == pytest.approx(10)


def test_sba_is_too_low_for_a_sku_that_always_sells() -> None:
    assert answered("long-tail:method=sba,weight=0.2", scene()).why["forecast"] == pytest.approx(10 * 0.9)


@EACH
def test_an_announced_promotion_is_put_on_the_days_to_come(spec: str) -> None:
    """Ten days of three times the sales are twenty days more; those after the next arrival are ordered on top."""
    plain = answered(spec, scene())
    soon = answered(spec, scene(events=(promotion(210, 10, 3.0),)))
    later = answered(spec, scene(events=(promotion(255, 10, 3.0),)))
    pace = plain.why["forecast"]
    assert soon.why["reorder_point"] - plain.why["reorder_point"] == pytest.approx(20 * pace)
    assert later.why["reorder_point"] == pytest.approx(plain.why["reorder_point"])
    assert later.units["sea"] - plain.units["sea"] == pytest.approx(20 * pace, abs=1)


@EACH
def test_a_past_promotion_is_not_taken_for_everyday_sales(spec: str) -> None:
    """A fortnight of thirty a day, announced as such, by two promotions that overlap."""
    sold = STEADY.copy()
    sold[170:184] = 30
    events = (promotion(171, 14, 3.0), promotion(175, 3, 3.0, "sale in the sale"))
    answer = answered(spec, scene(sold=sold, events=events))
    plain = answered(spec, scene())
    assert answer.why["forecast"] == pytest.approx(plain.why["forecast"], rel=0.03 if "tsb" in spec else 1e-6)
    assert answered(spec, scene(sold=sold)).why["forecast"] > 1.1 * plain.why["forecast"]


def test_a_promotion_of_another_sku_hides_nothing() -> None:
    sold = np.broadcast_to(np.repeat([5, 20], 100)[:, None, None], (200, 1, 2))
    event = PlannedEvent("sale", "promotion", 101, 100, np.array([3.0, 1.0]))
    asked = scene_by_hand([lane_by_hand("sea", 40, landed_cost=[1.0, 1.0])], sold, [0, 0], events=(event,), day=200)
    forecast = answered("forecast-driven:history_days=140", asked).why["forecast"]
    assert forecast[0] == pytest.approx(5)
    assert forecast[1] > 19


def test_a_livestream_of_unknown_effect_stays_among_everyday_sales() -> None:
    event = PlannedEvent("live", "livestream", 180, 1, np.ones(1), (500,), frozenset({"SKU-0"}))
    assert answered(RULES[0], scene(events=(event,))).why["forecast"] == pytest.approx(10)


@EACH
def test_days_without_stock_say_nothing(spec: str) -> None:
    sold = STEADY.copy()
    sold[150:180] = 0
    asked = scene(sold=sold)
    open_days = asked.open_days.copy()
    open_days[150:180] = 0
    assert answered(spec, asked).why["forecast"] < 9.9
    known = answered(spec, replace(asked, open_days=open_days))
    steady = answered(spec, scene())
    # A fortnight of which some days count: less sold at a time, and as much more often; TSB nearly.
    assert known.why["forecast"] == pytest.approx(steady.why["forecast"], rel=0.03 if "tsb" in spec else 1e-6)
    assert known.why["safety_stock"] == pytest.approx(
        steady.why["safety_stock"], abs=10 if "long-tail" in spec else 1e-6
    )


@EACH
def test_without_a_past_nothing_is_ordered(spec: str) -> None:
    assert answered(spec, scene(sold=np.zeros((0, 1, 1)), day=0)).units["sea"] == 0
    assert answered(spec, scene(sold=np.full((3, 1, 1), 10), day=2)).why["forecast"] > 5


@EACH
def test_what_errs_more_is_kept_more_of_and_so_is_what_must_not_run_out(spec: str) -> None:
    """The safety stock is z times the error of a day times the root of the days until the next arrival."""
    sold = np.random.default_rng(4).poisson(10, (200, 1, 1))
    low, high = (answered(f"{spec},service={service}", scene(sold=sold)) for service in (0.9, 0.99))
    assert low.why["safety_stock"] > 0
    share = safety_factor(0.99) / safety_factor(0.9)
    assert high.why["safety_stock"] == pytest.approx(low.why["safety_stock"] * share)
    # Independent sales err by the root of their mean, and a forecast a little more; a few weeks tell it roughly.
    assert 0.5 < low.why["safety_stock"] / (safety_factor(0.9) * np.sqrt(47 * 10)) < 1.7


def test_an_unsure_lane_is_insured_against() -> None:
    asked = scene_by_hand([lane_by_hand("sea", 40, spread_days=6)], STEADY, [0], day=200)
    assert answered("forecast-driven", asked).why["safety_stock"] == pytest.approx(safety_factor(0.95) * 60)


def test_seasonal_naive_knows_the_weekday() -> None:
    """Sundays alone sell: a lane of two days reviewed daily covers a Sunday or none."""
    sold = np.where(np.arange(196) % 7 == 6, 70, 0)[:, None, None]
    fast = lane_by_hand("sea", lead_days=1)
    for ago in range(7):
        asked = scene_by_hand([fast], sold[: 196 - ago], [0], day=195 - ago)
        answer = answered("forecast-driven:method=seasonal-naive,review_days=1,service=0.5", asked)
        assert answer.why["reorder_point"] == pytest.approx(70 if ago in (1, 2) else 0, abs=1e-9)


@pytest.mark.parametrize(("sold_then", "kept"), [(30, 1.0), (10, 10 / 210), (20, 110 / 210), (50, 410 / 210)])
def test_seasonal_naive_expects_of_promotions_what_past_ones_brought(sold_then: int, kept: float) -> None:
    """Ten days of three times ten are announced to bring 200 more; ten units of doubt are added to both."""
    sold = STEADY.copy()
    sold[89:99] = sold_then
    events = (promotion(90, 10, 3.0), promotion(210, 10, 3.0))
    answer = answered("forecast-driven:method=seasonal-naive", scene(sold=sold, events=events))
    assert answer.why["reorder_point"] == pytest.approx(470 + 200 * kept)
    other = answered("forecast-driven", scene(sold=sold, events=events))
    assert other.why["reorder_point"] == pytest.approx(670)


def test_a_hit_in_a_small_promotion_does_not_make_the_next_one_endless() -> None:
    """Announced to bring two units more, it brought 1,960: the next one brings at most three times its 120."""
    sold = STEADY.copy()
    sold[89:93] = 500
    events = (promotion(90, 4, 1.05), promotion(210, 4, 4.0))
    answer = answered("forecast-driven:method=seasonal-naive", scene(sold=sold, events=events))
    assert answer.why["reorder_point"] == pytest.approx(470 + 3 * 120)


@pytest.mark.parametrize(
    ("given", "said"),
    [
        ("method=holt-winters,period_days=1", "method = holt-winters and period_days = 1: give one of the two"),
        ("method=seasonal-naive,period_days=14", "seasonal-naive goes day by day"),
        ("method=arima", "allowed smoothing, holt, holt-winters, seasonal-naive"),
        ("service=1", "allowed 0.5 to 0.9999 probability"),
    ],
)
def test_what_cannot_be_meant_is_refused(given: str, said: str) -> None:
    with pytest.raises(PolicyError, match=said):
        policy(f"forecast-driven:{given}")


@pytest.mark.parametrize(
    "spec",
    [
        "forecast-driven:method=holt,history_days=28",
        "forecast-driven:method=holt-winters,history_days=23",
        "forecast-driven:method=seasonal-naive,history_days=9",
        "forecast-driven:period_days=1,review_days=1,order_days=0,history_days=28",
        "long-tail:method=croston,period_days=1,history_days=28",
        "long-tail:method=tsb",
        LEARNED.replace("()", "(history_days=14)"),
    ],
)
def test_contract(spec: str) -> None:
    assert check(spec) == []


def test_a_learned_forecast_is_a_policy_in_a_file() -> None:
    """It learns ten a day, and of sales on Sundays alone a seventh of a Sunday's."""
    assert answered(LEARNED, scene()).why["forecast"] == pytest.approx(10, rel=0.05)
    sundays = np.where(np.arange(196) % 7 == 6, 70, 0)[:, None, None]
    learned = answered(LEARNED, scene(sold=sundays, day=195))
    assert learned.why["forecast"] == pytest.approx(10, rel=0.1)
    errors = learned.why["safety_stock"] / (safety_factor(0.95) * np.sqrt(47))
    assert errors < 0.5 * sundays.std()


@pytest.mark.parametrize("spec", [*RULES, LEARNED])
def test_each_keeps_a_real_shop_going(spec: str) -> None:
    """Sixty products of a gift shop: most orders are met, with less stock than the article's rule ties up."""
    world = read_scenario("gift-shop")
    rule, article = play(world, [spec, "reorder-point"], 2, keep=())
    facts = setting(world, "gift-shop")
    stockouts, holding = (
        [float(SCORES[name].of(each, facts).mean()) for each in (rule, article)]
        for name in ("stockout_rate", "holding_cost")
    )
    assert stockouts[0] < 0.12
    assert holding[0] < 0.75 * holding[1]
