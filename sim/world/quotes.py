"""What a forwarder would quote for each lane: mean lead time, its spread, and the landed cost of a unit."""

import math

import numpy as np

from policies.protocol import LaneFacts
from scenarios.schema import CustomsPost, Departures, Lane
from sim.world import laws
from sim.world.network import Network, money, still
from sim.world.passage import WEEKDAYS

LONGEST_GAP = 2_000
"""Cancellations in a row beyond which nothing is counted."""


def lanes_into(network: Network, warehouse: str) -> tuple[LaneFacts, ...]:
    """The facts of every lane into a warehouse, in the order of their names."""
    return tuple(lane_facts(network, name) for name in network.lanes if network.scenario.lane[name].to == warehouse)


def lane_facts(network: Network, name: str) -> LaneFacts:
    """The facts of one lane. Queues and dated closures are not foreseen; closed weekdays count by their mean hold."""
    scenario = network.scenario
    lane = scenario.lane[name]
    supplier = scenario.supplier[lane.source]
    stages = [*_haul_moments(network, lane)]
    haul = sum(mean for mean, _ in stages)
    spread = math.sqrt(laws.variance(supplier.make_days) + sum(variance for _, variance in stages))
    duty = sum(scenario.customs[leg.post].duty for leg in lane.legs if leg.post is not None)
    return LaneFacts(
        name=name,
        lead_days=laws.mean(supplier.make_days) + haul,
        haul_days=haul,
        spread_days=spread,
        landed_cost=still(freight_per_unit(network, lane) + duty * network.unit_cost),
        at_least=still(np.full(len(network.skus), supplier.order_at_least, np.int64)),
        pack=network.pack,
    )


def freight_per_unit(network: Network, lane: Lane) -> np.ndarray[tuple[int], np.dtype[np.float64]]:
    """Freight of one unit, [sku], the charge per shipment left out."""
    per_m3, per_kg = money(lane.cost.per_m3, network.scenario), money(lane.cost.per_kg, network.scenario)
    return per_m3 * network.volume_m3 + per_kg * network.weight_kg


def _haul_moments(network: Network, lane: Lane) -> list[tuple[float, float]]:
    """Mean and variance of every stage after production, in days."""
    moments = [] if lane.departs is None else [_departure_moments(lane.departs)]
    for leg in lane.legs:
        if leg.post is not None:
            moments += _post_moments(network.scenario.customs[leg.post])
        elif leg.days is not None:
            moments.append((laws.mean(leg.days), laws.variance(leg.days)))
            if leg.late is not None:
                moments.append(laws.mixture_moments(leg.late.chance, leg.late.days))
    return moments


def _departure_moments(departs: Departures) -> tuple[float, float]:
    """Mean and variance of the wait of goods that get ready at any time: the residual of a renewal process.

    Headways are 1, 2, ... times `every_days`, as departures are cancelled: E[W] = E[H^2] / 2E[H],
    E[W^2] = E[H^3] / 3E[H].
    """
    most = LONGEST_GAP if departs.cancelled_in_a_row is None else departs.cancelled_in_a_row
    gaps = np.arange(1, most + 2)
    chances = departs.cancelled ** (gaps - 1.0) * np.where(gaps <= most, 1 - departs.cancelled, 1.0)
    first, second, third = (float((chances * (gaps * departs.every_days) ** power).sum()) for power in (1, 2, 3))
    mean = second / (2 * first)
    return mean, third / (3 * first) - mean**2


def _post_moments(post: CustomsPost) -> list[tuple[float, float]]:
    open_days = [day for day, name in enumerate(WEEKDAYS) if name not in post.closed_weekdays]
    until = [min((open_day - day) % 7 for open_day in open_days) for day in range(7)]
    mean = sum(days - 0.5 for days in until if days) / 7
    square = sum(days**2 - days + 1 / 3 for days in until if days) / 7
    return [
        (laws.mean(post.clear_days), laws.variance(post.clear_days)),
        (mean, square - mean**2),
        *(laws.mixture_moments(inspection.chance, inspection.days) for inspection in post.inspections),
    ]
