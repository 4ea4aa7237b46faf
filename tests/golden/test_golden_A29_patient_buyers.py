"""A29: a remote or patient buyer is served by direct mail although bonded has stock; a usual one from bonded stock."""

from pathlib import Path

import pytest

from tests.sim.paper import Script
from tests.worlds import played, scenario_of

SHOPS = """
title = "Bonded stock that is fast, direct mail that costs less"
start = 2026-01-05
days = 5
[[sku]]
id = "A"
unit_cost = 10
price = 30
[supplier.f]
[lane.sea]
from = "f"
to = "bonded"
legs = [{ name = "sea", days = 30 }]
cost = { per_shipment = 1 }
[lane.road]
from = "f"
to = "sydney"
legs = [{ name = "road", days = 30 }]
[warehouse.bonded]
bonded = true
opening = { units = 50 }
[warehouse.sydney]
opening = { units = 50 }
[market.city]
served_by = ["bonded", "sydney"]
patient = 0
delivery.bonded = { days = 2, per_order = 6 }
delivery.sydney = { days = 11, per_order = 4 }
[market.city.demand.A]
organic = { law = "fixed", mean = 2 }
"""
"""Two buyers a day, nothing is ordered."""


def sold(text: str, tmp_path: Path, routing: str = "by-urgency") -> list[int]:
    """Units from bonded stock and from Sydney."""
    (record,) = played(scenario_of(text, tmp_path), Script(), runs=1, routings=(routing,))
    assert record.lost.sum() == 0
    units: list[int] = record.sold[0, :, 0].tolist()
    return units


@pytest.mark.parametrize(("patient", "units"), [(0, [10, 0]), (1, [0, 10])])
def test_golden_A29_who_can_wait_is_served_by_direct_mail(patient: int, units: list[int], tmp_path: Path) -> None:
    assert sold(SHOPS.replace("patient = 0", f"patient = {patient}"), tmp_path) == units


def test_golden_A29_one_of_two_is_patient(tmp_path: Path) -> None:
    """Which is which is luck; each unit goes the way of its buyer."""
    bonded, sydney = sold(SHOPS.replace("patient = 0", "patient = 0.5").replace("days = 5", "days = 25", 1), tmp_path)
    assert bonded + sydney == 50
    assert 15 <= bonded <= 35


def test_golden_A29_what_direct_mail_has_not_got_comes_from_bonded_stock(tmp_path: Path) -> None:
    patient = SHOPS.replace("patient = 0", "patient = 1").replace(
        "[warehouse.sydney]\nopening = { units = 50 }", "[warehouse.sydney]\nopening = { units = 3 }"
    )
    assert sold(patient, tmp_path) == [7, 3]


def test_golden_A29_a_routing_that_asks_nobody_sends_all_to_bonded_stock(tmp_path: Path) -> None:
    assert sold(SHOPS.replace("patient = 0", "patient = 1"), tmp_path, "bonded-first") == [10, 0]
