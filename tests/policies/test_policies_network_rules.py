"""Each network rule's orders, worked from its formula."""

from dataclasses import dataclass, replace
from typing import ClassVar

import numpy as np
import pytest

from policies.network import NoPlace
from policies.plugins.rehearsal import Scene, lane_by_hand, scene_by_hand
from policies.protocol import Observation, Orders, Policy, PolicyError
from policies.registry import policy
from policies.rules.networks.regional_limits import RegionalLimits

LEVELS = "echelon-base-stock:levels=depot=42 shop=20,review_days=1"
AIR = lane_by_hand("air", lead_days=8, landed_cost=[5.0])


def _place(name: str, pace: int, on_hand: int, *, lead: float = 30, start: str | None = None, **more: object) -> Scene:
    """A warehouse that sells so much a day and one lane into it."""
    lane = lane_by_hand(f"to-{name}", lead, start=start)
    return scene_by_hand([lane], np.full((60, 1, 1), pace), [on_hand], warehouse=name, **more)


def _asked(rule: Policy | str, *scenes: Scene) -> list[int]:
    """What each of these warehouses orders, all lanes together, asked about the same moment."""
    rule = policy(rule) if isinstance(rule, str) else rule
    return [int(sum(_answer(rule, scene, scenes).units.values())[0]) for scene in scenes]


def _answer(rule: Policy | str, here: Scene, scenes: tuple[Scene, ...]) -> Orders:
    rule = policy(rule) if isinstance(rule, str) else rule
    others = tuple(other for other in scenes if other is not here)
    return rule.orders(replace(here, places=others).seen(rule.sees, run=0))


# --- echelon-base-stock -----------------------------------------------------------------------------------------


def test_each_echelon_is_lifted_to_its_level() -> None:
    """The depot holds 10, waits for 8 and owes the shop 5; the shop holds 6, waits for those 5 and 2 on the truck.

    Shop: 20 - 13. Depot: 42 - (10 + 8 + 6 + 2).
    """
    depot = _place("depot", 0, 10, arriving=[[8]], backlog=[5])
    shop = _place("shop", 1, 6, start="depot", arriving=[[7]])
    assert _asked(LEVELS, depot, shop) == [16, 7]
    ordered = replace(depot, backlog=depot.backlog + 7), replace(shop, arriving=shop.arriving + 7)
    assert _asked(LEVELS, *ordered) == [16, 0]  # what the shop orders moves no goods into or out of the echelon


@pytest.mark.parametrize(("wanted", "orders"), [(0, (0, 0)), (3, (3, 3)), (25, (25, 25))])
def test_a_hub_orders_when_a_shop_sells(wanted: int, orders: tuple[int, int]) -> None:
    """The shop is full and sells `wanted`, the last of it on a promise: both levels miss exactly that."""
    depot = _place("depot", 0, 22)
    shop = _place("shop", 1, max(20 - wanted, 0), start="depot", backlog=[max(wanted - 20, 0)])
    assert _asked(LEVELS, depot, shop) == list(orders)


def test_levels_in_days_cover_the_way_to_the_farthest_warehouse() -> None:
    """Depot 30 days off, east 4 and west 6 days from it; 10, 5 and 20 a day; 30 days of cover.

    Depot: 35 x (30 + 6 + 30) = 2,310; east: 5 x 34 = 170; west: 20 x 36 = 720.
    """
    depot = _place("depot", 10, 100)
    east, west = _place("east", 5, 20, lead=4, start="depot"), _place("west", 20, 300, lead=6, start="depot")
    assert _asked("echelon-base-stock", depot, east, west) == [2_310 - 420, 150, 420]
    answer = _answer("echelon-base-stock", depot, (depot, east, west))
    assert answer.why["echelon_level"].tolist() == [2_310]
    assert answer.why["order_up_to"].tolist() == [2_310 - 170 - 720]
    assert _asked("echelon-base-stock:levels=west=400", depot, east, west) == [2_310 - 420, 150, 100]


def test_a_shop_orders_from_its_hub_and_not_from_a_factory() -> None:
    depot, shop = _place("depot", 0, 42), _place("shop", 1, 0, start="depot")
    shop = replace(shop, lanes=(replace(AIR, landed_cost=np.array([0.1])), *shop.lanes))
    assert set(_answer(LEVELS, shop, (depot, shop)).units) == {"to-shop"}


def test_a_lone_warehouse_is_base_stock() -> None:
    alone = _place("depot", 10, 120)
    assert _asked("echelon-base-stock", alone) == _asked("base-stock", alone) == [480]


def test_a_level_for_a_warehouse_that_is_not_there_is_refused() -> None:
    with pytest.raises(NoPlace, match="no warehouse 'shop'; allowed: depot"):
        _asked(LEVELS, _place("depot", 1, 0))


@pytest.mark.parametrize(
    ("levels", "told"),
    [
        ("depot", "'depot' is not WAREHOUSE=number; write WAREHOUSE=number WAREHOUSE=number"),
        ("depot=42 shop", "'shop' is not WAREHOUSE=number"),
        ("depot=many", "'many' is no number"),
        ("depot=1 depot=2", "depot is given twice"),
        ("depot=-1", "depot allowed 0 to 1000000000.0 units"),
        ("depot=nan", "depot allowed 0 to"),
        ("=3", "'=3' is not WAREHOUSE=number"),
    ],
)
def test_levels_that_cannot_be_read_are_refused(levels: str, told: str) -> None:
    with pytest.raises(PolicyError, match=f"echelon-base-stock: levels = .*{told}"):
        policy(f"echelon-base-stock:levels={levels}")


def test_levels_may_name_warehouses_with_spaces() -> None:
    depot, shop = _place("East Depot", 0, 0), _place("shop", 1, 0, start="East Depot")
    assert _asked("echelon-base-stock:levels=East Depot=42  shop=20", depot, shop) == [42, 20]


# --- fair-share -------------------------------------------------------------------------------------------------


@pytest.mark.parametrize(("on_hand", "ordered"), [(541, 0), (540, 300), (0, 840)])
def test_fair_share_of_one_is_a_reorder_point(on_hand: int, ordered: int) -> None:
    """10 a day, 40 days of lead, 14 of safety: 540; 30 days on top."""
    assert _asked("fair-share", _place("depot", 10, on_hand, lead=40)) == [ordered]


def test_one_total_is_split_so_that_cover_is_equal() -> None:
    """Point 15 x 34 = 510, level 960; 100 are there, so 860 are ordered: 64 days of cover in both."""
    here, there = _place("here", 10, 100, lead=20), _place("there", 5, 0, lead=20)
    assert _asked("fair-share", here, there) == [540, 320]
    assert _asked("fair-share", replace(here, on_hand=np.array([[510]])), there) == [130, 320]
    assert _asked("fair-share", replace(here, on_hand=np.array([[511]])), there) == [0, 0]


def test_stock_in_the_wrong_place_stands_for_no_other_place() -> None:
    """There may be thousands there: that counts as full, and here is ordered for as soon as both are in need."""
    here, there = _place("here", 10, 0), _place("there", 1, 9_000)
    assert _asked("fair-share", here, there)[0] > 0
    assert _asked("fair-share", here, there)[1] == 0
    assert _asked("fair-share", replace(here, on_hand=np.array([[740]])), there) == [0, 0]


def test_scarce_stock_of_a_hub_is_split_and_never_more_than_is_free() -> None:
    """40 stand in the depot, 10 of them owed to the west: 30 are free, and give both four days of cover.

    The depot: 15 x (30 + 4 + 14) = 720 with 450 on top, less 60 in the whole network.
    """
    depot = _place("depot", 0, 40, backlog=[10])
    east = _place("east", 10, 20, lead=4, start="depot")
    west = _place("west", 5, 0, lead=4, start="depot", arriving=[[10]])
    assert _asked("fair-share", depot, east, west) == [720 + 450 - 60, 20, 10]
    plenty = replace(depot, on_hand=np.array([[4_000]]))
    assert _asked("fair-share", plenty, east, west) == [0, 160, 80]  # 18 days each
    assert _asked("fair-share", replace(depot, on_hand=np.array([[10]])), east, west)[1:] == [0, 0]


def test_a_hub_keeps_its_share_for_its_own_buyers() -> None:
    """30 are free for 5 a day at the hub, 10 and 5 in the shops, which hold 20 and 10: three days of cover each."""
    depot = _place("depot", 5, 30)
    east, west = (_place(name, pace, 2 * pace, lead=4, start="depot") for name, pace in (("east", 10), ("west", 5)))
    assert _asked("fair-share", depot, east, west)[1:] == [10, 5]


def test_who_cannot_get_a_sku_takes_no_part_in_its_total() -> None:
    here, there = _place("here", 10, 100, lead=20), _place("there", 5, 0, lead=20)
    shut = replace(there, lanes=(replace(there.lanes[0], carries=np.array([False])),))
    assert _asked("fair-share", here, shut) == [10 * (34 + 30) - 100, 0]


# --- presale ----------------------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("spec", "on_hand", "on_order", "backlog", "ordered"),
    [
        ("presale", 0, 3, 7, 74),  # 7 days of 10, 7 owed, 3 on the way
        ("presale", 70, 0, 0, 0),
        ("presale", 69, 0, 0, 1),
        ("presale:cover_days=0", 0, 0, 7, 7),
        ("presale:cover_days=0", 0, 7, 7, 0),
    ],
)
def test_presale_buys_what_is_owed_and_a_little_more(
    spec: str, on_hand: int, on_order: int, backlog: int, ordered: int
) -> None:
    rule, sea = policy(spec), lane_by_hand("sea", lead_days=40)
    scene = scene_by_hand([sea, AIR], np.full((60, 1, 1), 10), [on_hand], arriving=[[on_order]], backlog=[backlog])
    never_in_stock = replace(scene, open_days=0 * scene.open_days)
    for seen in (scene, never_in_stock):
        units = rule.orders(seen.seen(rule.sees, run=0)).units
        assert {name: array.tolist() for name, array in units.items()} == {"air": [ordered]}


# --- regional-limits --------------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("limits", "ordered"),
    [("germany=30", 600), ("germany=0", 300), ("germany=60", 900), ("germany=59", 890), ("other=0", 900), ("", 900)],
)
def test_a_limit_holds_at_the_arrival(limits: str, ordered: int) -> None:
    """Base stock wants 900 more; 10 a day sell, the ship takes 40 days, 100 are there: 10 x (40 + limit) - 100."""
    rule = RegionalLimits(policy("base-stock:units=1000"), limits=limits)
    assert _asked(rule, _place("germany", 10, 100, lead=40), _place("other", 1, 5_000))[0] == ordered


@pytest.mark.parametrize(("at_least", "pack", "ordered"), [(0, 48, 576), (577, 48, 0), (576, 48, 576), (0, 601, 0)])
def test_a_limit_is_not_passed_for_the_sake_of_a_carton(at_least: int, pack: int, ordered: int) -> None:
    lane = lane_by_hand("to-germany", 40, at_least=[at_least], pack=[pack])
    germany = replace(_place("germany", 10, 100, lead=40), lanes=(lane,))
    assert _asked("base-stock:units=1000+regional-limits:limits=germany=30", germany) == [ordered]


@dataclass(frozen=True)
class ByBoth:
    """Orders 300 by air and 400 by sea."""

    name: ClassVar[str] = "by-both"
    sees: ClassVar[frozenset[str]] = frozenset()
    review_days: ClassVar[int] = 7

    def orders(self, seen: Observation) -> Orders:
        return Orders({"sea": np.array([400]), "air": np.array([300])}, why={"reorder_point": np.array([55.0])})


def test_the_slowest_lane_is_cut_first() -> None:
    """Air: 10 x (8 + 32) - 100 = 300; sea: 10 x (40 + 32) - 100 - 300 = 320."""
    germany = scene_by_hand([lane_by_hand("sea", 40), AIR], np.full((60, 1, 1), 10), [100], warehouse="germany")
    answer = _answer(RegionalLimits(ByBoth(), limits="germany=32"), germany, (germany,))
    assert {name: units.tolist() for name, units in answer.units.items()} == {"sea": [320], "air": [300]}
    assert (answer.why["cut"].tolist(), answer.why["reorder_point"].tolist()) == ([80], [55.0])


def test_a_limit_for_a_warehouse_that_is_not_there_is_refused() -> None:
    with pytest.raises(NoPlace, match="no warehouse 'germny'; allowed: germany"):
        _asked("never+regional-limits:limits=germny=30", _place("germany", 10, 100))
