"""A table as a sheet of a workbook: typed fields, heads that stay, definitions as comments."""

import unicodedata
from collections.abc import Iterable, Sequence
from datetime import date
from functools import cache
from math import ceil
from typing import TYPE_CHECKING

from reports.display.section import Table
from reports.forms.flat import Column, Entry
from reports.forms.plain import cut, one_line

if TYPE_CHECKING:
    from xlsxwriter import Workbook
    from xlsxwriter.format import Format
    from xlsxwriter.worksheet import Worksheet

Looks = dict[str, object]
_HEAD: Looks = {"bold": True, "text_wrap": True, "bottom": 1, "bg_color": "#e6f2f6", "valign": "bottom"}
PLAIN: Looks = {"valign": "top"}
STRONG: Looks = {"bold": True, "valign": "top"}
WRAPPED: Looks = {"text_wrap": True, "valign": "top"}
_TEXT: Looks = {"text_wrap": True, "indent": 1}
_RIGHT: Looks = {"align": "right"}
_MARKED: dict[str, Looks] = {
    "chosen": STRONG | {"bg_color": "#e6f2f6"},
    "yardstick": PLAIN | {"italic": True, "font_color": "#566472"},
    "risk": PLAIN | {"font_color": "#b8432a"},
    "whole": STRONG | {"top": 1},
}
_STEPS = 20  # shades that are told apart
_LONGEST_TEXT = 32_767  # that a field holds
_WIDTHS = (9, 60)  # of a column, in letters
_LINE = 15  # points that a line of text is high
_HIGHEST = 409  # points that a row can be high


class Inks:
    """The formats of a workbook, each made once."""

    def __init__(self, book: "Workbook") -> None:
        self._made = cache(lambda looks: book.add_format(dict(looks)))

    def __call__(self, looks: Looks) -> "Format":
        """The format that looks so."""
        return self._made(tuple(sorted(looks.items())))


def put(sheet: "Worksheet", row: int, column: int, entry: Entry, inks: Inks, looks: Looks) -> None:
    """Write one field as what it is. Text that looks like a formula is marked, so that typing in it makes none."""
    value = entry.value
    if value is None or value == "":
        sheet.write_blank(row, column, None, inks(looks))
    elif isinstance(value, str):
        marked = {"quote_prefix": True} if value.startswith(("=", "+", "-", "@")) else {}
        sheet.write_string(row, column, _plain(value), inks(looks | marked))
    elif isinstance(value, date):
        sheet.write_datetime(row, column, value, inks(looks | _RIGHT | {"num_format": entry.shape.code}))
    else:
        kept = value / 100 if entry.shape.share else value
        sheet.write_number(row, column, kept, inks(looks | {"num_format": entry.shape.code} | _ground(entry.shade)))


def _ground(shade: float) -> Looks:
    """The ground of a number, from white to amber."""
    step = round(shade * _STEPS) / _STEPS
    mixed = (round(255 + (amber - 255) * step) for amber in (0xE0, 0xB0, 0x4C))
    return {"bg_color": f"#{''.join(f'{part:02x}' for part in mixed)}"} if step else {}


def fill(sheet: "Worksheet", table: Table, columns: Sequence[Column], inks: Inks) -> None:
    """Write a table, its heads in the first row, its notes below it."""
    widths = [_width(column) for column in columns]
    for place, column in enumerate(columns):
        put(sheet, 0, place, Entry(column.head), inks, _HEAD | (_RIGHT if column.numeric else _TEXT))
        if column.meaning:
            sheet.write_comment(0, place, one_line(column.meaning), {"x_scale": 2.5, "y_scale": 1.5})
        sheet.set_column(place, place, widths[place])
    set_height(sheet, 0, [column.head for column in columns], widths)
    for row, line in enumerate(table.lines, start=1):
        looks = _MARKED.get(line.marked, PLAIN) if line.cells else STRONG
        entries = [column.entries[row - 1] for column in columns]
        for place, entry in enumerate(entries):
            put(sheet, row, place, entry, inks, looks | (_TEXT if isinstance(entry.value, str) else {}))
        set_height(sheet, row, map(_shown, entries), widths)
    for row, note in enumerate(table.notes, start=len(table.lines) + 2):
        if len(columns) > 1:
            sheet.merge_range(row, 0, row, len(columns) - 1, "", inks(WRAPPED))
        put(sheet, row, 0, Entry(one_line(note)), inks, WRAPPED)
        set_height(sheet, row, [note], [sum(widths)])
    sheet.freeze_panes(1, 1)
    if table.lines:
        sheet.autofilter(0, 0, len(table.lines), len(columns) - 1)
    sheet.set_landscape()
    sheet.fit_to_pages(1, 0)
    sheet.repeat_rows(0)


def set_height(sheet: "Worksheet", row: int, texts: Iterable[str], widths: Iterable[float]) -> None:
    """Make room for texts that take several lines in columns so wide; not every program does that by itself."""
    lines = max((ceil(_letters(text) / (width - 2)) for text, width in zip(texts, widths, strict=True)), default=1)
    if lines > 1:
        sheet.set_row(row, min(_LINE * lines, _HIGHEST))


def _plain(text: str) -> str:
    """Text that fits a field. The library takes what stands between these two tags for markup of its own."""
    told = cut(text, _LONGEST_TEXT)
    return f"{told} " if told.startswith("<r>") and told.endswith("</r>") else told


def _width(column: Column) -> float:
    longest = max(_letters(word) for word in [*column.head.split(" "), *map(_shown, column.entries)])
    return min(max(longest + 2, _WIDTHS[0]), _WIDTHS[1])


def _shown(entry: Entry) -> str:
    value = entry.value
    return value if isinstance(value, str) else f"{value:,.1f}" if isinstance(value, float | int) else str(value or "")


def _letters(text: str) -> int:
    """How many letters wide a text is; those of Chinese count twice."""
    return sum(2 if unicodedata.east_asian_width(letter) in "WF" else 1 for letter in text)
