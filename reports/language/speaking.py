"""The language in which this run speaks, and its messages."""

import tomllib
from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from contextvars import ContextVar
from datetime import date
from functools import cache
from pathlib import Path
from types import MappingProxyType

LANGUAGES = ("en", "zh")
_SPOKEN: ContextVar[str] = ContextVar("language", default="en")


@contextmanager
def speaking(language: str) -> Iterator[None]:
    """Inside it, everything is said in one of `LANGUAGES`."""
    before = _SPOKEN.set(language)
    try:
        yield
    finally:
        _SPOKEN.reset(before)


def spoken() -> str:
    """The language that is spoken."""
    return _SPOKEN.get()


def say(key: str, /, **values: object) -> str:
    """A message with its fields filled in. KeyError for a message, or a field, that is not there."""
    return messages(spoken())[key].format(**values)


def say_count(key: str, count: int, /, **values: object) -> str:
    """A message that has `one` and `many`, by how many there are; both know `count`, with commas."""
    return say(f"{key}.{'one' if count == 1 else 'many'}", count=f"{count:,}", **values)


def date_said(day: date) -> str:
    """A date as it is written in a sentence."""
    return say("date.day", year=day.year, month=day.month, day=day.day)


def currency_said(code: str) -> str:
    """A currency by its code, which is what it is called where it has no name."""
    return messages(spoken()).get(f"currency.{code}", code)


@cache
def messages(language: str) -> Mapping[str, str]:
    """Every message of a language by its dotted key."""
    text = (Path(__file__).parent / f"{language}.toml").read_text(encoding="utf-8")
    return MappingProxyType(dict(_flat("", tomllib.loads(text))))


def _flat(before: str, table: Mapping[str, object]) -> Iterator[tuple[str, str]]:
    for key, value in table.items():
        if isinstance(value, Mapping):
            yield from _flat(f"{before}{key}.", value)
        else:
            yield f"{before}{key}", str(value)
