"""A scenario file as a tree that remembers, for every value, the file and line it came from."""

import re
import tomllib
from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path as FilePath
from typing import Any

from scenarios.faults import Fault, Path, key_text
from scenarios.reading.files import Refused, label, text_of
from scenarios.reading.lines import line_map

_LINE = re.compile(r"\(at line (\d+), column \d+\)")
_DEEPEST = 50


@dataclass(frozen=True, slots=True)
class Place:
    """A line of a file."""

    file: FilePath
    line: int | None = None


@dataclass(slots=True)
class Node:
    """A value and its place. Tables hold nodes by key, lists hold nodes; all else is held as it is."""

    value: Any
    place: Place


def fault_at(place: Place, path: Path, what: str, allowed: str = "", did_you_mean: str = "") -> Fault:
    """A fault of the key `path` at this place."""
    return Fault(label(place.file), place.line, key_text(path), what, allowed, did_you_mean)


def parsed(path: FilePath, faults: list[Fault]) -> Node | None:
    """The tree of one TOML file; or nothing, and a fault more."""
    try:
        text = text_of(path)
        return tree(tomllib.loads(text), path, line_map(text))
    except Refused as error:
        faults.append(Fault(label(path), None, "", str(error)))
    except RecursionError:
        faults.append(Fault(label(path), None, "", "not readable: lists or tables are nested too deeply"))
    except ValueError as error:  # TOML's own, and numbers or dates that Python cannot hold
        found = _LINE.search(str(error))
        line = int(found[1]) if found else None
        faults.append(Fault(label(path), line, "", f"not TOML: {_LINE.sub('', str(error)).strip()}"))
    return None


def tree(raw: object, file: FilePath, lines: Mapping[Path, int], path: Path = (), line: int | None = None) -> Node:
    """Plain tables and lists as nodes; a value without a line of its own stands on its parent's.

    Raises `RecursionError` when they are nested deeper than any scenario is.
    """
    if len(path) > _DEEPEST:
        raise RecursionError
    line = lines.get(path, line)
    if isinstance(raw, dict):
        raw = {key: tree(item, file, lines, (*path, key), line) for key, item in raw.items()}
    elif isinstance(raw, list):
        raw = [tree(item, file, lines, (*path, position), line) for position, item in enumerate(raw)]
    return Node(raw, Place(file, line))


def plain(node: Node) -> Any:
    """The tree as plain tables and lists."""
    if isinstance(node.value, dict):
        return {key: plain(item) if isinstance(item, Node) else item for key, item in node.value.items()}
    if isinstance(node.value, list):
        return [plain(item) for item in node.value]
    return node.value


def place_of(node: Node, path: Path) -> Place:
    """Where the value of `path` stands, or as much of its path as there is."""
    for part in path:
        inner = node.value
        if isinstance(inner, dict) and isinstance(inner.get(part), Node):
            node = inner[str(part)]
        elif isinstance(inner, list) and isinstance(part, int) and part < len(inner):
            node = inner[part]
        else:
            break
    return node.place
