"""Tiers: which SKU stands where and why, and when that changes."""

from dataclasses import replace

import numpy as np
import pytest

from policies.plugins.rehearsal import Scene, lane_by_hand, scene_by_hand
from policies.protocol import IntArray, Orders, PolicyError
from policies.registry import policy

SEA, POST = lane_by_hand("sea", 30, landed_cost=[1.0] * 5), lane_by_hand("post", 10, landed_cost=[1.0] * 5)
HISTORY = 120


def _steady(*paces: int) -> IntArray:
    """So many units of each SKU a day, [day, market, sku]."""
    return np.tile(np.array(paces), (HISTORY, 1, 1))


def _asked(
    spec: str, sold: IntArray, on_hand: list[int], direct: list[int] | None = None, day: int = 105
) -> tuple[Orders, Orders]:
    """What bonded stock and direct mail order; buyers turn to bonded stock first, so its sight holds the sales."""
    rule = policy(spec)
    bonded = scene_by_hand([_lane(SEA, on_hand)], sold, on_hand, day=day, warehouse="bonded", bonded=True)
    mail = scene_by_hand(
        [_lane(POST, on_hand)], sold[:, :0], direct or [0] * len(on_hand), channels=(), day=day, warehouse="mail"
    )
    return tuple(
        rule.orders(replace(here, places=(other,)).seen(rule.sees, run=0))
        for here, other in ((bonded, mail), (mail, bonded))
    )


def _lane(lane, skus: list[int]):
    few = slice(len(skus))
    return replace(lane, landed_cost=lane.landed_cost[few], at_least=lane.at_least[few], pack=lane.pack[few])


def _units(orders: Orders) -> list[int]:
    return sum(orders.units.values()).tolist()


def test_every_tier_has_its_reason_and_its_place() -> None:
    """8 a day; 3 a day in bonded stock; 9 a day for five days; 3 a day elsewhere; 9 a day, but it costs 18.

    Bonded, 30 days off: 8 x 74 - 100 and 3 x 74 - 50. Direct mail, 10 days off: seven days of those two, and 54 days
    of 45 units in four weeks and of three a day.
    """
    sold = _steady(8, 3, 0, 3, 9)
    sold[-5:, 0, 2] = 9
    bonded, mail = _asked("tiers:luxury_price=17", sold, [100, 50, 0, 0, 0])
    for orders in (bonded, mail):
        assert orders.why["tier"].tolist() == [1, 1, 2, 2, 3]
        assert orders.why["tier_reason"].tolist() == [1, 2, 3, 4, 5]
    assert _units(bonded) == [492, 172, 0, 0, 0]
    assert _units(mail) == [56, 21, int(np.ceil(45 / 28 * 54)), 162, 0]


@pytest.mark.parametrize(
    ("sold", "in_bonded", "tier", "reason"),
    [
        (139, 0, 2, 4),  # in 28 days: 5 a day promote
        (140, 0, 1, 1),
        (139, 1, 1, 2),
        (56, 1, 1, 2),  # below 2 a day it is demoted
        (55, 1, 2, 4),
        (56, 0, 2, 4),
        (0, 1, 2, 4),
    ],
)
def test_it_takes_more_to_be_promoted_than_to_stay(sold: int, in_bonded: int, tier: int, reason: int) -> None:
    days = _steady(4)
    days[-28:] = 0
    days[-1] = sold
    for orders in _asked("tiers", days, [in_bonded]):
        assert (orders.why["tier"].tolist(), orders.why["tier_reason"].tolist()) == ([tier], [reason])


def test_goods_on_order_stand_in_bonded_stock_too() -> None:
    rule = policy("tiers")
    bonded = scene_by_hand(
        [_lane(SEA, [0])], _steady(3), [0], arriving=[[200]], day=105, warehouse="bonded", bonded=True
    )
    assert rule.orders(bonded.seen(rule.sees, run=0)).why["tier_reason"].tolist() == [2]


@pytest.mark.parametrize(("price", "tier"), [(10.0, 1), (9.99, 3)])
def test_luxury_is_dearer_than_its_price(price: float, tier: int) -> None:
    """The only SKU costs 10."""
    bonded, mail = _asked(f"tiers:luxury_price={price}", _steady(8), [0])
    assert bonded.why["tier"].tolist() == [tier]
    assert (_units(bonded) + _units(mail) == [0, 0]) == (tier == 3)


def test_luxury_is_never_ordered_not_even_what_is_owed() -> None:
    rule = policy("tiers:luxury_price=5")
    scene = scene_by_hand([_lane(POST, [0])], _steady(8), [0], backlog=[3], warehouse="mail")
    assert _units(rule.orders(scene.seen(rule.sees, run=0))) == [0]


def test_direct_mail_counts_what_a_demoted_sku_left_in_bonded_stock() -> None:
    """1 a day: 54 days are bought, less 30 that still stand in bonded stock."""
    bonded, mail = _asked("tiers", _steady(1), [30])
    assert (_units(bonded), _units(mail)) == ([0], [0])  # 30 are more than the 24 of the trigger
    bonded, mail = _asked("tiers", _steady(1), [20])
    assert (_units(bonded), _units(mail)) == ([0], [54 - 20])


@pytest.mark.parametrize(
    ("first_sale", "promoted"),
    [(85, 98), (86, 105), (92, 105), (93, 112)],  # 14 days of sales at the end of day 98, 99, 105 and 106
)
def test_a30_a_new_sku_is_promoted_at_the_next_review_not_before(first_sale: int, promoted: int) -> None:
    """It sells 12 a day, so after 14 days, when it is proven, 6 a day in four weeks. Reviews are every seven days."""
    tiers = {}
    for day in range(84, 120, policy("tiers").review_days):
        sold = _steady(0)
        sold[HISTORY - 1 - day + first_sale :] = 12
        bonded, mail = _asked("tiers", sold, [0], day=day)
        tiers[day] = bonded.why["tier"].item()
        assert (bonded.why["tier"] == mail.why["tier"]).all()
        assert (_units(bonded)[0] > 0) == (tiers[day] == 1)
    assert tiers == {day: 1 if day >= promoted else 2 for day in tiers}


def test_a30_a_sku_that_grows_is_promoted_at_the_next_review_not_before() -> None:
    """3 a day, 6 a day from day 90 on: four weeks of it reach 5 a day on day 108, the next review is on day 112."""
    tiers = {}
    for day in range(98, 120, 7):
        sold = _steady(3)
        sold[-(day - 89) :] = 6
        tiers[day] = _asked("tiers", sold, [0], day=day)[0].why["tier"].item()
    assert tiers == {98: 2, 105: 2, 112: 1, 119: 1}


@pytest.mark.parametrize("bonded", [True, False])
def test_where_all_warehouses_are_alike_both_tiers_stand_together(bonded: bool) -> None:
    """8 and 1 a day, 30 days off: 74 days of each."""
    scene: Scene = scene_by_hand([_lane(SEA, [0, 0])], _steady(8, 1), [0, 0], warehouse="only", bonded=bonded)
    rule = policy("tiers")
    assert _units(rule.orders(scene.seen(rule.sees, run=0))) == [592, 74]


def test_two_bonded_warehouses_share_by_what_they_sold() -> None:
    """6 and 2 a day; a SKU that only direct mail has sold is shared evenly."""
    rule = policy("tiers")
    east, west = (
        scene_by_hand([_lane(SEA, [0, 0])], _steady(sold, 0), [0, 0], warehouse=name, bonded=True)
        for name, sold in (("east", 6), ("west", 2))
    )
    mail = scene_by_hand([_lane(POST, [0, 0])], _steady(0, 10), [0, 0], warehouse="mail")
    ordered = [
        _units(
            rule.orders(
                replace(here, places=tuple(one for one in (east, west, mail) if one is not here)).seen(rule.sees, run=0)
            )
        )
        for here in (east, west)
    ]
    assert ordered == [[6 * 74, 5 * 74], [2 * 74, 5 * 74]]


def test_a_hub_orders_for_what_it_feeds() -> None:
    """Direct mail feeds bonded stock: 8 a day, 10 days to it and 3 on; both echelons together hold 50."""
    rule = policy("tiers:fallback_days=0")
    mail = scene_by_hand([_lane(POST, [0])], _steady(0), [40], warehouse="mail")
    truck = lane_by_hand("truck", 3, start="mail")
    bonded = scene_by_hand([truck], _steady(8), [10], warehouse="bonded", bonded=True)
    orders = [
        _units(rule.orders(replace(here, places=(other,)).seen(rule.sees, run=0)))
        for here, other in ((mail, bonded), (bonded, mail))
    ]
    assert orders == [[8 * (10 + 3 + 14 + 30) - 50], [8 * (3 + 14 + 30) - 10]]


def test_demotion_above_promotion_is_refused() -> None:
    with pytest.raises(PolicyError, match=r"tiers: demote = 6 is above promote = 5\.0; allowed: demote <= promote"):
        policy("tiers:demote=6")
