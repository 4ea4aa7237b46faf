"""What a diary is made of: dated facts, which can be told in any language."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Any


@dataclass(frozen=True)
class Entry:
    """One thing that happened. `fields` are what JSON can hold: texts, numbers and lists of texts."""

    day: int  # scored
    kind: str
    fields: Mapping[str, Any] = field(default_factory=dict)


def lasting(first: int, days: int) -> dict[str, Any]:
    """How long something goes on from the first scored day it is seen on, and whether it was under way before."""
    return {"days": days + min(first, 0), "under_way": first < 0}


@dataclass(frozen=True)
class Future:
    """One replication, told day by day."""

    run: int
    entries: tuple[Entry, ...]  # by day
    left_out: int  # entries that were less important

    @classmethod
    def kept(cls, facts: Mapping[str, Any]) -> "Future":
        """The future of its facts, as `dataclasses.asdict` gives them. KeyError and TypeError when they are not."""
        entries = (Entry(int(entry["day"]), str(entry["kind"]), dict(entry["fields"])) for entry in facts["entries"])
        return cls(int(facts["run"]), tuple(entries), int(facts["left_out"]))
