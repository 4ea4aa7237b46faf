"""The page: self-contained, escaped, honest, made of the one report."""

import re
from functools import cache
from html.parser import HTMLParser

import numpy as np
import pytest

from reports.comparison import Comparison
from reports.display.html import html
from reports.display.page import page, report_of
from reports.display.section import Report, Section, Shown, Table, Words
from reports.language.speaking import LANGUAGES, speaking
from reports.record import EventMark
from reports.scores import SCORES
from reports.verdict.advice import advise
from tests.reports.builder import SEASON_DAYS, comparison, field, record, season, series

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


def section_text(section: Section | None) -> str:
    """The words of one section of a page, drawn without the others; none where it is not there."""
    if section is None:
        return ""
    written = html(Report("", (), "", (section,), {})).partition(f'<section id="{section.id}">')[2]
    return Reader(written.partition("</section>")[0]).text


@pytest.fixture(scope="module")
def season_report() -> Report:
    return report_of(comparison())


@pytest.fixture(scope="module")
def season_page(season_report: Report) -> str:
    return html(season_report)


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
    assert {tag: a for tag, a in read.tags if tag == "link"} == {"link": {"rel": "icon", "href": "data:,"}}
    for _, attributes in read.tags:
        for name in ("src", "href", "xlink:href", "action"):
            assert (attributes.get(name) or "#").startswith(("#", "data:,"))
        assert not any(name.startswith("on") for name in attributes)
    assert "url(http" not in season_page
    assert "@import" not in season_page
    policy = next(a["content"] for t, a in read.tags if a.get("http-equiv") == "Content-Security-Policy")
    assert policy is not None
    # No source of scripts, connections, frames or files is named, and none is the default.
    assert dict(part.split(maxsplit=1) for part in policy.split("; ")) == {
        "default-src": "'none'", "style-src": "'unsafe-inline'", "img-src": "data:", "font-src": "data:",
        "base-uri": "'none'", "form-action": "'none'",
    }  # fmt: skip


def test_it_is_its_report_section_by_section(season_report: Report, season_page: str) -> None:
    sections = [attributes["id"] for tag, attributes in Reader(season_page).tags if tag == "section"]
    assert sections == [*(section.id for section in season_report.sections), "reproduce"]
    text = Reader(season_page).text
    for section in season_report.sections:
        assert section.title in text
        for _, part in section.named_parts:
            if isinstance(part, Words):
                assert all(sentence in text for sentence in part.sentences)
            elif isinstance(part, Shown):
                assert f'class="picture {part.picture.name.split("-")[0]}"' in season_page
            else:
                told = [cell.text for line in part.printed for cell in line.cells]
                assert all(cell in text for cell in [*told, *(head.label for head in part.heads)])


def test_the_contents_lead_to_every_section(season_page: str) -> None:
    read = Reader(season_page)
    there = {attributes["id"] for _, attributes in read.tags if "id" in attributes}
    links = [attributes["href"] or "" for tag, attributes in read.tags if tag == "a"]
    assert {link.removeprefix("#") for link in links} <= there
    sections = [attributes["id"] for tag, attributes in read.tags if tag == "section"]
    assert links == [f"#{section}" for section in sections if section != "advice"]


def test_a_spreadsheet_can_read_what_the_page_prints(season_report: Report) -> None:
    """A cell's number and its interval are those of the estimate, in the unit of the column's head."""
    played = comparison()
    board = next(
        part
        for section in season_report.sections
        for _, part in section.named_parts
        if isinstance(part, Table) and part.id == "scoreboard"
    )
    column = [head.label for head in board.heads].index("Profit")
    assert board.heads[column].unit == "thousand USD"
    for line, index in zip(board.lines, played.order, strict=True):
        known = played.rows[index].estimates["profit"]
        cell = line.cells[column]
        assert (cell.value, cell.low, cell.high) == pytest.approx((known.mean / 1e3, known.low / 1e3, known.high / 1e3))
        assert float(cell.text) == pytest.approx(cell.value, abs=0.05)


def test_ids_are_unique(season_page: str) -> None:
    ids = [attributes["id"] for _, attributes in Reader(season_page).tags if "id" in attributes]
    assert len(ids) == len(set(ids))


def test_it_comes_out_the_same_again(season_page: str) -> None:
    assert page(comparison()) == season_page


def hostile(text: str) -> Comparison:
    """A comparison in which everything that a user can name is named so."""
    stages = {text: (text, f"{text} queue", "customs queue", "customs", "dock queue", "dock")}
    names = ("line_use", "desk_use", "dock_use")
    haul = np.column_stack((np.zeros(20), np.arange(20), np.full((20, 6), 2.0)))
    facts = {name: np.full(12, 0.5) for name in names} | {"transit": {text: haul}, "purchase_orders": np.ones((12, 1))}
    streams = {text: np.full((SEASON_DAYS, 1, 1, 1), 3), "organic": np.full((SEASON_DAYS, 1, 1, 1), 5)}
    told = series(SEASON_DAYS, 1, streams=streams)
    return comparison(
        (season(text, 10, runs=12, series=told, **facts), season("plain", 20, runs=12, **facts)),
        title=text, scenario=text, luck=text, assumptions=(text,), sources=(text,), skus=(text,), warehouses=(text,),
        markets=(text,), posts=(text,), suppliers=(text,), lanes=(text,), leads_to=(0,), stages=stages,
        events=(EventMark(text, "promotion", 3, 4), EventMark(f"{text} live", "livestream", 30, 1)),
    )  # fmt: skip


@pytest.mark.parametrize(
    "text",
    [
        "</style><script>alert(1)</script>--><svg onload=alert(1)>]]>&lt;b&gt;<img src=x onerror=alert(1)>",
        "{% for x in y %}{{ config }}",
        "a\" onmouseover=\"alert(1)' autofocus onfocus=alert(1) x='",
        "\u202eright to left אבג 🔥🚢 仓库<b>",
        "-2",
        "long " * 60,
    ],
)
def test_text_of_a_scenario_is_text(text: str) -> None:
    """What breaks out of elements, of templates, of attributes; what is no letter, a number, or no end."""
    read = Reader(page(hostile(text)))
    assert shapes(read) <= harmless() | {("wbr",)}
    assert read.text.count(" ".join(text.split())) >= 5


@pytest.mark.parametrize("language", LANGUAGES)
def test_text_of_a_scenario_is_text_in_every_language(language: str) -> None:
    with speaking(language):
        read = Reader(page(hostile(BAD)))
    assert shapes(read) <= harmless() | {("wbr",)}
    assert read.text.count(" ".join(BAD.split())) >= 5
    assert "& 49 =cmd" not in read.text, "a template was filled in"


def shapes(read: Reader) -> set[tuple[str, ...]]:
    """Every tag with the names of its attributes."""
    return {(tag, *sorted(attributes)) for tag, attributes in read.tags}


@cache
def harmless() -> frozenset[tuple[str, ...]]:
    """The shapes of the same page where names are plain."""
    return frozenset(shapes(Reader(page(hostile("plain name")))))


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
