"""Buyers who take a sibling: who switches, to what, and that none of it is lost, delivered twice or taken by rank."""

from pathlib import Path

import numpy as np
import pytest

from reports.record import Record
from sim.play.siblings import Siblings, apportioned
from sim.play.stock import Stock
from sim.world.network import Network
from tests.sim.shops import shop_of
from tests.worlds import TWO_PLACES, played, same_series, same_totals, scenario_of

RULE = "reorder-point:safety_days=0"
GROUPED = TWO_PLACES.replace('id = "LAMP"', 'id = "LAMP"\ngroup = "light"').replace(
    'id = "BULB"', 'id = "BULB"\ngroup = "light"'
)
SHOP = """
title = "A family of three and a loner"
start = 2026-01-05
days = 5
sku = [
  { id = "A", unit_cost = 1, price = 2, group = "g" },
  { id = "B", unit_cost = 1, price = 3, group = "g" },
  { id = "C", unit_cost = 1, price = 5, group = "g" },
  { id = "D", unit_cost = 1, price = 7, group = "loner" },
  { id = "E", unit_cost = 1, price = 7 },
]
[supplier.f]
[lane.l]
from = "f"
to = "v"
legs = [{ name = "road", days = 1 }]
[lane.k]
from = "f"
to = "w"
legs = [{ name = "road", days = 1 }]
[warehouse.v]
[warehouse.w]
[market.m]
served_by = ["w"]
switches = 1
[market.n]
served_by = ["w"]
switches = 1
[market.o]
served_by = ["v", "w"]
switches = 1
"""
SHOP += "".join(f'[market.{m}.demand."*"]\norganic = {{ law = "fixed", mean = 1 }}\n' for m in "mno")


def switched(
    tmp_path: Path, shelf: list[int], short: dict[str, list[int]], text: str = SHOP, seed: int = 1
) -> tuple[dict[str, list[int]], dict[str, list[int]], list[int]]:
    """Units switched and taken by market, and what is left at w, of a shelf there and of unmet units by market."""
    network = Network.of(scenario_of(text.replace("days = 5", f"days = 5\nseed = {seed}"), tmp_path))
    opening = np.array([[[0] * 5 if place == "v" else shelf for place in network.warehouses]])
    stock = Stock(opening, np.zeros_like(opening), len(network.markets))
    units = np.array([[short.get(market, [0] * 5) for market in network.markets]])
    siblings = Siblings.of(network, [0])
    assert siblings is not None
    left, taken = siblings.serve(shop_of(network, stock).counter, units, 0)
    stock.check()
    assert (left <= units).all()
    by_market = ({m: a[0, i].tolist() for i, m in enumerate(network.markets)} for a in (left, taken))
    return *by_market, stock.on_hand[0, network.warehouses.index("w")].tolist()  # type: ignore[return-value]


def test_siblings_are_taken_in_proportion_to_what_is_left(tmp_path: Path) -> None:
    left, taken, shelf = switched(tmp_path, [0, 30, 10, 9, 9], {"m": [20, 0, 0, 0, 0]})
    assert left["m"] == [20, 0, 0, 0, 0]
    assert taken["m"] == [0, 15, 5, 0, 0]
    assert shelf == [0, 15, 5, 9, 9]


def test_what_finds_nothing_is_not_switched(tmp_path: Path) -> None:
    left, taken, shelf = switched(tmp_path, [0, 3, 1, 9, 9], {"m": [20, 0, 0, 0, 0]})
    assert (left["m"], taken["m"], shelf) == ([4, 0, 0, 0, 0], [0, 3, 1, 0, 0], [0, 0, 0, 9, 9])


def test_a_sku_without_group_or_alone_in_it_has_no_sibling(tmp_path: Path) -> None:
    left, taken, _ = switched(tmp_path, [50, 50, 50, 0, 0], {"m": [0, 0, 0, 8, 8]})
    assert not any(left["m"]) and not any(taken["m"])


def test_nobody_switches_to_what_is_itself_missing(tmp_path: Path) -> None:
    """Some of B is left, as where orders are refused in parts; but buyers of B could not have it."""
    left, taken, _ = switched(tmp_path, [0, 6, 4, 0, 0], {"m": [3, 5, 0, 0, 0]})
    assert sum(left["m"]) == 4 and taken["m"] == [0, 0, 4, 0, 0]
    assert left["m"][:2] in ([1, 3], [2, 2]), "1.5 and 2.5 of them"


@pytest.mark.parametrize("seed", range(5))
def test_markets_share_a_sibling_alike(seed: int, tmp_path: Path) -> None:
    """30 of m and 10 of n look for the 20 that are left: 15 and 5."""
    left, taken, shelf = switched(tmp_path, [0, 20, 0, 0, 0], {"m": [30, 0, 0, 0, 0], "n": [10, 0, 0, 0, 0]}, seed=seed)
    assert (left["m"][0], left["n"][0]) == (taken["m"][1], taken["n"][1]) == (15, 5)
    assert shelf[1] == 0


def test_nothing_is_left_while_somebody_looks(tmp_path: Path) -> None:
    """One buyer each from m and n, one unit each of B and C: both are sold, whoever asks for which first."""
    for seed in range(20):
        _, _, shelf = switched(tmp_path, [0, 1, 1, 0, 0], {"m": [1, 0, 0, 0, 0], "n": [1, 0, 0, 0, 0]}, seed=seed)
        assert shelf[:3] == [0, 0, 0]


def test_ties_fall_by_luck_not_by_name(tmp_path: Path) -> None:
    last = [
        switched(tmp_path, [0, 1, 1, 0, 0], {"m": [1, 0, 0, 0, 0]}, seed=seed)[1]["m"].index(1) for seed in range(60)
    ]
    assert 12 <= last.count(1) <= 48, "a fair coin leaves this range once in a million"


def test_the_second_warehouse_has_siblings_too(tmp_path: Path) -> None:
    left, taken, _ = switched(tmp_path, [0, 9, 0, 0, 0], {"o": [4, 0, 0, 0, 0]})
    assert (left["o"][0], taken["o"][1]) == (4, 4)


def test_what_is_kept_for_a_market_is_nobody_elses_sibling(tmp_path: Path) -> None:
    text = SHOP.replace('[market.m]\nserved_by = ["w"]', '[market.m]\nserved_by = ["w"]\nreserves = { B = 5 }')
    left, taken, shelf = switched(tmp_path, [0, 6, 0, 0, 0], {"n": [4, 0, 0, 0, 0]}, text)
    assert (left["n"][0], taken["n"][1], shelf[1]) == (1, 1, 5)
    left, taken, shelf = switched(tmp_path, [0, 6, 0, 0, 0], {"m": [4, 0, 0, 0, 0]}, text)
    assert (left["m"][0], taken["m"][1], shelf[1]) == (4, 4, 2)


def test_a_share_of_buyers_switches(tmp_path: Path) -> None:
    text = SHOP.replace("switches = 1", "switches = 0.15", 1)
    left, taken, _ = switched(tmp_path, [0, 999, 999, 0, 0], {"m": [700, 0, 0, 0, 0]}, text)
    assert (left["m"][0], sum(taken["m"])) == (105, 105)


@pytest.mark.parametrize(
    ("units", "weights", "expected"),
    [
        ([10], [[3, 0, 7]], [[3, 0, 7]]),
        ([5], [[3, 0, 7]], [[1, 0, 4]]),  # 1.5 and 3.5: a tie, here to the larger luck
        ([4], [[5, 5, 5]], [[1, 1, 2]]),  # 1.33 each
        ([0], [[5, 5, 5]], [[0, 0, 0]]),
        ([9], [[1, 0, 2]], [[3, 0, 6]]),
        ([2 * 10**12], [[3 * 10**12, 10**12, 0]], [[15 * 10**11, 5 * 10**11, 0]]),
    ],
)
def test_largest_remainders(units: list[int], weights: list[list[int]], expected: list[list[int]]) -> None:
    assert apportioned(np.array(units), np.array(weights), np.array([[0.1, 0.2, 0.3]])).tolist() == expected


def test_switching_shows_and_share_0_is_no_switching(tmp_path: Path) -> None:
    def record(share: float) -> Record:
        (one,) = played(scenario_of(GROUPED.replace("waits = 0.4", f"waits = 0.4\nswitches = {share}"), tmp_path), RULE)
        return one

    plain, silent, on = record(0.0), played(scenario_of(GROUPED, tmp_path), RULE)[0], record(0.5)
    assert same_series(plain, silent) and same_totals(plain, silent)
    assert plain.series is not None and on.series is not None
    first = int((plain.series.wanted > plain.series.sold).any(axis=(1, 2, 3)).argmax())
    assert first > 5
    assert (plain.series.sold[:first] == on.series.sold[:first]).all()
    assert (plain.wanted == on.wanted).all()
    assert on.switched.sum() > 0 == plain.switched.sum()
    assert on.lost.sum() < plain.lost.sum()
    assert (on.short_orders >= on.switched).all(), "whoever switched had met too little stock"


@pytest.mark.parametrize("waits", [0, 0.5])
def test_whoever_switched_is_neither_lost_nor_waiting(waits: float, tmp_path: Path) -> None:
    """Three a day of A, whose shelf is empty; half of its buyers take B, of which there is enough."""
    text = SHOP.split("[market.m]")[0].replace("[warehouse.w]", "[warehouse.w]\nopening = { by_sku = { B = 10 } }")
    text += f'[market.m]\nserved_by = ["w"]\nswitches = 0.5\nwaits = {waits}\n'
    text += '[market.m.demand.A]\norganic = { law = "fixed", mean = 3 }\n'
    (record,) = played(scenario_of(text, tmp_path), "never", runs=1)
    assert record.series is not None
    switched, waiting = record.switched.sum(), record.series.backlog[-1].sum()
    assert (record.served.sum(), record.short_orders.sum()) == (0, 15)
    assert 5 <= switched <= 10
    assert (waiting > 0) == (waits > 0)
    assert record.lost.sum() == 15 - switched - waiting
    assert record.series.sold.sum(axis=(0, 1, 2)).tolist() == [0, switched, 0, 0, 0]
    assert record.money["revenue"].tolist() == [3.0 * switched], "what was taken is paid for, not what was wanted"


@pytest.mark.parametrize("slot_hours", [24, 6])
def test_every_unit_that_was_asked_for_is_accounted_for(slot_hours: int, tmp_path: Path) -> None:
    text = GROUPED.replace("waits = 0.4", "waits = 0.4\nwaits_at_most_days = 5\nswitches = 0.5")
    text = text.replace("days = 200", f"days = 120\nslot_hours = {slot_hours}", 1)
    for record in played(scenario_of(text, tmp_path), RULE, "never"):
        assert record.series is not None
        owed = record.wanted - record.served - record.switched - record.lost
        settled = owed - record.cancelled - record.series.backlog[-1]
        delivered = record.series.sold.sum(axis=0)
        assert (owed >= 0).all() and (settled >= 0).all()
        assert (delivered.sum(axis=-1) == (record.served + record.switched + settled).sum(axis=-1)).all()
