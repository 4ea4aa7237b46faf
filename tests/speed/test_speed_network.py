"""A large seller's network against the sampling floor, over ten years, and in memory."""

from collections.abc import Callable

import numpy as np
import pytest

from policies.registry import policy
from scenarios.schema import Scenario
from sim.play.engine import Engine
from sim.tournament import play
from sim.world.network import Network
from sim.world.sample import sample_world
from tests.speed.sitting import cpu_seconds, most_memory
from tests.speed.test_speed_ratios import WEEKLY, Told, whole_batch
from tests.speed.worlds import PLACES, network

pytestmark = pytest.mark.speed

GIGABYTE = 2**30
CHILD = f"""
from sim.tournament import play
from tests.speed.worlds import network
play(network(10_000), ["{WEEKLY}"], 2, keep=())
"""


def test_a_large_network_against_the_sampling_floor(told: Told) -> None:
    """1,000 SKUs, three warehouses and markets, two factories, four lanes, weekly reviews, one year, all in."""
    scenario = network(1_000)
    facts, runs = Network.of(scenario), range(whole_batch(scenario))
    drawn, luck = sample_world(facts, runs), np.random.default_rng(1)
    size = 1_000 * 365 * 3 * len(runs)
    taken = cpu_seconds(
        {
            "floor": lambda: luck.negative_binomial(5 / 0.4, 1 / 1.4, size),
            "sampling": lambda: sample_world(facts, runs),
            "engine": lambda: Engine(drawn, policy(WEEKLY)).play(),
        }
    )
    ratio = (taken["sampling"] + taken["engine"]) / taken["floor"]
    told(
        f"1,000 SKUs, 3 warehouses, 3 markets, 2 factories, 4 lanes: {ratio:.2f} x floor (at most 3); "
        f"sampling {taken['sampling'] / taken['floor']:.2f}, engine {taken['engine'] / taken['floor']:.2f}"
    )
    assert ratio <= 3


def test_a_large_network_costs_the_same_a_day_in_ten_years(told: Told) -> None:
    short, long = network(200), network(200, days=3650)
    runs = whole_batch(long)
    taken = cpu_seconds(
        {"short": lambda: play(short, [WEEKLY], runs, keep=()), "long": lambda: play(long, [WEEKLY], runs, keep=())},
        repeats=3,
    )
    ratio = taken["long"] / (10 * taken["short"])
    told(f"200 SKUs in a network: a SKU-day of 10 years costs {ratio:.2f} x one of 1 year (at most 1.25)")
    assert ratio <= 1.25


@pytest.mark.parametrize("routing", ["preference", "by-urgency", "protect-scarce"])
def test_three_places_against_one(routing: str, told: Told) -> None:
    """Three warehouses and three markets that may turn to each of them, against one and one; as many replications."""
    one, three = network(1_000, places=PLACES[:1]), network(1_000, fallbacks=True)
    runs = whole_batch(one)

    def played(scenario: Scenario) -> Callable[[], object]:
        return lambda: play(scenario, [WEEKLY], runs, routings=[routing], keep=())

    taken = cpu_seconds({"one": played(one), "three": played(three)}, repeats=3)
    ratio = taken["three"] / taken["one"]
    told(f"1,000 SKUs, {routing}: three warehouses and markets cost {ratio:.2f} x one and one (at most 2.5)")
    assert ratio <= 2.5


def test_ten_thousand_skus_fit_into_four_gigabytes(told: Told) -> None:
    used = most_memory(CHILD) / GIGABYTE
    told(f"10,000 SKUs in a network, one year: {used:.2f} GB (under 4)")
    assert used < 4
