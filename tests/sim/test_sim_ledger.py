"""Units and money are conserved: by every world of these tests, and an error is named where it is."""

from pathlib import Path

import numpy as np
import pytest

from sim.play.money import Money
from sim.play.stock import LedgerError, Stock
from tests.worlds import PLAIN, QUEUES, TWO_PLACES, played, scenario_of

FIELD = ("never", "oracle", "reorder-point+air-rescue", "base-stock", "min-max:s_units=200,S_units=900")


@pytest.mark.parametrize("world", [PLAIN, QUEUES, TWO_PLACES], ids=["plain", "queues", "two places"])
def test_every_unit_and_every_bill_is_accounted_for(world: str, tmp_path: Path) -> None:
    scenario = scenario_of(world.replace("days = 200", "days = 150\nwarm_up_days = 50"), tmp_path)
    for record in played(scenario, *FIELD):
        sold = record.opening + record.received - record.closing
        assert (sold >= 0).all()
        on_the_way = record.on_the_way_before + record.ordered - record.received
        assert (on_the_way == record.on_the_way_after).all()
        assert (record.wanted == record.served + record.lost + (record.wanted - record.served - record.lost)).all()
        assert (record.served + record.lost <= record.wanted).all()
        assert record.series is not None
        days = slice(50, None)
        assert (record.series.lost[days].sum(axis=0) == record.lost).all()
        delivered = record.series.sold[days].sum(axis=(0, 2)).sum(axis=-1)
        assert (delivered == sold.sum(axis=(1, 2))).all(), "what buyers got is what left the shelves"


def test_freight_is_what_the_shipments_cost(tmp_path: Path) -> None:
    for record in played(scenario_of(PLAIN, tmp_path), *FIELD):
        assert record.series is not None
        bills = [[s.freight for s in record.series.shipments if s.run == run and s.departed < 200] for run in range(3)]
        assert record.money["freight"] == pytest.approx([sum(bill) for bill in bills], rel=1e-9)


def test_duty_is_a_share_of_what_was_cleared(tmp_path: Path) -> None:
    (record,) = played(scenario_of(PLAIN, tmp_path), "base-stock:cover_days=70,lane=sea")
    assert record.series is not None
    cost = np.array([1.0, 6.0])
    for run in range(3):
        cleared = [s for s in record.series.shipments if s.run == run and len(s.legs) > 1]
        at_most = sum(float(s.units @ cost) for s in cleared) * 0.3
        done = sum(float(s.units @ cost) for s in cleared if s.legs[1][2] < 200) * 0.3
        assert done - 1e-6 <= record.money["duty"][run] <= at_most + 1e-6


@pytest.mark.parametrize("account", ["on_hand", "on_order", "backlog"])
def test_a_unit_too_many_is_named(account: str) -> None:
    stock = Stock(np.full((2, 1, 3), 5), np.zeros((2, 1, 3), np.int64), 1)
    stock.check()
    getattr(stock, account)[1, 0, 2] += 1
    with pytest.raises(LedgerError, match=r"the ledger says \d, there is \d at \(1, 0, 2\)"):
        stock.check()


def test_stock_below_zero_is_named() -> None:
    stock = Stock(np.full((1, 1, 1), 5), np.zeros((1, 1, 1), np.int64), 1)
    stock.sell(0, np.array([[6]]))
    with pytest.raises(LedgerError, match="on hand below zero"):
        stock.check()


def test_a_bill_booked_twice_is_named() -> None:
    money = Money(2, 10)
    money.pay("freight", 1, 3, 80.0)
    money.check("freight", np.array([0.0, 80.0]))
    money.pay("freight", 1, 3, 80.0)
    with pytest.raises(LedgerError, match=r"freight: booked 160.0, the documents say 80.0, run 1"):
        money.check("freight", np.array([0.0, 80.0]))
