"""T13, no luck: Wagner-Whitin's plan and the economic order quantity, what they cost by the record's money."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date, timedelta
from pathlib import Path
from typing import ClassVar

import numpy as np
import pytest

from policies.protocol import Observation, Orders
from reports.record import Record
from scenarios.reader import read_scenario
from sim.tournament import play
from tests.theory.acceptance import EXACT, printed
from tests.theory.exact.lot_sizes import economic_order, plan_cost, plans

START = date(2026, 1, 1)
WANTED, SETUP, HOLD = (90, 120, 80, 70), 500.0, 2.0
EOQ_ORDER, EOQ_HOLD, EOQ_YEAR = 8.0, 0.225, 1_300
"""A year in which 1,300 units are wanted is 1,300 days of one unit here."""


@dataclass(frozen=True)
class Planned:
    """Orders what was decided beforehand, by day."""

    name: ClassVar[str] = "planned"
    units: Mapping[int, int]
    review_days: int = 1

    @property
    def sees(self) -> frozenset[str]:
        """Nothing but the day matters."""
        return frozenset({"stock"})

    def orders(self, seen: Observation) -> Orders:
        """What is planned for today."""
        return Orders({"lane": np.full_like(seen.stock.position, self.units.get(seen.day, 0))})


def test_theory_T13_exact_figures() -> None:
    """The exact code prints the known figures."""
    quantity, cost = economic_order(EOQ_ORDER, EOQ_HOLD, EOQ_YEAR)
    assert printed(quantity, "304.046780")
    assert printed(cost, "68.410526")
    best = min(plans(WANTED), key=lambda plan: plan_cost(plan, WANTED, SETUP, HOLD))
    assert best == (210, 0, 150, 0)
    assert plan_cost(best, WANTED, SETUP, HOLD) == 1_380


def test_theory_T13_wagner_whitin(tmp_path: Path) -> None:
    """210 in the first period and 150 in the third cost 1,380 by the record's money; no other of the 8 plans less."""
    days = [0, *WANTED]  # what is ordered when a day ends is there for the next, which is the first period
    rows = [f"{START + timedelta(days=day)},LAMP,{units},{units}" for day, units in enumerate(days)]
    (tmp_path / "demand.csv").write_text("\n".join(["date,sku,units,orders", *rows, ""]), encoding="utf-8")
    text = _world(len(days), 0, SETUP, HOLD, 'history = { file = "demand.csv" }')
    choices = list(plans(WANTED))
    records = _played(tmp_path, text, [Planned(dict(enumerate(plan))) for plan in choices])
    costs = dict(zip(choices, map(_cost, records), strict=True))
    assert len(costs) == 8
    assert costs[210, 0, 150, 0] == pytest.approx(1_380, rel=EXACT)
    assert min(costs.values()) == costs[210, 0, 150, 0]
    assert costs == pytest.approx({plan: plan_cost(plan, WANTED, SETUP, HOLD) for plan in choices}, rel=EXACT)


def test_theory_T13_economic_order_quantity(tmp_path: Path) -> None:
    """An order of 304 when nothing is left costs what Wilson says, and one of 303 or 305 more.

    A day's unit leaves in one piece before its end is counted, so that half a unit less is held than in his saw-tooth.
    """
    costs = {quantity: _yearly(tmp_path, quantity) for quantity in (303, 304, 305)}
    wilson = EOQ_ORDER * EOQ_YEAR / 304 + EOQ_HOLD * 304 / 2
    assert costs[304] == pytest.approx(wilson - EOQ_HOLD / 2, rel=EXACT)
    assert printed(costs[304] + EOQ_HOLD / 2, "68.410526")
    assert min(costs, key=lambda quantity: costs[quantity]) == 304


def _yearly(folder: Path, quantity: int) -> float:
    """The cost of a year, from two whole cycles after a day that uses up the opening stock."""
    days = 2 * quantity
    wanted = 'demand."*".organic = { law = "fixed", mean = 1 }'
    text = _world(days + 1, 1, EOQ_ORDER, EOQ_HOLD / EOQ_YEAR, wanted)
    (record,) = _played(folder, text, [Planned({0: quantity, quantity: quantity})])
    return _cost(record) * EOQ_YEAR / days


def _world(days: int, opening: int, per_shipment: float, hold: float, wanted: str) -> str:
    return f"""
title = "A case with a known answer"
start = {START}
days = {days}
seed = 1
sku = [{{ id = "LAMP", unit_cost = 1, price = 1, volume_m3 = 1 }}]
[supplier.factory]
[lane.lane]
from = "factory"
to = "warehouse"
legs = [{{ name = "lane", days = 0 }}]
cost = {{ per_shipment = {per_shipment} }}
[warehouse.warehouse]
opening = {{ units = {opening} }}
rent = {{ per_m3_day = {hold!r} }}
[market.market]
served_by = ["warehouse"]
{wanted}
"""


def _played(folder: Path, text: str, policies: list[Planned]) -> list[Record]:
    file = folder / "world.toml"
    file.write_text(text, encoding="utf-8")
    records = play(read_scenario(str(file)), policies, 1, check=True)
    assert not any(record.lost.any() for record in records)
    assert not any(record.closing.any() for record in records)
    return records


def _cost(record: Record) -> float:
    """What orders and stock cost."""
    return float(record.money["freight"][0] + record.money["rent"][0])
