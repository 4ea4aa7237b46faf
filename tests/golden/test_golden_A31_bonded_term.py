"""A31: bonded goods may stay 365 days; 100 units unsold on day 366 are gone, and what that costs is booked once."""

from pathlib import Path

import pytest

from reports.record import Record
from tests.sim.paper import Script
from tests.worlds import played, scenario_of

TERM = 365
FEE, UNIT_COST = 2, 10


def world(days: int, then: str = "destruction", credit: float = 0, asked_on: tuple[int, ...] = ()) -> str:
    """100 units of A on the shelf on the first day; one is asked for on some days, counted from 1. Of B there is none."""
    units = [int(day + 1 in asked_on) for day in range(days)]
    others = [1] * days
    return f"""
title = "A year in a bonded warehouse"
start = 2026-01-05
days = {days}
[[sku]]
id = "A"
unit_cost = {UNIT_COST}
price = 30
[[sku]]
id = "B"
unit_cost = 1
price = 3
[supplier.f]
[lane.sea]
from = "f"
to = "bonded"
legs = [{{ name = "sea", days = 5 }}]
[warehouse.bonded]
bonded = true
opening = {{ by_sku = {{ A = 100 }} }}
term = {{ days = {TERM}, then = "{then}", per_unit = {FEE}, credit = {credit} }}
[market.city]
served_by = ["bonded"]
[market.city.history]
first = 2026-01-05
units = {{ A = {units}, B = {others} }}
"""


def kept(tmp_path: Path, days: int, **more: object) -> Record:
    (record,) = played(scenario_of(world(days, **more), tmp_path), Script(), runs=1)  # type: ignore[arg-type]
    return record


@pytest.mark.parametrize(("days", "left", "gone"), [(364, 100, 0), (365, 0, 100), (366, 0, 100), (800, 0, 100)])
def test_golden_A31_all_leave_when_the_term_is_over(days: int, left: int, gone: int, tmp_path: Path) -> None:
    record = kept(tmp_path, days)
    assert (record.closing.sum(), record.sent_off.sum()) == (left, gone)
    assert record.money["disposal"].tolist() == [gone * FEE]
    assert record.expired.sum() == 0


def test_golden_A31_the_day_before_all_are_there(tmp_path: Path) -> None:
    series = kept(tmp_path, 400).series
    assert series is not None
    on_hand = series.on_hand[:, 0, 0, 0].tolist()
    assert on_hand == [100] * (TERM - 1) + [0] * (400 - TERM + 1)


def test_golden_A31_the_last_day_of_the_term_still_sells(tmp_path: Path) -> None:
    record = kept(tmp_path, 400, asked_on=(TERM, TERM + 1))
    assert (record.served[0, 0, 0], record.lost[0, 0, 0], record.sent_off.sum()) == (1, 1, 99)
    assert record.money["disposal"].tolist() == [99 * FEE]


def test_golden_A31_what_goes_back_is_credited(tmp_path: Path) -> None:
    destroyed, returned = kept(tmp_path, 400), kept(tmp_path, 400, then="return", credit=0.4)
    assert returned.money["disposal"].tolist() == destroyed.money["disposal"].tolist() == [100 * FEE]
    assert destroyed.money["goods"].tolist() == [0]
    assert returned.money["goods"].tolist() == [-100 * 0.4 * UNIT_COST]
