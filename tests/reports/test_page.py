"""The page: self-contained, escaped, honest, and whole in a browser at three widths."""

import re
from html.parser import HTMLParser
from pathlib import Path
from typing import TYPE_CHECKING

import pytest

from reports.display.page import page
from reports.record import EventMark
from reports.scores import SCORES
from reports.verdict.advice import advise
from tests.browser import resize
from tests.reports.builder import comparison, field, record, season

if TYPE_CHECKING:
    from selenium.webdriver import Chrome

BAD = "<script>alert(1)</script> \"q\" 'a' & {{ 7*7 }} =cmd|x 洛杉矶 🔥"


class Reader(HTMLParser):
    """Tags, attributes and words of a page."""

    def __init__(self, written: str) -> None:
        super().__init__()
        self.tags: list[tuple[str, dict[str, str | None]]] = []
        self.words: list[str] = []
        self.feed(written)

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        self.tags.append((tag, dict(attrs)))

    def handle_data(self, data: str) -> None:
        self.words.append(data)

    @property
    def text(self) -> str:
        return " ".join(" ".join(self.words).replace("\u00a0", " ").split())


@pytest.fixture(scope="module")
def season_page() -> str:
    return page(comparison())


def test_it_says_what_it_must(season_page: str) -> None:
    text = Reader(season_page).text
    played = comparison()
    for words in (
        advise(played).sentence,
        "demand, lead times and inspections vary",
        "0123456789abcdef" * 4,
        "stocktide compare black-friday --runs 40",
        "stocktide 0.1.0, python 3.11",
        "Unit cost is 44 CNY",
        "Sea legs: public carrier schedules",
        "What is not modelled",
        "counts 100 % of its cost",
        "2026-07-01 to 2026-12-31",
    ):
        assert words in text
    for score in SCORES.values():
        assert score.formula in text


def test_it_needs_nothing_from_outside(season_page: str) -> None:
    read = Reader(season_page)
    assert not {tag for tag, _ in read.tags} & {"script", "iframe", "object", "embed", "img", "base", "form"}
    for _, attributes in read.tags:
        for name in ("src", "href", "xlink:href", "action"):
            assert (attributes.get(name) or "#").startswith(("#", "data:,"))
        assert not any(name.startswith("on") for name in attributes)
    assert "url(http" not in season_page
    assert "@import" not in season_page
    policy = next(a["content"] for t, a in read.tags if a.get("http-equiv") == "Content-Security-Policy")
    assert policy is not None
    assert "default-src 'none'" in policy


def test_ids_are_unique(season_page: str) -> None:
    ids = [attributes["id"] for _, attributes in Reader(season_page).tags if "id" in attributes]
    assert len(ids) == len(set(ids))


def test_it_comes_out_the_same_again(season_page: str) -> None:
    assert page(comparison()) == season_page


def test_text_of_a_scenario_is_text() -> None:
    bad = comparison(
        (season(BAD, 10, runs=12), season("plain", 20, runs=12)),
        title=BAD, scenario=BAD, luck=BAD, assumptions=(BAD,), sources=(BAD,),
        events=(EventMark(BAD, "promotion", 3, 4),),
    )  # fmt: skip
    written = page(bad)
    read = Reader(written)
    assert "script" not in {tag for tag, _ in read.tags}
    assert "49" not in re.findall(r"\{\{ 7\*7 \}\}|\b49\b", read.text)
    assert read.text.count("<script>alert(1)</script>") >= 5


@pytest.mark.parametrize(
    "records",
    [
        (record(),),
        (record(2), record(2, policy="b")),
        (record(12, orders=5, short_orders=5, wanted=5, lost=5),),
        field(1),
        field(2)[-2:],
    ],
    ids=["nothing once", "nothing twice", "all stockout", "one replication", "yardsticks"],
)
def test_a_page_of_little_is_still_a_page(records: tuple) -> None:  # type: ignore[type-arg]
    days = len(records[0].daily_on_hand)
    text = Reader(page(comparison(records, days=days, events=()))).text
    assert "Advice" in text
    assert not re.search(r"\bnan\b", text)


@pytest.fixture(scope="module")
def opened(browser: "Chrome", season_page: str, tmp_path_factory: pytest.TempPathFactory) -> "Chrome":
    path: Path = tmp_path_factory.mktemp("page") / "page.html"
    path.write_text(season_page, encoding="utf-8")
    browser.get(path.as_uri())
    return browser


def test_the_browser_has_nothing_to_complain_about(opened: "Chrome") -> None:
    assert opened.get_log("browser") == []
    assert opened.title == "Black Friday: lighting seller, Zhongshan to Los Angeles – Stocktide"


@pytest.mark.parametrize("width", [390, 768, 1440])
@pytest.mark.parametrize("dark", [False, True], ids=["light", "dark"])
def test_it_never_scrolls_sideways(opened: "Chrome", width: int, dark: bool) -> None:
    resize(opened, width, dark)
    for shown in ("false", "true"):
        opened.execute_script(f"document.querySelectorAll('details').forEach(e => e.open = {shown})")
        assert opened.execute_script("return document.documentElement.scrollWidth") == width


def test_the_marks_are_drawn(opened: "Chrome") -> None:
    resize(opened, 1440)
    played = comparison()
    count = (
        "return [...document.querySelectorAll(arguments[0])].filter(e => e.getBoundingClientRect().width > 0).length"
    )
    assert opened.execute_script(count, "svg.tradeoff .policy") == len(played.rows)
    assert opened.execute_script(count, "#panel-5 .event") == len(played.setting.events)
    assert opened.execute_script(count, "svg.differences .difference") == 3 * 6
    assert opened.execute_script(count, "table.board tbody tr") == len(played.rows)


def test_one_stock_picture_shows_at_a_time_and_another_can_be_chosen(opened: "Chrome") -> None:
    resize(opened, 1440)
    shown = "return [...document.querySelectorAll('.panel')].filter(e => e.offsetHeight > 0).map(e => e.id)"
    assert opened.execute_script(shown) == ["panel-5"]
    opened.execute_script("document.querySelector('label[for=pick-3]').click()")
    assert opened.execute_script(shown) == ["panel-3"]
    opened.execute_script("document.querySelector('label[for=pick-5]').click()")


def test_labels_in_the_tradeoff_do_not_cover_one_another(opened: "Chrome") -> None:
    resize(opened, 1440)
    covered = opened.execute_script("""
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
