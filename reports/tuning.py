"""What a search for parameters found: the finalists on fresh luck, and what moving away from the best one costs."""

import math
from collections.abc import Mapping
from dataclasses import dataclass
from functools import cached_property
from typing import TypeGuard

import numpy as np

from reports.comparison import Comparison, Row
from reports.record import FloatArray
from reports.verdict.chances import chances
from reports.verdict.confidence import bounds
from reports.verdict.estimates import Difference, Estimate, estimate, paired, pareto_front
from reports.verdict.goal import Constraint, Goal

SERVICE = "stockout_rate"
"""The score that a front holds the objective against."""
GOOD = 0.01
"""Share of the best objective that a choice may be off and still be called good."""

Value = int | float | str | None
Values = Mapping[str, Value]
"""By searched parameter; None where it is not given."""


@dataclass(frozen=True)
class Axis:
    """A parameter that was searched."""

    name: str
    searched: str  # where, in words


@dataclass(frozen=True)
class Tried:
    """One candidate: its values, the replications it met while choosing, and its mean scores there."""

    policy: str
    values: Values
    runs: int
    means: Mapping[str, float]


@dataclass(frozen=True)
class Neighbour:
    """The best with one parameter moved, played on the fresh luck."""

    parameter: str
    value: Value
    policy: str
    scores: Mapping[str, FloatArray]  # [run]


@dataclass(frozen=True)
class Reach:
    """How far one parameter can move before the answer is another."""

    parameter: str
    best: Value
    low: Value  # the farthest value played, next to the best without a break, that is as good
    high: Value
    open_low: bool  # whether the last value played on that side is still as good
    open_high: bool


@dataclass(frozen=True)
class Choosing:
    """How the candidates were chosen among."""

    policy: str  # as the user gave it
    search: str
    axes: tuple[Axis, ...]
    tried: tuple[Tried, ...]  # the best first
    skipped: int  # contradictory candidates
    runs: int  # replications of the longest round
    rounds: tuple[tuple[int, int], ...]  # candidates and replications of each round
    confidence: float  # with which constraints must hold
    held: bool  # whether they did for the best while choosing
    playbook: str = "none"
    routing: str = "preference"


@dataclass(frozen=True)
class Tuning:
    """A finished search. The comparison's rows are the finalists, the chosen one first, and last the spec as given."""

    choosing: Choosing
    comparison: Comparison  # on fresh luck
    neighbours: tuple[Neighbour, ...]
    front: bool  # whether the front was asked for instead of one answer

    @property
    def goal(self) -> Goal:
        """What the seller is after."""
        return self.comparison.goal

    @property
    def best(self) -> Row:
        """What was chosen."""
        return self.comparison.rows[0]

    @property
    def default(self) -> Row:
        """The spec as it was given."""
        return self.comparison.rows[-1]

    @property
    def finalists(self) -> tuple[Row, ...]:
        """The rows that came through the search, the chosen one first."""
        return self.comparison.rows[:-1]

    @cached_property
    def frontier(self) -> tuple[Row, ...]:
        """The finalists that no other beats in both stockout rate and objective on the fresh luck, by stockout rate."""
        rates, aims = (
            np.array([row.means[name] for row in self.finalists]) for name in (SERVICE, self.goal.objective.score)
        )
        on_it = np.flatnonzero(pareto_front(rates, aims if self.goal.objective.way == "least" else -aims))
        return tuple(sorted((self.finalists[i] for i in on_it), key=lambda row: row.means[SERVICE]))

    @cached_property
    def differences(self) -> tuple[Difference, ...]:
        """The chosen one less the spec as given, replication by replication, in every compared score."""
        best, default = self.best, self.default
        return tuple(
            paired(name, [(best.policy, default.policy, best.scores[name] - default.scores[name])])[0]
            for name in self.comparison.compared_scores
        )

    @cached_property
    def kept(self) -> tuple[tuple[Constraint, float, bool], ...]:
        """Each constraint, its bound on the fresh luck at the confidence asked for, and whether that bound keeps it."""
        found = []
        for limit in self.goal.constraints:
            (end,) = bounds(self.best.scores[limit.score][None], limit, self.choosing.confidence).tolist()
            found.append((limit, end, limit.holds(end)))
        return tuple(found)

    @cached_property
    def chances(self) -> tuple[float, float]:
        """The chance that the chosen one is the best finalist, and that none is better by more than `GOOD`.

        Of those finalists that keep the goal. NaN where too little is defined.
        """
        goal = self.goal
        names = [goal.objective.score, *(limit.score for limit in goal.constraints)]
        values = np.array([[row.scores[name] for name in names] for row in self.finalists])
        known = values[:, :, ~np.isnan(values).any(axis=(0, 1))]
        exact = chances(known, lambda means: _right(goal, means, 0.0))
        good = chances(known, lambda means: _right(goal, means, GOOD))
        return float(exact[0]), float(good[0])

    def moves(self, parameter: str) -> list[Neighbour]:
        """The neighbours that moved one parameter, the lowest value first."""
        own = [one for one in self.neighbours if one.parameter == parameter]
        return sorted(own, key=lambda one: one.value if is_number(one.value) else math.inf)

    def estimate(self, neighbour: Neighbour, score: str) -> Estimate:
        """A neighbour's score."""
        return estimate(neighbour.scores[score])

    def step(self, neighbour: Neighbour) -> Estimate:
        """A neighbour's objective less the best's, replication by replication."""
        score = self.goal.objective.score
        return estimate(neighbour.scores[score] - self.best.scores[score])

    def keeps(self, neighbour: Neighbour) -> bool:
        """Whether a neighbour's means keep the goal's constraints."""
        return self.goal.met({name: estimate(values).mean for name, values in neighbour.scores.items()})

    def as_good(self, neighbour: Neighbour) -> bool:
        """Whether a neighbour keeps the goal, if the best does, with an objective inside the best's interval or better.

        Judged by means on the fresh luck.
        """
        score = self.goal.objective.score
        mean, known = estimate(neighbour.scores[score]).mean, self.best.estimates[score]
        worse = mean > known.high if self.goal.objective.way == "least" else mean < known.low
        return not worse and (self.keeps(neighbour) or not self.goal.met(self.best.means))

    @cached_property
    def reaches(self) -> tuple[Reach, ...]:
        """How far each searched parameter can move."""
        values = self.choosing.tried[0].values
        return tuple(self._reach(axis.name, values[axis.name]) for axis in self.choosing.axes)

    def _reach(self, name: str, best: Value) -> Reach:
        if not is_number(best):
            return Reach(name, best, best, best, False, False)
        moves = {one.value: one for one in self.neighbours if one.parameter == name and is_number(one.value)}
        (low, open_low), (high, open_high) = (
            self._way(best, [moves[value] for value in sorted(side, reverse=down)])
            for side, down in (({v for v in moves if v < best}, True), ({v for v in moves if v > best}, False))
        )
        return Reach(name, best, low, high, open_low, open_high)

    def _way(self, best: Value, side: list[Neighbour]) -> tuple[Value, bool]:
        """The last value, going away from the best, until which all are as good; and whether none was worse."""
        reached = best
        for one in side:
            if not self.as_good(one):
                return reached, False
            reached = one.value
        return reached, True


def is_number(value: Value) -> TypeGuard[int | float]:
    """Whether a value is a number: neither a word nor left out."""
    return isinstance(value, int | float)


def _right(goal: Goal, means: FloatArray, slack: float) -> np.ndarray:
    """Whether the first row is right at each point, [point, row] with nothing but the first row set."""
    cost = means[..., 0] if goal.objective.way == "least" else -means[..., 0]
    fit = np.ones(cost.shape, dtype=np.bool_)
    for place, limit in enumerate(goal.constraints, start=1):
        fit &= limit.keeps(means[..., place])
    least = np.where(fit, cost, np.inf).min(axis=1)
    right = np.zeros(cost.shape, dtype=np.bool_)
    reach = slack * np.abs(np.where(np.isfinite(least), least, 0.0))
    right[:, 0] = fit[:, 0] & (cost[:, 0] <= least + reach)
    return right
