"""What is wrong with a scenario: where, which key, what is allowed. All faults are told at once."""

import re
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from difflib import get_close_matches

Path = tuple[str | int, ...]
"""Keys and positions from the top of a file, such as `("sku", 0, "unit_cost")`."""

_BARE = re.compile(r"[A-Za-z0-9_-]+")
_SHOWN = 60


@dataclass(frozen=True)
class Fault:
    """One thing that is wrong, at one place."""

    file: str
    line: int | None
    key: str
    what: str
    allowed: str = ""
    did_you_mean: str = ""

    def __str__(self) -> str:
        place = self.file if self.line is None else f"{self.file}:{self.line}"
        text = ": ".join(part for part in (place, self.key, self.what) if part)
        if self.allowed:
            text += f"; allowed: {self.allowed}"
        if self.did_you_mean:
            text += f"; did you mean {self.did_you_mean!r}?"
        return text


class ScenarioError(Exception):
    """Raised when a scenario cannot be used. Carries every fault that was found, in the order of the files."""

    def __init__(self, faults: Sequence[Fault]) -> None:
        super().__init__(*faults)
        self.faults = tuple(faults)

    def __str__(self) -> str:
        return "\n".join(map(str, self.faults))


def key_text(path: Path) -> str:
    """A path as it is written in messages: `sku[0].unit_cost`."""
    text = ""
    for part in path:
        if isinstance(part, int):
            text += f"[{part}]"
        else:
            text += ("." if text else "") + (part if _BARE.fullmatch(part) else shown(part))
    return text


def shown(value: object) -> str:
    """A value as it is written in messages: on one line, short, and without control characters."""
    try:
        text = repr(value)
    except ValueError:  # a whole number of thousands of digits
        text = "a huge number"
    return text if len(text) <= _SHOWN else text[:_SHOWN] + "..."


def nearest(name: str, allowed: Iterable[str]) -> str:
    """The allowed name most like `name`, or nothing."""
    near = get_close_matches(name[:_SHOWN], list(allowed), n=1)
    return near[0] if near else ""


def listed(names: Iterable[str], most: int = 12) -> str:
    """Names in one line; after the first few only their number."""
    known = list(names)
    rest = f" and {len(known) - most} more" if len(known) > most else ""
    return ", ".join(name if _BARE.fullmatch(name) else shown(name) for name in known[:most]) + rest
