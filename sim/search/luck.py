"""Two kinds of luck: replications that choose, from number 0 on, and fresh ones that report."""

MOST_RUNS = 1_000_000
"""Replications that can be asked for: choosing stays below this number, reporting begins with it."""


def fresh(runs: int) -> range:
    """The replications that report: no choice has seen them."""
    return range(MOST_RUNS, MOST_RUNS + runs)
