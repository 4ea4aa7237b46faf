"""Whether a constraint holds with confidence: the one-sided Student bound of a mean."""

import math
import re

import numpy as np

from reports.record import FloatArray
from reports.verdict.goal import Constraint, GoalError


def bounds(values: FloatArray, limit: Constraint, confidence: float, runs: int | None = None) -> FloatArray:
    """The end of a one-sided interval towards the constraint's limit, of each row of [row, run] -> [row].

    With `runs`, the end that the spread seen would leave after so many replications. One replication has no spread,
    so its end is the value itself; undefined values are left out.
    """
    return np.array([_bound(row[~np.isnan(row)], limit, confidence, runs) for row in values])


def _bound(known: FloatArray, limit: Constraint, confidence: float, runs: int | None) -> float:
    from scipy.special import stdtrit

    if len(known) == 0:
        return math.nan
    if len(known) == 1 or np.ptp(known) == 0:
        return float(known[0])
    count = len(known) if runs is None else max(runs, len(known))
    reach = float(stdtrit(count - 1, confidence)) * float(known.std(ddof=1)) / math.sqrt(count)
    return float(known.mean()) + (reach if limit.sign.startswith("<") else -reach)


def read_confidence(text: str) -> float:
    """The probability a text such as `95%` or `0.95` says. Raises GoalError unless it is from 50 to 99.99 %."""
    found = re.fullmatch(r"\s*(\d+(?:\.\d+)?)\s*(%?)\s*", text)
    value = float(found[1]) / (100 if found[2] else 1) if found else math.nan
    if not 0.5 <= value <= 0.9999:
        raise GoalError(f"{text!r}: allowed 50% to 99.99%")
    return value
