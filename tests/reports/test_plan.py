"""Plans as reports tell them: intervals, tables, JSON, CSV and the picture."""

import csv
import io
import json
import xml.etree.ElementTree as ET
from datetime import date, timedelta

import pytest
from rich.console import Console

from reports.charts.plan import plan_picture
from reports.display.plan import PlanTables
from reports.display.plan_files import chances_csv, plan_json
from reports.display.plan_words import sentences
from reports.plan import Cash, Chance, LanePlan, Payment, Plan

LAUNCH = date(2026, 11, 27)


def dates(*before: int) -> tuple[date, ...]:
    return tuple(LAUNCH - timedelta(days=days) for days in before)


def plan(**changes: object) -> Plan:
    """Two lanes into one warehouse; only the first is safe at 95 %, the second is safe on no date."""
    cash = Cash(
        LAUNCH - timedelta(days=90),
        0.95,
        (
            Payment("goods, when ordered", -1000.0, *dates(90, 90, 90)),
            Payment("sales at the event", 1500.0, *dates(-1, 0, -3)),
        ),
    )
    facts: dict[str, object] = {
        "title": "A lamp shop",
        "scenario": "lamp-shop",
        "scenario_hash": "0123456789abcdef" * 4,
        "seed": 7,
        "runs": 100,
        "currency": "USD",
        "event": "Black Friday",
        "kind": "promotion",
        "first": LAUNCH,
        "last": LAUNCH + timedelta(days=3),
        "examined_from": LAUNCH - timedelta(days=150),
        "expected_units": 240.0,
        "window": dates(120, 90),
        "target": LAUNCH - timedelta(days=43),
        "asked": None,
        "late": False,
        "lanes": (
            LanePlan(
                "sea", "los-angeles", None, 240, (), dates(150, 120, 90, 78, 50), (100, 100, 97, 92, 0), 100, cash
            ),
            LanePlan("=air", "los-angeles", "hub", 200, ("LAMP",), dates(150, 120, 90, 78), (60, 50, 5, 0), 100),
        ),
        "versions": (("stocktide", "0.1.0"),),
    }
    return Plan(**{**facts, **changes})  # type: ignore[arg-type]


def shown(one: Plan, width: int = 120) -> str:
    console = Console(width=width, color_system=None, force_terminal=False)
    with console.capture() as captured:
        console.print(PlanTables(one))
    return captured.get()


@pytest.mark.parametrize(
    ("hits", "count", "low", "high"),
    [(81, 263, 0.2553, 0.3662), (15, 148, 0.0624, 0.1605), (0, 20, 0.0, 0.1611), (1, 29, 0.0061, 0.1718)],
)
def test_intervals_are_wilsons(hits: int, count: int, low: float, high: float) -> None:
    """The four examples of Newcombe 1998, Statistics in Medicine 17, table I."""
    known = Chance.of(hits, count)
    assert (round(known.low, 4), round(known.high, 4)) == (low, high)
    other = Chance.of(count - hits, count)
    assert (1 - other.high, 1 - other.low) == (pytest.approx(known.low), pytest.approx(known.high))


def test_it_says_until_when_to_order_and_how_sure_that_is() -> None:
    first, second = sentences(plan())
    assert first == (
        "By sea → los-angeles, order on 2026-08-29 or before: 97.0 % in time (91.5–99.0), at least 95 % on every"
        " earlier date examined."
    )
    assert second == "By =air → los-angeles no date examined is safe, the first of them 2026-06-30."


def test_a_date_that_was_asked_about_is_answered() -> None:
    asked = plan(asked=LAUNCH - timedelta(days=78), late=True)
    *_, answer, warning = sentences(asked)
    assert answer == "Ordered on 2026-09-10, 78 days before: 92.0 % by sea → los-angeles, 0.0 % by =air → los-angeles."
    assert warning == (
        "Warning: 78 days before launch: the main order of 2026-09-10 comes after the safe window, 2026-07-30 to"
        " 2026-08-29."
    )
    assert "2026-09-10  asked" in shown(asked)


def test_tables_tell_all_there_is() -> None:
    told = shown(plan())
    for words in (
        "2026-08-29",
        "2026-09-10",
        "without LAMP",
        "goods, when ordered",
        "-1,000",
        "+500",
        "What starts at hub",
    ):
        assert words in told
    assert "2026-07-30 to 2026-08-29" in told and "2026-10-15" in told
    assert max(map(len, shown(plan(), 80).splitlines())) <= 80


def test_json_is_strict_and_has_every_date() -> None:
    told = json.loads(plan_json(plan()))
    sea, air = told["lanes"]
    assert sea["last_safe"]["0.95"]["ordered"] == "2026-08-29"
    assert sea["last_safe"]["0.90"]["days_before"] == 78
    assert sea["last_in_time"]["ordered"] == "2026-09-10"
    assert air["last_safe"] == {"0.90": None, "0.95": None}
    assert [one["chance"] for one in air["dates"]] == [0.6, 0.5, 0.05, 0.0]
    assert sea["cash"]["payments"][1]["p95"] == "2026-11-30"
    assert air["cash"] is None


def test_the_table_has_a_line_for_each_date_and_no_formula() -> None:
    lines = list(csv.DictReader(io.StringIO(chances_csv(plan()).decode("utf-8-sig"))))
    assert len(lines) == 9
    assert (lines[2]["ordered"], lines[2]["days_before"], lines[2]["in_time"]) == ("2026-08-29", "90", "97")
    assert lines[-1]["lane"] == "'=air"


def test_the_picture_names_lanes_and_safe_dates_and_comes_out_the_same_again() -> None:
    picture = plan_picture(plan(asked=LAUNCH - timedelta(days=78))).inline()
    words = [
        "".join(element.itertext()).strip() for element in ET.fromstring(picture).iter() if element.tag.endswith("text")
    ]
    assert "sea → los-angeles: 95 % until 29 Aug, 90 % until 10 Sep" in words
    assert "=air → los-angeles: no date is safe" in words
    assert {"29 Aug", "10 Sep", "90 %", "95 %", "90 days before", "first day"} <= set(words)
    assert picture == plan_picture(plan(asked=LAUNCH - timedelta(days=78))).inline()
    assert plan_picture(plan()).file("png").startswith(b"\x89PNG")


def test_a_narrow_terminal_leaves_lanes_room_beside_dates_of_full_certainty() -> None:
    sea = LanePlan("sea", "los-angeles", None, 4320, (), dates(58, 50), (100, 50), 100)
    told = shown(plan(lanes=(sea,)), width=80)
    lines = [line[:18].rstrip() for line in told.partition("Chance to be")[0].splitlines()]
    assert lines[-4:] == ["sea →", "los-angeles", "an order of", "4,320 units"]
