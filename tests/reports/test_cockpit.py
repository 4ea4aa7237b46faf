"""The cockpit: what each warehouse had, what was coming, how long it lasts, and what is at risk; and how it is shown."""

import hashlib
import shutil
from pathlib import Path
from typing import TYPE_CHECKING

import numpy as np
import pytest

from reports.cockpit import MEASURES, Risk, cockpit, risks, told
from reports.comparison import Comparison
from reports.display.cockpit import cockpit as section_of
from reports.display.page import page
from reports.display.sections.warehouses import warehouses
from reports.folder import FolderError, load, save
from reports.record import Record
from reports.verdict.estimates import estimate
from tests.browser import resize
from tests.reports.builder import comparison, record, setting
from tests.reports.test_charts import marks
from tests.reports.test_page import BAD, Reader, section_text

if TYPE_CHECKING:
    from selenium.webdriver import Chrome

PLACES = {
    "warehouses": ("bonded", "hub"),
    "bonded": (True, False),
    "markets": ("cn", "us"),
    "home": (0, 1),
    "skus": ("LAMP", "TENT"),
    "lanes": ("air", "feed", "sea"),
    "leads_to": (1, 0, 1),
    "stages": {"air": ("production", "flight"), "feed": ("truck",), "sea": ("production", "ocean")},
    "unit_cost": np.array([1.0, 10.0]),
    "price": np.array([3.0, 30.0]),
    "market_price": np.array([[3.0, 30.0], [3.0, 30.0]]),
}
"""Two warehouses, of which the one feeds the other; two markets; a cheap SKU and a dear one."""


def seen(runs: int = 1, **changes: object) -> Record:
    """[warehouse, sku] or [market, sku] of every replication; all three lanes, so many shipments."""
    spread = {
        name: np.tile(np.asarray(units), (runs, 1, 1))
        for name, units in {
            "closing": [[30, 10], [200, 0]], "sold": [[100, 50], [0, 20]], "moved_out": [[0, 0], [130, 0]],
            "on_the_way_after": [[40, 5], [300, 100]], "in_transit_after": [[40, 0], [100, 60]],
            "on_hand_days": [[3000.0, 1500.0], [20000.0, 0.0]],
            "wanted": [[120, 60], [50, 50]], "owed": [[9, 9], [50, 0]],
        }.items()
    }  # fmt: skip
    transit = {
        "air": np.array([[run, 0, 20, 10] for run in range(runs)], float),
        "feed": np.array([[run, 5, 4 + run] for run in range(runs)], float),
        "sea": np.array([[run, 0, 20, 40] for run in range(runs)], float),
    }
    facts = {"purchase_orders": np.ones((runs, 3), np.int64), "transit": transit, "on_time": np.zeros((runs, 2))}
    days = {name: np.zeros((100, runs, 2), np.int64) for name in DAILY}
    return record(runs, **{**spread, **facts, **days, "dock_use": np.zeros((runs, 2)), **changes})


DAILY = ("daily_on_hand", "daily_received", "daily_lost", "daily_wanted")


def measured(**changes: object) -> dict[str, list[float]]:
    found = cockpit(seen(**changes), setting(**PLACES))
    assert tuple(found) == MEASURES
    return {name: values[0].tolist() for name, values in found.items()}


def test_stock_is_told_where_it_is_in_units_and_at_cost() -> None:
    found = measured()
    assert (found["on_hand"], found["on_hand_value"]) == ([40, 200], [130, 200])
    assert (found["in_transit"], found["in_transit_value"]) == ([40, 160], [40, 700])
    assert (found["planned"], found["planned_value"]) == ([5, 240], [50, 600])
    assert (found["mean_on_hand"], found["mean_on_hand_value"]) == ([45, 200], [180, 200])


def test_what_a_warehouse_sends_on_goes_out_of_it_too() -> None:
    found = measured()
    assert found["out_a_day"] == [1.5, 1.5]
    assert found["ito_days"] == pytest.approx([30, 200 / 1.5])
    assert found["dos_days"] == pytest.approx([40 / 1.5, 200 / 1.5])
    assert found["turns"] == pytest.approx([365 / 30, 365 * 1.5 / 200])


def test_slow_stock_is_a_share_of_value() -> None:
    # Of the hub's 200 lamps 1.3 a day go out, 117 in ninety days; the other keeps nothing so long.
    assert measured()["slow_share"] == pytest.approx([0, 83 / 200])
    assert measured(sold=np.zeros((1, 2, 2)))["slow_share"] == pytest.approx([1, 83 / 200])
    # 30 lamps at 1 are slow, 10 tents at 10 are not.
    assert measured(sold=np.array([[[0, 50], [0, 0]]]))["slow_share"][0] == pytest.approx(30 / 130)


def test_buyers_who_wait_stand_with_the_first_warehouse_of_their_market() -> None:
    assert measured()["presale_share"] == pytest.approx([18 / 180, 50 / 100])
    both = cockpit(seen(), setting(**{**PLACES, "home": (1, 1)}))["presale_share"][0]
    assert np.isnan(both[0])
    assert both[1] == pytest.approx(68 / 280)


def test_lead_time_is_that_of_the_lanes_which_lead_there() -> None:
    assert measured()["lead_days"] == [4, 45]
    swapped = cockpit(seen(), setting(**{**PLACES, "leads_to": (0, 1, 1)}))
    assert swapped["lead_days"][0].tolist() == [30, 32]


def test_ratios_are_of_sums_inside_a_replication_and_then_averaged() -> None:
    sold = np.array([[[50, 50], [0, 0]], [[300, 100], [0, 0]]])
    found = cockpit(seen(2, sold=sold), setting(**PLACES))
    assert found["dos_days"][:, 0].tolist() == [40, 10]
    known = told(found, 0)
    assert known["dos_days"] == estimate(np.array([40.0, 10.0]), (0.0, np.inf))
    assert known["dos_days"].mean == 25
    assert known["turns"].mean == pytest.approx((365 / 45 + 365 / 11.25) / 2)
    assert known["on_hand"].low == known["on_hand"].high == 40


def test_a_share_stays_a_share_at_the_end_of_its_interval() -> None:
    sold = np.array([[[100, 100], [0, 0]], [[0, 0], [0, 0]]])
    known = told(cockpit(seen(2, sold=sold), setting(**PLACES)), 0)["slow_share"]
    assert (known.low, known.mean, known.high) == (0, 0.5, 1)


@pytest.mark.parametrize(
    ("dos", "lead", "slow", "expected"),
    [
        (40.0, 40.0, 0.25, ()), (39.9, 40.0, 0.25, ("low",)), (40.0, 40.0, 0.251, ("slow",)),
        (1.0, 2.0, 1.0, ("low", "slow")), (np.nan, 40.0, np.nan, ()), (5.0, np.nan, 0.0, ()),
    ],
)  # fmt: skip
def test_a_warehouse_is_at_risk_when_stock_is_gone_before_more_comes_or_hardly_goes(
    dos: float, lead: float, slow: float, expected: tuple[Risk, ...]
) -> None:
    facts = {"cover_days": dos, "lead_days": lead, "slow_share": slow}
    assert risks({name: estimate(np.array([number, number])) for name, number in facts.items()}) == expected


# --- what is shown ----------------------------------------------------------------------------------------------


def played(runs: int = 12, records: tuple[Record, ...] = (), **changes: object) -> Comparison:
    return comparison(records or (seen(runs),), days=100, events=(), **{**PLACES, **changes})


def section(shown: Comparison) -> str:
    return section_text(warehouses(shown))


def test_a_line_a_warehouse_with_its_risks_in_words() -> None:
    shown = section_of(played(), 0)
    assert [(line.warehouse, line.kind, line.risks) for line in shown.lines] == [
        ("bonded", "bonded", ""), ("hub", "", "slow"),
    ]  # fmt: skip
    assert shown.alerts == (("hub", "slow. 41.5 % of its stock by value is more than goes out in 90 days."),)
    assert [cell.mean for cell in shown.lines[0].cells] == [
        "40.0", "40.0", "5.0", "45.0", "1.5", "30.0", "12.2", "26.7", "0.0", "10.0",
    ]  # fmt: skip


def test_a_short_supply_is_said_against_the_days_an_order_takes() -> None:
    slow_lane = {**seen(12).transit, "feed": np.array([[run, 5, 60] for run in range(12)], float)}
    text = section(played(records=(seen(12, transit=slow_lane),)))
    assert "bonded is low. What was on hand and on order lasts 56.7 days, an order takes 60.0 days." in text


def test_the_judgements_are_stated() -> None:
    text = section(played())
    assert "slow when more than 25 % of its stock is slow" in text
    assert "low when what is on hand and on order lasts for fewer days than an order took to its shelf" in text


def test_the_recommended_row_is_told_and_by_its_name() -> None:
    rows = (seen(30, policy="poor"), seen(30, policy="rich", routing="by-urgency", revenue=1e6))
    text = section(comparison(rows, "most profit", days=100, events=(), **PLACES))
    assert "rich via by-urgency, at the end of the season" in text
    assert "poor" not in text.split("Lead time")[0].split("From factory")[0]


def test_bars_are_drawn_for_each_warehouse_and_none_for_nothing() -> None:
    picture = section_of(played(), 0).picture
    assert picture is not None
    assert len(marks(picture, "part")) == 2 * 3
    for tip in ("bonded: on hand 130 USD", "hub: in transit 700 USD", "hub: planned 600 USD"):
        assert tip in picture.inline()
    empty = comparison((record(12),), days=100, events=())
    assert section_of(empty, 0).picture is None
    assert "How long stock lasts" in section(empty)


def test_names_of_warehouses_are_text() -> None:
    read = Reader(page(played(warehouses=(BAD, "hub"))))
    assert "script" not in {tag for tag, _ in read.tags}
    assert "<script>alert(1)</script>" in read.text


@pytest.fixture(scope="module")
def saved(tmp_path_factory: pytest.TempPathFactory) -> Path:
    folder = tmp_path_factory.mktemp("saved") / "run"
    save(folder, played())
    return folder


def test_the_cockpit_is_kept_in_the_folder(saved: Path) -> None:
    shown, kept = played(), load(saved)
    for name, values in shown.rows[0].cockpit.items():
        assert np.array_equal(kept.rows[0].cockpit[name], values, equal_nan=True)
    assert section(kept) == section(shown)


@pytest.mark.parametrize("kept", [np.s_[:, :, :1], np.s_[:, :6], np.s_[:9]], ids=["places", "runs", "measures"])
def test_a_cockpit_of_another_world_is_refused(saved: Path, tmp_path: Path, kept: tuple[slice, ...]) -> None:
    shutil.copytree(saved, tmp_path / "run")
    numbers, manifest = tmp_path / "run" / "daily.npz", tmp_path / "run" / "manifest.json"
    with np.load(numbers) as arrays:
        changed = {name: values[kept] if name == "cockpit_0" else values for name, values in arrays.items()}
    was = hashlib.sha256(numbers.read_bytes()).hexdigest()
    np.savez_compressed(numbers, **changed)
    manifest.write_text(manifest.read_text().replace(was, hashlib.sha256(numbers.read_bytes()).hexdigest()))
    with pytest.raises(FolderError, match="cockpit"):
        load(tmp_path / "run")


@pytest.mark.parametrize("width", [390, 1440])
@pytest.mark.parametrize("dark", [False, True], ids=["light", "dark"])
def test_it_is_seen_and_nothing_scrolls_sideways(browser: "Chrome", tmp_path: Path, width: int, dark: bool) -> None:
    path = tmp_path / "page.html"
    path.write_text(page(played()), encoding="utf-8")
    browser.get(path.as_uri())
    resize(browser, width, dark)
    assert browser.execute_script("return document.documentElement.scrollWidth") == width
    count = (
        "return [...document.querySelectorAll(arguments[0])].filter(e => e.getBoundingClientRect().width > 0).length"
    )
    assert browser.execute_script(count, "svg.cockpit .part") == 6
    assert browser.execute_script(count, "#warehouses tbody tr") == 2
    assert browser.get_log("browser") == []
