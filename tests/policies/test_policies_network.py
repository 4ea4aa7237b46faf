"""Sight `network`: echelons, positions and paces of several warehouses, by hand."""

from dataclasses import replace

import numpy as np
import pytest
from numpy.typing import ArrayLike

from policies.network import NetworkSight, NoPlace
from policies.plugins.rehearsal import Scene, lane_by_hand, scene_by_hand
from policies.protocol import HiddenSight

SEA = lane_by_hand("sea", 30)


def _place(name: str, on_hand: int, start: str | None = None, **more: object) -> Scene:
    """A warehouse that sells ten a day, fed by a factory or by another warehouse."""
    lane = SEA if start is None else lane_by_hand(f"{start}-{name}", 4, start=start)
    return scene_by_hand([lane], np.full((60, 1, 1), 10), [on_hand], warehouse=name, **more)


def _network(*scenes: Scene) -> NetworkSight:
    first, *rest = scenes
    return replace(first, places=tuple(rest)).seen(frozenset({"network"}), run=0).network


def test_what_a_hub_owes_to_those_it_feeds_is_counted_once() -> None:
    """The depot holds 50, waits for 30, owes its own buyers 2 and the shop 15; the shop holds 4, waits for those 15
    and for 6 on the truck, and owes 1. In the echelon are 50 + 30 + 4 + 6, and 3 are owed to buyers."""
    depot = _place("depot", 50, arriving=[[30]], backlog=[2 + 15])
    shop = _place("shop", 4, "depot", arriving=[[15 + 6]], backlog=[1])
    network = _network(shop, depot)
    assert network.echelon_position("depot").tolist() == [50 + 30 + 4 + 6 - 2 - 1]
    assert network.echelon_position("shop").tolist() == [4 + 15 + 6 - 1]


def test_an_echelon_reaches_through_all_warehouses_below_and_no_further() -> None:
    depot, east, west = _place("depot", 1), _place("east", 10, "depot"), _place("west", 100, "depot")
    stall, other = _place("stall", 1_000, "east"), _place("other", 10_000)
    network = _network(stall, west, depot, other, east)
    assert [place.warehouse for place in network.places] == ["depot", "east", "other", "stall", "west"]
    assert [place.warehouse for place in network.fed_by("depot")] == ["east", "west"]
    assert {place.warehouse for place in network.echelon("depot")} == {"depot", "east", "west", "stall"}
    assert network.echelon_position("depot").tolist() == [1_111]
    assert network.echelon_position("east").tolist() == [1_010]
    assert (network.place("depot").fed, network.place("stall").fed) == (False, True)


def test_two_ways_to_one_warehouse_count_it_once() -> None:
    depot, east, west = _place("depot", 1), _place("east", 10, "depot"), _place("west", 100, "depot")
    stall = replace(_place("stall", 1_000, "east"), lanes=(lane_by_hand("a", 1, start="east"), WEST_LANE))
    assert _network(depot, east, west, stall).echelon_position("depot").tolist() == [1_111]


WEST_LANE = lane_by_hand("b", 1, start="west")


def test_an_unknown_warehouse_is_named() -> None:
    with pytest.raises(NoPlace, match="no warehouse 'shoq'; allowed: depot, shop"):
        _network(_place("depot", 1), _place("shop", 1, "depot")).place("shoq")


def test_what_other_warehouses_order_is_no_sale_to_a_buyer() -> None:
    """Ten to buyers on every second day, and four on a promise on the days between, without stock; seventy to a shop."""
    sold = np.tile([[[10], [70]], [[4], [70]]], (30, 1, 1))
    depot = scene_by_hand([SEA], sold, [5], channels=("shop", "warehouse"), warehouse="depot")
    depot = replace(depot, open_days=np.tile([1, 0], 30).reshape(60, 1, 1))
    place = _network(depot).place("depot")
    assert place.pace(28).tolist() == [10]
    assert place.sold(28).tolist() == [196]
    assert place.sold_until(0).tolist() == [420]
    assert place.sold_until(59).tolist() == [10]
    assert place.sold_until(1_000).tolist() == [0]


def test_the_pace_of_a_network_counts_days_on_which_any_had_stock() -> None:
    """Ten a day here until day 30, eight a day there from day 31 on, nothing anywhere on the last ten days."""

    def seen(name: str, sold: ArrayLike) -> Scene:
        days = np.asarray(sold).reshape(60, 1, 1)
        return replace(scene_by_hand([SEA], days, [0], warehouse=name), open_days=(days > 0).astype(np.int64))

    network = _network(seen("here", [10] * 30 + [0] * 30), seen("there", [0] * 30 + [8] * 20 + [0] * 10))
    assert network.pace(60).tolist() == [(300 + 160) / 50]
    assert network.pace(20).tolist() == [8]
    assert network.pace(10).tolist() == [0]
    assert network.place("here").pace(60).tolist() == [10]


def test_the_network_must_be_declared() -> None:
    with pytest.raises(HiddenSight, match=r"reads seen\.network on day 100 but does not declare it; add 'network'"):
        _ = _place("depot", 1).seen(frozenset({"stock"}), run=0).network


def test_without_a_network_a_warehouse_is_its_own() -> None:
    network = _network(_place("depot", 7, backlog=[9]))
    assert network.echelon_position("depot").tolist() == [-2]
    assert [place.warehouse for place in network.places] == ["depot"]
