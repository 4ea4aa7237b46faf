"""The cheapest fix: which of the rows that were tried to use against a shock, and what it costs in a quiet year."""

import math
from dataclasses import dataclass

from reports.stress.stress import StressTest, Trial
from reports.verdict.estimates import Estimate, estimate


@dataclass(frozen=True)
class Fix:
    """What to do about one trial."""

    trial: Trial
    row: int | None  # that keeps the goal's constraints under it at least extra cost; None where none does
    nearest: int  # the row nearest to them; the fix itself where there is one
    extra: Estimate | None  # of the objective in the quiet world, against the choice there; None where none is needed


def choice(test: StressTest, trial: Trial) -> int | None:
    """The row a seller would choose for the goal if a trial were all there is; None where there are yardsticks only."""
    objective = test.goal.objective

    def rank(row: int) -> tuple[float, float, int]:
        limits = test.goal.constraints
        excess = sum(limit.excess(test.estimated(trial, row, limit.score).mean) for limit in limits)
        aim = test.estimated(trial, row, objective.score).mean
        cost = -aim if objective.way == "most" else aim
        return excess, math.inf if math.isnan(cost) else cost, row

    return min(test.usable, key=rank, default=None)


def fixes(test: StressTest) -> tuple[Fix, ...]:
    """What to do about each trial, given what would be chosen without any.

    Formula: among the rows that keep the goal's constraints under the trial, and without it where any row does, the one
        with the least mean paired difference of the objective in the quiet world, choice there - row
    """
    chosen = choice(test, test.quiet)
    if chosen is None:
        return ()
    calm = [row for row in test.usable if test.keeps(test.quiet, row)] or list(test.usable)
    return tuple(_fix(test, trial, chosen, calm) for trial in test.trials)


def _fix(test: StressTest, trial: Trial, chosen: int, calm: list[int]) -> Fix:
    fit = [row for row in calm if test.keeps(trial, row)]
    if chosen in fit:
        return Fix(trial, chosen, chosen, None)
    if not fit:
        nearest = choice(test, trial)
        return Fix(trial, None, chosen if nearest is None else nearest, None)
    best = min(fit, key=lambda row: extra_cost(test, row, chosen).mean)
    return Fix(trial, best, best, extra_cost(test, best, chosen))


def extra_cost(test: StressTest, row: int, chosen: int) -> Estimate:
    """How much worse a row's objective is than the chosen one's in the quiet world, replication by replication."""
    score = test.goal.objective.score
    gap = test.quiet.outcomes[chosen].scores[score] - test.quiet.outcomes[row].scores[score]
    return estimate(gap if test.goal.objective.way == "most" else -gap)
