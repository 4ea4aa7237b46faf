"""Stock moved between warehouses by hand: it leaves here, arrives there, and nothing of it is sold or bought."""

from pathlib import Path

import numpy as np
import pytest

from policies.protocol import PolicyFault
from reports.record import Record
from tests.sim.paper import PAPER, Mover, Script, bill, but
from tests.worlds import played, same_series, same_totals, scenario_of

TWO = but(
    PAPER.replace('[lane.track]\nfrom = "f"\nto = "w"', '[lane.track]\nfrom = "w"\nto = "v"\nfifo = true').replace(
        "[market.m]", "[warehouse.v]\nopening = { units = 0 }\n[market.m]"
    ),
    warehouse__w="opening = { units = 50 }",
).replace("mean = 1", "mean = 0.000001")
"""Fifty units stand in w; a track of five days leads to v. Nobody buys."""
V, W = 0, 1
"""Warehouses stand in the order of their names."""


def moved(text: str, tmp_path: Path, *lines: tuple[int, str, tuple[int, ...]], **how: object) -> Record:
    """What happens when a seller moves (day, lane, units) and orders nothing."""
    settings = {"runs": 1, "playbooks": (Mover(lines),)} | how
    (record,) = played(scenario_of(text, tmp_path), Script(), **settings)  # type: ignore[arg-type]
    return record


def test_units_leave_here_and_arrive_there(tmp_path: Path) -> None:
    """Decided on day 2, gone as day 3 begins, there as day 8 begins."""
    record = moved(TWO, tmp_path, (2, "track", (30,)))
    assert record.series is not None
    stock = record.series.on_hand[:, 0, :, 0]
    assert stock[2, W] == 50
    assert stock[3, W] == 20
    assert stock[7, V] == 0
    assert stock[8, V] == 30
    (shipment,) = record.series.shipments
    assert (shipment.supplier, shipment.warehouse, shipment.ordered, shipment.shelved) == ("w", "v", 3, 8)
    assert record.series.received[8, 0, V, 0] == 30
    assert record.moved_out[0, :, 0].tolist() == [0, 30]
    assert record.moved_in[0, :, 0].tolist() == [30, 0]
    assert record.ordered.sum() == 0


def test_no_more_is_moved_than_is_there(tmp_path: Path) -> None:
    record = moved(TWO, tmp_path, (2, "track", (80,)), (4, "track", (80,)))
    assert record.moved_out[0, W, 0] == 50
    assert record.closing[0, :, 0].tolist() == [50, 0]


def test_nothing_moves_without_a_word(tmp_path: Path) -> None:
    """A playbook that moves nothing is none."""
    (plain,) = played(scenario_of(TWO, tmp_path), Script(), runs=1)
    for lines in ((), ((2, "track", (0,)),)):
        quiet = moved(TWO, tmp_path, *lines)
        assert same_series(plain, quiet)
        assert same_totals(plain, quiet)


def test_a_move_costs_its_freight_duty_and_time_and_is_no_purchase(tmp_path: Path) -> None:
    text = but(TWO, lane__track="cost = { per_m3 = 4, per_shipment = 9 }", supplier__f="price_factor = 3")
    text = text.replace('"track", days = 5 }', '"track", days = 5 }, { name = "customs", post = "p" }')
    text = text.replace("[market.m]", "[customs.p]\nclear_days = 2\nduty = 0.1\n[market.m]")
    record = moved(text, tmp_path, (2, "track", (30,)))
    assert bill(record, "freight") == pytest.approx(30 * 4 + 9)
    assert bill(record, "duty") == pytest.approx(3)
    assert bill(record, "goods") == 0
    assert record.series is not None
    assert np.flatnonzero(record.series.received[:, 0, V, 0]).tolist() == [10]


def test_what_is_sold_costs_the_same_wherever_it_stood(tmp_path: Path) -> None:
    """One unit a day is sold from w, moved or not: 20 stay, enough for 20 days."""
    text = (
        TWO.replace("mean = 0.000001", "mean = 1").replace("days = 100", "days = 15").replace("price = 0", "price = 3")
    )
    stay, go = moved(text, tmp_path), moved(text, tmp_path, (2, "track", (30,)))
    assert stay.series is not None
    assert go.series is not None
    assert (stay.series.sold == go.series.sold).all()
    assert bill(stay, "revenue") == bill(go, "revenue") == 45
    for record in (stay, go):
        sold = record.opening + record.received - record.moved_out - record.closing
        assert sold.sum() == 15
    assert (go.moved_in.sum(), go.moved_out.sum()) == (30, 30)


def test_a_move_counts_as_on_order_until_it_is_there(tmp_path: Path) -> None:
    for days, coming in ((7, 30), (8, 30), (9, 0)):
        record = moved(TWO.replace("days = 100", f"days = {days}"), tmp_path, (2, "track", (30,)))
        assert record.on_the_way_after[0, :, 0].tolist() == [coming, 0]


def test_what_has_moved_in_has_been_received(tmp_path: Path) -> None:
    """It comes at noon of the last day, when the day's goods are already in."""
    text = TWO.replace('"track", days = 5', '"track", days = 0.5').replace("days = 100", "days = 5")
    record = moved(text, tmp_path, (3, "track", (30,)))
    assert record.on_the_way_after[0, V, 0] == 30
    assert record.received[0, V, 0] == record.moved_in[0, V, 0] == 0


def test_a_move_of_a_scored_day_is_in_the_table_of_transit_times(tmp_path: Path) -> None:
    """Replication 0, the day it left counted from the first scored day, then days in production, departure, track."""
    text = TWO.replace("days = 100", "days = 97\nwarm_up_days = 3")
    for decided, left in ((2, 0), (5, 3)):
        rows = moved(text, tmp_path, (decided, "track", (30,))).transit["track"]
        assert rows[:, :5].tolist() == [[0, left, 0, 0, 5]]
    assert len(moved(text, tmp_path, (1, "track", (30,))).transit["track"]) == 0, "gone before the first scored day"


def test_moved_goods_wait_their_turn_like_any_other(tmp_path: Path) -> None:
    text = but(TWO, lane__track="departs = { every_days = 10, room_m3 = 20 }", warehouse__v="dock_units_per_day = 5")
    record = moved(text, tmp_path, (2, "track", (15,)), (4, "track", (15,)))
    assert record.series is not None
    assert [(one.departed, one.shelved) for one in record.series.shipments] == [(10, 18), (20, 28)]


def test_moved_goods_that_are_refused_are_lost_and_no_factory_pays(tmp_path: Path) -> None:
    text = TWO.replace('"track", days = 5 }', '"track", days = 5 }, { name = "customs", post = "p" }')
    post = "[customs.p]\nrefused = { chance = 1, then = 'return', credit = 1 }\n[market.m]"
    record = moved(text.replace("[market.m]", post), tmp_path, (2, "track", (30,)))
    assert record.lost_on_the_way[0, :, 0].tolist() == [30, 0]
    assert record.moved_in.sum() == 0
    assert bill(record, "goods") == 0


def test_batteries_do_not_move_by_lanes_that_refuse_them(tmp_path: Path) -> None:
    text = but(TWO.replace('id = "A"', 'id = "A"\nbattery = true'), lane__track="takes_batteries = false")
    with pytest.raises(PolicyFault, match="track"):
        moved(text, tmp_path, (2, "track", (30,)))


def test_every_replication_moves_its_own(tmp_path: Path) -> None:
    text = TWO.replace('{ law = "fixed", mean = 0.000001 }', '{ law = "poisson", mean = 2 }')
    one = moved(text, tmp_path, (2, "track", (80,)), runs=6, batch=1, keep=range(6))
    many = moved(text, tmp_path, (2, "track", (80,)), runs=6, batch=6, keep=range(6))
    assert same_series(one, many)
    assert same_totals(one, many)
    assert len(set(one.moved_out[:, W, 0].tolist())) > 1
