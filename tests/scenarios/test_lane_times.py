"""Shipped lanes take as long, door to shelf, as published transit times say."""

import math

import numpy as np
import pytest
from numpy.typing import NDArray

from scenarios.reader import read_scenario
from scenarios.schema import Discrete, Fixed, Gamma, Law, Lognormal, Percentiles, Scenario, Triangular, Uniform

SHIPMENTS = 400_000
WITHIN = 0.05


def times(law: Law, luck: np.random.Generator) -> NDArray[np.float64]:
    match law:
        case Fixed():
            return np.full(SHIPMENTS, law.value)
        case Uniform():
            return luck.uniform(law.low, law.high, SHIPMENTS)
        case Triangular():
            return luck.triangular(law.low, law.mode, law.high, SHIPMENTS)
        case Gamma():
            scale = (law.cv * law.mean) ** 2 / (law.mean - law.low)
            return law.low + luck.gamma((law.mean - law.low) / scale, scale, SHIPMENTS)
        case Lognormal():
            sigma = math.sqrt(math.log1p((law.cv * law.mean / (law.mean - law.low)) ** 2))
            return law.low + luck.lognormal(math.log(law.mean - law.low) - sigma**2 / 2, sigma, SHIPMENTS)
        case Discrete():
            return luck.choice(law.values, SHIPMENTS, p=law.chances or None)
        case Percentiles():
            return luck.lognormal(math.log(law.usual), math.log(law.bad / law.usual) / 1.6448536269514722, SHIPMENTS)
        case _:
            return np.full(SHIPMENTS, law)


def door_to_shelf(scenario: Scenario, name: str) -> NDArray[np.float64]:
    """Days from the factory gate to the shelf, queues aside."""
    luck = np.random.default_rng(7)
    lane = scenario.lane[name]
    total = np.zeros(SHIPMENTS)
    if lane.departs is not None:
        blank = luck.geometric(1 - lane.departs.cancelled, SHIPMENTS) - 1
        total += luck.uniform(0, lane.departs.every_days, SHIPMENTS) + lane.departs.every_days * blank
    for leg in lane.legs:
        if leg.days is not None:
            total += times(leg.days, luck)
        if leg.late is not None:
            total += times(leg.late.days, luck) * (luck.random(SHIPMENTS) < leg.late.chance)
        if leg.post is not None:
            post = scenario.customs[leg.post]
            total += times(post.clear_days, luck)
            kind = luck.random(SHIPMENTS)
            for inspection in post.inspections:
                total += times(inspection.days, luck) * ((kind >= 0) & (kind < inspection.chance))
                kind -= inspection.chance
    return total


@pytest.mark.parametrize(
    ("world", "lane", "mean", "late"),
    [
        ("black-friday", "sea", 38, 55),
        ("black-friday", "air", 8, 13),
        ("gift-shop", "air", 8, 13),
    ],
)
def test_published_times_are_met(world: str, lane: str, mean: float, late: float) -> None:
    days = door_to_shelf(read_scenario(world), lane)
    assert days.mean() == pytest.approx(mean, rel=WITHIN)
    assert np.quantile(days, 0.95) == pytest.approx(late, rel=WITHIN)
