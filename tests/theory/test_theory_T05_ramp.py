"""T05 MT1: units on order while a viral ramp fades, 10 + 60 e^(-u/5) a day from day 0, mean and variance by the day.

In continuous time they are Poisson. Here a day's sales are ordered when it ends, as one shipment with one lead, so that
leads that are not fixed make them vary more; the exact counterpart is computed for days of any length.
"""

from collections.abc import Sequence
from math import exp
from pathlib import Path

import numpy as np
import pytest
from numpy.typing import NDArray

from tests.theory.acceptance import RELATIVE, accept, verdict
from tests.theory.exact.on_order import Tail, on_order_moments, under_way
from tests.theory.worlds import played, pooled, series_of, world

REPLICATIONS = 100
BASE, PEAK, FADES, MEAN_LEAD = 10.0, 60.0, 5.0, 14.0
WARM_UP_DAYS = 40
LEVEL = 1_000
TIMES = (7, 14, 21, 28)
FIXED_FIGURES = "366.0209 421.7570 209.4804 157.1337"
EXPONENTIAL_FIGURES = "307.9691 283.2990 237.1295 201.4308"


def fixed(days: float) -> float:
    """P(L > x)."""
    return float(days < MEAN_LEAD)


def exponential(days: float) -> float:
    """P(L > x)."""
    return exp(-days / MEAN_LEAD)


def moments(tail: Tail, time: float, day: float = 1.0, before: float = 1_000.0) -> tuple[float, float]:
    """Exact mean and variance of units on order at the end of a day, of which so much time before day 0 was played."""
    chances = under_way(tail, day)[: round((time + before) / day)]
    return on_order_moments([_wanted(time - age * day, day) for age in range(len(chances))], chances)


def _wanted(until: float, day: float) -> float:
    """Mean units wanted on the day that ends then."""
    faded = (exp(-(until - day) / FADES) - exp(-until / FADES)) if until > day / 2 else 0.0
    return BASE * day + PEAK * FADES * faded


@pytest.mark.parametrize(("tail", "figures"), [(fixed, FIXED_FIGURES), (exponential, EXPONENTIAL_FIGURES)])
def test_theory_T05_MT1_shrinking_days_approach_continuous_time(tail: Tail, figures: str) -> None:
    """A line through the results of two short days prints the book's means, and variances come to equal them."""
    for time, figure in zip(TIMES, figures.split(), strict=True):
        (middle, spread), (fine, narrow) = (moments(tail, time, 1 / parts) for parts in (512, 1024))
        assert 2 * fine - middle == pytest.approx(float(figure), rel=1e-5)
        assert 2 * narrow - spread == pytest.approx(float(figure), rel=RELATIVE["mean"])
        off = [abs(moments(tail, time, 1 / parts)[0] - float(figure)) for parts in (1, 2, 4, 8)]
        assert off == sorted(off, reverse=True)


def test_theory_T05_MT1_fixed_lead(tmp_path: Path) -> None:
    """Legs that take 13.75 days and are rounded up to 14: mean and variance, which are equal."""
    accept_ramp(tmp_path, [2.5, 10.75, 0.5], fixed, skus=1_000, runs=20)


def accept_ramp(folder: Path, legs: Sequence[object], tail: Tail, *, skus: int, runs: int) -> None:
    """Hold mean and variance of units on order on the days of the book against the exact ones."""
    listed = ", ".join(f'{{ name = "leg {number}", days = {days} }}' for number, days in enumerate(legs))
    text = world(
        days=TIMES[-1],
        warm_up_days=WARM_UP_DAYS,
        skus=skus,
        opening=LEVEL,
        waits=1.0,
        lane=f"legs = [{listed}]",
        demand=f'demand."*".organic = {{ law = "poisson", mean = {BASE} }}',
        tables=f"""
[[planned.influencer]]
name = "ramp"
on = 2026-01-01
orders = {PEAK * FADES}
fades = {{ law = "exponential", mean_days = {FADES} }}
""",
    )
    policy = f"base-stock:units={LEVEL},review_days=1"
    record = played(folder, text, policy, runs=runs, keep=range(runs), check=runs < REPLICATIONS)
    series = series_of(record)
    sent = np.cumsum(series.ordered - series.received, axis=0)[:, :, 0]
    for time in TIMES:
        mean, variance = moments(tail, time, before=WARM_UP_DAYS)
        day = sent[WARM_UP_DAYS + time - 1]
        accept(
            verdict(f"mean, day {time}", "mean", _means(day), mean),
            verdict(f"variance, day {time}", "variance", _means((day - mean) ** 2), variance),
        )


def _means(values: NDArray[np.generic]) -> NDArray[np.float64]:
    return pooled(values, REPLICATIONS) / (values.size / REPLICATIONS)
