"""Text and names that every form can hold."""

import re
from collections.abc import Callable

_UNPRINTED = re.compile(r"[\x00-\x1f\x7f-\x9f\u2028-\u202e\u2066-\u2069\ud800-\udfff\ufffe\uffff]")
"""Controls, line ends, half characters, and the marks that turn the writing of a whole line around."""


def one_line(text: str) -> str:
    """Text on one line, without what cannot be printed. Joiners stay: letters and emoji are made with them."""
    return _UNPRINTED.sub(lambda found: " " if found[0].isspace() else "", text).strip()


def cut(text: str, most: int) -> str:
    """The beginning of a text that fits in so many two-byte letters, as Excel counts them."""
    return text.encode("utf-16-le")[: 2 * most].decode("utf-16-le", "ignore")


def file_name(name: str, taken: set[str]) -> str:
    """A name that every file system takes, with which one more is `taken`."""
    safe = re.sub(r"[^a-z0-9_-]+", "-", name.lower()).strip("-")[:80] or "untitled"
    return unique(safe, taken, lambda count: f"{safe}-{count}")


def unique(name: str, taken: set[str], numbered: Callable[[int], str]) -> str:
    """A name that is not yet `taken`, capitals aside: as it is, else the first free of those numbered from 2."""
    count = 1
    found = name
    while found.casefold() in taken:
        count += 1
        found = numbered(count)
    taken.add(found.casefold())
    return found
