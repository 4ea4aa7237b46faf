"""The comparison: what every report is made of. One world, some rows, a goal."""

import importlib.metadata
import math
import platform
import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from functools import cached_property
from typing import TYPE_CHECKING

import numpy as np

from reports.cockpit import MEASURES as COCKPIT
from reports.cockpit import told
from reports.passage import Passage, passages, place_use
from reports.record import FloatArray, IntArray, Record, Setting
from reports.scores import KEY_SCORES, SCORES
from reports.story import Story
from reports.tally import Tally
from reports.verdict.equal import EqualService
from reports.verdict.estimates import Difference, Estimate, differences, estimate
from reports.verdict.goal import Goal
from reports.verdict.promotions import PromotionTally

if TYPE_CHECKING:
    from reports.closeup.closeup import Closeup

YARDSTICKS = ("oracle", "never")
"""Rows that bound what a rule can reach, and cannot be used."""


@dataclass(frozen=True)
class Row:
    """One line of the scoreboard: what the reports need of the record of a policy with a playbook and a routing."""

    policy: str
    playbook: str
    routing: str
    sees: tuple[str, ...]
    scores: Mapping[str, FloatArray]  # [run] by score
    daily_on_hand: IntArray  # [day, run, warehouse], the first replications
    daily_received: IntArray  # [day, run, warehouse]
    daily_lost: IntArray  # [day, run, market]
    daily_wanted: IntArray  # [day, run, market]
    story: Story | None  # of the first kept replication; None where none was kept
    promotions: tuple[PromotionTally, ...]  # of the same
    passages: tuple[Passage, ...]  # of the watched replications, the lanes that were used
    place_use: Mapping[str, FloatArray]  # share of time in use over replications, [place, (mean, P5, P95)] by `USES`
    cockpit: Mapping[str, FloatArray]  # [run, warehouse] by `MEASURES` of the cockpit, the watched replications

    @classmethod
    def of(cls, tally: Tally, setting: Setting) -> "Row":
        """The row of a tally over all replications."""
        return cls(
            tally.policy,
            tally.playbook,
            tally.routing,
            tally.sees,
            dict(zip(SCORES, tally.scores, strict=True)),
            **tally.daily,
            story=tally.story,
            promotions=tally.promotions,
            passages=passages(tally.transit, setting),
            place_use=place_use(tally.use),
            cockpit=dict(zip(COCKPIT, tally.cockpit, strict=True)),
        )

    @property
    def name(self) -> str:
        """What tables and pictures call it."""
        return f"{self.policy} {self.beside}" if self.beside else self.policy

    @property
    def beside(self) -> str:
        """Of its name, what it does besides ordering; empty where that is nothing."""
        playbook = [] if self.playbook == "none" else [f"with {self.playbook}"]
        routing = [] if self.routing == "preference" else [f"via {self.routing}"]
        return " ".join(playbook + routing)

    @property
    def yardstick(self) -> bool:
        """Whether it only bounds what can be reached: it sees the future, or never orders."""
        return "future" in self.sees or re.split(r"[:(]", self.policy)[0] in YARDSTICKS

    @cached_property
    def estimates(self) -> dict[str, Estimate]:
        """Every score's mean and interval."""
        shares = {name: (0.0, 1.0) for name, score in SCORES.items() if score.unit == "share"}
        return {name: estimate(self.scores[name], shares.get(name, (-math.inf, math.inf))) for name in SCORES}

    @cached_property
    def means(self) -> dict[str, float]:
        """Every score's mean."""
        return {name: known.mean for name, known in self.estimates.items()}

    def at(self, warehouse: int) -> dict[str, Estimate]:
        """What the cockpit says of a warehouse, by its position."""
        return told(self.cockpit, warehouse)


@dataclass(frozen=True)
class Comparison:
    """Rows that met the same luck in the same world, and what the seller is after."""

    setting: Setting
    runs: IntArray  # [run] replication numbers, the same for every row
    rows: tuple[Row, ...]
    goal: Goal
    versions: Mapping[str, str]
    command: str
    equal: EqualService | None = None  # how the rows were brought to equal service; None where they were not
    closeup: "Closeup | None" = None  # what a second look at one row found; None where there was none

    def __post_init__(self) -> None:
        if not self.rows:
            raise ValueError("a comparison needs at least one row")

    @classmethod
    def of(
        cls,
        setting: Setting,
        records: Sequence[Record],
        goal: Goal,
        command: str,
        versions: Mapping[str, str] | None = None,
        equal: EqualService | None = None,
    ) -> "Comparison":
        """The comparison of some records of one world."""
        for record in records:
            if not np.array_equal(record.runs, records[0].runs):
                raise ValueError(f"{record.policy} and {records[0].policy} were played over different replications")
        rows = tuple(Row.of(Tally.of(record, setting), setting) for record in records)
        runs = records[0].runs if records else np.zeros(0, np.int64)
        known = installed_versions() if versions is None else versions
        return cls(setting, runs, rows, goal, known, command, equal)

    @cached_property
    def order(self) -> tuple[int, ...]:
        """Rows as a reader wants them: those that meet the goal, best first; the others, nearest first; yardsticks."""
        return tuple(sorted(range(len(self.rows)), key=self._rank))

    def _rank(self, index: int) -> tuple[bool, float, float, int]:
        row = self.rows[index]
        excess = sum(limit.excess(row.means[limit.score]) for limit in self.goal.constraints)
        aim = row.means[self.goal.objective.score]
        cost = -aim if self.goal.objective.way == "most" else aim
        return row.yardstick, excess, math.inf if math.isnan(cost) else cost, index

    @property
    def reference(self) -> int:
        """The row the others are held against: the first in order."""
        return self.order[0]

    @cached_property
    def compared_scores(self) -> tuple[str, ...]:
        """The scores in which rows are compared pair by pair: the key ones, and what the goal speaks of."""
        asked = [limit.score for limit in self.goal.constraints] + [self.goal.objective.score]
        asked += [] if self.equal is None else [self.equal.target.score]
        return tuple(dict.fromkeys([*KEY_SCORES, *asked]))

    def differences(self, score: str) -> dict[int, Difference]:
        """Every row but the reference against it, by the row's index."""
        others = (index for index in range(len(self.rows)) if index != self.reference)
        found = differences(score, [(row.name, row.scores[score]) for row in self.rows], self.reference)
        return dict(zip(others, found, strict=True))


def installed_versions() -> dict[str, str]:
    """What this program runs on."""
    packages = ("stocktide", "numpy", "scipy", "simpy", "matplotlib")
    found: dict[str, str] = {}
    for package in packages:
        try:
            found[package] = importlib.metadata.version(package)
        except importlib.metadata.PackageNotFoundError:
            found[package] = "not installed"
    return {**found, "python": platform.python_version()}
