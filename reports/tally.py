"""The tally: what a report needs of one row over some replications, small enough to be sent, stored and joined.

A worker makes one of each record and lets the record go; many are joined by the places of their replications, so that
it shows nowhere how replications were batched, or in what order batches came back.
"""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Any

import numpy as np

from reports.cockpit import MEASURES as COCKPIT
from reports.cockpit import cockpit
from reports.passage import USES
from reports.record import PICTURED, FloatArray, IntArray, Record, Setting, in_order
from reports.scores import SCORES, all_scores
from reports.story import Story
from reports.verdict.promotions import PromotionTally, review_promotions

DAILY = ("daily_on_hand", "daily_received", "daily_lost", "daily_wanted")
"""What is told of every day of the pictured replications."""
WATCHED = 400
"""Replications, the first ones, whose shipments and warehouses are told of: more would only fill memory."""


@dataclass(frozen=True)
class Tally:
    """One row over some replications; of the first replications of all also their days, shipments and warehouses."""

    policy: str
    playbook: str
    routing: str
    sees: tuple[str, ...]
    runs: IntArray  # [run] replication numbers
    scores: FloatArray  # [score, run] in the order of SCORES
    use: Mapping[str, FloatArray]  # by `USES`, [run, place] share of time
    cockpit: FloatArray  # [measure, run, warehouse], the watched replications
    transit: Mapping[str, FloatArray]  # by lane, as in Record.transit, of the watched replications
    daily: Mapping[str, IntArray]  # by `DAILY`, [day, run, place], the pictured replications
    story: Story | None  # of the first kept replication; None where none was kept
    promotions: tuple[PromotionTally, ...]  # of the same

    @classmethod
    def of(cls, record: Record, setting: Setting, before: int = 0) -> "Tally":
        """The tally of a record, before whose replications come so many others."""
        watched, pictured = (min(max(most - before, 0), len(record.runs)) for most in (WATCHED, PICTURED))
        reviews = () if record.series is None else review_promotions(setting, record.series)
        scores, measures = all_scores(record, setting), cockpit(record, setting)
        return cls(
            record.policy,
            record.playbook,
            record.routing,
            record.sees,
            record.runs,
            np.array([scores[name] for name in SCORES]),
            {name: getattr(record, name) for name in USES},
            np.array([measures[name][:watched] for name in COCKPIT]),
            {lane: rows[np.isin(rows[:, 0], record.runs[:watched])] for lane, rows in record.transit.items()},
            {name: getattr(record, name)[:, :pictured] for name in DAILY},
            Story.of(record, setting),
            tuple(map(PromotionTally.of, reviews)),
        )


class Tallied:
    """A row of all replications, filled batch by batch."""

    def __init__(self, runs: Sequence[int]) -> None:
        """`runs` are the numbers of all replications, in rising order."""
        self.runs = np.array(runs, np.int64)
        self._parts: dict[str, Any] = {}
        self._transit: list[Mapping[str, FloatArray]] = []
        self._first: Tally | None = None
        self._told: tuple[Story | None, tuple[PromotionTally, ...]] = (None, ())

    def add(self, tally: Tally) -> None:
        """Enter a batch."""
        places = np.searchsorted(self.runs, tally.runs)
        self._first = self._first or tally
        self._enter("scores", tally.scores, places, 1, len(self.runs))
        self._enter("cockpit", tally.cockpit, places, 1, min(WATCHED, len(self.runs)))
        for name, use in tally.use.items():
            self._enter(name, use, places, 0, len(self.runs))
        for name, days in tally.daily.items():
            self._enter(name, days, places, 1, min(PICTURED, len(self.runs)))
        self._transit.append(tally.transit)
        if tally.story is not None or tally.promotions:
            self._told = tally.story, tally.promotions

    def joined(self, count: int) -> Tally:
        """The first so many replications as one tally; all of them must have been entered."""
        if self._first is None:
            raise ValueError("nothing was tallied")
        first, (story, promotions) = self._first, self._told
        return Tally(
            first.policy,
            first.playbook,
            first.routing,
            first.sees,
            self.runs[:count],
            self._parts["scores"][:, :count],
            {name: self._parts[name][:count] for name in USES},
            self._parts["cockpit"][:, :count],
            {lane: self._shipments(lane, count) for lane in first.transit},
            {name: self._parts[name][:, :count] for name in DAILY},
            story,
            promotions,
        )

    def _shipments(self, lane: str, count: int) -> FloatArray:
        rows = np.concatenate([part[lane] for part in self._transit])
        return in_order(rows[np.isin(rows[:, 0], self.runs[: min(WATCHED, count)])])

    def _enter(self, name: str, values: FloatArray | IntArray, places: IntArray, axis: int, most: int) -> None:
        """Put values where their replications belong; those beyond the first `most` are not kept."""
        if name not in self._parts:
            shape = [*values.shape]
            shape[axis] = most
            self._parts[name] = np.empty(shape, values.dtype)
        kept = places[: values.shape[axis]]
        index = (slice(None),) * axis + (kept[kept < most],)
        self._parts[name][index] = np.take(values, np.flatnonzero(kept < most), axis)
