"""The pictures: every mark is there once, ids are unique, labels do not cover one another."""

import io
import re
import warnings
import xml.etree.ElementTree as ET
from datetime import date

import numpy as np
import pytest

from reports.charts.costs import STACK, costs
from reports.charts.differences import differences
from reports.charts.labels import lanes, placed, row_label
from reports.charts.picture import Picture
from reports.charts.stock import stock
from reports.charts.style import drawing, figure
from reports.charts.tradeoff import ticks_up_to, tradeoff
from reports.record import EventMark
from tests.reports.builder import comparison, field, record, season


def marks(picture: Picture | None, kind: str) -> list[str]:
    assert picture is not None
    root = ET.fromstring(picture.inline())
    found = [element.get("id", "") for element in root.iter() if element.get("class") == kind]
    assert len(found) == len(set(found))
    return found


def test_the_tradeoff_has_one_mark_for_each_policy() -> None:
    assert len(marks(tradeoff(comparison(), 0), "policy")) == 9


def test_a_policy_without_orders_has_no_mark_and_breaks_nothing() -> None:
    assert marks(tradeoff(comparison((record(),), days=100), None), "policy") == []


def test_events_are_marked_as_recorded_and_those_outside_the_season_are_not() -> None:
    played = comparison()
    assert len(marks(stock(played, 0), "event")) == len(played.setting.events)
    some = (
        EventMark("before", "promotion", -5, 5),
        EventMark("into", "promotion", -5, 6),
        EventMark("after", "livestream", 184, 1),
    )
    assert marks(stock(comparison(events=some), 0), "event") == ["stock-0-event-1"]


def test_ids_are_unique_across_the_pictures_of_a_page() -> None:
    played = comparison()
    pictures = [tradeoff(played, 0), costs(played), differences(played), stock(played, 0), stock(played, 1)]
    drawn = [picture.inline() for picture in pictures if picture is not None]
    ids = re.findall(r'\bid="([^"]+)"', "".join(drawn))
    assert len(ids) == len(set(ids))
    for link in re.findall(r'(?:href="#|url\(#)([^")]+)', "".join(drawn)):
        assert link in ids


def test_pictures_come_out_the_same_again_and_bear_no_date() -> None:
    played = comparison()
    assert tradeoff(played, 0).inline() == tradeoff(played, 0).inline()
    assert "<metadata" not in stock(played, 0).inline()


def test_costs_have_a_part_for_each_cost_of_each_policy() -> None:
    drawn = costs(comparison())
    assert len(marks(drawn, "part")) == 9 * 5
    picture = drawn.inline()
    for name in ("freight", "duty and customs", "selling fees", "holding", "lost margin"):
        assert f">{name}<" in picture
    assert "tax" not in picture
    assert "surcharges" not in picture
    of_late = {"handling": 500.0, "tax": 900.0, "surcharges": 300.0, "disposal": 200.0}
    drawn = costs(comparison((season("a", 10, runs=3, **of_late),)))
    assert len(marks(drawn, "part")) == 8
    picture = drawn.inline()
    for told in ("cross-border tax 900 USD", "handling 500 USD", "surcharges and disposal 500 USD"):
        assert f"a: {told}" in picture


def test_the_costs_of_holding_stock_are_drawn_once() -> None:
    held = ("holding_rent", "holding_capital", "holding_risk", "holding_surcharges", "holding_disposal")
    drawn = [score for scores in STACK.values() for score in scores]
    assert set(held) <= set(drawn)
    assert len(drawn) == len(set(drawn))
    assert "holding_cost" not in drawn


def test_rows_with_long_names_stay_apart() -> None:
    rule = "reorder-point:safety_days=7"
    rows = (season(rule, 10, runs=3), *(season(rule, 9, runs=3, routing=way) for way in ("bonded-first", "by-urgency")))
    played = comparison((*rows, season(rule, 8, runs=3, playbook="alerts", routing="least-cost")))
    for picture in (tradeoff(played, 0).inline(), costs(played).inline()):
        for words in (rule, "via bonded-first", "via by-urgency", "with alerts via least-cost"):
            assert f">{words}<" in picture
    assert row_label(played.rows[0], 30) == rule
    assert row_label(played.rows[3], 10) == "reorder-p…\nwith aler…"


def test_differences_show_the_rules_against_the_reference() -> None:
    assert len(marks(differences(comparison()), "difference")) == 3 * 6
    assert differences(comparison(field(1))) is None
    assert differences(comparison(field(5)[:1])) is None


@pytest.mark.parametrize("days", [1, 2, 30, 400, 5000])
def test_any_length_of_season_is_drawn(days: int) -> None:
    picture = stock(
        comparison((record(2, days, orders=1),), days=days, events=(), start=date(2027, 12, 31)), 0
    ).inline()
    named = [text for text in ET.fromstring(picture).itertext() if re.fullmatch(r"\d* ?[A-Z][a-z]{2}", text.strip())]
    assert len(named) <= 18


def test_text_of_a_scenario_is_text_in_a_picture() -> None:
    bad = '<script>alert(1)</script> & "x" $\\frac{1}{2}$ \x00 洛杉矶 🔥'
    events = (EventMark(bad, "promotion", 3, 4),)
    picture = stock(comparison((season(bad, 10, runs=3),), events=events), 0).inline()
    assert "<script" not in picture
    assert "洛杉矶 🔥" in picture
    ET.fromstring(picture)


def test_labels_keep_clear_of_one_another_and_inside() -> None:
    points = [(100.0 + 3 * i, 100.0 + 5 * (i % 3)) for i in range(9)]
    boxes = placed(points, [(90.0, 12.0)] * 9, (0.0, 0.0, 500.0, 300.0))
    for i, one in enumerate(boxes):
        assert one[0] >= 0
        assert one[2] <= 500
        for other in boxes[:i]:
            assert min(one[2], other[2]) <= max(one[0], other[0]) or min(one[3], other[3]) <= max(one[1], other[1])


def test_names_along_an_axis_take_the_lowest_free_line() -> None:
    assert lanes([(0, 10), (5, 15), (8, 20), (9, 30), (16, 18)], 3) == (0, 1, 2, None, 0)


def test_a_stockout_all_the_time_is_drawn() -> None:
    facts = {"orders": np.full(12, 10), "short_orders": np.full(12, 10), "wanted": np.full(12, 10)}
    played = comparison((record(12, policy="a", **facts), record(12, policy="b", **facts)), days=100, events=())
    assert len(marks(tradeoff(played, None), "policy")) == 2
    assert differences(played)
    assert costs(played)


def test_chinese_letters_are_drawn_in_the_font_that_ships() -> None:
    """Nothing is missing of what is said, bold or not; matplotlib warns where a glyph is."""
    with drawing():
        warnings.simplefilter("error")
        drawn = figure(4, 1)
        drawn.text(0.1, 0.5, "黑色星期五：在库 1,000 件，缺货率≤5%")
        drawn.text(0.1, 0.1, "补货点", fontweight="bold")
        drawn.savefig(io.BytesIO(), format="png")


@pytest.mark.parametrize("end", [0.01, 0.06, 0.12, 0.34, 0.5, 1.0])
def test_ticks_of_a_root_scale_do_not_touch(end: float) -> None:
    places = np.sqrt(ticks_up_to(end)) / np.sqrt(end)
    assert len(places) >= 3
    assert places[0] == 0
    assert np.diff(places).min() > 0.085


def test_a_picture_is_a_file_too() -> None:
    picture = tradeoff(comparison(), 0)
    assert picture.file("png").startswith(b"\x89PNG")
    drawn = picture.file("svg")
    assert drawn == picture.file("svg")
    assert b"<text" not in drawn
