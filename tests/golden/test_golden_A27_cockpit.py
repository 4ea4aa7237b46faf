"""A27: mean stock 900, 600 sold in 30 days, 800 on hand: it lasts 45 days, what is there 40, and turns 8.1 a year."""

import numpy as np
import pytest

from reports.cockpit import cockpit
from reports.display.page import page
from reports.display.section import Table
from reports.display.sections.warehouses import warehouses
from tests.reports.builder import comparison, record, setting

DAYS = 30
SEEN = {"on_hand_days": 900.0 * DAYS, "sold": 600, "closing": 800}


def told(**changes: object) -> dict[str, float]:
    found = cockpit(record(1, DAYS, **{**SEEN, **changes}), setting(days=DAYS))
    return {name: float(values[0, 0]) for name, values in found.items()}


def test_golden_A27_days_and_turns() -> None:
    measured = told()
    assert (measured["out_a_day"], measured["ito_days"], measured["dos_days"]) == (20.0, 45.0, 40.0)
    assert measured["turns"] == pytest.approx(365 / 45)
    assert round(measured["turns"], 1) == 8.1


def test_golden_A27_another_stock_and_another_pace() -> None:
    more = told(closing=820)
    assert (more["ito_days"], more["dos_days"]) == (45.0, 41.0)
    fuller = told(on_hand_days=920.0 * DAYS)
    assert (fuller["ito_days"], fuller["dos_days"]) == (46.0, 40.0)
    faster = told(sold=900)
    assert (faster["ito_days"], faster["dos_days"]) == (30.0, pytest.approx(800 / 30))
    assert faster["turns"] == pytest.approx(365 / 30)


def test_golden_A27_nothing_sold_is_undefined() -> None:
    idle = told(sold=0)
    assert all(np.isnan(idle[name]) for name in ("ito_days", "dos_days", "turns"))
    assert idle["on_hand"] == 800


def test_golden_A27_on_the_page_each_number_stands_under_its_own_name() -> None:
    told = warehouses(comparison((record(2, DAYS, **SEEN),), days=DAYS, events=()))
    table = next(part for _, part in told.named_parts if isinstance(part, Table))
    cells = {head.label: cell.text for head, cell in zip(table.heads, table.lines[0].cells, strict=True)}
    assert (cells["ITO days"], cells["DOS days"], cells["Turns"]) == ("45.0", "40.0", "8.1")


def test_golden_A27_it_stands_on_the_page() -> None:
    played = comparison((record(2, DAYS, **SEEN),), days=DAYS, events=())
    section = page(played).split('id="warehouses"')[1].split("</section>")[0]
    for number in ("800.0", "900.0", "20.0", "45.0", "8.1", "40.0"):
        assert f'<span class="mean">{number}</span>' in section
