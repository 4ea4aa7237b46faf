"""Charts that Excel draws from the tables of a workbook, so that they can be changed there."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from itertools import takewhile
from typing import TYPE_CHECKING

from reports.display.section import Table
from reports.forms.flat import Column, Entry
from reports.forms.shape import DATE
from reports.forms.sheet import PLAIN, Inks, put

if TYPE_CHECKING:
    from xlsxwriter import Workbook
    from xlsxwriter.worksheet import Worksheet

_INKS = ("#0a6c8f", "#e0b04c", "#26587a", "#c98652", "#9cc9c4", "#8f6f8f")
_BARS = 2  # charts of the scoreboard: what its first scores are
_WIDE, _ROWS = 900, 22  # of a chart, in pixels and rows


@dataclass(frozen=True)
class Native:
    """A chart: some columns of a sheet over another."""

    sheet: str
    title: str
    kind: str  # `bar`, `column` or `line`
    last: int  # row of the sheet
    over: int  # columns of names or dates on the left
    columns: tuple[int, ...]
    code: str  # the number format of what it shows


def natives(table: Table, columns: Sequence[Column], sheet: str, title: str) -> Iterator[Native]:
    """The charts that a table is naturally drawn as: bars of the first scores, columns of orders, lines over days."""
    numbers = [place for place, column in enumerate(columns) if column.numeric and not column.beside]
    last = len(table.lines)
    if table.id == "scoreboard":
        # Yardsticks stand last, and are so far off that nothing else could be told apart.
        yardsticks = len(list(takewhile(lambda line: line.marked == "yardstick", reversed(table.lines))))
        bars = last - yardsticks or last
        for place in numbers[:_BARS]:
            yield Native(sheet, columns[place].head, "bar", bars, 1, (place,), _code(columns[place]))
    elif table.id == "orders":
        units = [place for place in numbers if columns[place].unit != "%"]
        for place in units[:1]:
            yield Native(
                sheet, f"{title}: {columns[place].head}", "column", last, numbers[0], (place,), _code(columns[place])
            )
    elif numbers and last > 1 and _is_series(table):
        alike = [place for place in numbers if columns[place].unit == columns[numbers[0]].unit]
        yield Native(sheet, title, "line", last, 1, tuple(alike[: len(_INKS)]), _code(columns[numbers[0]]))


def draw(book: "Workbook", sheet: "Worksheet", charts: Sequence[Native], inks: Inks) -> None:
    """Draw charts on a sheet, one below the other, each over the field of its title.

    All words are references to fields: of a text the library would guess whether it is one.
    """
    sheet.hide_gridlines(2)
    sheet.fit_to_pages(1, 0)
    for place, one in enumerate(charts):
        chart = book.add_chart({"type": one.kind})
        for ink, column in zip(_INKS, one.columns, strict=False):
            chart.add_series(
                {
                    "name": [one.sheet, 0, column],
                    "categories": [one.sheet, 1, 0, one.last, one.over - 1],
                    "values": [one.sheet, 1, column, one.last, column],
                    "line" if one.kind == "line" else "fill": {"color": ink},
                }
            )
        top = place * (_ROWS + 1)
        put(sheet, top, 0, Entry(one.title), inks, PLAIN)
        chart.set_title({"name": [sheet.get_name(), top, 0], "name_font": {"size": 12}})
        if one.kind == "bar":
            chart.set_x_axis({"num_format": one.code})
            chart.set_y_axis({"reverse": True})
        else:
            chart.set_x_axis({"num_format": DATE.code, "text_axis": True})
            chart.set_y_axis({"num_format": one.code})
        if len(one.columns) == 1:
            chart.set_legend({"none": True})
        chart.set_size({"width": _WIDE, "height": 20 * _ROWS})
        sheet.insert_chart(top, 0, chart)


def _is_series(table: Table) -> bool:
    """Whether its lines are days, each told once."""
    days = [line.day for line in table.lines]
    return None not in days and len(set(days)) == len(days)


def _code(column: Column) -> str:
    """The number format of a column: of its first number."""
    return next(entry.shape.code for entry in column.entries if isinstance(entry.value, float | int))
