"""What `--shock` says: which shocks, from when on, how strong."""

import math
import os.path
import re
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from datetime import date

from scenarios.faults import Fault, ScenarioError, listed, nearest, shown

SETTINGS = ("from", "factor")
_FORMER = {"from_day": "from", "severity": "factor"}
_DATE = re.compile(r"\d{4}-\d\d-\d\d", re.ASCII)
_DAYS = re.compile(r"\d{1,9}", re.ASCII)


@dataclass(frozen=True)
class ShockCall:
    """One shock that is asked for."""

    file: str  # a shipped name or a path
    begins: date | int | None = None  # a date, or days after the world's start; its own `from_day` when None
    factor: float = 1.0  # on its severity

    @property
    def name(self) -> str:
        """What its events are named after."""
        return self.file.replace("\\", "/").rpartition("/")[2].removesuffix(".toml")


def shock_calls(texts: Iterable[str]) -> list[ShockCall]:
    """Read texts such as `name+other:from=2026-10-01,factor=2`; sorted by name, since their order means nothing.

    Raises `ScenarioError` with every fault.
    """
    faults: list[Fault] = []
    calls: dict[str, ShockCall] = {}
    for piece in (piece for text in texts for piece in _pieces(text)):
        call = _call(piece, faults)
        if not call.file:
            faults.append(shock_fault(shown(piece), "names no shock", "NAME, or NAME+NAME"))
        elif call.name in calls:
            faults.append(shock_fault(call.name, "is there twice"))
        calls[call.name] = call
    if faults:
        raise ScenarioError(faults)
    return [calls[name] for name in sorted(calls)]


def shock_fault(name: str, what: str, allowed: str = "", near: str = "") -> Fault:
    """What is wrong with a shock of the command line."""
    return Fault(f"shock {name}", None, "", what, allowed, near)


def _pieces(text: str) -> Iterator[str]:
    """What stands between the plus signs, those in the path of a file that is there aside."""
    parts = text.split("+")
    while parts:
        longest = next(n for n in range(len(parts), 0, -1) if n == 1 or _is_one("+".join(parts[:n])))
        yield "+".join(parts[:longest])
        parts = parts[longest:]


def _is_one(text: str) -> bool:
    """Whether a text with plus signs calls one file that is there."""
    file, settings = _halves(text)
    return "+" not in settings and os.path.isfile(file)


def _halves(piece: str) -> tuple[str, str]:
    """File and settings. A colon without settings belongs to a path, such as C:\\shock.toml."""
    file, colon, settings = piece.rpartition(":")
    if not colon or "=" not in settings or os.path.isfile(piece):
        return piece.strip(), ""
    return file.strip(), settings


def _call(piece: str, faults: list[Fault]) -> ShockCall:
    """The call that a piece makes, and faults more."""
    file, settings = _halves(piece)
    said: dict[str, str] = {}
    for setting in filter(None, settings.split(",")):
        key, _, text = (part.strip() for part in setting.partition("="))
        if key not in SETTINGS:
            near = _FORMER.get(key) or nearest(key, SETTINGS)
            what, allowed = f"unknown setting {shown(key)}", "" if near else listed(SETTINGS)
            faults.append(shock_fault(piece, what, allowed, near))
        elif key in said:
            faults.append(shock_fault(piece, f"setting {key} is given twice"))
        else:
            said[key] = text
    begins, factor = _day(said.get("from", "0")), _number(said.get("factor", "1"))
    if begins is None:
        allowed = "a date such as 2026-10-01, or a whole number of days after the start"
        faults.append(shock_fault(piece, f"from {shown(said['from'])} is no day", allowed))
    if factor is None:
        faults.append(shock_fault(piece, f"factor {shown(said['factor'])} is not a number"))
    return ShockCall(file, begins if "from" in said else None, 1.0 if factor is None else factor)


def _day(text: str) -> date | int | None:
    """A date such as 2026-10-01, or a number of days; nothing when it is neither."""
    try:
        return date.fromisoformat(text) if _DATE.fullmatch(text) else int(text) if _DAYS.fullmatch(text) else None
    except ValueError:
        return None


def _number(text: str) -> float | None:
    try:
        number = float(text)
    except ValueError:
        return None
    return number if math.isfinite(number) else None
