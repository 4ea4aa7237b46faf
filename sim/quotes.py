"""What a forwarder would quote for each lane: mean lead time, its spread, and the landed cost of a unit."""

import math

import numpy as np

from policies.protocol import LaneFacts
from scenarios.schema import CustomsPost, Departures, Lane
from sim import laws
from sim.network import Network, money


def lanes_into(network: Network, warehouse: str) -> tuple[LaneFacts, ...]:
    """The facts of every lane into a warehouse, in the order of their names."""
    return tuple(lane_facts(network, name) for name in network.lanes if network.scenario.lane[name].to == warehouse)


def lane_facts(network: Network, name: str) -> LaneFacts:
    """The facts of one lane. Queues are not foreseen; closed days count by their mean hold."""
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
        landed_cost=freight_per_unit(network, lane) + duty * network.unit_cost,
        at_least=np.full(len(network.skus), supplier.order_at_least, np.int64),
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
    """Wait of goods that get ready at any time for a departure every T days, a share p of them cancelled."""
    every, cancelled = departs.every_days, departs.cancelled
    blanked = cancelled / (1 - cancelled)
    return every * (0.5 + blanked), every**2 * (1 / 12 + blanked / (1 - cancelled))


def _post_moments(post: CustomsPost) -> list[tuple[float, float]]:
    shut = len(post.closed_weekdays)
    hold = shut**2 / (2 * 7)
    return [
        (laws.mean(post.clear_days), laws.variance(post.clear_days)),
        (hold, shut**3 / (3 * 7) - hold**2),
        *(laws.mixture_moments(inspection.chance, inspection.days) for inspection in post.inspections),
    ]
