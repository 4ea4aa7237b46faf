"""A table as a spreadsheet keeps it: one field a number, intervals in columns of their own."""

import math
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date

from reports.display.numbers import UNDEFINED
from reports.display.section import Cell, Head, Line, Report, Table, Value
from reports.forms.plain import one_line
from reports.forms.shape import DATE, GENERAL, Shape, bare_shape, shape
from reports.language.speaking import say


@dataclass(frozen=True)
class Entry:
    """One field: a number in the unit of its column, a date, text, or nothing; and how a number is printed."""

    value: Value = None
    shape: Shape = GENERAL
    shade: float = 0.0  # 0 to 1, how strongly its ground is coloured


@dataclass(frozen=True)
class Column:
    """What stands over some fields, and what it means."""

    head: str
    entries: tuple[Entry, ...]  # one a line of the table
    meaning: str = ""
    unit: str = ""
    beside: bool = False  # a bound, or small print, of the column before it

    @property
    def numeric(self) -> bool:
        """Whether it holds numbers."""
        return any(isinstance(entry.value, float | int) for entry in self.entries)


def flat(table: Table) -> tuple[Column, ...]:
    """The names of the lines, what is in small print below them, and each column with its bounds and small print."""
    columns = list(_names(table))
    for index, head in enumerate(table.heads):
        cells = [line.cells[index] if index < len(line.cells) else Cell("") for line in table.lines]
        columns += _column(head, cells)
    return tuple(columns)


def titled_tables(report: Report) -> Iterator[tuple[str, Table]]:
    """Every table under what tells it from the others: its title, else its section's, and its alternative's name."""
    for section in report.sections:
        for name, part in section.named_parts:
            if isinstance(part, Table):
                yield one_line(": ".join(filter(None, (part.title or section.title, name)))), part


def headed(head: Head) -> str:
    """The label of a column with its unit."""
    label, unit = one_line(head.label), one_line(head.unit)
    return say("forms.head", label=label, unit=unit) if unit else label


def _names(table: Table) -> Iterator[Column]:
    yield Column(headed(table.first), tuple(map(_name, table.lines)), table.first.meaning)
    if any(line.under for line in table.lines):
        note = say("forms.note", label=one_line(table.first.label))
        yield Column(note, tuple(_text(line.under) for line in table.lines), beside=True)


def _name(line: Line) -> Entry:
    return _text(line.name) if line.day is None else Entry(line.day, DATE)


def _column(head: Head, cells: list[Cell]) -> Iterator[Column]:
    label = headed(head)
    yield Column(label, tuple(_entry(cell, head.unit) for cell in cells), head.meaning, head.unit)
    if any(cell.low is not None for cell in cells):
        for key, bounds in (("forms.low", [cell.low for cell in cells]), ("forms.high", [cell.high for cell in cells])):
            entries = (_bound(bound, cell, head.unit) for bound, cell in zip(bounds, cells, strict=True))
            yield Column(say(key, label=label), tuple(entries), unit=head.unit, beside=True)
    notes = [_note(cell) for cell in cells]
    if any(notes):
        yield Column(say("forms.note", label=label), tuple(map(_text, notes)), beside=True)


def _entry(cell: Cell, unit: str) -> Entry:
    """The value of a cell, else its text."""
    if isinstance(cell.value, date):
        return Entry(cell.value, DATE)
    if isinstance(cell.value, float | int) and math.isfinite(cell.value):
        shade = 0.0 if cell.shade is None or cell.marked == "gauge" else cell.shade
        return Entry(cell.value, shape(one_line(cell.text), cell.value, unit), shade)
    return _text(cell.value if isinstance(cell.value, str) else cell.text)


def _bound(value: float | None, cell: Cell, unit: str) -> Entry:
    if value is None or not math.isfinite(value):
        return Entry()
    return Entry(value, bare_shape(one_line(cell.text), unit))


def _text(text: str) -> Entry:
    told = one_line(text)
    return Entry(None if told in ("", UNDEFINED) else told)


def _note(cell: Cell) -> str:
    """The small print of a cell, but for the interval where its bounds are columns of their own."""
    lines = cell.under.splitlines()
    return "; ".join(lines if cell.low is None else lines[1:])
