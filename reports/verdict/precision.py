"""How well the scores are to be known, `--precision "0.5pp, profit gap=2%"`, and whether they are known so well.

A width is half the length of a 95 % interval: `0.5pp` asks for a mean plus or minus half a percentage point. Between
looks the replications grow by half. Whoever looks again and again, and stops where the interval looks narrow, stops too
often where the spread was underrated by luck. So looks are few and the first is late; a skewed score is played as
often as its skewness asks for (Cochran 1977, Sampling Techniques, 2.15: 25 times its square); and a score that was the
same in all replications counts as known only after as many as leave one case in a hundred unseen once in twenty (the
rule of three, Hanley and Lippman-Hand 1983). Sequential fixed-width intervals: Law, Simulation Modeling and Analysis,
9.4.1; Glynn and Whitt 1992, The asymptotic validity of sequential stopping rules for stochastic simulations.
"""

import math
import re
from collections.abc import Iterator
from dataclasses import dataclass

import numpy as np

from reports.comparison import Comparison, Row
from reports.record import FloatArray
from reports.scores import SCORES
from reports.verdict.estimates import middle, standard_error, student_quantile
from reports.verdict.goal import Goal, GoalError, known_score

FIRST_LOOK = 200
"""Replications before the first look."""
GROWTH = 1.5
"""How many times as many have been played at each further look."""
PER_SKEW = 25
"""Replications for each unit of squared skewness."""
UNSEEN = 300
"""Replications after which a score that never differed counts as known."""
DEFAULT_SCORE = "stockout_rate"

_PART = re.compile(r"(?:(?P<score>[^=\s]+)(?P<gap>\s+gap)?\s*=\s*)?(?P<number>[^=\s%]+?)\s*(?P<unit>pp|%|)")
_FORM = "write for example 0.5pp, profit=2%, holding_cost=500 or 'profit gap=2%'"


@dataclass(frozen=True)
class Width:
    """How wide the interval of one score may be to either side of its mean."""

    score: str
    most: float
    relative: bool  # to the mean; of a gap, to the mean of the row that leads
    gap: bool  # of the paired difference to the row that leads, not of the score itself

    def __str__(self) -> str:
        share = SCORES[self.score].unit == "share"
        number = f"{self.most * 100:.10g}" if self.relative or share else f"{self.most:.10g}"
        return f"{self.score}{' gap' if self.gap else ''}={number}{'%' if self.relative else 'pp' if share else ''}"


@dataclass(frozen=True)
class Known:
    """How well one score of one row is known."""

    row: Row
    width: Width
    half: float  # half the length of the interval
    allowed: float  # the most it may be
    enough: bool


@dataclass(frozen=True)
class Precision:
    """Widths that are all to be kept, by every row that can be used."""

    widths: tuple[Width, ...]

    def known(self, comparison: Comparison) -> tuple[Known, ...]:
        """How well each score of each row is known; rows in which a score is never defined are left out."""
        return tuple(_known(comparison, self.widths))

    def enough(self, comparison: Comparison) -> bool:
        """Whether the replications played so far are enough."""
        return all(known.enough for known in self.known(comparison))

    def __str__(self) -> str:
        return ", ".join(map(str, self.widths))


def next_look(played: int, most: int) -> int:
    """How many replications in all to play before the next look; `most` when that is the last."""
    return min(most, max(FIRST_LOOK, math.ceil(played * GROWTH)))


def read_precision(text: str, goal: Goal) -> Precision:
    """The widths that a text says, parted by commas. Raises GoalError.

    A width of percentage points alone is that of the goal's objective if it is a share, else of its first constraint on
    a share, else of the stockout rate.
    """
    return Precision(tuple(_width(part.strip(), goal) for part in text.split(",")))


def _width(part: str, goal: Goal) -> Width:
    found = _PART.fullmatch(part)
    if found is None or (found["score"] is None and found["unit"] != "pp"):
        raise GoalError(f"'{part}': {_FORM}")
    score = _share_of(goal) if found["score"] is None else known_score(found["score"], part)
    share = SCORES[score].unit == "share"
    if share and found["unit"] == "%":
        raise GoalError(f"'{part}': {score} is a share; did you mean '{found['number']}pp'?")
    if not share and found["unit"] == "pp":
        raise GoalError(f"'{part}': {score} is measured in {SCORES[score].unit}, not in percentage points")
    try:
        number = float(found["number"])
    except ValueError:
        raise GoalError(f"'{part}': {found['number']!r} is not a number; {_FORM}") from None
    if not 0 < number < math.inf:
        raise GoalError(f"'{part}': a width is above 0")
    scale = 100 if found["unit"] else 1
    return Width(score, number / scale, found["unit"] == "%", found["gap"] is not None)


def _share_of(goal: Goal) -> str:
    asked = [goal.objective.score, *(limit.score for limit in goal.constraints)]
    return next((score for score in asked if SCORES[score].unit == "share"), DEFAULT_SCORE)


def _known(comparison: Comparison, widths: tuple[Width, ...]) -> Iterator[Known]:
    leader = comparison.rows[comparison.reference]
    usable = [row for row in comparison.rows if not row.yardstick] or list(comparison.rows)
    for width in widths:
        for row in usable:
            if width.gap and row is leader:
                continue
            values = row.scores[width.score] - (leader.scores[width.score] if width.gap else 0.0)
            values = values[~np.isnan(values)]
            if len(values):
                mean = abs((leader if width.gap else row).means[width.score])
                allowed = width.most * mean if width.relative else width.most
                yield Known(row, width, half_width(values), allowed, known_well(values, allowed))


def known_well(values: FloatArray, most: float) -> bool:
    """Whether the interval of a mean is so narrow, and to be believed."""
    return half_width(values) <= most and len(values) >= least_runs(values)


def half_width(values: FloatArray) -> float:
    """Half the length of the Student interval of a mean; infinite with one replication."""
    return math.inf if len(values) < 2 else student_quantile(len(values) - 1) * standard_error(values)


def least_runs(values: FloatArray) -> float:
    """Replications that a mean needs before its Student interval can be believed, by the skewness seen."""
    if np.ptp(values) == 0:
        return UNSEEN
    gaps = values - middle(values)
    skewness = float((gaps**3).mean() / (gaps**2).mean() ** 1.5)
    return max(FIRST_LOOK, PER_SKEW * skewness**2)
