"""T11 SS3: one for one, Poisson 20 a day, gamma leads of mean 10 and variance 16: may orders overtake each other?

The book compares single orders that overtake, whose units on order have a standard deviation of 14.1421, with the
demand of one lead time, of 81.2404. Here the orders of a day share a lead; both ways are computed for days of any
length. The more orders that may not overtake share a time, the longer they all wait for the slowest.
"""

from functools import partial
from itertools import pairwise
from math import sqrt
from pathlib import Path

import numpy as np
import pytest
from scipy import stats

from tests.theory.acceptance import EXACT, RELATIVE, Verdict, accept, printed, verdict
from tests.theory.exact.overtaking import (
    days_under_way,
    overtaking_variance,
    textbook_variance,
    waiting_variance,
)
from tests.theory.worlds import played, pooled_days, series_of, world

REPLICATIONS = 100
RATE, LEAD_MEAN, LEAD_VARIANCE = 20, 10, 16
LEVEL = 1_500
WARM_UP_DAYS = 80


def beyond(time: float, day: float = 1.0) -> float:
    """P(L > x), for x in days of so many units of time."""
    shape = LEAD_MEAN**2 / LEAD_VARIANCE
    return float(stats.gamma.sf(time * day, shape, scale=LEAD_MEAN / shape))


def test_theory_T11_SS3_exact_figures() -> None:
    """The two figures of the book; the formula of the second holds of the lead that results from waiting."""
    assert printed(sqrt(RATE * LEAD_MEAN), "14.1421")
    assert printed(sqrt(textbook_variance(RATE, RATE, LEAD_MEAN, LEAD_VARIANCE)), "81.2404")
    days, spread = days_under_way(beyond)
    assert waiting_variance(RATE, RATE, beyond)[1] == pytest.approx(
        textbook_variance(RATE, RATE, days, spread), rel=EXACT
    )


def test_theory_T11_SS3_shrinking_days_approach_continuous_time() -> None:
    """Where orders overtake, a line through two lengths of the day meets the book's variance; else it stays far."""
    parts = (1, 2, 4, 8, 16)
    tails = [partial(beyond, day=1 / each) for each in parts]
    overtaking = [overtaking_variance(RATE / each, RATE / each, tail) for each, tail in zip(parts, tails, strict=True)]
    waiting = [waiting_variance(RATE / each, RATE / each, tail) for each, tail in zip(parts, tails, strict=True)]
    assert all(later[1] < earlier[1] for earlier, later in pairwise(overtaking))
    for coarse, fine in zip(*overtaking[-2:], strict=True):  # mean, then variance
        assert 2 * fine - coarse == pytest.approx(RATE * LEAD_MEAN, rel=RELATIVE["mean"])
    assert all(later[0] > earlier[0] for earlier, later in pairwise(waiting))
    assert all(sqrt(variance) > 4 * sqrt(RATE * LEAD_MEAN) for _, variance in waiting)


def test_theory_T11_SS3_orders_overtake(tmp_path: Path) -> None:
    """Mean and variance of units on order: 230.0 and 33.39^2."""
    accept(*verdicts(tmp_path, fifo=False, days=600))


def test_theory_T11_SS3_orders_wait_for_those_before(tmp_path: Path) -> None:
    """The mean is 306.0 where no order overtakes; the variance, 72.30^2, takes a slow test."""
    mean, _ = verdicts(tmp_path, fifo=True, days=600)
    accept(mean)


def verdicts(folder: Path, *, fifo: bool, days: int) -> tuple[Verdict, Verdict]:
    """Mean and variance of units on order."""
    mean, variance = (waiting_variance if fifo else overtaking_variance)(RATE, RATE, beyond)
    law = f'{{ law = "gamma", mean = {LEAD_MEAN}, cv = {sqrt(LEAD_VARIANCE) / LEAD_MEAN} }}'
    text = world(
        days=days,
        warm_up_days=WARM_UP_DAYS,
        skus=3,
        opening=LEVEL,
        waits=1.0,
        lane=f'fifo = {str(fifo).lower()}\nlegs = [{{ name = "lane", days = {law} }}]',
        demand=f'demand."*".organic = {{ law = "poisson", mean = {RATE} }}',
    )
    policy = f"base-stock:units={LEVEL},review_days=1"
    record = played(folder, text, policy, runs=REPLICATIONS, keep=range(REPLICATIONS), check=False)
    series = series_of(record)
    sent = np.cumsum(series.ordered - series.received, axis=0)[WARM_UP_DAYS:, :, 0]
    return (
        verdict("on order", "mean", pooled_days(sent, REPLICATIONS), mean),
        verdict("variance", "variance", pooled_days((sent - mean) ** 2, REPLICATIONS), variance),
    )
