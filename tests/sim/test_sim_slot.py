"""The order of the slot, and when an order can be sold."""

from pathlib import Path

import numpy as np
import pytest

from sim.day import Phase
from tests.worlds import played, scenario_of

LINE = """
title = "One unit a day"
start = 2026-01-01
days = 40
slot_hours = SLOT
[[sku]]
id = "A"
unit_cost = 1
price = 2
[supplier.f]
[lane.l]
from = "f"
to = "w"
legs = [{ name = "all", days = LEAD }]
[warehouse.w]
opening = { units = 10 }
[market.m]
served_by = ["w"]
[market.m.demand.A]
organic = { law = "fixed", mean = 1 }
"""


def line(lead: float, slot_hours: int = 24) -> str:
    return LINE.replace("LEAD", str(lead)).replace("SLOT", str(slot_hours))


def test_the_phases_stand_in_the_order_of_the_design() -> None:
    order = ["RECEIVE", "SELL", "EXPIRE", "WATCH", "REVIEW", "SHIP", "RECORD"]
    assert [phase.name for phase in sorted(Phase)] == order
    assert min(Phase) > 1, "SimPy's own events, of priority 0 and 1, come before every phase of their minute"


@pytest.mark.parametrize(("lead", "days"), [(0, 0), (1, 1), (4, 4), (0.2, 1), (3.5, 4)])
def test_an_order_of_day_d_sells_from_day_d_1_l(lead: float, days: int, tmp_path: Path) -> None:
    (record,) = played(scenario_of(line(lead), tmp_path), "base-stock:units=10,review_days=1", runs=1)
    series = record.series
    assert series is not None
    ordered, received = series.ordered[:, 0, 0, 0], series.received[:, 0, 0, 0]
    assert ordered[0] == 1, "the first review is on the first day played, after its sale"
    assert (received[: days + 1] == 0).all()
    assert (received[days + 1 :] == ordered[: -days - 1]).all()


@pytest.mark.parametrize("slot_hours", [1, 6, 12])
@pytest.mark.parametrize(("lead", "slots"), [(2, 0), (0.25, 6)])
def test_in_shorter_slots_fractions_wait_for_the_next_slot(
    slot_hours: int, lead: float, slots: int, tmp_path: Path
) -> None:
    (record,) = played(scenario_of(line(lead, slot_hours), tmp_path), "base-stock:units=10,review_days=1", runs=1)
    assert record.series is not None
    received = np.flatnonzero(record.series.received[:, 0, 0, 0])[0]
    per_day = 24 // slot_hours
    assert received == (int(lead) + 1) * per_day + -(-slots // slot_hours)


def test_goods_of_the_morning_serve_the_same_day(tmp_path: Path) -> None:
    """Nothing on the shelf, one unit ordered each evening with no lead: RECEIVE before SELL, else the day is lost."""
    text = line(0).replace("units = 10", "units = 0")
    (record,) = played(scenario_of(text, tmp_path), "base-stock:units=1,review_days=1", runs=1)
    assert record.series is not None
    assert record.series.lost[:, 0, 0, 0].tolist() == [1] + [0] * 39


def test_reviews_come_every_review_days_from_the_first_day_played(tmp_path: Path) -> None:
    (record,) = played(scenario_of(line(1), tmp_path), "base-stock:units=10,review_days=7", runs=1)
    assert record.series is not None
    assert np.flatnonzero(record.series.ordered[:, 0, 0, 0]).tolist() == [0, 7, 14, 21, 28, 35]


def test_hourly_and_daily_runs_want_and_sell_the_same_units_a_day(tmp_path: Path) -> None:
    text = line(3).replace('{ law = "fixed", mean = 1 }', '{ law = "negative-binomial", mean = 6, dispersion = 3 }')
    runs = {}
    for slot_hours in (1, 24):
        scenario = scenario_of(text.replace("slot_hours = 24", f"slot_hours = {slot_hours}"), tmp_path)
        (runs[slot_hours],) = played(scenario, "base-stock:units=30,review_days=1")
    hourly, daily = runs[1].series, runs[24].series
    assert hourly is not None
    assert daily is not None
    for name in ("wanted", "sold", "received", "ordered"):
        by_hour = getattr(hourly, name)
        by_day = by_hour.reshape(40, 24, *by_hour.shape[1:]).sum(axis=1)
        assert (by_day == getattr(daily, name)).all(), name
    assert (hourly.on_hand[23::24] == daily.on_hand).all()
