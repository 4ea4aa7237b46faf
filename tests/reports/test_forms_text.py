"""Markdown, CSV and pictures: text stays text, numbers keep their digits, files have names that every system takes."""

import csv
import dataclasses
import html
import io
import re
from collections.abc import Iterator

import pytest
from markdown_it import MarkdownIt
from markdown_it.token import Token

from reports.charts.picture import Picture
from reports.charts.style import drawing, figure
from reports.display.section import Cell, Head, Line, Report, Section, Shown, Table
from reports.forms import FORMS, written
from reports.forms.markdown import markdown
from reports.forms.plain import one_line
from reports.forms.tables import tables
from reports.language.speaking import speaking
from tests.reports.handmade import HOSTILE, REPRODUCE, board, of_choice, report


def rows(content: bytes) -> list[list[str]]:
    return list(csv.reader(io.StringIO(content.decode("utf-8-sig"), newline="")))


def picture(name: str) -> Picture:
    with drawing():
        drawn = figure(3, 2)
        drawn.subplots().plot([1, 3, 2])
    return Picture(drawn, name, "A | picture <of> [it]")


def parsed(text: str) -> list[Token]:
    return MarkdownIt("commonmark").enable(["table", "strikethrough"]).parse(text)


def tokens(text: str) -> Iterator[Token]:
    for token in parsed(text):
        yield token
        yield from token.children or ()


def names_read(text: str) -> list[str]:
    """The first field of every line of the tables, as a reader sees it."""
    shown = MarkdownIt("commonmark").enable(["table", "strikethrough"]).render(text)
    return [html.unescape(found) for found in re.findall(r"<tr>\s*<td[^>]*>(.*?)</td>", shown)]


def test_a_table_becomes_a_csv_that_a_spreadsheet_knows() -> None:
    content = tables(report(board()))["scoreboard.csv"]
    assert content.startswith("\ufeff".encode())
    head, first, second = rows(content)
    assert dict(zip(head, first, strict=True)) == {
        "Policy (and what it sees)": "base-stock:cover_days=30",
        "Policy: note": "sees stock, sales",
        "Stockouts by order (%)": "12.34",
        "Stockouts by order (%): from": "11.01",
        "Stockouts by order (%): to": "13.59",
        "Holding cost (thousand USD)": "1234.5678",
        "Holding cost (thousand USD): note": "1,200.1–1,269.0; surely more",
        "Cover (days)": "30.5",
        "Ordered": "2026-07-01",
    }
    assert second[2:5] == ["", "", ""]


def test_no_field_of_a_csv_is_a_formula_and_none_is_lost() -> None:
    for name, line in zip(HOSTILE, rows(tables(report(board(HOSTILE)))["scoreboard.csv"])[1:], strict=True):
        assert line[0][:1] not in ("=", "+", "-", "@", "\t", "\r", "\n")
        assert line[0].removeprefix("'") == one_line(name).removeprefix("'")


def test_a_hostile_head_is_defused_too() -> None:
    table = Table("t", "T", Head("=1+1"), (Head("@x"),), (Line("a", (Cell("1", 1),)),))
    assert rows(tables(report(table))["t.csv"])[0] == ["'=1+1", "'@x"]


def test_files_have_names_of_their_own_that_every_system_takes() -> None:
    one = board().lines
    made = [Table(name, "T", Head("a"), (), one) for name in ("stock", "Stock", "../etc/passwd", "库存", "", "a:b")]
    assert list(tables(report(*made))) == [
        "stock.csv",
        "stock-2.csv",
        "etc-passwd.csv",
        "untitled.csv",
        "untitled-2.csv",
        "a-b.csv",
    ]


def test_markdown_says_all_of_the_report_in_its_order() -> None:
    told = markdown(
        report(board(), words=("Order 400 lamps.",), shown=(Shown(picture("trade"), "Trade", "Low is good."),))
    )
    wanted = ("# Black Friday", "> Use base-stock.", "184 days · 40 replications", "## What to do now", "- Order 400 lamps.",
              "## Numbers", "| Policy (and what it sees) |", "| base-stock:cover\\_days=30 (sees stock, sales) | 12.3 (11.0–13.6) |",
              "Below each mean its interval.", "**Trade**", "](figures/trade.svg)", "Low is good.",
              "`stocktide compare black-friday --runs 40`")  # fmt: skip
    places = [told.find(words) for words in wanted]
    assert -1 not in places, wanted[places.index(-1)]
    assert places == sorted(places)
    assert "Nothing here" not in told


def test_a_markdown_table_is_one() -> None:
    kinds = [token.type for token in parsed(markdown(report(board(["a|b", "c\nd", "`e`", "f\\"]))))]
    assert kinds.count("table_open") == 1
    assert kinds.count("tr_open") == 5
    assert kinds.count("td_open") == 4 * 5


def test_markdown_leaves_out_what_paper_leaves_out_and_a_csv_does_not() -> None:
    made = report(dataclasses.replace(board(["a", "b", "c"]), most=2))
    assert "| b (sees" in markdown(made)
    assert "| c (sees" not in markdown(made)
    assert "And 1 more, in the spreadsheet." in markdown(made)
    assert "in the spreadsheet" not in markdown(report(board(["a", "b", "c"])))
    assert [line[0] for line in rows(tables(made)["scoreboard.csv"])[1:]] == ["a", "b", "c"]


def test_no_name_becomes_markup_in_markdown_and_none_is_lost() -> None:
    bare = Table("t", "", Head("Name"), (Head("Number"),), tuple(Line(name, (Cell("1", 1),)) for name in HOSTILE))
    told = markdown(report(bare, words=HOSTILE, title=HOSTILE[0]))
    kinds = [token.type for token in tokens(told)]
    assert not {"html_block", "html_inline", "link_open", "image", "em_open", "strong_open", "s_open", "fence"} & set(
        kinds
    )
    assert kinds.count("heading_open") == 4
    assert kinds.count("bullet_list_open") == 2
    assert kinds.count("ordered_list_open") == 0
    assert kinds.count("list_item_open") == len(HOSTILE) + len(REPRODUCE)
    assert names_read(told) == [one_line(name) for name in HOSTILE]


def test_what_looks_like_an_address_is_broken_before_it_is_linked() -> None:
    told = markdown(report(words=("see https://a.example, www.b.example or me@c.example",)))
    assert "https\\://a.example, www\\.b.example or me\\@c.example" in told


@pytest.mark.parametrize("typed", ["plain", "a `tick` b", "``", "`", "a``b`c", "\\*"])
def test_what_is_to_be_typed_is_told_letter_by_letter(typed: str) -> None:
    told = markdown(Report("T", (), "H", (), {"command": typed}))
    assert [token.content for token in tokens(told) if token.type == "code_inline"] == [typed]


def test_every_alternative_of_a_choice_is_told_under_its_name() -> None:
    told = markdown(of_choice(("#one", (board(title="A"),)), ("two", (board(title="B"),))))
    assert told.index("### \\#one") < told.index("**A**") < told.index("### two") < told.index("**B**")


def test_an_empty_report_has_no_empty_parts() -> None:
    empty = Table("none", "None", Head("Name"), (Head("Number"),), ())
    assert "| Name | Number |\n| :-- | :-- |" in markdown(report(empty))
    assert tables(report(empty))["none.csv"].decode("utf-8-sig") == "Name,Number\r\n"
    assert tables(report()) == {}


def test_pictures_are_files_and_equal_names_are_told_apart() -> None:
    made = report(shown=(Shown(picture("Stock 0")), Shown(picture("stock-0"))))
    drawn, shapes = written(made, "", "png"), written(made, "", "svg")
    assert list(drawn) == ["figures/stock-0.png", "figures/stock-0-2.png"]
    assert all(content.startswith(b"\x89PNG") for content in drawn.values())
    assert list(shapes) == ["figures/stock-0.svg", "figures/stock-0-2.svg"]
    assert all(b"<svg" in content for content in shapes.values())


def test_every_path_in_the_markdown_is_a_file_beside_it() -> None:
    files = written(report(board(), shown=(Shown(picture("one")), Shown(picture("ONE")))), "", "md")
    found = [str(token.attrs["src"]) for token in tokens(files["report.md"].decode()) if token.type == "image"]
    assert sorted(["report.md", *found]) == sorted(files)
    assert len(found) == 2


def test_a_form_that_is_not_there_is_refused_by_name() -> None:
    assert written(report(), "<p>é</p>", "html") == {"page.html": "<p>é</p>".encode()}
    assert list(written(report(board()), "", "csv")) == ["tables/scoreboard.csv"]
    assert list(written(report(board()), "", "xlsx")) == ["report.xlsx"]
    with pytest.raises(ValueError, match=f"'docx' is not one of {', '.join(FORMS)}"):
        written(report(), "", "docx")


def test_they_speak_chinese() -> None:
    with speaking("zh"):
        made = Report(
            "黑五", ("184 天",), "用基准库存。", (Section("n", "评分", (board(["安全库存"], "评分"),)),), REPRODUCE
        )
        told, content = markdown(made), tables(made)["scoreboard.csv"]
    assert "# 黑五\n\n> 用基准库存。" in told
    assert "安全库存（sees stock, sales）" in told
    assert rows(content)[1][0] == "安全库存"
