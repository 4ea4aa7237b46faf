"""The story of one future: condensed to days, drawn where there is something to show, redrawn from the folder."""

import re
import shutil
import xml.etree.ElementTree as ET
from pathlib import Path
from typing import TYPE_CHECKING

import numpy as np
import pytest

from reports.charts.story import story
from reports.comparison import Comparison
from reports.display.page import page
from reports.display.sections.pictures import stock
from reports.display.sections.promotions import promotions
from reports.folder import FolderError, load, redraw, save
from reports.record import EventMark, Series
from reports.story import Story
from tests.browser import resize
from tests.reports.builder import SEASON_DAYS, comparison, record, season, series, setting
from tests.reports.test_charts import marks
from tests.reports.test_page import BAD, Reader, section_text

if TYPE_CHECKING:
    from selenium.webdriver import Chrome

NOTHING = np.nan
TOLD = "What happened in one of these futures"


def units(days: int, *starts: int) -> np.ndarray:
    """A stream of one SKU that brings a unit on each of these days."""
    brought = np.zeros((days, 1, 1, 1), np.int64)
    brought[list(starts)] = 1
    return brought


def lever(slots: list[float], *skus: list[float]) -> np.ndarray:
    """A lever as it was set, slot by slot, for one or more SKUs."""
    return np.array([slots, *skus]).T[:, None, None, :]


def of(kept: Series, **facts: object) -> Story:
    told = Story.of(record(series=kept), setting(**facts))
    assert told is not None
    return told


def eventful(days: int = SEASON_DAYS, **changes: object) -> Series:
    """A season with two streams and a playbook that pulls levers half of the time."""
    half = np.where(np.arange(days) % 40 < 20, 1.0, 0.0)[:, None, None, None]
    facts: dict[str, object] = {
        "on_hand": np.arange(days)[::-1, None] * 10,
        "ad_spend": 5.0,
        "streams": {"organic": np.full((days, 1, 1, 1), 40), "ads": (20 * half).astype(np.int64)},
        "levers": {"alert": 3 * half, "ads": 1 - half, "expedite": half, "stop_buying": half, "clear": 0 * half},
    }
    return series(days, **{**facts, **changes})


def played(kept: Series | None, **facts: object) -> Comparison:
    return comparison((season("reorder-point", 10, runs=2, series=kept, playbook="alerts"),), **facts)


def test_the_worst_alert_of_a_day_is_told_over_hours_and_skus() -> None:
    alert = lever([0, 1, 0, NOTHING], [NOTHING, 3, 0, 2])
    told = of(series(4, 2, levers={"alert": alert}), days=2, slots_per_day=2)
    assert told.levers["alert"].tolist() == [3, 2]


def test_an_alert_that_was_never_set_is_none() -> None:
    told = of(series(2, levers={"alert": lever([NOTHING, 2])}), days=2)
    assert told.levers["alert"].tolist() == [0, 2]


def test_the_ad_factor_is_the_mean_over_the_day_and_the_advertised_skus() -> None:
    ads = lever([0.0, 0.5, NOTHING, 0.2], [0.0, 0.0, 0.0, 0.0])
    spent = np.tile([3.0, 0.0], (4, 1))
    told = of(series(4, 2, ad_spend=spent, levers={"ads": ads}), days=2, slots_per_day=2)
    assert told.levers["ads"].tolist() == pytest.approx([0.25, 0.6])


def test_an_ad_factor_without_ads_is_not_told() -> None:
    assert of(series(2, levers={"ads": lever([0.5, 0.5])}), days=2).levers == {}


def test_a_switch_is_pulled_on_a_day_if_it_was_at_any_hour_for_any_sku() -> None:
    switches = {
        "expedite": lever([0, 0, 0, 0], [0, 1, 0, NOTHING]),
        "steer": lever([0.3, 0, NOTHING, 0.1], [0, 0, 0, 0]),
        "clear": lever([0, 0, 0, NOTHING], [0, 0, 0, 0]),
    }
    told = of(series(4, 2, levers=switches), days=2, slots_per_day=2)
    assert {name: days.tolist() for name, days in told.levers.items()} == {"expedite": [1, 0], "steer": [1, 1]}


def test_stock_is_that_at_the_end_of_the_day_and_the_warm_up_is_not_told() -> None:
    kept = series(
        6, on_hand=np.arange(6)[:, None], streams={"organic": units(3, 0, 1), "b2b": units(3, 0)},
        levers={"alert": lever([3, 3, 1, 1, 2, 2])},
    )  # fmt: skip
    told = of(kept, days=2, warm_up_days=1, slots_per_day=2)
    assert told.on_hand.tolist() == [3, 5]
    assert {name: days.tolist() for name, days in told.streams.items()} == {"organic": [1, 0]}
    assert told.levers["alert"].tolist() == [1, 2]


def test_a_record_without_kept_runs_has_no_story() -> None:
    assert Story.of(record(), setting()) is None


def drawn(shown: Comparison) -> str:
    picture = story(shown, 0)
    assert picture is not None
    return picture.inline()


@pytest.mark.parametrize(
    "kept",
    [
        None,
        series(SEASON_DAYS),
        eventful(levers={}, streams={"organic": units(SEASON_DAYS, 3), "ads": units(SEASON_DAYS)}),
    ],
    ids=["nothing kept", "nothing happened", "one stream that came"],
)
def test_there_is_no_picture_where_it_would_show_nothing(kept: Series | None) -> None:
    assert story(played(kept), 0) is None
    told = section_text(stock(played(kept)))
    assert "units on hand at the end of each day" in told
    assert TOLD not in told


@pytest.mark.parametrize(
    ("changes", "bands", "bars", "lines"),
    [
        ({}, 3, 2, 1),
        ({"levers": {}}, 0, 0, 0),
        ({"levers": {"alert": np.full((SEASON_DAYS, 1, 1, 1), 1.0)}}, 3, 0, 0),
        ({"streams": {"organic": units(SEASON_DAYS, 3)}}, 3, 2, 1),
    ],
    ids=["all", "streams alone", "alerts", "one stream and levers"],
)
def test_a_panel_is_drawn_for_what_there_is(changes: dict[str, object], bands: int, bars: int, lines: int) -> None:
    picture = story(played(eventful(**changes)), 0)
    assert picture is not None
    assert len(marks(picture, "alert")) == bands
    assert len([mark for mark in marks(picture, "lever") if re.search(r"\d$", mark)]) == bars
    assert picture.inline().count(">ad factor<") == lines
    assert TOLD in section_text(stock(played(eventful(**changes))))


def test_the_largest_streams_are_named_and_the_rest_summed() -> None:
    streams = {f"video {i}": np.full((SEASON_DAYS, 1, 1, 1), i + 1) for i in range(9)}
    picture = drawn(played(eventful(streams=streams)))
    named = [text for text in ET.fromstring(picture).itertext() if text.startswith(("video", "all other"))]
    tips = [f"video {i}: {184 * (i + 1):,} units, {(i + 1) / 45:.0%} of demand" for i in (8, 7, 6, 5, 4, 3)]
    assert [tip for tip in named if "units" in tip] == [*tips, "all other streams: 1,104 units, 13% of demand"]
    assert [name for name in named if "units" not in name] == [
        *(f"video {i}" for i in range(8, 2, -1)),
        "all other streams",
    ]


def test_hovering_says_how_many_days() -> None:
    picture = drawn(played(eventful()))
    assert "worst alert black: 100 of 184 days" in picture
    assert "stop buying: 100 of 184 days" in picture


def test_events_are_marked_as_in_the_picture_of_stock() -> None:
    shown = played(eventful())
    assert len(marks(story(shown, 0), "event")) == len(shown.setting.events)


@pytest.mark.parametrize("name", [BAD, "_hidden", "$x$", "\x00"])
def test_names_of_streams_are_text(name: str, tmp_path: Path) -> None:
    shown = played(eventful(streams={name: units(SEASON_DAYS, 1, 2), "organic": units(SEASON_DAYS, 5)}))
    picture = drawn(shown)
    assert "<script" not in picture
    assert any(text.startswith(name.replace("\x00", " ")[:8]) for text in ET.fromstring(picture).itertext())
    save(tmp_path / "run", shown)
    kept = load(tmp_path / "run")
    assert drawn(kept) == picture
    assert kept.rows[0].story is not None
    assert set(kept.rows[0].story.streams) == {name, "organic"}


def test_names_of_promotions_are_text() -> None:
    events = (EventMark(BAD, "promotion", 3, 4),)
    read = Reader(page(played(eventful(), events=events)))
    assert "script" not in {tag for tag, _ in read.tags}
    assert read.text.count("<script>alert(1)</script>") >= 4


def test_promotions_are_told_policy_by_policy() -> None:
    lost = np.zeros((SEASON_DAYS, 1), np.int64)
    lost[150] = 1234
    rows = (
        season("reorder-point", 10, runs=2, series=eventful(lost=lost)),
        season("base-stock", 10, runs=2, series=eventful()),
    )
    text = section_text(promotions(comparison(rows)))
    assert "How promotions went" in text
    assert "Black Friday 2026-11-27 to 2026-11-30" in text
    assert "1,234" in text
    assert promotions(comparison(rows, events=())) is None
    assert promotions(comparison((season("reorder-point", 10, runs=2),))) is None


def test_a_folder_alone_tells_the_story_again(tmp_path: Path) -> None:
    shown = played(eventful())
    save(tmp_path / "run", shown)
    before = (tmp_path / "run" / "page.html").read_bytes()
    assert TOLD.encode() in before
    redraw(tmp_path / "run")
    assert (tmp_path / "run" / "page.html").read_bytes() == before
    kept, told = load(tmp_path / "run").rows[0], shown.rows[0]
    assert kept.promotions == told.promotions
    assert kept.story is not None
    assert told.story is not None
    assert (kept.story.run, kept.story.on_hand.tolist()) == (0, told.story.on_hand.tolist())
    for part in ("streams", "levers"):
        assert {k: v.tolist() for k, v in getattr(kept.story, part).items()} == {
            k: v.tolist() for k, v in getattr(told.story, part).items()
        }


@pytest.fixture(scope="module")
def saved(tmp_path_factory: pytest.TempPathFactory) -> Path:
    folder = tmp_path_factory.mktemp("saved") / "run"
    save(folder, played(eventful()))
    return folder


@pytest.mark.parametrize(
    ("old", "new"),
    [('"run": 0', '"run": "x"'), ('"organic"', '"organic", "more"'), ('"too_much": 1', '"too_much": "1"'), ('"hit"', '"hot"')],
)  # fmt: skip
def test_a_story_that_does_not_fit_is_refused(saved: Path, tmp_path: Path, old: str, new: str) -> None:
    shutil.copytree(saved, tmp_path / "run")
    path = tmp_path / "run" / "manifest.json"
    assert old in path.read_text()
    path.write_text(path.read_text().replace(old, new))
    with pytest.raises(FolderError, match="does not fit together"):
        load(tmp_path / "run")


@pytest.mark.parametrize("width", [390, 1440])
@pytest.mark.parametrize("dark", [False, True], ids=["light", "dark"])
def test_the_story_is_seen_and_nothing_scrolls_sideways(
    browser: "Chrome", tmp_path: Path, width: int, dark: bool
) -> None:
    path = tmp_path / "page.html"
    path.write_text(page(played(eventful())), encoding="utf-8")
    browser.get(path.as_uri())
    resize(browser, width, dark)
    assert browser.execute_script("return document.documentElement.scrollWidth") == width
    seen = "return [...document.querySelectorAll(arguments[0])].filter(e => e.getBoundingClientRect().width > 0).length"
    assert browser.execute_script(seen, "svg.story .part") == 2
    assert browser.execute_script(seen, "svg.story .lever") == 3
    assert browser.execute_script(seen, "svg.story .alert") == 1
    assert browser.execute_script(seen, "#promotions tbody tr") == 2 * 3
    assert browser.get_log("browser") == []
