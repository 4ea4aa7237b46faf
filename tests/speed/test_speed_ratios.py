"""The speed the product is held to, as ratios: `pytest -m speed -s tests/speed`, about three minutes.

The worlds have no queues, since the plain model must play them too.
"""

import multiprocessing
from collections.abc import Callable
from time import perf_counter

import numpy as np
import pytest

from policies.registry import policy
from scenarios.schema import Scenario
from sim.play.engine import Engine
from sim.tournament import batch_size, play
from sim.world.network import Network
from sim.world.sample import sample_world
from tests.oracle import plain
from tests.oracle.worlds import NB, shop
from tests.speed.sitting import cpu_seconds

pytestmark = pytest.mark.speed

YEAR = 365
WEEKLY = "reorder-point:safety_days=10"
EIGHT = (
    "never", "oracle", "reorder-point", "base-plus-burst", "lead-cover", "service-level", "min-max", "base-stock",
)  # fmt: skip
Told = Callable[[str], None]
FREE = 1.8
"""What two bare loops get done, of 2, while nobody else uses the cores."""


def world(skus: int = 20, years: int = 1, **changes: object) -> Scenario:
    """Some years of a shop whose goods come by sea; all days are scored."""
    return shop(skus=skus, days=YEAR * years, warm_up_days=0, history_days=0, **changes)  # type: ignore[arg-type]


def whole_batch(scenario: Scenario) -> int:
    """As many replications as the tournament puts into one engine."""
    return batch_size(Network.of(scenario), 10**6, 1)


@pytest.mark.parametrize(
    ("skus", "review_days", "at_least"), [(1_000, 7, 30), (20, 7, 8), (20, 1, 2.5)],
    ids=["1,000 SKUs weekly", "20 SKUs weekly", "20 SKUs daily"],
)  # fmt: skip
def test_the_engine_against_a_process_for_every_sku(skus: int, review_days: int, at_least: float, told: Told) -> None:
    scenario = world(skus)
    network, runs, plain_runs = Network.of(scenario), whole_batch(scenario), max(1, 400 // skus)
    spec, rule = f"{WEEKLY},review_days={review_days}", plain.ReorderPoint(10, review_days=review_days)

    def by_plain() -> np.ndarray:
        return plain.play(sample_world(network, range(plain_runs)), rule).served

    def by_engine() -> np.ndarray:
        return play(scenario, [spec], runs, keep=())[0].served

    assert (by_plain() == by_engine()[:plain_runs]).all(), "what is compared must be the same work"
    taken = cpu_seconds({"plain": by_plain, "engine": by_engine})
    plain_rate = skus * YEAR * plain_runs / taken["plain"]
    engine_rate = skus * YEAR * runs / taken["engine"]
    told(
        f"{skus:,} SKUs, review every {review_days} d: {engine_rate / plain_rate:.1f} x plain (at least {at_least}); "
        f"plain {plain_rate:,.0f} SKU-days/s, engine {engine_rate:,.0f}"
    )
    assert engine_rate >= at_least * plain_rate


def test_eight_policies_share_one_world(told: Told) -> None:
    scenario = world()
    network, runs = Network.of(scenario), range(whole_batch(scenario))
    drawn = sample_world(network, runs)
    alone = {spec: lambda spec=spec: Engine(drawn, policy(spec)).play() for spec in EIGHT}
    taken = cpu_seconds(
        {
            "together": lambda: play(scenario, EIGHT, len(runs), keep=()),
            "sampling": lambda: sample_world(network, runs),
            **alone,
        }
    )
    together = taken.pop("together")
    told(f"eight policies: {together / sum(taken.values()):.2f} x (sampling once + eight engines) (at most 1.10)")
    assert together <= 1.1 * sum(taken.values())


def test_two_workers(told: Told) -> None:
    scenario = world(skus=50)
    runs = 24 * whole_batch(scenario)

    def seconds(jobs: int) -> float:
        begun = perf_counter()
        play(scenario, [WEEKLY, "min-max", "base-stock"], runs, jobs=jobs, keep=())
        return perf_counter() - begun

    for _ in range(3):
        before, one, two, after = cores_free(), seconds(1), seconds(2), cores_free()
        told(
            f"two workers: {one / two:.2f} x one on {one:.0f} s of work (at least 1.6 where two bare loops get 2; "
            f"they got {before:.2f} before and {after:.2f} after)"
        )
        if one / two >= 1.6:
            return
        assert min(before, after) < FREE, "two cores were free"
    pytest.skip("two cores were never free")


def cores_free() -> float:
    """How much more two processes get done than one, when they do nothing but count."""
    return 2 * min(_counting(1), _counting(1)) / min(_counting(2), _counting(2))


def _counting(processes: int) -> float:
    """Wall time of so many loops side by side, the processes already running."""
    with multiprocessing.get_context("spawn").Pool(processes) as pool:
        pool.map(_count, [1] * processes, chunksize=1)
        begun = perf_counter()
        pool.map(_count, [30_000_000] * processes, chunksize=1)
        return perf_counter() - begun


def _count(times: int) -> None:
    for _ in range(times):
        pass


def test_hours_against_days(told: Told) -> None:
    taken = cpu_seconds(
        {
            "daily": lambda: play(world(), [WEEKLY], 100, batch=100, keep=()),
            "hourly": lambda: play(world(slot_hours=1), [WEEKLY], 100, batch=100, keep=()),
        },
        repeats=3,
    )
    ratio = taken["hourly"] / taken["daily"]
    told(f"hourly: {ratio:.1f} x daily, 20 SKUs, batch of 100 (at most 10)")
    assert ratio <= 10


@pytest.mark.parametrize(("skus", "spec"), [(20, WEEKLY), (20, f"{WEEKLY}+air-rescue"), (1_000, WEEKLY)])
def test_a_day_costs_the_same_in_a_long_world(skus: int, spec: str, told: Told) -> None:
    short, long = world(skus, flights=True), world(skus, years=10, flights=True)
    runs, usual = whole_batch(long), whole_batch(short)
    taken = cpu_seconds(
        {
            "usual": lambda: play(short, [spec], usual, keep=()),
            "short": lambda: play(short, [spec], runs, keep=()),
            "long": lambda: play(long, [spec], runs, keep=()),
        },
        repeats=3,
    )
    ratio, fuller = taken["long"] / (10 * taken["short"]), taken["long"] / (10 * runs) / (taken["usual"] / usual)
    told(
        f"{skus:,} SKUs, {spec}: a SKU-day of 10 years costs {ratio:.2f} x one of 1 year (at most 1.25); "
        f"{fuller:.2f} x one of 1 year in its own batch, {usual} replications instead of {runs}"
    )
    assert ratio <= 1.25


@pytest.mark.parametrize("skus", [20, 1_000])
def test_the_sampling_floor_is_told(skus: int, told: Told) -> None:
    scenario = world(skus)
    network, runs = Network.of(scenario), range(whole_batch(scenario))
    drawn, size, luck = sample_world(network, runs), skus * YEAR * len(runs), np.random.default_rng(1)
    mean, dispersion = NB["mean"], NB["dispersion"]
    taken = cpu_seconds(
        {
            "floor": lambda: luck.negative_binomial(mean / (dispersion - 1), 1 / dispersion, size),
            "sampling": lambda: sample_world(network, runs),
            "engine": lambda: Engine(drawn, policy(WEEKLY)).play(),
        }
    )
    floor = taken["floor"]
    told(
        f"{skus:,} SKUs: sampling {taken['sampling'] / floor:.2f} x floor, "
        f"engine {taken['engine'] / floor:.2f} x floor; floor {floor / size * 1e9:.0f} ns a number, "
        f"engine {taken['engine'] / len(runs) * 1e3:.2f} ms a replication and year"
    )
