"""Which troubles touch what, and how strongly, day by day."""

from collections.abc import Iterator

import numpy as np
from numpy.typing import NDArray

from scenarios.schema import EVERY, CustomsTrouble, Disruption, DockTrouble, FactoryTrouble, LaneTrouble
from sim.world.network import Network
from sim.world.supply.ways import Way

FloatArray = NDArray[np.float64]


def lane_troubles(network: Network, way: Way, leg: str | None = None) -> Iterator[tuple[Disruption, LaneTrouble]]:
    """The troubles of a lane, or of one of its legs."""
    for disruption in network.scenario.surprise.disruption:
        trouble = disruption.lane
        if trouble is not None and trouble.touches(way.lane, way.part) and (leg is None or trouble.is_on(leg)):
            yield disruption, trouble


def factory_troubles(network: Network, supplier: str) -> Iterator[tuple[Disruption, FactoryTrouble]]:
    """The troubles of a factory."""
    for disruption in network.scenario.surprise.disruption:
        if disruption.factory is not None and {EVERY, supplier} & set(disruption.factory.suppliers):
            yield disruption, disruption.factory


def customs_troubles(network: Network, post: str) -> Iterator[tuple[Disruption, CustomsTrouble]]:
    """The troubles of a customs post."""
    for disruption in network.scenario.surprise.disruption:
        if disruption.customs is not None and {EVERY, post} & set(disruption.customs.posts):
            yield disruption, disruption.customs


def dock_troubles(network: Network, warehouse: str) -> Iterator[tuple[Disruption, DockTrouble]]:
    """The troubles of a warehouse's door."""
    for disruption in network.scenario.surprise.disruption:
        if disruption.dock is not None and {EVERY, warehouse} & set(disruption.dock.warehouses):
            yield disruption, disruption.dock


def freight_by_day(network: Network, way: Way) -> FloatArray | None:
    """Factor on a lane's freight by day of departure, [day]; None where it is always 1."""
    factors = network.monthly(way.part.cost.months)
    for disruption, trouble in lane_troubles(network, way):
        factors[network.window(disruption.on, disruption.days)] *= trouble.freight
    return None if (factors == 1.0).all() else factors
