"""The diary of two futures, the middle one and a bad one: dated sentences."""

import math
from collections.abc import Mapping
from typing import Any

from reports.closeup.entry import Entry, Future
from reports.comparison import Comparison
from reports.display.cells import shown_name
from reports.display.numbers import phrase
from reports.display.section import Cell, Choice, Head, Line, Section, Table, Words
from reports.language.naming import named
from reports.language.speaking import date_said, say, say_count
from reports.record import Setting

NAMES = ("middle", "bad")
"""What the futures of a close look are, in their order."""
PLACED = ("order", "arrival")
LONG = ("promotion", "disruption")
"""Entries of what may have been under way when the season began."""
BAD = ("stockout", "disruption", "ad_stop")
"""Entries that stand out."""


def diary(comparison: Comparison) -> Section | None:
    """The futures that were told; None where none was."""
    closeup, setting = comparison.closeup, comparison.setting
    if closeup is None or not closeup.futures:
        return None
    told = list(zip(NAMES, closeup.futures, strict=False))
    alternatives = tuple((say(f"diary.{name}"), (_table(name, future, setting),)) for name, future in told)
    return Section(
        "diary",
        say("diary.title"),
        (Words((say("diary.intro", policy=shown_name(comparison)),)), Choice("diary", alternatives)),
    )


def _table(name: str, future: Future, setting: Setting) -> Table:
    lines = tuple(_line(entry, setting) for entry in future.entries)
    note = (say_count("diary.left_out", future.left_out),) if future.left_out else ()
    title = say(f"diary.{name}_title", run=future.run)
    return Table(f"diary-{name}", title, Head(say("diary.date")), (Head(say("diary.what")),), lines, note, "diary")


def _line(entry: Entry, setting: Setting) -> Line:
    text = sentence(entry, setting)
    return Line(
        date_said(setting.day(entry.day)),
        (Cell(text, text, marked="words"),),
        marked="risk" if entry.kind in BAD else "",
    )


def sentence(entry: Entry, setting: Setting) -> str:
    """What an entry says, in the language that is spoken. KeyError for an entry of an unknown kind."""
    fields = {name: _told(name, value, setting) for name, value in entry.fields.items()}
    under_way = entry.kind in LONG and entry.fields["under_way"]
    key = f"diary.{entry.kind}" + "_under_way" * under_way
    if entry.kind == "stockout":
        back = entry.fields["back"]
        until = say("diary.not_back") if back is None else say("diary.back", day=date_said(setting.day(back)))
        return say_count(key, entry.fields["days"], **_without(fields, "days", "back"), until=until)
    if entry.kind in PLACED:
        way = say("diary.by_lanes", lanes=fields["lanes"]) if entry.fields["lanes"] else ""
        return say_count(key, entry.fields["skus"], **_without(fields, "skus", "lanes"), way=way)
    if entry.kind in ("lever", "alert"):
        return say_count(key, entry.fields["skus"], **_without(fields, "skus"))
    if entry.kind in ("promotion", "livestream", "influencer"):
        short = (
            say("diary.event_short", share=fields["short_share"])
            if entry.fields["short_share"]
            else say("diary.event_held")
        )
        return say_count(key, entry.fields["days"], **_without(fields, "days", "short_share", "under_way"), short=short)
    return say(key, **fields)


def _without(fields: Mapping[str, str], *names: str) -> dict[str, str]:
    return {name: told for name, told in fields.items() if name not in names}


def _told(name: str, value: Any, setting: Setting) -> str:
    """A field of an entry in words."""
    if name in ("stockout_rate", "short_share"):
        return phrase("share", math.nan if value is None else value, setting.currency)
    if name == "profit":
        return phrase("money", math.nan if value is None else value, setting.currency)
    if name in ("level", "lever"):
        return say(f"diary.{name}s.{value}")
    if name in ("name", "warehouse"):
        return named(value)
    if name == "lanes":
        return say("diary.comma").join(map(named, value))
    return f"{value:,}" if isinstance(value, int) else str(value)
