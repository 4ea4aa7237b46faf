"""Shares of variance: how much of a result's spread each factor makes, alone and together with others.

Source: Sobol 1993; Saltelli and others 2010, Variance based sensitivity analysis of model output, as SciPy has it.
"""

from collections.abc import Callable
from typing import Any

import numpy as np

from reports.record import FloatArray
from reports.sensitivity.result import Shares
from reports.verdict.estimates import LEVEL, Estimate

RESAMPLES = 500
"""Of the bootstrap that gives the intervals."""

Result = Callable[[FloatArray], FloatArray]
"""What comes of some points, [point, factor], shares of each range -> [point]."""


def shares(result: Result, factors: int, samples: int, luck: np.random.Generator) -> tuple[Shares, ...]:
    """Of each factor; `samples` is a power of two. Nothing is known where the result never differs."""
    from scipy.stats import sobol_indices, uniform

    laws: Any = [uniform()] * factors
    with np.errstate(invalid="ignore", divide="ignore"):
        found = sobol_indices(func=lambda points: result(points.T)[None], n=samples, dists=laws, rng=luck)
        sure = found.bootstrap(confidence_level=LEVEL, n_resamples=RESAMPLES)
    alone = _estimates(found.first_order, sure.first_order.confidence_interval, samples)
    together = _estimates(found.total_order, sure.total_order.confidence_interval, samples)
    return tuple(Shares(one, all_) for one, all_ in zip(alone, together, strict=True))


def _estimates(values: FloatArray, interval: Any, count: int) -> list[Estimate]:
    columns = (np.ravel(values), np.ravel(interval[0]), np.ravel(interval[1]))
    return [Estimate(float(value), float(low), float(high), count) for value, low, high in zip(*columns, strict=True)]
