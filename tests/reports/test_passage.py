"""From factory to shelf: what is summed up is right, and what is shown is what was summed up."""

import json
import shutil
import xml.etree.ElementTree as ET
from datetime import date
from pathlib import Path
from typing import TYPE_CHECKING

import numpy as np
import pytest

from reports.charts.picture import Picture
from reports.comparison import Comparison
from reports.display.page import page
from reports.display.passage import MOST_LANES, months_told, passages
from reports.display.sections.passage import passages as section_of
from reports.folder import FolderError, load, redraw, save
from reports.passage import MEASURES, MOST_MONTHS, Passage, arrivals_weighed, months, week_days, weeks
from reports.record import FloatArray, joined
from reports.verdict.advice import advise
from tests.browser import resize
from tests.reports.builder import AIR_DAYS, SEA_DAYS, comparison, field, record, season, setting, shipments
from tests.reports.test_charts import marks
from tests.reports.test_page import BAD, Reader, section_text

if TYPE_CHECKING:
    from selenium.webdriver import Chrome

STAGES = ("production", "departure", "ocean", "dock queue", "dock")
HERE = setting(lanes=("sea",), stages={"sea": STAGES})


def sea(*rows: tuple[float, ...]) -> FloatArray:
    """Shipments of one lane: the day of the order, then days by stage."""
    return np.array([(0, *row) for row in rows], float)


def of(*rows: tuple[float, ...]) -> Passage:
    return Passage.of("sea", sea(*rows), HERE)


def measured(one: Passage, stage: int, measure: str) -> float:
    return float(one.spread[stage, MEASURES.index(measure)])


def test_the_days_of_a_stage_are_measured() -> None:
    one = of((0, 10, 2, 18, 0, 1), (0, 20, 2, 18, 0, 1), (0, 30, 2, 30, 0, 1), (0, 40, 2, 18, 0, 1))
    assert (one.orders, one.arrived) == (4, 4)
    assert [measured(one, 0, name) for name in MEASURES] == pytest.approx([25, 125**0.5, 10, 20, 40])
    assert [measured(one, 1, name) for name in MEASURES] == pytest.approx([2, 0, 2, 2, 2])
    assert measured(one, -1, "mean") == pytest.approx(25 + 2 + 21 + 0 + 1)


def test_means_of_stages_add_up_to_that_of_the_whole() -> None:
    stages = shipments(SEA_DAYS, 20, 184)
    one = Passage.of("sea", stages, setting(days=184))
    assert one.arrived < one.orders
    assert one.spread[:-1, 0].sum() == pytest.approx(one.spread[-1, 0])


def test_what_was_ordered_too_late_to_arrive_does_not_make_a_lane_look_faster() -> None:
    # Every day two orders, one of 20 and one of 60 days: on the last 60 days only the fast ones arrive.
    lead = np.tile([20.0, 60.0], 100)
    room = np.repeat(np.arange(99.0, -1.0, -1.0), 2)
    arrived = lead <= room
    weight = arrivals_weighed(lead[arrived], room)
    assert (lead[arrived] * weight).sum() / weight.sum() == pytest.approx(40)
    assert lead[arrived].mean() < 34
    slow = sea(
        *((99 - room, *([np.nan] * 2 if room < days else [0.0, days])) for room, days in zip(room, lead, strict=True))
    )
    one = Passage.of("sea", slow, setting(stages={"sea": ("production", "ocean")}))
    assert measured(one, -1, "mean") == pytest.approx(40)


def test_what_is_still_on_the_way_counts_as_longest() -> None:
    there = [(0, 10, 0, days, 0, 1) for days in range(6)]
    one = of(*there, *[(0, 10, 0, np.nan, np.nan, np.nan)] * 4)
    low, middle, high = one.through[0]
    assert (low, middle) == (11, 15)
    assert np.isnan(high)
    assert np.isnan(one.through[1:]).all()


def test_waiting_stands_in_the_month_in_which_it_began() -> None:
    # Ordered at the end of 20 July 2026, made on 10 August; on 31 August it comes to the dock.
    one = of((19, 20, 3, 18, 2, 1), (19, 20, 5, 18, np.nan, np.nan))
    assert HERE.day(months(HERE)[1]) == date(2026, 8, 1)
    assert one.waits[1, 1] == 4
    assert one.waits[3, 1] == 2
    assert np.isnan(one.waits[1, [0, 2, 3]]).all()
    assert one.waits[0, 0] == 20


def test_a_month_in_which_few_came_tells_nothing() -> None:
    many = [(40, 0, 1, 10, 0, 1)] * 30
    one = of(*many, (0, 0, 50, 10, 0, 1))
    assert one.waits[1, 1] == 1
    assert np.isnan(one.waits[1, 0])


@pytest.mark.parametrize("days", [1, 31, 100, 365, 400, 401, 3650])
def test_any_season_is_cut_into_weeks_and_months(days: int) -> None:
    long = setting(days=days, start=date(2026, 2, 11))
    firsts = months(long)
    assert 1 <= len(firsts) <= MOST_MONTHS
    assert firsts[0] == 0
    assert list(firsts) == sorted(set(firsts))
    assert len(months_told(long)) == len(firsts)
    assert (weeks(long) - 1) * week_days(long) < days <= weeks(long) * week_days(long)
    # From the second on a column begins with a month.
    assert all(long.day(first).day == 1 for first in firsts[1:])


def test_batches_do_not_show() -> None:
    whole = shipments(SEA_DAYS, 4, 100)
    by_time = whole[np.argsort(whole[:, 1], kind="stable")]
    one = joined([record(4, transit={"sea": by_time})])
    halves = [record(2, transit={"sea": by_time[np.isin(by_time[:, 0], runs)]}) for runs in ((0, 1), (2, 3))]
    assert np.array_equal(one.transit["sea"], whole, equal_nan=True)
    assert np.array_equal(joined(halves).transit["sea"], whole, equal_nan=True)


# --- what is shown ----------------------------------------------------------------------------------------------


def played(transit: dict[str, FloatArray], stages: dict[str, tuple[str, ...]], **changes: object) -> Comparison:
    rows = (record(12, policy="base-stock", transit=transit),)
    return comparison(rows, **{"days": 100, "events": (), "lanes": tuple(stages), "stages": stages, **changes})


def section(shown: Comparison) -> str:
    return section_text(section_of(shown))


def test_it_answers_what_takes_the_time_and_where_it_spreads() -> None:
    days = [(0, made, 1, 30, 0.0, 1) for made in (2, 4, 6, 28)]
    told = passages(played({"sea": sea(*days)}, {"sea": STAGES}), 0)
    assert told is not None
    assert told.answers == (
        (
            "sea",
            "42.0 days from order to shelf on average, 34.0 to 60.0 in nine orders of ten. Ocean takes the most"
            " (30.0 days), production spreads the most (2.0 to 28.0 days).",
        ),
    )


def test_it_answers_when_it_was_congested() -> None:
    # The 31 orders of days 27 to 57 come to the dock in August, 17 of them to find it full.
    days = [(day, 1, 1, 1, 8 if 40 <= day < 57 else 0.5, 1) for day in range(88)]
    told = passages(played({"sea": sea(*days)}, {"sea": STAGES}), 0)
    assert told is not None
    assert told.answers[-1] == (
        "Most congested", "dock queue of sea in Aug 2026, 4.6 days on average against 0.5 in its best month.",
    )  # fmt: skip
    shades = {wait.stage: [cell.shade for cell in wait.cells] for wait in told.waits}
    assert shades == {"departure": [0, 0, 0, 0], "dock queue": [0, 1, 0, 0]}


def test_the_page_shows_the_recommended_row() -> None:
    shown = comparison(field(12)[:3])
    text, chosen = section(shown), advise(shown).row
    assert chosen is not None
    for words in (
        "Where the days go", f"{shown.rows[chosen].name}, orders of the scored days", "customs queue", "order to shelf", "Nov 2026",
        "zhongshan factory line 90 %", "us customs desks 40 %", "los-angeles dock 30 %",
    ):  # fmt: skip
        assert words in text


def test_the_table_says_what_was_measured() -> None:
    text = section(
        played(
            {"sea": sea((0, 10, 2, 18, 0, 1), (0, 20, 2, 18, 0, 1), (95, 3, 1, np.nan, np.nan, np.nan))},
            {"sea": STAGES},
        )
    )
    assert "sea 3 orders, 1 of them not put away by the end" in text
    assert "production 15.0 5.0 10.0 10.0 20.0" in text
    assert "order to shelf 36.0 5.0 31.0 31.0 41.0" in text
    assert "dock queue" not in text


@pytest.mark.parametrize(
    "transit",
    [{}, {"sea": np.zeros((0, 7))}, {"sea": sea((0, 0, 0, 0, 0, 0))}, {"sea": sea((95, 10, *[np.nan] * 4))}],
    ids=["no lanes", "no orders", "at once", "nothing arrived"],
)
def test_where_nothing_took_time_there_is_no_section(transit: dict[str, FloatArray]) -> None:
    assert section(played(transit, {"sea": STAGES} if transit else {})) == ""


def test_a_small_world_shows_no_queues_and_no_pictures_of_one_number() -> None:
    haul = np.array([(run, day, 0, 12) for run in range(3) for day in range(0, 80, 7)], float)
    shown = played({"haul": haul}, {"haul": ("production", "haul")})
    text = section(shown)
    assert "12.0 days from order to shelf on average." in text
    for words in ("Lead time through the year", "When goods waited", "How busy", "spreads"):
        assert words not in text
    assert len(marks(page_picture(shown), "stage")) == 2


def page_picture(shown: Comparison) -> Picture:
    told = passages(shown, shown.reference)
    assert told is not None
    assert told.picture is not None
    return told.picture


def test_every_lane_and_every_stage_that_took_time_has_a_mark() -> None:
    drawn = page_picture(comparison(field(12)[:3]))
    assert len(marks(drawn, "stage")) == 2 + len(SEA_DAYS) + len(AIR_DAYS)
    assert "customs queue" in [text.strip() for text in ET.fromstring(drawn.inline()).itertext()]


def test_many_lanes_are_all_in_the_table() -> None:
    lanes = {f"lane-{i}": shipments({"ocean": (20, 0.2)}, i + 1, 100) for i in range(MOST_LANES + 2)}
    shown = played(lanes, {name: ("ocean",) for name in lanes})
    told = passages(shown, 0)
    assert told is not None
    assert told.left_out == 2
    assert [lane for lane, _, _ in told.groups] == list(lanes)
    assert len(marks(told.picture, "stage")) == 2 * MOST_LANES
    assert told.picture is not None
    assert "lane-0" not in told.picture.inline()
    assert "the lanes with most orders" in section(shown)


@pytest.mark.parametrize("name", [BAD, "_hidden", "$x$", "\x00"])
def test_names_of_lanes_and_stages_are_text(name: str, tmp_path: Path) -> None:
    lane = shipments({"a": (20, 0.2), "b": (3, 2.0)}, 12, 100)
    shown = played({name: lane}, {name: (name, f"{name} queue")}, suppliers=(name,))
    save(tmp_path / "run", shown)
    written = (tmp_path / "run" / "page.html").read_text(encoding="utf-8")
    assert "script" not in {tag for tag, _ in Reader(written).tags}
    words = list(ET.fromstring(page_picture(shown).inline()).itertext())
    assert any(text.startswith(name.replace("\x00", " ")[:8]) for text in words)
    assert section(load(tmp_path / "run")) == section(shown)


def test_a_folder_alone_tells_the_passages_again(tmp_path: Path) -> None:
    shown = comparison(field(12)[:2])
    save(tmp_path / "run", shown)
    before = (tmp_path / "run" / "page.html").read_bytes()
    assert b'class="heat"' in before
    redraw(tmp_path / "run")
    assert (tmp_path / "run" / "page.html").read_bytes() == before
    assert (tmp_path / "run" / "daily.npz").stat().st_size < 120_000


@pytest.fixture(scope="module")
def saved(tmp_path_factory: pytest.TempPathFactory) -> Path:
    folder = tmp_path_factory.mktemp("saved") / "run"
    save(folder, comparison((season("reorder-point", 10, runs=2),)))
    return folder


@pytest.mark.parametrize(
    ("old", "new"),
    [('"lane": "sea"', '"lane": "air"'), ('"arrived"', '"came"'), ('"lane": "sea"', '"lane": "rail"'), ('"dock queue",', "")],
)  # fmt: skip
def test_passages_that_do_not_fit_are_refused(saved: Path, tmp_path: Path, old: str, new: str) -> None:
    shutil.copytree(saved, tmp_path / "run")
    path = tmp_path / "run" / "manifest.json"
    assert old in path.read_text()
    path.write_text(path.read_text().replace(old, new))
    with pytest.raises(FolderError, match="does not fit together"):
        load(tmp_path / "run")


def test_places_that_do_not_fit_are_refused(saved: Path, tmp_path: Path) -> None:
    shutil.copytree(saved, tmp_path / "run")
    path = tmp_path / "run" / "manifest.json"
    manifest = json.loads(path.read_text())
    manifest["setting"]["suppliers"].append("ningbo")
    path.write_text(json.dumps(manifest))
    with pytest.raises(FolderError, match="how busy"):
        load(tmp_path / "run")


@pytest.mark.parametrize("width", [390, 1440])
@pytest.mark.parametrize("dark", [False, True], ids=["light", "dark"])
def test_the_passages_are_seen_and_no_label_covers_another(
    browser: "Chrome", tmp_path: Path, width: int, dark: bool
) -> None:
    shown = comparison(field(12)[:3])
    path = tmp_path / "page.html"
    path.write_text(page(shown), encoding="utf-8")
    browser.get(path.as_uri())
    resize(browser, width, dark)
    assert browser.execute_script("return document.documentElement.scrollWidth") == width
    seen = "return [...document.querySelectorAll(arguments[0])].filter(e => e.getBoundingClientRect().width > 0).length"
    assert browser.execute_script(seen, "svg.passage .stage") == 2 + len(SEA_DAYS) + len(AIR_DAYS)
    assert browser.execute_script(seen, "svg.through .median") == 2
    assert browser.execute_script(seen, ".heat tbody tr") == 6
    assert browser.execute_script(seen, ".gauge span") == 3
    assert browser.execute_script(
        "return getComputedStyle(document.querySelector('.heat td[style]')).backgroundColor"
    ) not in ("rgba(0, 0, 0, 0)", "transparent")
    covered = browser.execute_script("""
        const boxes = [...document.querySelectorAll('svg.passage text')].map(e => e.getBoundingClientRect());
        const frame = document.querySelector('svg.passage').getBoundingClientRect();
        let shared = boxes.filter(a => a.left < frame.left - 1 || a.right > frame.right + 1).length;
        boxes.forEach((a, i) => boxes.slice(0, i).forEach(b => {
            const wide = Math.min(a.right, b.right) - Math.max(a.left, b.left);
            const high = Math.min(a.bottom, b.bottom) - Math.max(a.top, b.top);
            if (wide > 0 && high > 3) shared += 1;
        }));
        return [boxes.length > 20, shared];
    """)
    assert covered == [True, 0]
    assert browser.get_log("browser") == []
