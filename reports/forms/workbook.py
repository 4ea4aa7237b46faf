"""A report as an Excel workbook: what it says on the first sheet, charts to touch, then a sheet a table."""

import io
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import TYPE_CHECKING

from reports.display.section import Report, Table, Words
from reports.forms.flat import Column, Entry, flat, titled_tables
from reports.forms.native import draw, natives
from reports.forms.plain import cut, one_line, unique
from reports.forms.sheet import PLAIN, STRONG, WRAPPED, Inks, Looks, fill, put, set_height
from reports.language.speaking import say

if TYPE_CHECKING:
    from xlsxwriter.worksheet import Worksheet

_OPTIONS = {"in_memory": True, "strings_to_formulas": False, "strings_to_urls": False, "strings_to_numbers": False}
_CREATED = datetime(2000, 1, 1)  # the same report is the same file, whenever it is written
_LONGEST_NAME = 31  # of a sheet
_WIDTHS = (32, 110)  # of the columns of the first sheet, in letters
_FORBIDDEN = str.maketrans(dict.fromkeys("[]:*?/\\", " "))


@dataclass(frozen=True)
class Leaf:
    """A sheet that holds a table."""

    name: str
    title: str
    table: Table
    columns: tuple[Column, ...]


def workbook(report: Report) -> bytes:
    """The file. Text stays text, whatever it looks like: no formula and no link comes of it."""
    from xlsxwriter import Workbook

    held = io.BytesIO()
    with Workbook(held, _OPTIONS) as book:
        book.set_properties({"title": cut(one_line(report.title), 255), "created": _CREATED})
        inks, leaves = Inks(book), _leaves(report)
        _summarise(book.add_worksheet(say("forms.summary")), report, leaves, inks)
        charts = [chart for leaf in leaves for chart in natives(leaf.table, leaf.columns, leaf.name, leaf.title)]
        if charts:
            draw(book, book.add_worksheet(say("forms.charts")), charts, inks)
        for leaf in leaves:
            fill(book.add_worksheet(leaf.name), leaf.table, leaf.columns, inks)
    return held.getvalue()


def _leaves(report: Report) -> list[Leaf]:
    # Excel keeps one name for itself.
    taken = {"history", say("forms.summary").casefold(), say("forms.charts").casefold()}
    titled = titled_tables(report)
    return [Leaf(_sheet_name(title or table.id, taken), title, table, flat(table)) for title, table in titled]


def _sheet_name(title: str, taken: set[str]) -> str:
    bare = " ".join(title.translate(_FORBIDDEN).split())

    def fitting(ending: str) -> str:
        return cut(bare, _LONGEST_NAME - len(ending)).strip(" '") + ending

    return unique(fitting("") or "-", taken, lambda count: fitting(f" {count}"))


def _summarise(sheet: "Worksheet", report: Report, leaves: Sequence[Leaf], inks: Inks) -> None:
    for place, width in enumerate(_WIDTHS):
        sheet.set_column(place, place, width)
    for row, (label, text, looks) in enumerate(_summary(report, leaves)):
        put(sheet, row, 0, Entry(one_line(label) or None), inks, STRONG)
        put(sheet, row, 1, Entry(one_line(text) or None), inks, looks)
        set_height(sheet, row, ["", text], _WIDTHS)
    sheet.set_landscape()
    sheet.fit_to_pages(1, 0)


def _summary(report: Report, leaves: Sequence[Leaf]) -> Iterator[tuple[str, str, Looks]]:
    """The rows of the first sheet: what stands on the left, the words, and how they look."""
    yield report.title, "", PLAIN
    yield "", report.headline, STRONG | WRAPPED
    yield from (("", fact, WRAPPED) for fact in report.facts)
    for section in report.sections:
        label = section.title
        for _, part in section.named_parts:
            for sentence in part.sentences if isinstance(part, Words) else ():
                yield label, sentence, WRAPPED
                label = ""
    yield "", "", PLAIN
    yield say("forms.sheets"), "", PLAIN
    yield from ((leaf.name, leaf.title, WRAPPED) for leaf in leaves)
    yield "", "", PLAIN
    yield say("page.reproduce"), "", PLAIN
    yield from ((say(f"reproduce.{key}"), value, WRAPPED) for key, value in report.reproduce.items())
