"""A stress test: rows that met the same futures in a quiet world and under each trial."""

import math
from collections.abc import Mapping
from dataclasses import dataclass
from functools import cached_property
from typing import Literal

import numpy as np

from reports.comparison import YARDSTICKS
from reports.language.speaking import say
from reports.record import FloatArray, IntArray, Record, Setting
from reports.scores import KEY_SCORES, SCORES
from reports.stress.measures import Spell, minimax, regrets, tail_mean
from reports.verdict.estimates import Estimate, estimate
from reports.verdict.goal import Constraint, Goal

Kind = Literal["shock", "change"]
Scores = Mapping[str, FloatArray]
"""[run] by score."""


@dataclass(frozen=True)
class Contender:
    """Who plays one row."""

    policy: str
    playbook: str
    routing: str
    sees: tuple[str, ...]

    @classmethod
    def of(cls, record: Record) -> "Contender":
        """The player of a record."""
        return cls(record.policy, record.playbook, record.routing, record.sees)

    @property
    def name(self) -> str:
        """What tables and pictures call it."""
        words = [self.policy]
        words += [] if self.playbook == "none" else [say("stress.row.with", playbook=self.playbook)]
        words += [] if self.routing == "preference" else [say("stress.row.via", routing=self.routing)]
        return " ".join(words)

    @property
    def yardstick(self) -> bool:
        """Whether it only bounds what can be reached."""
        return "future" in self.sees or self.policy.partition(":")[0].partition("(")[0] in YARDSTICKS


@dataclass(frozen=True)
class Outcome:
    """What became of one row under one trial."""

    scores: Scores
    spell: Spell | None = None  # None where nothing was laid over the world


@dataclass(frozen=True)
class Trial:
    """The world made harder, or changed, in one way, and what became of each row."""

    name: str  # as it was asked for
    kind: Kind
    strength: float  # what its own factor was multiplied by
    hash: str  # of its scenario
    outcomes: tuple[Outcome, ...]  # [row]

    @property
    def label(self) -> str:
        """Its name and, where it is not 1, its strength."""
        return self.name if self.strength == 1 else f"{self.name} x{self.strength:g}"


@dataclass(frozen=True)
class Breaking:
    """How strong a shock must be until a row breaks a limit: between two strengths that were played."""

    shock: str
    row: int
    holds: float | None  # the largest strength played that keeps it; None where it is broken without a shock
    breaks: float | None  # the smallest strength played that breaks it; None where none does
    most: float  # the largest strength tried: beyond it the shock is no stronger, or nobody asked

    @property
    def at(self) -> float:
        """The strength at which it breaks; infinite where none does."""
        if self.breaks is None:
            return math.inf
        return 0.0 if self.holds is None else (self.holds + self.breaks) / 2


@dataclass(frozen=True)
class Refusal:
    """A shock that was left out since it finds nothing in this world."""

    shock: str
    why: str


@dataclass(frozen=True)
class StressTest:
    """Rows, the quiet world, and every trial."""

    setting: Setting
    runs: IntArray  # [run] replication numbers, the same for every row and trial
    rows: tuple[Contender, ...]
    goal: Goal
    quiet: Trial
    trials: tuple[Trial, ...]
    refused: tuple[Refusal, ...]
    limit: Constraint | None  # that the reverse test breaks
    breakings: tuple[Breaking, ...]
    versions: Mapping[str, str]
    command: str

    @property
    def usable(self) -> tuple[int, ...]:
        """The rows that a seller could use."""
        return tuple(index for index, row in enumerate(self.rows) if not row.yardstick)

    @property
    def scores(self) -> tuple[str, ...]:
        """The scores that are told: the key ones and those of the goal."""
        return scores_of(self.goal, self.limit)

    def estimated(self, trial: Trial, row: int, score: str) -> Estimate:
        """Mean and interval of a score."""
        return estimate(trial.outcomes[row].scores[score], bounds_of(score))

    def change(self, trial: Trial, row: int, score: str) -> Estimate:
        """The paired change against the quiet world: trial - quiet, replication by replication."""
        return estimate(trial.outcomes[row].scores[score] - self.quiet.outcomes[row].scores[score])

    def tail(self, trial: Trial, row: int, score: str) -> Estimate:
        """CVaR of a score: the mean of its worst 5 % of futures."""
        return tail_mean(trial.outcomes[row].scores[score], self.worst(score), bounds_of(score))

    def worst(self, score: str) -> Literal["low", "high"]:
        """Which end of a score is the bad one; of one that is neither, as the goal wants it."""
        objective = self.goal.objective
        more = objective.way == "most" if score == objective.score else SCORES[score].better == "more"
        return "low" if more else "high"

    def keeps(self, trial: Trial, row: int) -> bool:
        """Whether a row's means keep the goal's constraints."""
        means = {limit.score: self.estimated(trial, row, limit.score).mean for limit in self.goal.constraints}
        return self.goal.met(means)

    @cached_property
    def kept(self) -> tuple[int, ...]:
        """[row] In how many trials it keeps the goal's constraints."""
        return tuple(sum(self.keeps(trial, row) for trial in self.trials) for row in range(len(self.rows)))

    @cached_property
    def regrets(self) -> FloatArray:
        """How much worse each row's mean objective is than the best usable row's, [row, trial]; NaN of yardsticks."""
        found = np.full((len(self.rows), len(self.trials)), np.nan)
        score, usable = self.goal.objective.score, list(self.usable)
        means = [[self.estimated(trial, row, score).mean for trial in self.trials] for row in usable]
        if usable and self.trials:
            found[usable] = regrets(np.array(means), self.goal.objective.way)
        return found

    @cached_property
    def largest_regrets(self) -> tuple[float, ...]:
        """[row] Over the trials; NaN of yardsticks."""
        return tuple(float(np.max(row)) if len(row) else math.nan for row in self.regrets)

    @property
    def minimax(self) -> int | None:
        """The row of the least largest regret."""
        return minimax(self.largest_regrets)

    def regret(self, trial: Trial, row: int) -> Estimate:
        """A row's regret under a trial with its paired interval, held against the row that is best there."""
        score, most = self.goal.objective.score, self.goal.objective.way == "most"
        means = {index: self.estimated(trial, index, score).mean for index in self.usable}
        known = [index for index, mean in means.items() if not math.isnan(mean)] or [row]
        best = (max if most else min)(known, key=lambda index: means[index])
        gap = trial.outcomes[best].scores[score] - trial.outcomes[row].scores[score]
        return estimate(gap if most else -gap)

    @cached_property
    def order(self) -> tuple[int, ...]:
        """Rows as a reader wants them: those that keep the goal without a trial, then in most, then of least regret."""

        def rank(row: int) -> tuple[bool, bool, int, float, int]:
            regret = self.largest_regrets[row]
            quiet = self.keeps(self.quiet, row)
            return self.rows[row].yardstick, not quiet, -self.kept[row], math.inf if math.isnan(regret) else regret, row

        return tuple(sorted(range(len(self.rows)), key=rank))

    def worst_trial(self, row: int, score: str) -> Trial | None:
        """The trial in which the mean of a score is the worst; None without trials."""
        sign = 1.0 if self.worst(score) == "low" else -1.0
        known = [(sign * self.estimated(trial, row, score).mean, index) for index, trial in enumerate(self.trials)]
        known = [one for one in known if not math.isnan(one[0])]
        return self.trials[min(known)[1]] if known else None


def scores_of(goal: Goal, limit: Constraint | None) -> tuple[str, ...]:
    """The scores that a stress test needs: the key ones, the goal's, and that of the limit to be broken."""
    asked = [*(one.score for one in goal.constraints), goal.objective.score, *([] if limit is None else [limit.score])]
    return tuple(dict.fromkeys([*asked, *KEY_SCORES]))


def bounds_of(score: str) -> tuple[float, float]:
    """Between which a score lies: a share between 0 and 1."""
    return (0.0, 1.0) if SCORES[score].unit == "share" else (-math.inf, math.inf)
