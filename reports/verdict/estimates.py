"""What the replications say about a mean: Student intervals, paired differences, Holm's correction."""

import math
from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from reports.record import FloatArray

LEVEL = 0.95
"""Of every interval in every report."""


@dataclass(frozen=True)
class Estimate:
    """A mean over replications and its interval; NaN where there is none."""

    mean: float
    low: float
    high: float
    count: int  # replications it stands on
    undefined: int = 0  # replications dropped because the score was undefined there


def estimate(values: FloatArray, bounds: tuple[float, float] = (-math.inf, math.inf)) -> Estimate:
    """The mean and its 95 % Student interval, cut to the bounds a score can take.

    Undefined replications are dropped and counted; one replication alone has no interval.
    """
    known = values[~np.isnan(values)]
    dropped = len(values) - len(known)
    if len(known) == 0:
        return Estimate(math.nan, math.nan, math.nan, 0, dropped)
    mean = middle(known)
    if len(known) == 1:
        return Estimate(mean, math.nan, math.nan, 1, dropped)
    half = student_quantile(len(known) - 1) * standard_error(known)
    return Estimate(mean, max(mean - half, bounds[0]), min(mean + half, bounds[1]), len(known), dropped)


def middle(values: FloatArray) -> float:
    """The mean. That of equal values is their value: a rounding error must not carry it over a goal's limit."""
    return float(values[0] if np.ptp(values) == 0 else values.mean())


def standard_error(values: FloatArray) -> float:
    """Of the mean. Equal values have none, whatever rounding says."""
    if np.ptp(values) == 0:
        return 0.0
    return float(values.std(ddof=1) / math.sqrt(len(values)))


def student_quantile(freedom: int) -> float:
    """How many standard errors the interval reaches to either side."""
    from scipy.special import stdtrit

    return float(stdtrit(freedom, (1 + LEVEL) / 2))


@dataclass(frozen=True)
class Difference:
    """One policy against another under common luck, replication by replication: policy - reference."""

    policy: str
    reference: str
    score: str
    estimate: Estimate
    higher: int  # replications in which the policy's score was the higher one
    p: float  # chance of so large a mean difference if there were none; NaN with one replication
    p_holm: float  # the same, corrected for the number of policies compared on this score

    @property
    def sure(self) -> bool:
        """Whether it stands after the correction."""
        return self.p_holm < 1 - LEVEL


def paired_p(differences: FloatArray) -> float:
    """Two-sided p of the paired Student test; NaN with fewer than two replications."""
    from scipy.special import stdtr

    if len(differences) < 2:
        return math.nan
    error = standard_error(differences)
    mean = middle(differences)
    if error == 0:
        return 1.0 if mean == 0 else 0.0
    return float(2 * stdtr(len(differences) - 1, -abs(mean) / error))


def holm(p_values: Sequence[float]) -> list[float]:
    """Holm's step-down correction; NaN stays NaN and does not count."""
    known = sorted((p, i) for i, p in enumerate(p_values) if not math.isnan(p))
    corrected = [math.nan] * len(p_values)
    highest = 0.0
    for rank, (p, i) in enumerate(known):
        highest = max(highest, min(1.0, (len(known) - rank) * p))
        corrected[i] = highest
    return corrected


def differences(score: str, rows: Sequence[tuple[str, FloatArray]], reference: int) -> tuple[Difference, ...]:
    """Every row but the reference against it, on one score."""
    base_name, base = rows[reference]
    return paired(score, [(name, base_name, values - base) for i, (name, values) in enumerate(rows) if i != reference])


def paired(score: str, gaps: Sequence[tuple[str, str, FloatArray]]) -> tuple[Difference, ...]:
    """Differences on one score that are judged together: each a name, what it is held against, and the gap, [run]."""
    known = [gap[~np.isnan(gap)] for _, _, gap in gaps]
    p_values = [paired_p(gap) for gap in known]
    return tuple(
        Difference(name, base_name, score, estimate(gap), int((gap > 0).sum()), p, p_holm)
        for (name, base_name, gap), p, p_holm in zip(gaps, p_values, holm(p_values), strict=True)
    )


def pareto_front(first: FloatArray, second: FloatArray) -> NDArray[np.bool_]:
    """Which points no other point beats: not higher in either, lower in one. A point with NaN is not on it."""
    on_front = ~(np.isnan(first) | np.isnan(second))
    for i in np.flatnonzero(on_front):
        beaten = (first <= first[i]) & (second <= second[i]) & ((first < first[i]) | (second < second[i]))
        on_front[i] = not beaten.any()
    return on_front
