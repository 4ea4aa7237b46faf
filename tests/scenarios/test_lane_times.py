"""Shipped lanes take as long, door to shelf, as published transit times say."""

import math
from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np
import pytest
from numpy.typing import NDArray
from scipy.optimize import brentq

from scenarios.reader import read_scenario, shipped_worlds
from scenarios.schema import (
    CustomsPost,
    Departures,
    Discrete,
    Empirical,
    Fixed,
    Gamma,
    Inspection,
    Lane,
    Law,
    Lognormal,
    Percentiles,
    Scenario,
    Triangular,
    Uniform,
    Weibull,
)

FloatArray = NDArray[np.float64]
SHIPMENTS = 200_000
WITHIN = 0.05
WEEK = ("Mon", "Tue", "Wed", "Thu", "Fri", "Sat", "Sun")


@dataclass(frozen=True)
class Published:
    """What is known of a way: days on average, days that one in twenty exceeds, and of what."""

    mean: float
    late: float | None
    source: str
    leg: str | None = None  # of this leg alone, lateness included; of the way from door to shelf when None


US_WEST = Published(38, 55, "China to the US West Coast by sea: topwayshipping.com, topshipping.co")
US_EAST = Published(54, 75, "China to the US East Coast by sea: topwayshipping.com, topshipping.co")
BY_AIR = Published(8, 13, "by air: forestleopard.com, profithawk.io")
COURIER = Published(4, 7, "express courier: forestleopard.com, en.56ok.com")
AUSTRALIA = Published(15, None, "China to Australia, port to port: en-test.56ok.com", leg="ocean")
SUEZ = "China to Northern Europe, port to port by Suez: freightwaves.com, 2024-03-08"

PUBLISHED = {
    ("black-friday", "sea"): US_WEST,
    ("black-friday", "air"): BY_AIR,
    ("gift-shop", "sea"): Published(34, None, SUEZ, leg="ocean"),
    ("gift-shop", "air"): BY_AIR,
    ("viral-oring", "truck"): Published(
        8, None, "worked example: a purchasing cycle of 20 days, 12 of them production"
    ),
    ("viral-oring", "courier"): COURIER,
    ("apparel-by-air", "air"): Published(10, None, "worked example: 10 days by air"),
    ("livestream-clears-months", "sea"): US_WEST,
    ("livestream-clears-months", "air"): BY_AIR,
    ("account-ban-in-peak", "sea"): US_EAST,
    ("ad-balance-outage", "sea"): US_EAST,
    ("christmas-strip", "sea"): US_WEST,
    ("christmas-strip", "air"): BY_AIR,
    ("three-times-overstock", "air"): BY_AIR,
    ("vitamins-repeat", "to-seattle"): US_WEST,
    ("campaigns-below-plan", "to-seattle"): US_WEST,
    ("several-factories", "sea"): US_WEST,
    ("several-factories", "air"): BY_AIR,
    ("tariff-step", "sea"): US_WEST,
    ("tariff-step", "air"): BY_AIR,
    ("spring-festival", "sea"): US_WEST,
    ("spring-festival", "air"): BY_AIR,
    ("cape-detour", "sea"): Published(34, None, SUEZ, leg="suez"),
    ("cape-detour", "air"): BY_AIR,
    ("jewellery-three-warehouses", "air-usa"): BY_AIR,
    ("jewellery-three-warehouses", "air-uk"): BY_AIR,
    ("jewellery-three-warehouses", "air-germany"): BY_AIR,
    ("swimwear-us-au", "sea-usa"): US_WEST,
    ("swimwear-us-au", "sea-australia"): AUSTRALIA,
    ("swimwear-us-au", "air-usa"): BY_AIR,
    ("swimwear-us-au", "air-australia"): BY_AIR,
    ("bonded-and-direct", "sea"): AUSTRALIA,
    ("earbuds-presale", "air"): BY_AIR,
    ("earbuds-presale", "courier"): COURIER,
    ("hub-and-regional", "sea"): US_WEST,
    ("hub-and-regional", "sea-west"): US_WEST,
    ("hub-and-regional", "sea-east"): US_EAST,
}
"""By world and lane; a twin, and a world played otherwise, has the lanes of its world."""
UNPUBLISHED = {
    ("vitamins-repeat", "to-toronto"),
    ("campaigns-below-plan", "to-toronto"),
    ("hub-and-regional", "sea-south"),
    ("hub-and-regional", "truck-west"),
    ("hub-and-regional", "truck-south"),
    ("hub-and-regional", "truck-east"),
    ("bonded-and-direct", "truck"),
}
"""Ways for which no time was found: to a port of the West Coast and on by rail, and by road within a country."""


def of(law: Law, luck: np.random.Generator) -> FloatArray:
    """Values of a law, [shipment]."""
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
        case Weibull():
            square = 1 + (law.cv * law.mean / (law.mean - law.low)) ** 2
            shape = brentq(lambda k: math.gamma(1 + 2 / k) / math.gamma(1 + 1 / k) ** 2 - square, 0.1, 100)
            return law.low + luck.weibull(shape, SHIPMENTS) * (law.mean - law.low) / math.gamma(1 + 1 / shape)
        case Discrete():
            return luck.choice(law.values, SHIPMENTS, p=law.chances or None)
        case Empirical():
            return luck.choice(law.values, SHIPMENTS)
        case Percentiles():
            return luck.lognormal(math.log(law.usual), math.log(law.bad / law.usual) / 1.6448536269514722, SHIPMENTS)
        case float():
            return np.full(SHIPMENTS, law)
        case _:
            raise AssertionError(f"this sampler does not know {law}")


def door_to_shelf(scenario: Scenario, lane: Lane) -> FloatArray:
    """Days from the factory gate to the shelf, [shipment]: queues, holidays, peak months and troubles aside."""
    luck = np.random.default_rng(7)
    ready = luck.uniform(0, SHIPMENTS, SHIPMENTS)  # day 0 is a Monday
    at = ready if lane.departs is None else departed(lane.departs, ready, luck)
    for leg in lane.legs:
        if leg.days is not None:
            at = at + of(leg.days, luck)
        if leg.late is not None:
            at = at + of(leg.late.days, luck) * (luck.random(SHIPMENTS) < leg.late.chance)
        if leg.post is not None:
            at = released(scenario.customs[leg.post], lane.shares_box_with, at, luck)
    return at + of(scenario.warehouse[lane.to].put_away_days, luck) - ready


def departed(departs: Departures, ready: FloatArray, luck: np.random.Generator) -> FloatArray:
    """When goods leave that are ready at some time: on one long calendar, with the chances of usual weeks."""
    if departs.every_days is not None:
        calendar = np.arange(0, 2 * SHIPMENTS, departs.every_days)
    else:
        calendar = np.flatnonzero(np.resize([day in departs.weekdays for day in WEEK], 2 * SHIPMENTS))
    cancelled = luck.random(len(calendar)) < departs.cancelled
    if departs.cancelled_in_a_row is not None:
        in_a_row = 0
        for i in np.flatnonzero(cancelled):
            in_a_row = in_a_row + 1 if i and cancelled[i - 1] else 1
            cancelled[i] = in_a_row <= departs.cancelled_in_a_row
    goes = calendar[~cancelled & (luck.random(len(calendar)) >= departs.rolled)]
    return np.asarray(goes[np.searchsorted(goes, ready + departs.cut_off_days)], np.float64)


def released(post: CustomsPost, neighbours: int, at: FloatArray, luck: np.random.Generator) -> FloatArray:
    """When a post releases what comes at some time: opening days, clearance, its examination or a neighbour's."""
    shut = np.array([day in post.closed_weekdays for day in WEEK])
    for _ in WEEK:
        at = np.where(shut[np.floor(at).astype(int) % 7], np.floor(at) + 1, at)
    held = examined(post.inspections, luck)
    for _ in range(neighbours):
        held = np.maximum(held, examined(post.inspections, luck))
    return at + of(post.clear_days, luck) + held


def examined(inspections: Sequence[Inspection], luck: np.random.Generator) -> FloatArray:
    """Days that examinations hold a consignment, [shipment]: of one kind at first, perhaps then of the next."""
    days, kind, goes_on = np.zeros(SHIPMENTS), luck.random(SHIPMENTS), np.zeros(SHIPMENTS, bool)
    for inspection in inspections:
        this = goes_on | ((kind >= 0) & (kind < inspection.chance))
        days += of(inspection.days, luck) * this
        kind -= inspection.chance
        goes_on = this & (luck.random(SHIPMENTS) < inspection.escalates)
    return days


def lanes() -> list[tuple[str, str]]:
    """Every lane of every world that ships and claims to be real."""
    names = [name for name, _ in shipped_worlds() if not name.startswith("textbook-")]
    return [(name, lane) for name in names for lane in read_scenario(name).lane]


def key(world: str, lane: str) -> tuple[str, str]:
    return world.removesuffix("-twin").removesuffix("-bootstrap"), lane


def test_every_lane_has_a_published_time_or_is_known_to_have_none() -> None:
    assert {key(*lane) for lane in lanes()} == PUBLISHED.keys() | UNPUBLISHED


@pytest.mark.parametrize(("world", "name"), [lane for lane in lanes() if key(*lane) not in UNPUBLISHED])
def test_published_times_are_met(world: str, name: str) -> None:
    scenario, published = read_scenario(world), PUBLISHED[key(world, name)]
    lane = scenario.lane[name]
    if published.leg is not None:
        luck = np.random.default_rng(7)
        (leg,) = (leg for leg in lane.legs if leg.name == published.leg)
        days = of(leg.days or 0.0, luck)
        if leg.late is not None:
            days = days + of(leg.late.days, luck) * (luck.random(SHIPMENTS) < leg.late.chance)
    else:
        days = door_to_shelf(scenario, lane)
    assert days.mean() == pytest.approx(published.mean, rel=WITHIN), published.source
    if published.late is not None:
        assert np.quantile(days, 0.95) == pytest.approx(published.late, rel=WITHIN), published.source
