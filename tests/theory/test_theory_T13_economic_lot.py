"""T13, no luck: the economic order quantity through `economic-lot`, by the record's money, and its neighbours.

A year in which 1,300 units are wanted is 1,300 days of one unit here. The rule orders when a unit is left, so that one
more is held than in Wilson's saw-tooth, less the half unit by which a day's unit leaves in one piece.
"""

from datetime import date
from pathlib import Path

import pytest

from scenarios.reader import read_scenario
from sim.tournament import play
from tests.theory.acceptance import EXACT, printed
from tests.theory.exact.lot_sizes import economic_order
from tests.theory.worlds import series_of

START = date(2026, 1, 1)
ORDER, HOLD, YEAR = 8.0, 0.225, 1_300
RULE = f"economic-lot:order_cost={ORDER},holding_rate=0,rent_per_m3_day={HOLD / YEAR!r},review_days=1"


def test_theory_T13_EOQ_through_the_rule(tmp_path: Path) -> None:
    """It orders the 304 nearest to 304.046780, and a year costs what Wilson says; with 303 or 305 it costs more."""
    quantity, cost = economic_order(ORDER, HOLD, YEAR)
    costs = {lot: _yearly(tmp_path, f"fixed-lot:r_units=1,lot_units={lot},review_days=1", lot) for lot in (303, 305)}
    costs[304] = _yearly(tmp_path, RULE, 304)
    assert costs[304] == pytest.approx(ORDER * YEAR / 304 + HOLD * (304 + 1) / 2, rel=EXACT)
    assert printed(cost, "68.410526")
    assert printed(quantity, "304.046780")
    assert printed(costs[304] - HOLD / 2, "68.410526")
    assert min(costs, key=lambda lot: costs[lot]) == 304


def _yearly(folder: Path, policy: str, lot: int) -> float:
    """The cost of a year, from two whole cycles that begin as the last unit but one is sold."""
    days = 2 * lot
    (folder / "world.toml").write_text(_world(days), encoding="utf-8")
    (record,) = play(read_scenario(str(folder / "world.toml")), [policy], 1, check=True)
    ordered = series_of(record).ordered[:, 0, 0, 0]
    assert {day: int(units) for day, units in enumerate(ordered) if units} == {0: lot, lot: lot}
    return float(record.money["freight"][0] + record.money["rent"][0]) * YEAR / days


def _world(days: int) -> str:
    return f"""
title = "A case with a known answer"
start = {START}
days = {days}
history_days = 60
seed = 1
sku = [{{ id = "LAMP", unit_cost = 1, price = 1, volume_m3 = 1 }}]
[supplier.factory]
[lane.lane]
from = "factory"
to = "warehouse"
legs = [{{ name = "lane", days = 0 }}]
cost = {{ per_shipment = {ORDER} }}
[warehouse.warehouse]
opening = {{ units = 2 }}
rent = {{ per_m3_day = {HOLD / YEAR!r} }}
[market.market]
served_by = ["warehouse"]
demand."*".organic = {{ law = "fixed", mean = 1 }}
"""
