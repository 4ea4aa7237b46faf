"""The diary of one future: the most important of what happened, by date."""

import math
from collections.abc import Collection, Sequence

import numpy as np

from reports.closeup.entry import Entry, Future
from reports.closeup.happenings import FOUND, Weighed, videos
from reports.closeup.onerun import OneRun
from reports.record import Record, Setting
from reports.scores import all_scores

MOST = 25
"""Entries of a diary."""
PLACES = {"disruption": 3, "promotion": 2, "stockout": 2, "order": 1.5, "video": 1, "arrival": 1}
"""How many entries of a kind stand before the second of a kind that is not named here."""


def diary(
    record: Record, setting: Setting, kept: int = 0, told: Sequence[Entry] = (), video_names: Collection[str] = ()
) -> Future:
    """One kept replication of a record, by its position among the kept ones.

    `told` are entries that the record does not hold, such as disruptions; `video_names` the streams of viral videos.
    """
    one = OneRun.of(record, setting, kept)
    found: list[Weighed] = [(entry, math.inf) for entry in told]
    found += [weighed for kind in FOUND for weighed in kind(one)]
    found += videos(one, video_names)
    chosen = _most_important(found, MOST - 2)
    entries = [_start(record, one), *sorted(chosen, key=lambda entry: entry.day), _end(record, one)]
    return Future(one.number, tuple(entries), len(found) - len(chosen))


def _most_important(found: Sequence[Weighed], most: int) -> list[Entry]:
    """So many entries: of every kind the weightiest, kinds taking turns."""
    turns: list[tuple[float, int, Entry]] = []
    ranked = sorted(found, key=lambda weighed: -weighed[1])
    seen: dict[str, int] = {}
    for place, (entry, _) in enumerate(ranked):
        rank = seen[entry.kind] = seen.get(entry.kind, -1) + 1
        turns.append((rank / PLACES.get(entry.kind, 0.5), place, entry))
    return [entry for *_, entry in sorted(turns, key=lambda turn: turn[:2])[:most]]


def _start(record: Record, one: OneRun) -> Entry:
    run = _place(record, one)
    on_order = record.on_the_way_before[run]
    return Entry(0, "start", {"on_hand": int(record.opening[run].sum()), "on_order": int(on_order.sum())})


def _end(record: Record, one: OneRun) -> Entry:
    """The season in totals, as the scores of the replication say."""
    run, scores = _place(record, one), all_scores(record, one.setting)
    fields = {
        "wanted": int(record.wanted[run].sum()),
        "ordered": int(record.ordered[run].sum()),
        "on_hand": int(record.closing[run].sum()),
        "on_order": int(record.on_the_way_after[run].sum()),
        **{name: _finite(scores[name][run]) for name in ("stockout_rate", "profit")},
    }
    return Entry(one.setting.days - 1, "end", fields)


def _place(record: Record, one: OneRun) -> int:
    return int(np.flatnonzero(record.runs == one.number)[0])


def _finite(value: float) -> float | None:
    """A number, or nothing where it is undefined, which JSON cannot hold."""
    return float(value) if math.isfinite(value) else None
