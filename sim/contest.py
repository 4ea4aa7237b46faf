"""A contest: rows are played over replications, batch by batch; a folder, if there is one, keeps what is finished."""

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, replace
from functools import partial
from typing import Any

import numpy as np

from policies.parameters import label
from policies.plugins.file import content_sum, split_file_spec
from policies.registry import playbook, policy, routing
from reports.closeup.closeup import LOOKED_AT
from reports.closeup.futures import row_looked_at, which_futures
from reports.comparison import Comparison, Row, installed_versions
from reports.folder import FolderError
from reports.folder.running import RunFolder
from reports.record import Setting
from reports.tally import Tallied, Tally
from reports.verdict.equal import EqualService
from reports.verdict.goal import Goal
from reports.verdict.precision import Precision, next_look
from scenarios.schema import Scenario
from sim.closeup import look_closer, tell_futures
from sim.tournament import Match, Specs, tallied, worked

Progress = Callable[[int], None]
"""Told of every finished batch how many replications it has."""


@dataclass(frozen=True)
class Contest:
    """Who plays what, and what for."""

    scenario: Scenario
    setting: Setting
    rows: tuple[Specs, ...]
    goal: Goal
    command: str
    equal: EqualService | None = None

    def identity(self) -> Mapping[str, Any]:
        """What is the same where a run goes on, as JSON facts: world, rows, the files rules come from, versions."""
        files = [found for row in self.rows for text in row if (found := split_file_spec(text)) is not None]
        return {
            "scenario": self.setting.scenario_hash,
            "equal score": None if self.equal is None else f"{self.equal.target} on {self.equal.runs} replications",
            "rows": [[label(policy(who)), label(playbook(book)), label(routing(way))] for who, book, way in self.rows],
            "rule files": {str(found.path): content_sum(found) for found in files},
            "versions": dict(installed_versions()),
        }


def looked_at_closely(contest: Contest, comparison: Comparison, jobs: int = 1) -> Comparison:
    """The comparison with a close look at the row it recommends, or else at the one that others are held against."""
    entry = contest.rows[row_looked_at(comparison)]
    closeup = look_closer(contest.scenario, contest.setting, entry, comparison.runs[:LOOKED_AT].tolist(), jobs)
    futures = tell_futures(contest.scenario, contest.setting, entry, which_futures(comparison))
    return replace(comparison, closeup=replace(closeup, futures=futures))


class Table:
    """The rows of a contest while they are being played, and the folder, if any, that keeps what is finished."""

    def __init__(self, contest: Contest, runs: Sequence[int], folder: RunFolder | None = None) -> None:
        """`runs` are the numbers of all replications that may be played, in their order."""
        self._contest, self._runs, self._folder = contest, tuple(runs), folder
        self._rows = [Tallied(runs) for _ in contest.rows]
        self._done: set[int] = set()
        self._untold = 0  # replications that were done before, of which no progress has been told
        if folder is not None:
            self._take_up(folder)

    def played(self, count: int, jobs: int = 1, progress: Progress | None = None) -> Comparison:
        """The comparison over the first so many replications; only those are played that were not yet."""
        contest, runs = self._contest, self._runs[:count]
        if progress is not None and self._untold:
            progress(self._untold)
        self._untold = 0
        match = Match(contest.scenario, runs, contest.rows, self._runs[:1])
        work = partial(tallied, setting=contest.setting)
        for tallies in worked(work, match, jobs, done=self._done, as_finished=True):
            if self._folder is not None:
                self._folder.keep(tallies)
            self._enter(tallies)
            if progress is not None:
                progress(len(tallies[0].runs))
        rows = tuple(Row.of(row.joined(count), contest.setting) for row in self._rows)
        numbers = np.array(runs, np.int64)
        return Comparison(
            contest.setting, numbers, rows, contest.goal, installed_versions(), contest.command, contest.equal
        )

    def _take_up(self, folder: RunFolder) -> None:
        """Enter what the folder keeps; FolderError where it holds replications that are not asked for."""
        last = self._runs[0]
        for tallies in folder.kept():
            last = max(last, int(tallies[0].runs.max()))
            if last <= self._runs[-1]:
                self._enter(tallies)
                self._untold += len(tallies[0].runs)
        if last > self._runs[-1]:
            least = last - self._runs[0] + 1
            raise FolderError(f"{folder.folder}: holds replication {last}; ask for at least {least} --runs")

    def _enter(self, tallies: Sequence[Tally]) -> None:
        self._done.update(tallies[0].runs.tolist())
        for row, tally in zip(self._rows, tallies, strict=True):
            row.add(tally)


def played_until(
    precision: Precision, table: Table, most: int, jobs: int = 1, progress: Progress | None = None
) -> Comparison:
    """The comparison over as many replications as it takes until scores are known so well, or over the most."""
    count = next_look(0, most)
    comparison = table.played(count, jobs, progress)
    while count < most and not precision.enough(comparison):
        count = next_look(count, most)
        comparison = table.played(count, jobs, progress)
    return comparison
