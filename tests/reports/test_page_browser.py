"""The page in a browser, in both languages: whole at three widths, readable by all, deaf to scripts."""

import base64
import io
import re
from pathlib import Path
from typing import TYPE_CHECKING

import pytest
from axe_core_python.selenium import Axe
from fontTools.ttLib import TTFont

from reports.display.page import page
from reports.language.glyphs import FAMILY, drawable, ours_in
from reports.language.speaking import LANGUAGES, speaking
from tests.browser import chinese_drawn_by, resize
from tests.reports.builder import comparison
from tests.reports.test_page import hostile
from tests.reports.wide import SKUS, wide_comparison, wide_run

if TYPE_CHECKING:
    from selenium.webdriver import Chrome

SEEN = "return [...document.querySelectorAll(arguments[0])].filter(e => e.getBoundingClientRect().width > 0).length"


def open_page(browser: "Chrome", written: str, path: Path) -> None:
    path.write_text(written, encoding="utf-8")
    browser.get(path.as_uri())


@pytest.fixture(scope="module", params=LANGUAGES)
def opened(browser: "Chrome", request: pytest.FixtureRequest, tmp_path_factory: pytest.TempPathFactory) -> "Chrome":
    """The page of many SKUs, with all that folds opened."""
    with speaking(request.param):
        written = page(wide_comparison())
    open_page(browser, written, tmp_path_factory.mktemp("wide") / "page.html")
    return browser


def test_the_browser_has_nothing_to_complain_about(opened: "Chrome") -> None:
    assert opened.get_log("browser") == []
    assert opened.title.endswith(" – Stocktide")


@pytest.mark.parametrize("width", [390, 768, 1440])
@pytest.mark.parametrize("dark", [False, True], ids=["light", "dark"])
def test_it_never_scrolls_sideways(opened: "Chrome", width: int, dark: bool) -> None:
    resize(opened, width, dark)
    for shown in ("false", "true"):
        opened.execute_script(f"document.querySelectorAll('details').forEach(e => e.open = {shown})")
        assert opened.execute_script("return document.documentElement.scrollWidth") == width


@pytest.mark.parametrize("dark", [False, True], ids=["light", "dark"])
def test_nobody_is_shut_out(opened: "Chrome", dark: bool) -> None:
    """No serious or critical fault that axe knows of, with all that folds opened."""
    resize(opened, 1440, dark)
    opened.execute_script("document.querySelectorAll('details').forEach(e => e.open = true)")
    faults = Axe().run(opened)["violations"]
    grave = [fault for fault in faults if fault["impact"] in ("serious", "critical")]
    assert [(fault["id"], [node["html"][:120] for node in fault["nodes"][:3]]) for fault in grave] == []


@pytest.mark.parametrize("language", LANGUAGES)
def test_the_page_of_a_run_that_was_played(language: str, browser: "Chrome", tmp_path: Path) -> None:
    """With all that a close look adds: nothing to complain about, no scrolling sideways, nobody shut out.

    Axe reads one language: it asks about marks and colours, which are the same in the other.
    """
    with speaking(language):
        written = page(wide_run())
    assert len(written.encode()) < 3_000_000
    open_page(browser, written, tmp_path / "page.html")
    assert browser.get_log("browser") == []
    browser.set_script_timeout(120)
    for width in (390, 768, 1440):
        resize(browser, width)
        assert browser.execute_script("return document.documentElement.scrollWidth") == width
    faults = Axe().run(browser)["violations"] if language == "zh" else []
    grave = [fault for fault in faults if fault["impact"] in ("serious", "critical")]
    assert [(fault["id"], [node["html"][:120] for node in fault["nodes"][:3]]) for fault in grave] == []


def test_every_chinese_letter_has_a_glyph_in_the_page_itself(browser: "Chrome", tmp_path: Path) -> None:
    with speaking("zh"):
        written = page(wide_comparison(skus=3, runs=12))
    open_page(browser, written, tmp_path / "page.html")
    (font,) = re.findall(r"data:font/woff;base64,([^\"]+)", written)
    there = set(map(chr, TTFont(io.BytesIO(base64.b64decode(font))).getBestCmap()))
    shown = browser.execute_script("return document.body.textContent + document.title")
    assert set(ours_in(shown)) == {letter for letter in shown if ord(letter) >= 0x2E80} <= there
    assert there <= drawable()
    assert browser.execute_async_script("document.fonts.ready.then(set => arguments[0]([...set].map(f => f.status)))") == ["loaded"]  # fmt: skip
    drawn = chinese_drawn_by(browser)
    assert {"策略", "建议"} <= {text for text, _ in drawn}, "a table's head and a section's"
    assert [text for text, fonts in drawn if FAMILY not in fonts] == []


def test_an_english_page_carries_no_font(browser: "Chrome", tmp_path: Path) -> None:
    open_page(browser, page(comparison()), tmp_path / "page.html")
    assert browser.execute_script("return document.fonts.size") == 0


@pytest.mark.parametrize(
    "text",
    [
        "<script>document.title = 'taken'</script>",
        "<img src=x onerror=\"document.title = 'taken'\">",
        "</style><svg onload=\"document.title = 'taken'\">",
        '" onmouseover="document.title = \'taken\'" x="',
    ],
)
def test_a_script_in_a_name_does_nothing(browser: "Chrome", text: str, tmp_path: Path) -> None:
    open_page(browser, page(hostile(text)), tmp_path / "page.html")
    resize(browser, 390)
    assert browser.title == f"{text} – Stocktide"
    assert (
        browser.execute_script("return document.querySelectorAll('script, img, iframe, object, [onload]').length") == 0
    )
    assert browser.execute_script("return document.documentElement.scrollWidth") == 390
    assert browser.get_log("browser") == []


def test_a_script_that_got_in_would_not_run(browser: "Chrome", tmp_path: Path) -> None:
    written = page(comparison()).replace("<main>", "<main><script>document.title = 'taken'</script><img src=x>", 1)
    open_page(browser, written, tmp_path / "page.html")
    assert browser.title != "taken"
    assert all("Content Security Policy" in entry["message"] for entry in browser.get_log("browser"))


@pytest.fixture(scope="module")
def season(browser: "Chrome", tmp_path_factory: pytest.TempPathFactory) -> "Chrome":
    open_page(browser, page(comparison()), tmp_path_factory.mktemp("season") / "page.html")
    resize(browser, 1440)
    return browser


def test_the_marks_are_drawn(season: "Chrome") -> None:
    played = comparison()
    assert season.execute_script(SEEN, "svg.tradeoff .policy") == len(played.rows)
    assert season.execute_script(SEEN, "#stock-panel-1 .event") == len(played.setting.events)
    assert season.execute_script(SEEN, "svg.differences .difference") == 3 * 6
    assert season.execute_script(SEEN, "table.board tbody tr") == len(played.rows)


def test_one_stock_picture_shows_at_a_time_and_another_can_be_chosen(season: "Chrome") -> None:
    shown = "return [...document.querySelectorAll('#stock .panel')].filter(e => e.offsetHeight > 0).map(e => e.id)"
    assert season.execute_script(shown) == ["stock-panel-1"]
    season.execute_script("document.querySelector('label[for=stock-pick-3]').click()")
    assert season.execute_script(shown) == ["stock-panel-3"]
    season.execute_script("document.querySelector('label[for=stock-pick-1]').click()")


def test_labels_in_the_tradeoff_do_not_cover_one_another(season: "Chrome") -> None:
    covered = season.execute_script("""
        const names = new Set([...document.querySelectorAll('.board .name')].map(e => e.textContent));
        const boxes = [...document.querySelectorAll('svg.tradeoff text')].filter(e => names.has(e.textContent))
            .map(e => e.getBoundingClientRect());
        let shared = 0;
        boxes.forEach((a, i) => boxes.slice(0, i).forEach(b => {
            const wide = Math.min(a.right, b.right) - Math.max(a.left, b.left);
            const high = Math.min(a.bottom, b.bottom) - Math.max(a.top, b.top);
            if (wide > 0 && high > 3) shared += 1;
        }));
        return [boxes.length, shared];
    """)
    assert covered == [9, 0]


def test_a_large_page_stays_small(tmp_path: Path) -> None:
    played = wide_comparison()
    assert (len(played.setting.skus), len(played.rows)) == (SKUS, 8)
    assert len(page(played).encode()) < 3e6
