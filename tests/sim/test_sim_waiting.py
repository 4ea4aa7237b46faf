"""Buyers who wait: who does, for how long, whose order is late, and what is kept for one market alone."""

from pathlib import Path

import numpy as np
import pytest

from reports.record import Record
from sim.luck import Luck
from sim.play.stock import LedgerError, Stock
from sim.play.waiting import owed_units
from sim.world.network import Network
from tests.sim.shops import shop_of
from tests.worlds import TWO_PLACES, played, same_series, same_totals, scenario_of

RULE = "reorder-point:safety_days=0"
EMPTY = """
title = "Two a day are wanted; the shelf is empty until goods come"
start = 2026-01-05
days = 12
slot_hours = 24
[[sku]]
id = "A"
unit_cost = 1
price = 2
[supplier.f]
[lane.l]
from = "f"
to = "w"
legs = [{ name = "road", days = 1 }]
[warehouse.w]
opening = { units = 0 }
[market.m]
served_by = ["w"]
waits = 1
[market.m.demand.A]
organic = { law = "fixed", mean = 2 }
"""
GOODS = '[[open_order]]\nsku = "A"\nwarehouse = "w"\nunits = {units}\ndue = 2026-01-{day:02}\n'


def alone(text: str, tmp_path: Path) -> Record:
    (record,) = played(scenario_of(text, tmp_path), "never", runs=1)
    return record


def backlog(record: Record) -> list[int]:
    assert record.series is not None
    return record.series.backlog[:, 0, 0, 0].tolist()  # type: ignore[no-any-return]


@pytest.mark.parametrize("slot_hours", [24, 12])
def test_who_waits_cancels_when_the_time_is_over(slot_hours: int, tmp_path: Path) -> None:
    """Nothing comes: at the end of each slot those wait who came within the last three days."""
    text = EMPTY.replace("waits = 1", "waits = 1\nwaits_at_most_days = 3").replace("= 24", f"= {slot_hours}")
    record = alone(text, tmp_path)
    assert record.series is not None
    wanted, slots = record.series.wanted[:, 0, 0, 0], 3 * 24 // slot_hours
    assert backlog(record) == [wanted[max(0, slot + 1 - slots) : slot + 1].sum() for slot in range(len(wanted))]
    assert (record.cancelled.item(), record.lost.item()) == (24 - 6, 0)


def test_goods_that_come_on_the_last_day_still_find_their_buyer(tmp_path: Path) -> None:
    """On day 3 four units come: the two of day 0, who would cancel today, and the two of day 1 are served."""
    text = EMPTY.replace("waits = 1", "waits = 1\nwaits_at_most_days = 3") + GOODS.format(units=4, day=8)
    record = alone(text, tmp_path)
    assert backlog(record)[:6] == [2, 4, 6, 4, 6, 6]
    assert record.cancelled.item() == 2 * len(range(5, 12))


def test_who_came_first_is_served_first(tmp_path: Path) -> None:
    """One unit on day 1 goes to day 0, so one of day 0 cancels on day 3 and two on each day after."""
    text = EMPTY.replace("waits = 1", "waits = 1\nwaits_at_most_days = 3") + GOODS.format(units=1, day=6)
    assert backlog(alone(text, tmp_path))[:6] == [2, 3, 5, 6, 6, 6]


def test_units_are_late_once_when_they_wait_too_long(tmp_path: Path) -> None:
    """Two days are allowed. Goods for day 0 come on day 2, in time; nothing comes for days 1 to 9 before the end."""
    text = EMPTY.replace("waits = 1", "waits = 1\nlimits = { dispatch_days = 2, traffic_left = 1 }") + GOODS.format(
        units=2, day=7
    )
    record = alone(text, tmp_path)
    assert record.late.item() == 2 * len(range(1, 10))
    assert record.cancelled.item() == 0


def test_who_cancels_in_time_is_not_late(tmp_path: Path) -> None:
    text = EMPTY.replace(
        "waits = 1", "waits = 1\nwaits_at_most_days = 2\nlimits = { dispatch_days = 2, traffic_left = 1 }"
    )
    record = alone(text, tmp_path)
    assert (record.late.item(), record.cancelled.item()) == (0, 20)


def test_the_limit_shows_and_a_long_one_changes_nothing(tmp_path: Path) -> None:
    def limited(days: int) -> Record:
        text = TWO_PLACES.replace("waits = 1\n", f"waits = 1\nwaits_at_most_days = {days}\n")
        (record,) = played(scenario_of(text, tmp_path), RULE)
        return record

    (plain,) = played(scenario_of(TWO_PLACES, tmp_path), RULE)
    assert same_series(plain, limited(500)) and same_totals(plain, limited(500))
    short = limited(3)
    assert plain.series is not None and short.series is not None
    first = int(plain.series.backlog.any(axis=(1, 2, 3)).argmax())
    assert (plain.series.backlog[: first + 3] == short.series.backlog[: first + 3]).all()
    assert short.cancelled.sum() > 0 and short.backlog_days.sum() < plain.backlog_days.sum()
    assert not short.cancelled[:, 1:].any(), "only the market with a limit"


def test_a_cancelled_unit_still_owed_is_named() -> None:
    stock = Stock(np.zeros((1, 1, 1), np.int64), np.zeros((1, 1, 1), np.int64), 1)
    stock.owe(np.array([[[3]]]))
    stock.cancel(np.array([[[2]]]))
    stock.check()
    stock.backlog += 2
    with pytest.raises(LedgerError, match="backlog"):
        stock.check()


def test_while_a_restock_is_announced_the_share_of_preorders_waits(tmp_path: Path) -> None:
    text = EMPTY.replace("waits = 1", "waits = 0\npreorders = 1")
    network = Network.of(scenario_of(text, tmp_path))
    stock = Stock(np.zeros((1, 1, 1), np.int64), np.zeros((1, 1, 1), np.int64), 1)
    shop, asked = shop_of(network, stock), np.array([[[5]]])
    assert shop.takes_preorders
    usual, ordered = (shop.trade(slot, asked, None, np.array([[[told]]])) for slot, told in enumerate((0.0, 1.0)))
    assert (usual.lost.item(), stock.backlog.item()) == (5, 5)
    assert ordered.owed is not None
    assert (ordered.owed.item(), ordered.lost.item()) == (5, 0)


def test_a_share_of_each_cell_waits() -> None:
    keys = np.array([[[Luck(1).key(run, "w")] for run in range(1000)]], np.uint64)
    short, shares = np.full((1, 1000, 1), 3), np.where(np.arange(1000) < 500, 0.0, 0.5)[None, :, None]
    owed = owed_units(short, shares, keys, 4)[0, :, 0]
    assert not owed[:500].any()
    assert set(owed[500:].tolist()) == {1, 2}
    assert owed[500:].mean() == pytest.approx(1.5, abs=4 * 0.5 / np.sqrt(500))


KEPT = (
    EMPTY.replace("waits = 1", "reserves = { A = 10 }")
    + """
[market.n]
served_by = ["w"]
[market.n.demand.A]
organic = { law = "fixed", mean = 2 }
"""
)
VISITED = (
    KEPT.replace('[market.n]\nserved_by = ["w"]', '[market.n]\nserved_by = ["v", "w"]')
    + """
[warehouse.v]
[lane.k]
from = "f"
to = "v"
legs = [{ name = "road", days = 1 }]
"""
)


def shares(text: str, shelf: int, m: int, n: int, tmp_path: Path) -> tuple[int, int]:
    """What markets m and n get of so many units at w."""
    network = Network.of(scenario_of(text, tmp_path))
    units = {"w": shelf, "v": 0}
    opening = np.array([[[units[place]] for place in network.warehouses]])
    stock = Stock(opening, np.zeros_like(opening), len(network.markets))
    asked = np.array([[[{"m": m, "n": n}[market]] for market in network.markets]])
    served, _ = shop_of(network, stock).counter.serve([asked], 0, None)
    got = dict(zip(network.markets, served[0, :, 0].tolist(), strict=True))
    stock.check()
    return got["m"], got["n"]


@pytest.mark.parametrize("text", [KEPT, VISITED], ids=["at home", "visiting"])
@pytest.mark.parametrize(
    ("shelf", "m", "n", "got"), [(30, 10, 10, (10, 10)), (15, 0, 10, (0, 5)), (8, 0, 10, (0, 0)), (8, 20, 10, (8, 0))]
)
def test_the_last_units_are_for_their_market_alone(
    text: str, shelf: int, m: int, n: int, got: tuple[int, int], tmp_path: Path
) -> None:
    assert shares(text, shelf, m, n, tmp_path) == got


def test_beyond_its_own_a_market_shares_what_is_kept_for_none(tmp_path: Path) -> None:
    """Of 15, m takes its ten; of the other five it asks for 2 and n for 10: 0.83 and 4.17, so 1 and 4."""
    assert shares(KEPT, 15, 12, 10, tmp_path) == (11, 4)


def test_where_too_little_is_left_to_keep_all_of_it_is_kept_alike(tmp_path: Path) -> None:
    both = KEPT.replace("[market.n]", '[market.n]\nreserves = { "*" = 30 }')
    assert shares(both, 20, 0, 50, tmp_path) == (0, 15)
    assert shares(both, 20, 50, 50, tmp_path) == (5, 15)
    assert sum(shares(both, 1, 50, 50, tmp_path)) == 1


def test_what_is_kept_for_a_market_shows(tmp_path: Path) -> None:
    def sold(units: int) -> Record:
        kept = KEPT.replace("A = 10", f"A = {units}").replace("units = 0", "units = 20")
        return alone(kept, tmp_path)

    plain, kept = sold(0), sold(10)
    assert plain.served[0, :, 0].tolist() == [10, 10]
    assert kept.served[0, 0, 0] > 10 > kept.served[0, 1, 0]
