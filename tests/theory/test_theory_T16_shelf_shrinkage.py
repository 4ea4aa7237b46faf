"""T16 EX3: units that may be gone on any day, one for one, nobody waits; as the shrinkage of a warehouse.

In continuous time a unit lives an exponential time and the law of the lead does not matter. In days each unit that is
left when a day's sales are over is gone with the same chance, before the day's order is placed.
"""

from itertools import pairwise
from math import exp
from pathlib import Path

import numpy as np
import pytest

from tests.theory.acceptance import RELATIVE, accept, printed, verdict
from tests.theory.exact.chances import poisson
from tests.theory.exact.pipelines import fixed_pipeline, geometric_pipeline
from tests.theory.exact.shrinkage import shrinking, shrinking_continuous
from tests.theory.worlds import played, pooled, series_of, world

REPLICATIONS = 100
SKUS = 1_000
RATE, LEVEL, LEAD, HAZARD = 1, 15, 6, 0.05
DAYS_PER_YEAR = 365
GONE_IN_A_YEAR = 1 - exp(-HAZARD * DAYS_PER_YEAR)


def test_theory_T16_EX3_exact_figures() -> None:
    """The exact code prints the known figures."""
    row = shrinking_continuous(RATE, LEVEL, LEAD, HAZARD)
    assert printed(row.on_hand, "6.945247")
    assert printed(row.lost, "0.004804")
    assert printed(row.gone, "0.347262")


def test_theory_T16_EX3_shrinking_days_approach_continuous_time() -> None:
    """Each halving of the day brings every number nearer, and a line through the last two meets the book's."""
    book = shrinking_continuous(RATE, LEVEL, LEAD, HAZARD)
    rows = {
        parts: shrinking(poisson(RATE / parts), geometric_pipeline(LEAD * parts, LEVEL), 1 - exp(-HAZARD / parts))
        for parts in (4, 8, 16, 32)
    }
    for name, value in vars(book).items():
        computed = [getattr(row, name) * (parts if name == "gone" else 1) for parts, row in rows.items()]
        off = [abs(each - value) for each in computed]
        assert all(later < earlier for earlier, later in pairwise(off)), name
        assert 2 * computed[-1] - computed[-2] == pytest.approx(value, rel=RELATIVE["mean"]), name


def test_theory_T16_EX3(tmp_path: Path) -> None:
    """A lead of 6 days: stock, what is gone, what is lost."""
    days, runs = 1_500, 1
    text = world(
        days=days,
        warm_up_days=100,
        skus=SKUS,
        opening=LEVEL,
        lane=f'legs = [{{ name = "lane", days = {LEAD} }}]',
        demand=f'demand."*".organic = {{ law = "poisson", mean = {RATE} }}',
    ).replace("[warehouse.warehouse]", f"[warehouse.warehouse]\nshrinkage_per_year = {GONE_IN_A_YEAR!r}")
    record = played(tmp_path, text, f"base-stock:units={LEVEL},review_days=1", runs=runs)
    exact = shrinking(poisson(RATE), fixed_pipeline(LEAD, LEVEL), 1 - exp(-HAZARD))
    series = series_of(record)
    on_order = np.cumsum(series.ordered - series.received, axis=0)
    assert (series.on_hand + on_order == LEVEL).all()  # what is gone is ordered with what is sold
    each = days * runs * SKUS / REPLICATIONS
    lost = pooled(record.lost, REPLICATIONS) / pooled(record.wanted, REPLICATIONS)
    accept(
        verdict("on-hand", "on-hand", pooled(record.on_hand_days, REPLICATIONS) / each, exact.on_hand),
        verdict("gone", "mean", pooled(record.shrunk, REPLICATIONS) / each, exact.gone),
        verdict("lost", "share", lost, exact.lost),
    )
