"""A CSV file as typed rows: UTF-8, commas, a header. Every cell that is wrong is named with its line and value."""

import csv
import io
import math
import re
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from datetime import date
from functools import lru_cache
from pathlib import Path as FilePath
from typing import Any

from scenarios.faults import Fault, key_text, listed, nearest, shown
from scenarios.reading.files import Refused, label, text_of

_MOST_FAULTS = 50
_MOST_UNITS = 10**12
_MOST_AMOUNT = 1e12
_NUMBER = re.compile(r"[+-]?(\d+\.?\d*|\.\d+)([eE][+-]?\d{1,3})?", re.ASCII)
_DATE = re.compile(r"\d{4}-\d{2}-\d{2}", re.ASCII)


class BadCell(ValueError):
    """Raised when a cell cannot be read; says what is allowed."""


def text(cell: str) -> str:
    """A name. Raises `BadCell` when it is empty."""
    if not cell:
        raise BadCell("a name")
    return cell


def number(cell: str) -> float:
    """A finite number with a decimal point. Raises `BadCell`."""
    value = float(cell) if _NUMBER.fullmatch(cell) else math.nan
    if not math.isfinite(value):
        raise BadCell("a number such as 12.5")
    return value


def amount(cell: str) -> float:
    """A number from 0 on. Raises `BadCell`."""
    value = number(cell) if _NUMBER.fullmatch(cell) else -1.0
    if not 0 <= value <= _MOST_AMOUNT:
        raise BadCell("a number from 0 on, such as 12.5")
    return value


def whole(cell: str) -> int:
    """A whole number from 0 on. Raises `BadCell`."""
    value = number(cell) if _NUMBER.fullmatch(cell) else -1.0
    if not 0 <= value <= _MOST_UNITS or not value.is_integer():
        raise BadCell("a whole number from 0 on")
    return int(value)


def whole_or_nothing(cell: str) -> int | None:
    """A whole number from 0 on, or nothing for an empty cell. Raises `BadCell`."""
    try:
        return whole(cell) if cell else None
    except BadCell as error:
        raise BadCell(f"{error}, or nothing") from None


@lru_cache(maxsize=4096)
def day(cell: str) -> date:
    """A calendar day. Raises `BadCell`."""
    try:
        if _DATE.fullmatch(cell):
            return date.fromisoformat(cell)
    except ValueError:
        pass
    raise BadCell("a date such as 2026-07-31")


@dataclass(frozen=True)
class Column:
    """A column a table may have."""

    name: str
    kind: Callable[[str], Any]
    required: bool = True


@dataclass(frozen=True)
class Row:
    """A line of a table: its cells by column; columns that the file does not have are absent."""

    line: int
    cells: dict[str, Any]


@dataclass
class Table:
    """A CSV file being read, and the faults found in it so far."""

    file: FilePath
    columns: tuple[Column, ...]
    faults: list[Fault]
    known: int = 0

    def rows(self) -> list[Row] | None:
        """Every row; or nothing when anything in the file is wrong."""
        try:
            lines = csv.reader(io.StringIO(text_of(self.file), newline=""), strict=True)
            header = [cell.strip() for cell in next(lines, [])]
            rows = list(self._read(lines, header)) if self._header_fits(header) else []
        except Refused as error:
            self.blame(None, "", str(error))
        except csv.Error as error:
            self.blame(None, "", f"not a CSV table: {error}")
        if not self.known and not rows:
            self.blame(None, "", "has no rows under its header")
        return None if self.known else rows

    def blame(self, line: int | None, column: str, what: str, allowed: str = "", near: str = "") -> None:
        """Note a fault; after many of them only that there are more."""
        self.known += 1
        if self.known <= _MOST_FAULTS:
            key = key_text((column,)) if column else ""
            self.faults.append(Fault(label(self.file), line, key, what, allowed, near))
        elif self.known == _MOST_FAULTS + 1:
            self.faults.append(Fault(label(self.file), None, "", f"has more than {_MOST_FAULTS} faults"))

    def _header_fits(self, header: list[str]) -> bool:
        allowed = [column.name for column in self.columns]
        if not any(header):
            self.blame(1, "", "is empty", "a header with the columns " + listed(allowed))
        elif len(header) == 1 and (";" in header[0] or "\t" in header[0]):
            self.blame(1, "", "columns are not parted by commas", "commas")
        else:
            for position, name in enumerate(header):
                if name not in allowed:
                    near = nearest(name.lower(), allowed)
                    self.blame(1, name or "?", "unknown column", "" if near else listed(allowed), near)
                elif name in header[:position]:
                    self.blame(1, name, "column given twice")
            for column in self.columns:
                if column.required and column.name not in header:
                    self.blame(1, column.name, "missing column")
        return not self.known

    def _read(self, lines: Any, header: list[str]) -> Iterator[Row]:
        kinds = {column.name: column.kind for column in self.columns}
        for cells in lines:
            if not any(cell.strip() for cell in cells):
                continue
            if len(cells) != len(header):
                self.blame(lines.line_num, "", f"has {len(cells)} cells", f"{len(header)}, as in the header")
                continue
            read = {}
            for name, cell in zip(header, cells, strict=True):
                try:
                    read[name] = kinds[name](cell.strip())
                except BadCell as error:
                    self.blame(lines.line_num, name, f"{shown(cell)} cannot be read", str(error))
            yield Row(lines.line_num, read)
