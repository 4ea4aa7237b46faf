"""What a search costs against playing every candidate by itself: `pytest -m speed -s tests/speed`."""

from collections.abc import Callable

import pytest

from policies.registry import policy
from reports.verdict.goal import read_goal
from sim.search.choosing import Search
from sim.search.playing import Ground
from sim.search.ranking import scores_of
from sim.search.space import at_random, space_of
from sim.search.tuning import tune
from sim.tournament import play, setting
from tests.oracle.worlds import shop
from tests.speed.sitting import cpu_seconds

pytestmark = pytest.mark.speed

SPEC = "reorder-point"
CANDIDATES, RUNS = 100, 200
ALONE = 10
"""Candidates that are played by themselves; the others cost as much."""


def test_a_search_over_a_hundred_candidates(told: Callable[[str], None]) -> None:
    scenario = shop(skus=20, days=365, warm_up_days=0, history_days=0)
    goal, space = read_goal("stockout_rate<=5%, least holding_cost"), space_of(SPEC)
    ground = Ground(scenario, setting(scenario, "shop"), scores_of(goal))
    search = Search(SPEC, space, goal, candidates=CANDIDATES, runs=RUNS)
    others = at_random(space, CANDIDATES, scenario.seed).candidates[:ALONE]
    assert all(policy(one.spec) for one in others)
    taken = cpu_seconds(
        {
            "search": lambda: tune(search, ground, ""),
            "alone": lambda: [play(scenario, [one.spec], RUNS, keep=()) for one in others],
        },
        repeats=1,
    )
    share = taken["search"] / (taken["alone"] * CANDIDATES / ALONE)
    told(f"search over {CANDIDATES} candidates, report included: {share:.2f} x as many runs of {RUNS} (at most 0.40)")
    assert share <= 0.4
