"""Where scenario files lie, and the rule that a scenario reads nothing outside its folder."""

import gzip
import zlib
from importlib.resources import files
from pathlib import Path
from typing import Literal

from scenarios.faults import Fault, ScenarioError, nearest, shown

Shelf = Literal["worlds", "stress"]
MOST_BYTES = 200_000_000
"""No file may be larger, unpacked."""


def shelf(kind: Shelf) -> Path:
    """The folder of the worlds or shocks that ship."""
    return Path(str(files("scenarios"))) / kind


def shipped(kind: Shelf) -> dict[str, Path]:
    """The worlds or shocks that ship, by name."""
    return {path.stem: path for path in sorted(shelf(kind).glob("*.toml"))}


def located(name: str, kind: Shelf) -> Path:
    """The file of a shipped name or a path. Raises `ScenarioError` when there is none."""
    known = shipped(kind)
    if name in known:
        return known[name]
    path = Path(name)
    what = "no such file, and no such name ships"
    try:
        if path.is_file():
            return path
        if path.is_dir():
            what = "is a folder, not a file"
    except (OSError, ValueError):
        what = "is no name a file can have"
    near = nearest(path.stem, known)
    allowed = "" if near else "a path, or one of " + ", ".join(known)
    raise ScenarioError([Fault(label(path), None, "", what, allowed, near)])


def label(path: Path) -> str:
    """A file as it is named in messages: as the user gave it; shipped files by name alone."""
    known = path.parent in (shelf("worlds"), shelf("stress"))
    text = path.name if known else str(path)
    return text if text.isprintable() else shown(text)


class Refused(Exception):
    """Raised when a file may not or cannot be read; says why."""


def beside(owner: Path, name: str) -> Path:
    """The file that `owner` names. Raises `Refused` when it is not inside the owner's folder, links resolved."""
    folder = owner.parent.resolve()
    try:
        inside = (folder / name).resolve().is_relative_to(folder)
    except (OSError, ValueError, RuntimeError):  # no name a file can have, or links in a circle
        inside = False
    if not inside or not name or "\\" in name or Path(name).is_absolute():
        raise Refused(f"{shown(name)} is not a file inside the scenario's own folder")
    return owner.parent / name


def text_of(path: Path) -> str:
    """A file's text, unpacked when its name ends in .gz. Raises `Refused` when it cannot be read as UTF-8."""
    try:
        with gzip.open(path) if path.suffix == ".gz" else open(path, "rb") as file:
            content = file.read(MOST_BYTES + 1)
        if len(content) > MOST_BYTES:
            raise Refused(f"is larger than {MOST_BYTES // 1_000_000} MB")
        return content.decode("utf-8-sig")
    except UnicodeDecodeError as error:
        line = content.count(b"\n", 0, error.start) + 1
        raise Refused(f"is not UTF-8 text (line {line})") from None
    except FileNotFoundError:
        raise Refused("no such file") from None
    except (OSError, ValueError, EOFError, zlib.error) as error:
        raise Refused(f"cannot be read: {str(error) or type(error).__name__}") from None
