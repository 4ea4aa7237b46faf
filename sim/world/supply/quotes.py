"""What a forwarder would quote for each lane: mean lead time, its spread, and the landed cost of a unit."""

import math
from collections.abc import Callable, Iterator
from functools import cache

import numpy as np
from numpy.typing import NDArray

from policies.protocol import LaneFacts
from scenarios.schema import MINUTES_PER_DAY, Supplier
from sim.day import days_minutes
from sim.world import laws
from sim.world.network import Network, still
from sim.world.supply.factories import factory_pace
from sim.world.supply.landed import LandedCost
from sim.world.supply.moments import departure_moments, leg_moments
from sim.world.supply.pace import Pace
from sim.world.supply.ways import Way, production

FloatArray = NDArray[np.float64]


def lanes_into(network: Network, warehouse: str) -> tuple[LaneFacts, ...]:
    """The facts of every way by which a warehouse orders, in the order of their names."""
    ways = [way for way in network.ways if way.part.to == warehouse]
    return tuple(lane_facts(network, way) for way in ways if way.start is None or way.part.replenishes)


def lanes_out(network: Network, warehouse: str) -> tuple[LaneFacts, ...]:
    """The facts of every lane by which a playbook may move what a warehouse has, in the order of their names."""
    ways = [way for way in network.ways if way.start == warehouse]
    return tuple(lane_facts(network, way) for way in ways if not way.part.replenishes)


def lane_facts(network: Network, way: Way) -> LaneFacts:
    """The facts of one way. Queues, seasons and closures are not in the mean; closed weekdays count by their hold."""
    stages = list(_haul_moments(network, way))
    haul = sum(mean for mean, _ in stages)
    make = max((_make_days(network, name, way.rush) for name in way.makers), default=0.0)
    spread = max((_make_variance(network.scenario.supplier[name], way.rush) for name in way.makers), default=0.0)
    return LaneFacts(
        name=way.name,
        lead_days=make + haul,
        haul_days=haul,
        spread_days=math.sqrt(spread + sum(variance for _, variance in stages)),
        landed_cost=still(LandedCost(network, way)(0.0, 0) + landed_at_start(network, way)),
        at_least=still(way.at_least.copy()),
        pack=still(way.pack.copy()),
        carries=still(way.carries & ~_bought_in(network, way.part.to) & ~_bought_in(network, way.start)),
        start=way.start,
    )


def _bought_in(network: Network, warehouse: str | None) -> NDArray[np.bool_]:
    """What a warehouse buys when it is ordered, and so neither orders nor passes on, [sku]."""
    if warehouse is None:
        return np.zeros(len(network.skus), bool)
    return np.asarray(network.bought_in[network.warehouses.index(warehouse)])


def cheapest_landed(network: Network, warehouse: str) -> FloatArray:
    """The least landed cost of a unit in a warehouse, [sku]; 0 where no lane brings it."""
    costs = [np.where(lane.carries, lane.landed_cost, np.inf) for lane in lanes_into(network, warehouse)]
    cheapest = np.min([*costs, np.full(len(network.skus), np.inf)], axis=0)
    return np.asarray(np.where(np.isfinite(cheapest), cheapest, 0.0))


def landed_at_start(network: Network, way: Way) -> FloatArray | float:
    """What a unit that another warehouse supplies has cost until it was there, [sku]."""
    return cheapest_landed(network, way.start) if way.start is not None and way.part.replenishes else 0.0


# --- lead times -------------------------------------------------------------------------------------------------


def planned_lead(network: Network, way: Way) -> Callable[[int], float]:
    """The lead time in days that is planned for an order of a day, closures of its factories included."""
    haul = sum(mean for mean, _ in _haul_moments(network, way))
    paces = [factory_pace(network, name, troubles=False) for name in way.makers]
    makers = [(_make_days(network, name, way.rush), pace) for name, pace in zip(way.makers, paces, strict=True)]
    usual = max((make for make, _ in makers), default=0.0) + haul
    if all(pace.always for pace in paces):
        return lambda day: usual

    @cache
    def lead(day: int) -> float:
        placed = (day + 1) * MINUTES_PER_DAY
        return max(_days(pace, placed, make) for make, pace in makers) + haul

    return lead


def _days(pace: Pace, at: int, work: float) -> float:
    return (pace.finish(at, days_minutes(work)) - at) / MINUTES_PER_DAY


def _make_days(network: Network, name: str, rush: bool) -> float:
    """Mean working days until an order of a factory is made."""
    part = network.scenario.supplier[name]
    late = 0.0 if part.late is None else laws.mixture_moments(part.late.chance, part.late.days)[0]
    return part.start_up_days + laws.mean(production(part, rush)) + late


def _make_variance(part: Supplier, rush: bool) -> float:
    late = 0.0 if part.late is None else laws.mixture_moments(part.late.chance, part.late.days)[1]
    return laws.variance(production(part, rush)) + late


def _haul_moments(network: Network, way: Way) -> Iterator[tuple[float, float]]:
    """Mean and variance of every stage after production, in days."""
    lane = way.part
    if lane.departs is not None:
        yield departure_moments(lane.departs)
    for leg in lane.legs:
        yield from leg_moments(network, lane, leg)
    put_away = network.scenario.warehouse[lane.to].put_away_days
    yield laws.mean(put_away), laws.variance(put_away)
