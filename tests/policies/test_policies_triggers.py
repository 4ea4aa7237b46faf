"""Signal rush and growth uplift beside their golden tests: what they add to, and when they keep still."""

import numpy as np
import pytest

from policies.plugins.rehearsal import Scene, ads_by_hand, lane_by_hand, scene_by_hand
from policies.protocol import LaneFacts, Orders, SalesSight
from policies.registry import policy

SEA = lane_by_hand("sea", lead_days=35, landed_cost=[1.0])
AIR = lane_by_hand("air", lead_days=8, landed_cost=[5.0])


def test_a_rush_counts_what_is_planned_and_owed() -> None:
    """100 a day: 18 days want 1,800; 900 on hand, 300 arrive on day 18, 200 on day 19, 50 are owed."""
    arriving = np.zeros((30, 1), dtype=np.int64)
    arriving[17], arriving[18] = 300, 200
    assert _answer("never+signal-rush", _hot(arriving=arriving, backlog=[50])).units["air"] == [1_800 + 50 - 900 - 300]


def test_the_other_order_shrinks_by_the_rush() -> None:
    units = _answer("base-stock:units=5000+signal-rush", _hot()).units
    assert (units["air"], units["sea"]) == ([900], [5_000 - 900 - 900])


@pytest.mark.parametrize(("level", "ordered"), [(5_000, 4_100), (1_000, 900)])
def test_one_lane_carries_whichever_is_more(level: int, ordered: int) -> None:
    units = _answer(f"base-stock:units={level},lane=air+signal-rush", _hot(lanes=(AIR,))).units
    assert {name: array.tolist() for name, array in units.items()} == {"air": [ordered]}


def test_no_ads_no_signal() -> None:
    quiet = ads_by_hand(np.zeros((200, 1)))
    assert _answer("never+signal-rush", _hot(ads=quiet)).units["air"] == [0]
    paused = ads_by_hand(np.zeros((200, 1)), ctr=np.append(np.full(28, 0.02), np.nan)[:, None])
    assert _answer("never+signal-rush", _hot(ads=paused)).units["air"] == [0]


def test_growth_is_compared_over_days_that_had_stock() -> None:
    sales = SalesSight.of_days(np.repeat([80, 120], 14).reshape(28, 1, 1))
    assert (sales.pace(14, ago=14), sales.pace(14), sales.pace(28)) == ([80], [120], [100])
    assert (sales.pace(14, ago=28), sales.pace(14, ago=99)) == ([0], [0])


def test_growth_shrinks_the_other_order_and_needs_a_faster_lane() -> None:
    sold = np.repeat([80, 120], 14).reshape(28, 1, 1)
    units = _answer("base-stock:units=20000+growth-uplift", scene_by_hand((SEA, AIR), sold, [4_000])).units
    assert (units["air"], units["sea"]) == ([4_750], [16_000 - 4_750])
    alone = _answer("base-stock:units=20000+growth-uplift", scene_by_hand((SEA,), sold, [4_000])).units
    assert {name: array.tolist() for name, array in alone.items()} == {"sea": [16_000]}


def test_triggers_wrap() -> None:
    assert policy("never+signal-rush").sees == {"stock", "sales", "ads"}
    assert policy("oracle+growth-uplift").sees == {"stock", "sales", "calendar", "future"}
    for wrapper in ("signal-rush", "growth-uplift"):
        assert policy(f"base-stock:review_days=3+{wrapper}").review_days == 3
        assert len(policy(f"reorder-point:safety_days=1+{wrapper}").warnings([SEA, AIR])) == 1


def _answer(spec: str, scene: Scene) -> Orders:
    rule = policy(spec)
    return rule.orders(scene.seen(rule.sees, run=0))


def _hot(lanes: tuple[LaneFacts, ...] = (SEA, AIR), **more: object) -> Scene:
    """100 a day, 900 on hand, and a click-through rate of 3.1 % where 2 % are usual."""
    ctr = np.append(np.full(28, 0.02), 0.031)[:, None]
    ads = {"ads": ads_by_hand(np.full((200, 1), 50.0), ctr=ctr)}
    return scene_by_hand(lanes, np.full((60, 1, 1), 100), [900], **(ads | more))
