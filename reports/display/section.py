"""What a report is made of, whatever form it takes: sections of words, tables and pictures."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import date
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from reports.charts.picture import Picture

Value = float | int | str | date | None
"""What a spreadsheet keeps of a cell, in the unit of its column; None where nothing is known."""


@dataclass(frozen=True)
class Head:
    """What stands over a column."""

    label: str
    unit: str = ""
    meaning: str = ""  # the definition of what is told


@dataclass(frozen=True)
class Cell:
    """One entry of a table: as it is printed, and as a spreadsheet keeps it."""

    text: str
    value: Value = None
    under: str = ""  # in small print below: an interval, how sure a difference is
    marked: str = ""  # a class of its own, such as `chosen`, `late`


@dataclass(frozen=True)
class Line:
    """A row of a table."""

    name: str
    cells: tuple[Cell, ...]
    under: str = ""  # in small print below the name
    marked: str = ""  # a class of its own


@dataclass(frozen=True)
class Table:
    """A table; `first` stands over the names of its lines."""

    id: str
    title: str
    first: Head
    heads: tuple[Head, ...]
    lines: tuple[Line, ...]
    notes: tuple[str, ...] = ()  # below it


@dataclass(frozen=True)
class Words:
    """Sentences, each a paragraph; or, as a list, each a point."""

    sentences: tuple[str, ...]
    listed: bool = False


@dataclass(frozen=True)
class Shown:
    """A picture, and what is to be said of it."""

    picture: "Picture"
    title: str = ""
    caption: str = ""


Part = Words | Table | Shown


@dataclass(frozen=True)
class Section:
    """A part of the report with a heading of its own. Without parts it is left out."""

    id: str
    title: str
    parts: tuple[Part, ...]
    folded: bool = field(default=False)  # opened by the reader


@dataclass(frozen=True)
class Report:
    """A whole report: what every form of it is made from."""

    title: str
    facts: tuple[str, ...]  # dates, sizes, luck
    headline: str  # the answer in one sentence
    sections: tuple[Section, ...]
    reproduce: Mapping[str, str]  # what is needed to play it again: command, hash, seed, versions
