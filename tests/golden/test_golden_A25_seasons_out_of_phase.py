"""A25: swimwear sold in two summers a year: all stock together peaks below the sum of what each place peaks at."""

from functools import cache

import numpy as np
import pytest

from reports.record import Record
from scenarios.reader import read_scenario
from sim.tournament import play

RUNS = 8


@cache
def record(world: str) -> Record:
    """A plain rule's, of two warehouses over one year."""
    (found,) = play(read_scenario(world), ["reorder-point"], RUNS)
    return found


def peaks(world: str) -> tuple[float, float]:
    """The peak of both stocks together and the sum of their two peaks, units on a mean of the replications."""
    stock = record(world).daily_on_hand.mean(axis=1)
    return float(stock.sum(axis=1).max()), float(stock.max(axis=0).sum())


def test_golden_A25_both_markets_want_the_same_in_a_year() -> None:
    for world in ("swimwear-us-au", "swimwear-us-au-twin"):
        one, other = record(world).wanted.sum(axis=(0, 2))
        assert one == pytest.approx(other, rel=0.02)


def test_golden_A25_the_peak_of_the_sum_is_below_the_sum_of_the_peaks() -> None:
    together, apart = peaks("swimwear-us-au")
    assert together < 0.9 * apart


def test_golden_A25_in_the_same_summer_the_peaks_come_together() -> None:
    together, apart = peaks("swimwear-us-au-twin")
    assert together > 0.9 * apart
    assert peaks("swimwear-us-au")[0] < 0.9 * together


def test_golden_A25_demand_peaks_half_a_year_apart() -> None:
    world = read_scenario("swimwear-us-au")
    wanted = record("swimwear-us-au").daily_wanted.sum(axis=1)  # [day, market], by their first warehouses' names
    month = np.array([(world.start.month + at // 30.42 - 1) % 12 + 1 for at in range(world.days)])
    north, south = ({int(m): wanted[month == m, market].mean() for m in range(1, 13)} for market in (0, 1))
    assert {m for m in north if north[m] > 1.3 * wanted[:, 0].mean()} >= {5, 6, 7}
    assert {m for m in south if south[m] > 1.1 * wanted[:, 1].mean()} >= {10, 11, 12}
