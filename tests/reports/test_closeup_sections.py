"""The sections of the close look: their numbers worked by hand, whole tables, pictures of much and of nothing."""

import dataclasses
import re
from collections.abc import Callable
from datetime import date
from pathlib import Path
from typing import TYPE_CHECKING, Any

import numpy as np
import pytest

from reports.charts.fan import fan
from reports.charts.heatmap import heatmap as heatmap_picture
from reports.charts.heatmap import percents
from reports.closeup import closeup as parts
from reports.closeup.closeup import Closeup
from reports.closeup.entry import Entry, Future
from reports.closeup.heat import Heat
from reports.closeup.now import Now
from reports.closeup.orders import Ordered
from reports.closeup.part import Part
from reports.closeup.skus import Skus
from reports.comparison import Comparison
from reports.display.html import html
from reports.display.section import Report, Section, Table
from reports.display.sections.diary import diary
from reports.display.sections.heatmap import MOST_COLUMNS, MOST_SKUS, heat_grid, heatmap
from reports.display.sections.now import PRINTED, now
from reports.display.sections.orders import orders
from reports.display.sections.skus import skus
from reports.forms.markdown import markdown
from reports.language.speaking import speaking
from reports.passage import weeks
from reports.record import Setting
from tests.browser import resize
from tests.reports.builder import SEASON_DAYS, comparison, season
from tests.reports.test_charts import marks
from tests.reports.test_page import BAD, Reader

if TYPE_CHECKING:
    from selenium.webdriver import Chrome

SECTIONS = (now, skus, orders, heatmap, diary)


def shown(runs: int = 3, sku_count: int = 1, **changes: Any) -> Comparison:
    """A season with a close look in which nothing happened, but for the changes: arrays of parts by their field."""
    names = tuple(changes.pop("names", [f"SKU-{i}" for i in range(sku_count)]))
    facts = {
        "skus": names, "unit_cost": np.ones(sku_count), "price": np.full(sku_count, 2.0),
        "market_price": np.full((1, sku_count), 2.0), **changes.pop("facts", {}),
    }  # fmt: skip
    told = comparison((season("reorder-point", 10, runs=runs),), **facts)
    return dataclasses.replace(told, closeup=look(told.setting, runs, min(sku_count, 12), **changes))


def look(setting: Setting, runs: int, chosen: int, **changes: Any) -> Closeup:
    whole = (len(setting.warehouses), len(setting.skus))
    by_week = (runs, weeks(setting), len(setting.skus))
    blank: dict[type, dict[str, tuple[int, ...]]] = {
        Now: {
            "day": (runs,), "on_hand": (runs, *whole), "position": (runs, *whole), "ordered": (runs, *whole),
            "by_lane": (runs, len(setting.lanes), whole[1]),
        },
        Skus: {name: (runs, setting.days, chosen) for name in ("on_hand", "received", "wanted", "short")},
        Heat: {name: by_week for name in ("wanted", "short")},
        Ordered: {"units": (runs, by_week[1], *whole)},
    }  # fmt: skip
    more: dict[type, dict[str, Any]] = {
        Now: {"next_order": changes.pop("next_order", np.full((runs, *whole), np.inf)), "why": changes.pop("why", {})},
        Ordered: {"arrives": changes.pop("arrives", np.full((runs, by_week[1], whole[0]), np.nan))},
    }
    futures = changes.pop("futures", ())
    built: dict[str, Part] = {}
    for name, kind in parts._parts().items():
        if kind in blank:
            arrays = {
                field: np.broadcast_to(np.asarray(changes.pop(f"{name}_{field}", 0), np.int64), shape)
                for field, shape in blank[kind].items()
            }
            built[name] = kind(**arrays, **more.get(kind, {}))
        else:
            built[name] = None  # type: ignore[assignment]  # of no section that is looked at here
    assert not changes
    return Closeup(
        "reorder-point", "none", "preference", np.arange(runs), tuple(range(chosen)), futures=futures, **built
    )  # type: ignore[arg-type]


def table(section: Section | None, name: str) -> Table:
    assert section is not None
    return next(part for _, part in section.named_parts if isinstance(part, Table) and part.id == name)


def page(told: Comparison, *sections: Callable[[Comparison], Section | None]) -> str:
    """A page of some sections alone; of all when none is named."""
    return html(report(told, *sections))


def report(told: Comparison, *sections: Callable[[Comparison], Section | None]) -> Report:
    parts_told = (section(told) for section in sections or SECTIONS)
    return Report("", (), "", tuple(part for part in parts_told if part is not None), {})


def texts(told: Table, line: int) -> list[str]:
    return [cell.text for cell in told.lines[line].cells]


def test_without_a_close_look_there_are_no_sections() -> None:
    told = comparison((season("reorder-point", 10, runs=3),))
    assert [section(told) for section in SECTIONS] == [None] * 5


def test_now_says_what_is_ordered_and_why_the_most_urgent_first() -> None:
    why = {name: np.broadcast_to(np.array(values, float), (3, 1, 3)) for name, values in
           {"reorder_point": [[100, 50, 40]], "safety_stock": [[30, 20, 10]], "cut": [[1, 1, 1]]}.items()}  # fmt: skip
    told = now(
        shown(
            3, 3, why=why, now_day=6, now_on_hand=[[60, 30, 90]], now_position=[[[110, 30, 100]]] * 3,
            now_ordered=[[0, 70, 0]], now_by_lane=np.array([[0, 70, 0], [0, 0, 0]]),
            next_order=np.array([[[9.0, 20.0, np.inf]], [[7.0, 30.0, 8.0]], [[8.0, 40.0, np.inf]]]),
        )
    )  # fmt: skip
    assert told is not None
    assert told.parts[0].sentences == ("At the first review, on 2026-07-07, reorder-point orders 70 units of 1 SKU.",)  # type: ignore[union-attr]
    lines = table(told, "now")
    assert [line.name for line in lines.lines] == ["SKU-1", "SKU-0", "SKU-2"]
    assert [head.label for head in lines.heads] == [
        "On hand",
        "Stock position",
        "Reorder point",
        "Safety stock",
        "Order now",
        "By lane",
        "Next order",
    ]
    assert texts(lines, 0) == ["30", "30", "50", "20", "70", "sea", "2026-07-31"]
    assert texts(lines, 1) == ["60", "110", "100", "30", "0", "", "2026-07-09"]
    assert texts(lines, 2)[-1] == "after the season"
    assert lines.lines[0].cells[-1].value == date(2026, 7, 31)
    assert [line.marked for line in lines.lines] == ["chosen", "", ""]


def test_futures_that_differ_are_told_by_their_spread_and_how_many_order() -> None:
    ordered = np.zeros((10, 1, 1), np.int64)
    ordered[:4, 0, 0] = [10, 20, 30, 40]
    position = np.arange(11, 21).reshape(10, 1, 1)
    why = {"reorder_point": np.full((10, 1, 1), 20.0)}
    lanes = np.zeros((10, 2, 1), np.int64)
    lanes[:4, 0, 0], lanes[:4, 1, 0] = [5, 10, 15, 20], [5, 10, 15, 20]
    told = now(shown(10, 1, why=why, now_ordered=ordered, now_position=position, now_by_lane=lanes))
    lines = table(told, "now")
    on_hand, at, point, units, share, by_lane, _ = lines.lines[0].cells
    assert (at.text, at.under, at.low, at.high) == ("16", "12–19", 11.9, 19.1)
    assert (on_hand.under, point.under) == ("", "")
    assert (units.text, units.under, share.text, by_lane.text) == ("25", "13–37", "40", "12 by sea, 12 by air")
    assert told is not None
    assert (
        "orders in 40 % of the replications, then a median of 25 units (P10 to P90: 13–37)"
        in told.parts[0].sentences[0]
    )  # type: ignore[union-attr]
    assert any("in the replications that order the SKU" in note for note in lines.notes)


def test_a_rule_that_orders_nothing_and_gives_no_reasons_is_told() -> None:
    told = now(shown(2, 2))
    assert told is not None
    assert told.parts[0].sentences == ("At the first review, on 2026-07-01, reorder-point orders nothing.",)  # type: ignore[union-attr]
    assert len(table(told, "now").lines) == 2


def test_a_page_prints_the_first_lines_and_a_spreadsheet_has_all() -> None:
    told = shown(2, PRINTED + 7, now_on_hand=5)
    lines = table(now(told), "now")
    assert len(lines.lines) == PRINTED + 7
    assert len(lines.printed) == PRINTED
    printed, _, below = page(told, now).partition('id="now-table"')[2].partition("</table>")
    assert printed.count('scope="row"') == PRINTED
    assert markdown(report(told, now)).count("| SKU-") == PRINTED
    assert "And 7 more, in the spreadsheet." in below
    assert "more, in the spreadsheet" not in page(shown(2, PRINTED), now)


def test_the_heat_of_a_week_is_the_share_of_all_units_wanted_then() -> None:
    wanted, short = np.zeros((2, 27, 2), np.int64), np.zeros((2, 27, 2), np.int64)
    wanted[:, 3, 0], short[:, 3, 0] = [100, 300], [0, 100]
    wanted[:, 4, 1], short[:, 4, 1] = [10, 10], [10, 10]
    told = shown(2, 2, heat_wanted=wanted, heat_short=short)
    assert told.closeup is not None
    grid, others = heat_grid(told.closeup, told.setting, MOST_SKUS)
    assert (list(grid.names), others) == (["SKU-0", "SKU-1"], 0)
    assert grid.share[0, 3] == 0.25
    assert grid.share[1, 4] == 1.0
    assert np.count_nonzero(grid.share) == 2
    lines = table(heatmap(told), "heatmap")
    assert (lines.lines[0].cells[3].text, lines.lines[0].cells[3].value) == ("25", 25.0)
    assert lines.lines[0].cells[0].text == ""
    picture = heatmap_picture(grid, told.setting)
    assert marks(picture, "part") == ["heatmap-part-0-3", "heatmap-part-1-4"]
    assert "SKU-0, from 22 Jul: 50 of 200 units short (means)" in picture.inline()


def test_skus_without_a_line_are_summed_and_long_seasons_told_in_stretches() -> None:
    days = 371  # 53 weeks
    luck = np.random.default_rng(3)
    wanted = luck.integers(1, 50, (4, 53, 60))
    short = np.minimum(luck.integers(0, 9, (4, 53, 60)), wanted)
    told = shown(4, 60, facts={"days": days}, heat_wanted=wanted, heat_short=short)
    assert told.closeup is not None
    grid, others = heat_grid(told.closeup, told.setting, MOST_SKUS)
    assert (len(grid.names), others) == (MOST_SKUS, 60 - MOST_SKUS + 1)
    assert len(grid.firsts) == 27 <= MOST_COLUMNS
    assert grid.wanted.sum() * 4 == pytest.approx(wanted.sum())
    assert grid.short.sum() * 4 == pytest.approx(short.sum())
    assert grid.wanted[:, -1].sum() * 4 == pytest.approx(wanted[:, 52].sum())
    own = grid.short[:-1].sum(axis=1)
    assert own.tolist() == sorted(own, reverse=True)
    lines = table(heatmap(told), "heatmap")
    assert (len(lines.lines), len(lines.printed)) == (60, MOST_SKUS)


@pytest.mark.parametrize(
    ("share", "written"),
    [(0.001, "<1"), (0.0049, "<1"), (0.005, "0"), (0.006, "1"), (0.5, "50"), (0.996, "99"), (1.0, "100")],
)
def test_percents_are_never_all_where_some_was_there(share: float, written: str) -> None:
    assert percents(share) == written or (share == 0.005 and percents(share) in ("0", "1"))


def test_where_nothing_was_short_a_sentence_says_so() -> None:
    told = heatmap(shown(2, 3, heat_wanted=5))
    assert told is not None
    assert [type(part).__name__ for part in told.parts] == ["Words"]
    everything = heatmap(shown(2, 3, heat_wanted=5, heat_short=5))
    assert everything is not None
    assert set(texts(table(everything, "heatmap"), 0)) == {"100"}


def test_the_calendar_tells_units_of_the_futures_that_order_and_when_they_come() -> None:
    units, arrives = np.zeros((20, 27, 1, 2), np.int64), np.full((20, 27, 1), np.nan)
    units[:10, 2, 0, 0], units[:10, 2, 0, 1] = np.arange(1, 11) * 10, 5
    arrives[:10, 2, 0] = np.arange(40, 50) + 0.5
    units[0, 9, 0, 1], arrives[0, 9, 0] = 3, np.inf
    arrives_never = units[:, 9] > 0
    assert arrives_never.sum() == 1
    told = orders(shown(20, 2, orders_units=units, arrives=arrives))
    whole, by_sku = table(told, "orders"), table(told, "orders-by-sku")
    assert [line.name for line in whole.lines] == ["2026-07-15", "2026-09-02"]
    assert texts(whole, 0) == ["50", "60", "2026-08-14"]
    assert whole.lines[0].cells[1].under == "24–96"
    assert texts(whole, 1) == ["5", "3", "after the season"]
    assert [(line.name, line.cells[0].text, line.cells[2].text) for line in by_sku.lines] == [
        ("2026-07-15", "SKU-0", "55"), ("2026-07-15", "SKU-1", "5"), ("2026-09-02", "SKU-1", "3"),
    ]  # fmt: skip


def test_orders_that_few_futures_place_are_left_out() -> None:
    units = np.zeros((21, 27, 1, 1), np.int64)
    units[0, 4], units[:2, 5] = 9, 9
    told = table(orders(shown(21, 1, orders_units=units)), "orders")
    assert [line.name for line in told.lines] == ["2026-08-05"]
    nothing = orders(shown(2, 1))
    assert nothing is not None
    assert [type(part).__name__ for part in nothing.parts] == ["Words"]


@pytest.mark.parametrize("runs", [1, 40])
@pytest.mark.parametrize(
    ("on_hand", "wanted", "short"), [(0, 0, 0), (0, 9, 9), (50, 9, 0)], ids=["nothing", "all short", "plenty"]
)
def test_a_fan_is_drawn_of_anything(runs: int, on_hand: int, wanted: int, short: int) -> None:
    told = shown(runs, 1, skus_on_hand=on_hand, skus_wanted=wanted, skus_short=short)
    assert told.closeup is not None
    picture = fan(told.closeup.skus, 0, told.setting, "SKU-0")
    assert len(marks(picture, "band")) == 2
    assert len(marks(picture, "median")) == 1
    assert len(marks(picture, "alert")) == (3 if short else 0)
    assert len(marks(picture, "event")) == 3  # the promotions of the season


def test_days_short_are_marked_by_how_many_futures_were() -> None:
    short = np.zeros((20, SEASON_DAYS, 1), np.int64)
    short[:1, 10:13], short[:5, 50:52], short[:10, 90] = 4, 4, 4
    told = shown(20, 1, skus_short=short, skus_wanted=4)
    assert told.closeup is not None
    drawn = fan(told.closeup.skus, 0, told.setting, "SKU-0")
    assert list(drawn.tips)[-3:] == ["alert-0", "alert-1", "alert-2"]
    bars = {
        item.get_gid(): item for item in drawn.drawn.axes[0].collections if (item.get_gid() or "").startswith("alert")
    }
    spans = {gid: [path.get_extents().width for path in item.get_paths()] for gid, item in bars.items()}
    assert spans == {"alert-0": [3, 2, 1], "alert-1": [2, 1], "alert-2": [1]}


def test_of_many_skus_the_page_says_that_some_were_chosen() -> None:
    told = skus(shown(2, 20, skus_wanted=np.arange(12)))
    assert told is not None
    assert told.parts[0].sentences[0] == "The 12 SKUs with the largest revenue wanted."  # type: ignore[union-attr]
    assert [part.title for part in told.parts[1:3]] == ["SKU-11", "SKU-10"]  # type: ignore[union-attr]


def future(run: int) -> Future:
    return Future(
        run,
        (
            Entry(0, "start", {"on_hand": 5, "on_order": 6}),
            Entry(9, "stockout", {"warehouse": "los-angeles", "sku": BAD, "units": 8, "days": 2, "back": None}),
        ),
        3,
    )


def test_two_futures_are_told_in_turn() -> None:
    told = diary(shown(3, futures=(future(2), future(0))))
    middle, bad = table(told, "diary-middle"), table(told, "diary-bad")
    assert (middle.title, bad.title) == ("The middle future: replication 2", "A bad future: replication 0")
    assert [line.name for line in middle.lines] == ["2026-07-01", "2026-07-10"]
    assert (
        middle.lines[1].cells[0].text
        == f"{BAD} was sold out in los-angeles for 2 days; 8 wanted units were short. It was not back by the end."
    )
    assert middle.notes == ("3 smaller things that happened are left out.",)


def everything() -> Comparison:
    """A close look with something in every section."""
    luck = np.random.default_rng(4)
    short = luck.integers(0, 3, (5, SEASON_DAYS, 12))
    return shown(
        5, 14, names=[BAD, "$x$", "_hidden", *(f"LAMP-LONG-NAME-{i}" for i in range(11))], why={"reorder_point": np.full((5, 1, 14), 40.0)},
        now_on_hand=luck.integers(0, 90, (5, 1, 14)), now_position=60, now_ordered=luck.integers(0, 2, (5, 1, 14)) * 30,
        skus_on_hand=luck.integers(0, 90, (5, SEASON_DAYS, 12)).cumsum(axis=1), skus_received=luck.integers(0, 2, (5, SEASON_DAYS, 12)),
        skus_wanted=9, skus_short=short, heat_wanted=30, heat_short=luck.integers(0, 9, (5, 27, 14)),
        orders_units=luck.integers(0, 2, (5, 27, 1, 14)) * 500, arrives=np.full((5, 27, 1), 70.5), futures=(future(2), future(0)),
    )  # fmt: skip


@pytest.fixture(scope="module")
def written() -> str:
    return page(everything())


def test_names_are_text_everywhere(written: str) -> None:
    read = Reader(written)
    assert "script" not in {tag for tag, _ in read.tags}
    assert BAD in read.text


def test_in_chinese_nothing_is_said_in_english() -> None:
    with speaking("zh"):
        body = page(everything(), now, orders, heatmap, diary).partition("<body")[2]
    named = {
        "Stocktide",
        "reorder",
        "point",
        "SKU",
        "LAMP",
        "LONG",
        "NAME",
        "hidden",
        "scr",
        *re.findall(r"[A-Za-z]{3,}", BAD),
    }
    assert set(re.findall(r"[A-Za-z]{3,}", Reader(re.sub(r"<style.*?</style>", "", body, flags=re.S)).text)) <= named


@pytest.mark.parametrize("width", [390, 1440])
@pytest.mark.parametrize("dark", [False, True], ids=["light", "dark"])
def test_the_close_look_is_seen_and_nothing_scrolls_sideways(
    browser: "Chrome", written: str, tmp_path: Path, width: int, dark: bool
) -> None:
    path = tmp_path / "page.html"
    path.write_text(written, encoding="utf-8")
    browser.get(path.as_uri())
    resize(browser, width, dark)
    assert browser.execute_script("return document.documentElement.scrollWidth") == width
    widths = browser.execute_script(
        "return [...document.querySelectorAll('svg.fan')].map(e => e.getBoundingClientRect().width)"
    )
    assert len(widths) == 12
    assert all(250 < each < width for each in widths)
    heights = "return [...document.querySelectorAll('svg.fan text, svg.heatmap text')].map(e => e.getBoundingClientRect().height)"
    assert min(browser.execute_script(heights)) >= 8
    assert browser.get_log("browser") == []
