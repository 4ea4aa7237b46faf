"""The measures of a stress test, one formula each. Arrays are [run]; what does not happen in a future is NaN."""

import math
from collections.abc import Sequence
from dataclasses import dataclass
from typing import Literal

import numpy as np
from numpy.typing import NDArray

from reports.record import FloatArray, IntArray
from reports.verdict.estimates import Estimate, estimate

TAIL = 20
"""The worst of so many futures are the tail: 5 %."""
ENOUGH = 5
"""Futures in the tail from which on an interval is told."""


def tail_mean(
    values: FloatArray, worst: Literal["low", "high"], bounds: tuple[float, float] = (-math.inf, math.inf)
) -> Estimate:
    """CVaR: the mean of a score over its worst 5 % of futures, with a 95 % Student interval.

    Formula: sum of the worst values / (replications / 20), the last of them counted in part: of 200 count the 10 worst,
        of 30 the worst and half the next. It is the mean over all replications of edge + excess beyond the edge x 20,
        whose spread gives the interval; the edge is the mildest value of the tail.
    """
    known = values[~np.isnan(values)]
    if not len(known):
        return estimate(values)
    sign = 1.0 if worst == "low" else -1.0
    edge = np.sort(sign * known)[math.ceil(len(known) / TAIL) - 1]
    parts = np.full(values.shape, np.nan)
    parts[~np.isnan(values)] = sign * (edge + TAIL * np.minimum(sign * known - edge, 0.0))
    found = estimate(parts, bounds)
    if len(known) >= ENOUGH * TAIL:
        return found
    return Estimate(found.mean, math.nan, math.nan, found.count, found.undefined)


@dataclass(frozen=True)
class Spell:
    """When more was short than in the same future without the shock."""

    survived: FloatArray  # [run] days from the shock's first day to the first such day; NaN where there was none
    recovered: FloatArray  # [run] days from that first day until the last such day had ended; NaN where there was none
    lasting: NDArray[np.bool_]  # [run] whether the last day of the world was such a day
    rest: int  # days from the shock's first day to the world's end

    @property
    def hit(self) -> float:
        """Share of futures in which there was such a day."""
        return float(1 - np.isnan(self.survived).mean())


def spell(short: IntArray, quiet: IntArray, first_day: int) -> Spell:
    """The spells of some futures, given units short with the shock and without it, both [day, run, market].

    Formula: a day counts when in a market more units were not delivered at once than on that day without the shock;
        time to survive = the first such day - the shock's first day, time to recover = the last such day + 1 - the
        first one
    """
    more: NDArray[np.bool_] = np.greater(short, quiet)
    hit: NDArray[np.bool_] = np.asarray(more.any(axis=2))[first_day:]
    days, ever = len(hit), hit.any(axis=0)
    first = np.argmax(hit, axis=0) if days else np.zeros(hit.shape[1], np.int64)
    last = days - 1 - np.argmax(hit[::-1], axis=0) if days else first
    return Spell(
        np.where(ever, first, np.nan),
        np.where(ever, last + 1 - first, np.nan),
        np.asarray(hit[-1] if days else ever),
        days,
    )


@dataclass(frozen=True)
class Median:
    """The middle of some days; `at_least` where it lies among those whose end was not seen."""

    days: float  # NaN of nothing
    at_least: bool


def median_days(days: FloatArray, unseen: NDArray[np.bool_]) -> Median:
    """The median, days whose end was not seen counted as at least what was seen of them."""
    if not len(days):
        return Median(math.nan, False)
    least = float(np.median(days))
    return Median(least, bool(np.median(np.where(unseen, np.inf, days)) > least))


def survival(spells: Spell) -> Median:
    """The median time to survive over all futures, those never hit counted as at least the rest of the world."""
    unhit = np.isnan(spells.survived)
    return median_days(np.where(unhit, spells.rest, spells.survived), unhit)


def recovery(spells: Spell) -> Median:
    """The median time to recover over the futures that were hit."""
    hit = ~np.isnan(spells.survived)
    return median_days(spells.recovered[hit], spells.lasting[hit])


def regrets(means: FloatArray, way: Literal["least", "most"]) -> FloatArray:
    """How much worse each row is than the best row under the same shock, [row, trial].

    Formula: |mean objective of the row - mean objective of the best row|, over the same replications. A row whose
    objective is undefined has an undefined regret there, and is nobody's best.
    """
    best = np.fmax.reduce(means, axis=0) if way == "most" else np.fmin.reduce(means, axis=0)
    return np.asarray(np.abs(best - means))


def minimax(worst: Sequence[float]) -> int | None:
    """The row whose largest regret is the least; None where none is known."""
    known = [index for index, regret in enumerate(worst) if not math.isnan(regret)]
    return min(known, key=lambda index: worst[index], default=None)
