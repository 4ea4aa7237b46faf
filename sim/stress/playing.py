"""Playing one world of a stress test: each record is condensed where it was made."""

from collections.abc import Callable, Sequence
from dataclasses import dataclass, replace
from functools import partial

import numpy as np

from reports.record import PICTURED, FloatArray, IntArray
from reports.scores import SCORES
from reports.stress.stress import Contender
from scenarios.schema import Scenario
from sim.tournament import Entry, Match, batch_size, played, setting, worked
from sim.world.network import Network


@dataclass(frozen=True)
class Condensed:
    """What a stress test needs of one record."""

    who: Contender
    scores: dict[str, FloatArray]  # [run]
    short: IntArray  # [day, run, market]


@dataclass(frozen=True)
class Ground:
    """How every world of a stress test is played."""

    rows: tuple[Entry, ...]
    runs: tuple[int, ...]
    scores: tuple[str, ...]
    jobs: int
    advance: Callable[[int], None] = lambda _: None  # told how many replications were played

    def play(self, scenario: Scenario, rows: Sequence[int] | None = None) -> tuple[Condensed, ...]:
        """Every row, or those of these positions, over one world."""
        entries = self.rows if rows is None else tuple(self.rows[row] for row in rows)
        whole = Match(scenario, self.runs, entries)
        levers = any(book != "none" for _, book, _ in entries)
        # A record tells the days of its first replications only: of so many as a batch may hold here.
        batch = min(PICTURED, batch_size(Network.of(scenario), len(self.runs), self.jobs, levers))
        parts = []
        for part in worked(partial(condense, scores=self.scores), whole, self.jobs, batch):
            parts.append(part)
            self.advance(len(part[0].short[0]))
        return tuple(_joined([part[row] for part in parts]) for row in range(len(entries)))


def condense(match: Match, scores: Sequence[str]) -> list[Condensed]:
    """Every row's record over some replications, of which these scores and the units short on each day are kept."""
    told = setting(match.scenario, "")
    return [
        Condensed(Contender.of(record), {name: SCORES[name].of(record, told) for name in scores}, record.daily_short)
        for record in played(match)
    ]


def _joined(parts: Sequence[Condensed]) -> Condensed:
    first = parts[0]
    scores = {name: np.concatenate([part.scores[name] for part in parts]) for name in first.scores}
    return replace(first, scores=scores, short=np.concatenate([part.short for part in parts], axis=1))
