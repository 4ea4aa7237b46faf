"""Whether intervals that are reported when a run stops by itself hold the truth as often as they say.

2,000 experiments each; how they are drawn, see `tests/reports/stopping.py`. What was found: 95 % where scores are even,
94 % at a skewness of 1.7. Where one replication in fourteen holds a burst of heavy-tailed size (skewness 6.7), the
largest are missed by those who stop first: 87 to 92 %, against 92 to 95 % of the same number of replications fixed
beforehand. Without the skewness rule and a late first look it was far worse: scores made up to be zero nine times in ten
were covered 67 to 80 % of the time, and 93 to 95 % with both.
"""

import sys

import pytest

from tests.reports.stopping import LOST_SALES, OFTEN, SELDOM, pool, stopped

pytestmark = pytest.mark.slow

EXPERIMENTS = 2_000
POOL = 20_000
WIDTHS = (100, 400, 1_000)
"""Replications that would reach the width in the mean, were their number fixed."""


@pytest.mark.parametrize(
    ("world", "least"),
    [(LOST_SALES, 0.935), (OFTEN, 0.93), (SELDOM, 0.85)],
    ids=["lost sales", "one burst a year", "one burst in fourteen years"],
)
def test_intervals_reported_at_the_stop_cover(world: tuple[str, ...], least: float) -> None:
    scores = pool(world, "stockout_rate", POOL, jobs=2)
    for runs in WIDTHS:
        told = stopped(scores, runs, EXPERIMENTS)
        sys.stdout.write(f"precision of {runs} runs: {told}\n")
        assert least <= told.covered <= 0.97
