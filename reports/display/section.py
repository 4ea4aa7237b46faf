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
    under: str = ""  # in small print below, lines of it: an interval, how sure a difference is
    marked: str = ""  # a class of its own: `words` reads from the left, `gauge` is a bar as long as the shade
    shade: float | None = None  # 0 to 1, how strongly its ground is coloured
    low: float | None = None  # the interval that the first line of `under` tells, in the unit of `value`
    high: float | None = None


@dataclass(frozen=True)
class Line:
    """A row of a table. One without cells stands over those that follow it, as their heading."""

    name: str
    cells: tuple[Cell, ...]
    under: str = ""  # in small print below the name
    marked: str = ""  # a class of its own: `chosen`, `yardstick`, `risk`, `whole`
    day: date | None = None  # where its name is a date


@dataclass(frozen=True)
class Table:
    """A table; `first` stands over the names of its lines."""

    id: str
    title: str
    first: Head
    heads: tuple[Head, ...]
    lines: tuple[Line, ...]
    notes: tuple[str, ...] = ()  # below it
    look: str = ""  # a class of its own: `tiles` shows a single line as large numbers, `narrow` is not stretched
    folded: bool = False  # opened by the reader; its title is what is clicked
    most: int = 0  # lines that are printed; 0 for all, and a spreadsheet has all

    @property
    def printed(self) -> tuple[Line, ...]:
        """The lines that are printed."""
        return self.lines[: self.most] if self.most else self.lines

    @property
    def unprinted(self) -> int:
        """How many lines only a spreadsheet has."""
        return len(self.lines) - len(self.printed)


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
class Choice:
    """Alternatives, of which a page shows one at a time, the first at first; other forms tell one after another."""

    id: str
    alternatives: tuple[tuple[str, tuple[Part, ...]], ...]  # a name, and what it shows


@dataclass(frozen=True)
class Section:
    """A part of the report with a heading of its own. Without parts it is left out."""

    id: str
    title: str
    parts: tuple[Part | Choice, ...]
    folded: bool = field(default=False)  # opened by the reader

    @property
    def named_parts(self) -> tuple[tuple[str, Part], ...]:
        """The parts in their order; with each of a choice, the name of the alternative that shows it."""
        found: list[tuple[str, Part]] = []
        for part in self.parts:
            if isinstance(part, Choice):
                found += [(name, shown) for name, held in part.alternatives for shown in held]
            else:
                found.append(("", part))
        return tuple(found)


@dataclass(frozen=True)
class Report:
    """A whole report: what every form of it is made from."""

    title: str
    facts: tuple[str, ...]  # dates, sizes, luck
    headline: str  # the answer in one sentence
    sections: tuple[Section, ...]
    reproduce: Mapping[str, str]  # what is needed to play it again, by key of `[reproduce]`: command, hash, seed, ...
