"""What a whole comparison costs: against the floor of drawing its demand, and in memory of the process that gathers it."""

from collections.abc import Callable
from time import process_time

import numpy as np
import pytest

from reports.verdict.goal import read_goal
from sim.contest import Contest, Table
from sim.tournament import setting
from tests.oracle.worlds import NB, shop
from tests.speed.sitting import most_memory
from tests.speed.test_speed_ratios import EIGHT, YEAR

pytestmark = pytest.mark.speed
Told = Callable[[str], None]
SKUS, RUNS = 20, 1_000
FLOOR = 35
GROWTH_MB = 50
GATHERED = """
from reports.verdict.goal import read_goal
from scenarios.reader import read_scenario
from sim.contest import Contest, Table
from sim.tournament import setting
world, runs = read_scenario("apparel-by-air"), {runs}
rows = tuple((f"reorder-point:safety_days={{days}}", "none", "preference") for days in range(8))
Table(Contest(world, setting(world, "w"), rows, read_goal(), ""), range(runs)).played(runs, 2)
"""


def test_eight_policies_against_the_sampling_floor(told: Told) -> None:
    scenario = shop(skus=SKUS, days=YEAR, warm_up_days=0, history_days=0)
    rows = tuple((policy, "none", "preference") for policy in EIGHT)
    contest = Contest(scenario, setting(scenario, "shop"), rows, read_goal(), "")
    chance = 1 / NB["dispersion"]
    number = NB["mean"] * chance / (1 - chance)
    luck = np.random.default_rng(1)
    luck.negative_binomial(number, chance, (RUNS, YEAR, SKUS))

    begun = process_time()
    luck.negative_binomial(number, chance, (RUNS, YEAR, SKUS))
    floor = process_time() - begun
    begun = process_time()
    Table(contest, range(RUNS)).played(RUNS)
    whole = process_time() - begun
    told(
        f"{SKUS} SKUs, daily, weekly review, {len(EIGHT)} policies x {RUNS:,}: {whole / floor:.1f} x the sampling floor "
        f"(at most {FLOOR}); {whole:.1f} s of CPU, floor {floor:.2f} s"
    )
    assert whole <= FLOOR * floor


def test_memory_is_flat_in_replications(told: Told) -> None:
    few, many = (most_memory(GATHERED.format(runs=runs)) / 2**20 for runs in (100, 10_000))
    told(f"eight policies, 100 and 10,000 replications: {few:.0f} and {many:.0f} MB (at most {GROWTH_MB} more)")
    assert many - few <= GROWTH_MB
