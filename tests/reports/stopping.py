"""Stopping again and again: how often the interval that is reported at the stop covers the truth.

A cheap world is played once, over a large pool of replications. An experiment draws replications from the pool, each as
likely as any other, looks when `next_look` says so, and stops when the score is known well enough. The mean of the pool
is the truth, so that the pool's own luck does not matter.
"""

from dataclasses import dataclass

import numpy as np

from reports.record import FloatArray
from reports.scores import SCORES
from reports.verdict.estimates import estimate
from reports.verdict.precision import known_well, next_look
from scenarios.variation import changes_of, varied
from sim.tournament import play, setting

MOST = 20_000
"""Replications that an experiment may take; none should come near."""
LOST_SALES: tuple[str, ...] = ()
"""The benchmark as it is."""


def bursts(per_day: float) -> tuple[str, ...]:
    """Videos that sell next to nothing or three years' demand; one every so many years."""
    return (
        f'surprise.video=[{{ name = "burst", per_day = {per_day}, orders = {{ law = "lognormal", mean = 2000, cv = 3 }}, '
        'fades = { law = "exponential", mean_days = 5 } }]',
    )


OFTEN, SELDOM = bursts(0.003), bursts(0.0002)
"""About one such video a year; one in fourteen years."""


@dataclass(frozen=True)
class Stopped:
    """What the experiments came to."""

    covered: float  # share whose interval held the truth
    runs: float  # mean replications at the stop
    skewness: float  # of the pool

    def __str__(self) -> str:
        return f"covered {self.covered:.1%} with {self.runs:.0f} runs in the mean; skewness {self.skewness:.1f}"


def pool(changes: tuple[str, ...], score: str, runs: int, jobs: int = 1) -> FloatArray:
    """One score of benchmark B1, with changes, in many replications."""
    world = varied("textbook-b1", (), changes_of(changes))
    record = play(world, ["min-max:s_units=600,S_units=1100,review_days=1"], runs, jobs=jobs, keep=())[0]
    return SCORES[score].of(record, setting(world, "textbook-b1"))


def stopped(values: FloatArray, runs: int, experiments: int, seed: int = 1) -> Stopped:
    """Many experiments, whose width is about what so many replications would reach."""
    luck, truth = np.random.default_rng(seed), values.mean()
    most = 1.96 * values.std() / np.sqrt(runs)
    covered, played = 0, 0
    for _ in range(experiments):
        drawn, count = luck.choice(values, MOST), next_look(0, MOST)
        while not known_well(drawn[:count], most) and count < MOST:
            count = next_look(count, MOST)
        known = estimate(drawn[:count])
        covered += known.low <= truth <= known.high
        played += count
    skewness = float(((values - truth) ** 3).mean() / values.std() ** 3)
    return Stopped(covered / experiments, played / experiments, skewness)
