"""Rules that look at what a SKU is, worked by hand."""

import math
from dataclasses import replace

import numpy as np
import pytest
from numpy.typing import ArrayLike

from policies.plugins.rehearsal import lane_by_hand, scene_by_hand
from policies.protocol import Observation, Orders, PlannedEvent, PolicyError
from policies.registry import policy
from policies.rules.assortment.abc_xyz import revenue_class

TEN_A_DAY = 10
SEA = 40


@pytest.mark.parametrize(
    ("revenue", "classes"),
    [
        ([79.0, 1, 15, 5], [1, 3, 1, 2]),  # 79 %; up to 94 %, which brings the sum to 80 %; up to 99 %; the rest
        ([80.0, 15, 5, 0], [1, 2, 3, 3]),  # just 80 %, just 95 %
        ([100.0], [1]),
        ([0.0, 0, 0], [3, 3, 3]),  # what sells nothing
        ([10.0, 10, 10, 10], [1, 1, 1, 1]),  # alike, so of one class
        ([60.0, 20, 20, 0.0], [1, 1, 1, 3]),
    ],
)
def test_revenue_makes_the_class(revenue: list[float], classes: list[int]) -> None:
    assert revenue_class(np.array(revenue), 0.8, 0.95).tolist() == classes
    assert revenue_class(np.array([revenue, revenue[::-1]]), 0.8, 0.95).tolist() == [classes, classes[::-1]]


def test_steadiness_makes_the_other_class() -> None:
    """Sales of 5 and 15, of 0 and 20, of 0, 0, 0 and 40: the spread over the mean is 0.5, 1 and 1.7, a little more."""
    sold = np.zeros((56, 1, 4), np.int64)
    sold[:, 0, 0] = 10
    sold[:, 0, 1], sold[:, 0, 2] = np.tile([5, 15], 28), np.tile([0, 20], 28)
    sold[::4, 0, 3] = 40
    assert _answer("abc-xyz", sold).why["xyz"].tolist() == [1, 2, 3, 3]
    assert _answer("abc-xyz:x_ratio=0.51,y_ratio=1.01", sold).why["xyz"].tolist() == [1, 1, 2, 3]


def test_the_class_makes_the_service_and_the_service_the_stock() -> None:
    """Prices are 10, 12, 14, 16; of 10,000, 1,000, 500 and 10 a day: A, C, C, C; even sales, so X and no spread."""
    sold = np.broadcast_to(np.array([100, 10, 4, 1]), (60, 1, 4))
    answer = _answer("abc-xyz:service=0.9,revenue_step=0.1,a_share=0.5,b_share=0.91", sold, spread_days=5)
    assert answer.why["abc"].tolist() == [1, 2, 3, 3]
    assert answer.why["service"] == pytest.approx([0.9, 0.8, 0.7, 0.7])
    factors = np.array([1.2815515655446004, 0.8416212335729143, 0.5244005127080407, 0.5244005127080407])
    assert answer.why["safety_stock"] == pytest.approx(factors * 5 * sold[0, 0])
    assert answer.why["reorder_point"] == pytest.approx(47 * sold[0, 0] + factors * 5 * sold[0, 0])


def test_one_class_is_the_service_level_rule() -> None:
    sold = np.tile([5, 15], 40).reshape(80, 1, 1)
    one, other = (
        _answer(spec, sold, spread_days=5)
        for spec in ("abc-xyz:service=0.95,steadiness_step=0", "service-level:service=0.95")
    )
    assert one.units["sea"].tolist() == other.units["sea"].tolist()
    assert one.why["reorder_point"] == pytest.approx(other.why["reorder_point"])


@pytest.mark.parametrize("spec", ["abc-xyz:a_share=0.96", "abc-xyz:x_ratio=1.1"])
def test_classes_that_overlap_are_refused(spec: str) -> None:
    with pytest.raises(PolicyError, match=r"abc-xyz: ._\w+ = [\d.]+ is above ._\w+ = [\d.]+; allowed: ._\w+ <= ._\w+"):
        policy(spec)


@pytest.mark.parametrize(
    ("on_hand", "share", "ordered"), [(500, 0.0, 300), (501, 0.0, 0), (620, 0.4, 300), (621, 0.4, 0)]
)
def test_what_is_bought_again_is_ordered_sooner_in_the_same_lots(on_hand: int, share: float, ordered: int) -> None:
    """Reorder point 500; thirty days of sales, times two in five, are 120 set aside."""
    answer = _repeated("reorder-point:safety_days=10+high-repeat", on_hand, share)
    assert answer.units["sea"].tolist() == [ordered]
    assert answer.why["set_aside"].tolist() == [300 * share]
    assert answer.why["reorder_point"].tolist() == [500 + 300 * share]
    assert answer.why["safety_stock"].tolist() == [100 + 300 * share]
    assert answer.why["forecast"].tolist() == [10]


def test_the_days_set_aside_are_stated() -> None:
    answer = _repeated("base-stock:units=500+high-repeat:safety_days=45", 0, 0.4)
    assert answer.units["sea"].tolist() == [500 + 180]
    assert answer.why["order_up_to"].tolist() == [680]


def test_what_is_set_aside_is_ordered_by_sea_and_never_flown() -> None:
    """410 on hand last until the ship: nothing is missing by then, though 120 of them are set aside."""
    lanes = [lane_by_hand("sea", SEA), lane_by_hand("air", 8, landed_cost=[5.0])]
    rule = policy("reorder-point:safety_days=10+air-rescue+high-repeat")
    seen = scene_by_hand(lanes, np.full((60, 1, 1), TEN_A_DAY), [410]).seen(rule.sees, run=0)
    answer = rule.orders(replace(seen, repeat_share=np.array([0.4])))
    assert not answer.units["air"].any()
    assert answer.units["sea"].tolist() == [500 + 300 - (410 - 120)]


def test_wrappers_say_when_the_other_policy_does_not_look() -> None:
    lanes = [lane_by_hand("sea", SEA)]
    assert "never does not see stock" in policy("never+high-repeat").warnings(lanes)[0]
    assert "base-stock does not see the calendar" in policy("base-stock+campaign-loop").warnings(lanes)[0]
    for fine in ("base-stock+high-repeat", "service-level+campaign-loop"):
        assert not policy(fine).warnings(lanes)


def test_a_campaign_loop_corrects_promotions_alone() -> None:
    """A livestream's lift is left as it was announced; a promotion that ended is told of no order ahead."""
    ended = PlannedEvent("ended", "promotion", 80, 5, np.array([4.0]))
    live = PlannedEvent("live", "livestream", 103, 1, np.array([6.0]))
    sold = np.full((60, 1, 1), 10)
    plain, loop = (
        _answer(spec, sold, events=(ended, live)) for spec in ("reorder-point", "reorder-point+campaign-loop")
    )
    assert loop.units["sea"].tolist() == plain.units["sea"].tolist()


@pytest.mark.parametrize("first_day", [100 - 60 + 7, 100 - 60 + 9])
def test_a_campaign_needs_a_week_before_it(first_day: int) -> None:
    """Sixty days are known, day 41 the first: from day 48 on a campaign has seven days before it."""
    event = PlannedEvent("ended", "promotion", first_day, 5, np.array([2.0]))
    days = _answer("reorder-point+campaign-loop", np.full((60, 1, 1), 10), events=(event,)).why["campaign_days"]
    assert days.tolist() == [0 if first_day < 48 else 5]


def test_campaigns_add_up_and_overlap() -> None:
    """Two promotions on the same ten days, announced at 1.5 and 2: together 2.5. Sold: 1.75 times the pace."""
    first = PlannedEvent("weeks", "promotion", 81, 20, np.array([1.5]))
    day = PlannedEvent("day", "promotion", 81, 20, np.array([2.0]))
    ahead = PlannedEvent("next", "promotion", 120, 5, np.array([3.0]))
    sold = np.full((60, 1, 1), 100)
    sold[-20:] = 175
    why = _answer("reorder-point+campaign-loop:prior_units=0.001", sold, events=(first, day, ahead)).why
    assert why["lift_seen"] == pytest.approx([1.75])
    assert why["lift_used"] == pytest.approx([1 + 2 * 0.5], abs=1e-4)


def test_what_learns_of_campaigns_itself_does_not_correct_them_twice() -> None:
    """Announced at 4, came at 2: the next one is expected at 2 by the loop, by the other policy, and by both."""
    sold = np.full((100, 1, 1), 100)
    sold[60:80] = 200
    ended = PlannedEvent("ended", "promotion", 61, 20, np.array([4.0]))
    ahead = PlannedEvent("ahead", "promotion", 110, 20, np.array([4.0]))
    learns, loop = "forecast-driven:method=seasonal-naive,service=0.5", "campaign-loop:prior_units=0.001"
    own, looped, both = (
        _answer(spec, sold, events=(ended, ahead)).why["forecast"]
        for spec in (learns, f"forecast-driven:service=0.5+{loop}", f"{learns}+{loop}")
    )
    assert looped == pytest.approx([100 * (1 + 20 / 47)], rel=1e-3)
    assert both == pytest.approx(looped, rel=0.01)
    assert own == pytest.approx(looped, rel=0.01)


def test_plain_days_are_told_by_what_a_campaign_brought() -> None:
    """Twenty days announced at 4 came at 2: the pace without them stays 100 a day."""
    sold = np.full((100, 1, 1), 100)
    sold[60:80] = 200
    ended = PlannedEvent("ended", "promotion", 61, 20, np.array([4.0]))
    why = _answer("dynamic-safety+campaign-loop:prior_units=0.001", sold, events=(ended,)).why
    assert why["forecast"] == pytest.approx([100], rel=1e-3)


SIBLINGS = ("lamp", "lamp", "strip", None)


def _launched(days: int) -> np.ndarray:
    """A lamp of 20 a day, another first sold `days` days ago at 5 a day, a strip of 7, and one without a group."""
    sold = np.broadcast_to(np.array([20, 5, 7, 3]), (60, 1, 4)).copy()
    sold[: 60 - days, 0, 1] = 0
    return sold


@pytest.mark.parametrize(
    ("days", "pace"),
    [(0, 20.0), (28, (28 * 5 + 28 * 20) / 56), (7, (7 * 5 + 28 * 20) / 35), (29, (29 * 5 + 28 * 20) / 57)],
)
def test_what_is_new_is_expected_to_sell_as_its_siblings(days: int, pace: float) -> None:
    """The lamp's 20 count for 28 days, its own 5 for those since its first sale; 40 + 7 + 21 days are covered."""
    answer = _answer("never:review_days=7+analogue:new_days=30", _launched(days), groups=SIBLINGS)
    assert answer.why["expected_pace"] == pytest.approx([0, pace, 0, 0])
    assert answer.units["sea"].tolist() == [0, math.ceil(pace * 68 - 1e-6), 0, 0]


def test_what_is_no_longer_new_is_left_to_the_other_policy() -> None:
    answer = _answer("never:review_days=7+analogue:new_days=30", _launched(30), groups=SIBLINGS)
    assert not answer.units["sea"].any()


def test_what_sold_from_the_first_day_known_is_not_new() -> None:
    """Sixty days are known, and something is new for ninety: only what began to sell within them is."""
    answer = _answer("never:review_days=7+analogue:new_days=90", _launched(59), groups=SIBLINGS)
    assert answer.why["expected_pace"] == pytest.approx([0, (59 * 5 + 28 * 20) / 87, 0, 0])
    answer = _answer("never:review_days=7+analogue:new_days=90", _launched(60), groups=SIBLINGS)
    assert answer.why["expected_pace"].tolist() == [0, 0, 0, 0]


def test_siblings_that_never_sold_tell_nothing() -> None:
    sold = np.zeros((60, 1, 3), np.int64)
    sold[-5:, 0, 2] = 9
    assert not _answer("never+analogue", sold, groups=("lamp", "lamp", "strip")).units["sea"].any()


def test_the_other_policys_orders_count() -> None:
    """Sixty units are ordered by the other policy; what is missing to the level is added by the lane."""
    spec = "base-stock:units=60+analogue:new_days=30,cover_days=0"
    ordered = _answer(spec, _launched(0), groups=SIBLINGS).units["sea"].tolist()
    assert ordered == [60, 20 * 47, 60, 60]


def _answer(
    spec: str,
    sold: ArrayLike,
    *,
    spread_days: float = 0.0,
    groups: tuple[str | None, ...] | None = None,
    events: tuple[PlannedEvent, ...] = (),
) -> Orders:
    """What a rule answers with empty shelves and forty days by sea."""
    skus = np.asarray(sold).shape[2]
    lane = lane_by_hand("sea", SEA, spread_days=spread_days, landed_cost=[1.0] * skus)
    rule = policy(spec)
    return rule.orders(scene_by_hand([lane], sold, [0] * skus, groups=groups, events=events).seen(rule.sees, run=0))


def _repeated(spec: str, on_hand: int, share: float) -> Orders:
    """What a rule answers where a share of the units is bought again; ten a day, forty days by sea."""
    rule = policy(spec)
    scene = scene_by_hand([lane_by_hand("sea", SEA)], np.full((60, 1, 1), TEN_A_DAY), [on_hand])
    seen: Observation = replace(scene.seen(rule.sees, run=0), repeat_share=np.array([share]))
    return rule.orders(seen)
