"""A07: 1,000 units on $5,000; after a day 400 units and $1,000: 40 % against 20 %, a ratio of 2.0, so throttle."""

import numpy as np
import pytest

from policies.playbook import Levers
from policies.plugins.rehearsal import Scene, ads_by_hand, scene_by_hand
from policies.registry import playbook

BOOK = playbook("stock-guided-ads:campaign_days=5")
PLAN = np.full((120, 1), 1_000.0)


@pytest.mark.parametrize(
    ("sold", "spent", "factor"),
    [
        (400, 1_000.0, 0.5),
        (399, 1_000.0, 1.0),
        (400, 1_001.0, 1.0),
        (100, 1_000.0, 1.0),  # 10 % against 20 %: a ratio of one half exactly
        (99, 1_000.0, 1.5),
        (400, 0.0, 1.0),  # no money spent, nothing to compare with
        (1_000, 1_000.0, 0.0),  # sold out
    ],
)
def test_golden_A07_throttle(sold: int, spent: float, factor: float) -> None:
    begun = BOOK.act(_scene(100).watched(run=0))
    assert begun.ads == [1.0]
    assert (begun.memory["units"], begun.memory["money"]) == ([1_000], [5_000.0])
    assert _next_day(begun, sold, spent).ads == [factor]


def test_golden_A07_a_raise_stops_where_the_world_does() -> None:
    begun = BOOK.act(_scene(100).watched(run=0))
    assert _next_day(begun, 99, 1_000.0, most=1.2).ads == [1.2]


def test_golden_A07_a_campaign_is_followed_by_the_next() -> None:
    begun = BOOK.act(_scene(100).watched(run=0))
    last = BOOK.act(_scene(104, sold=400, spent=1_000.0).watched(begun.memory, run=0))
    assert last.memory["began"] == [100]
    following = BOOK.act(_scene(105, sold=400, spent=1_000.0).watched(last.memory, run=0))
    assert following.memory["began"] == [105]
    assert following.memory["units"] == [600]
    assert following.ads == [1.0]


def _next_day(begun: Levers, sold: int, spent: float, most: float = 1.0e3) -> Levers:
    return BOOK.act(_scene(101, sold, spent, most).watched(begun.memory, run=0))


def _scene(day: int, sold: int = 0, spent: float = 0.0, most: float = 1.0e3) -> Scene:
    """600 on hand and 400 to arrive, of which `sold` were sold today; $7,000 were spent before."""
    units = np.zeros((60, 1, 1), dtype=np.int64)
    units[-1] = sold
    ads = ads_by_hand(PLAN, spent=[7_000.0 + spent], most=most)
    left = 1_000 - sold
    return scene_by_hand([], units, [left - min(left, 400)], arriving=[[min(left, 400)]], day=day, ads=ads)
