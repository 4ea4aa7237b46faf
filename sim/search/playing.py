"""Many candidates played in the same futures, of which only a few scores are kept."""

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from functools import partial

import numpy as np

from reports.record import FloatArray, Setting
from reports.scores import SCORES
from scenarios.schema import Scenario
from sim.tournament import Entry, Match, played, worked

Advance = Callable[[int], None]
"""Told how many rows have been played over how many replications, multiplied."""


@dataclass(frozen=True)
class Ground:
    """Where candidates are played: a world, the scores that count, and how much work is done at once."""

    scenario: Scenario
    setting: Setting
    names: tuple[str, ...]  # of scores
    jobs: int = 1
    advance: Advance | None = None

    def scores(self, rows: Sequence[Entry], runs: Sequence[int]) -> FloatArray:
        """The scores of some rows in some replications, [row, score, run]; they do not depend on who else plays."""
        work = partial(scored, setting=self.setting, names=self.names)
        parts = []
        for part in worked(work, Match(self.scenario, tuple(runs), tuple(rows)), self.jobs):
            parts.append(part)
            if self.advance is not None:
                self.advance(len(rows) * part.shape[2])
        return np.concatenate(parts, axis=2)


def scored(match: Match, setting: Setting, names: Sequence[str]) -> FloatArray:
    """The scores of a match, [row, score, run]. A record is let go as soon as it is scored."""
    return np.array([[SCORES[name].of(record, setting) for name in names] for record in played(match)])
