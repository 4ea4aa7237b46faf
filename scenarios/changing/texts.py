"""What `--change` and `--vary` say: a key, and the value that is to stand there."""

import json
import math
import re
import tomllib
from collections.abc import Iterable
from dataclasses import dataclass

from scenarios.faults import Fault, ScenarioError, shown

_PART = re.compile(r'\s*(?:("(?:[^"\\]|\\.)*")|\'([^\']*)\'|([^\s."\'=][^."\'=]*))\s*')
_FACTOR = re.compile(r"x(\d+\.?\d*|\.\d+)", re.ASCII)
_OPENERS = ("{", "[", '"', "'")
_FORM = "KEY=VALUE, such as lane.sea.departs.cancelled=0.2 or sku.*.unit_cost=x1.2"


@dataclass(frozen=True)
class Times:
    """A change that multiplies what stands at a key."""

    factor: float

    def __str__(self) -> str:
        return f"x{self.factor:g}"


def changes_of(texts: Iterable[str]) -> dict[str, object]:
    """Changes such as `lane.sea.fifo=true`, by key, in the order given.

    A value is read as TOML (`20`, `0.5`, `true`, `"x"`, `{ CNY = 44 }`), a bare word as text, and `x1.2` as a factor on
    what stands there. Raises `ScenarioError` with every fault.
    """
    faults: list[Fault] = []
    changes: dict[str, object] = {}
    for text in texts:
        parts, rest = _parted(text)
        key = text[: len(text) - len(rest)].strip()
        if not parts or not rest.startswith("="):
            faults.append(change_fault(shown(text), "is no change", _FORM))
        elif key in changes:
            faults.append(change_fault(key, "is given twice"))
        else:
            changes[key] = _value(key, rest[1:].strip(), faults)
    if faults:
        raise ScenarioError(faults)
    return changes


def parts_of(key: str) -> tuple[str, ...]:
    """The names in a key, `planned.livestream."weekly show".scale`. Raises `ScenarioError`."""
    parts, rest = _parted(key)
    if not parts or rest:
        raise ScenarioError(
            [change_fault(shown(key), "is no key", "names with dots between them, quoted where needed")]
        )
    return parts


def change_fault(key: str, what: str, allowed: str = "", near: str = "") -> Fault:
    """What is wrong with a change."""
    return Fault(f"change {key}", None, "", what, allowed, near)


def _parted(text: str) -> tuple[tuple[str, ...], str]:
    """The names of the key that a text begins with, and what follows it; no names when it begins with none."""
    parts: list[str] = []
    at = 0
    while (found := _PART.match(text, at)) is not None:
        quoted, literal, bare = found.groups()
        parts.append(_unescaped(quoted) if quoted is not None else literal if literal is not None else bare.strip())
        at = found.end()
        if text[at : at + 1] != ".":
            return tuple(parts), text[at:]
        at += 1
    return (), text


def _unescaped(quoted: str) -> str:
    try:
        return str(json.loads(quoted))
    except ValueError:
        return quoted[1:-1]


def _value(key: str, text: str, faults: list[Fault]) -> object:
    """The value that a text stands for; or nothing, and a fault more."""
    factor = _FACTOR.fullmatch(text)
    if factor is not None:
        return Times(float(factor[1]))
    try:
        said = tomllib.loads(f"value = {text}")
        if set(said) == {"value"} and not _endless(said["value"]):
            return said["value"]
    except (ValueError, RecursionError) as error:
        if text.startswith(_OPENERS):
            faults.append(change_fault(key, f"{shown(text)} is not TOML: {str(error).split(' (at')[0]}"))
            return None
    if not text:
        faults.append(change_fault(key, "has no value", _FORM))
    return text


def _endless(value: object) -> bool:
    """`nan` and `inf` are words here, not numbers."""
    return isinstance(value, float) and not math.isfinite(value)
