"""How busy factories, customs posts and docks were, and how long every shipment took."""

from array import array
from collections.abc import Mapping, Sequence

import numpy as np
from numpy.typing import NDArray

from scenarios.schema import MINUTES_PER_DAY
from sim.play.journey import Journeys
from sim.play.orders import NO_FACTORY
from sim.play.queues import Queue
from sim.world.sample import World

FloatArray = NDArray[np.float64]


def uses(world: World, journeys: Journeys) -> dict[str, FloatArray]:
    """Share of working time in use on scored days, by its name in the record: [run, supplier], [run, post] and
    [run, warehouse]; 0 where nothing is limited."""
    network, runs = world.network, len(world.runs)
    places = {
        "line_use": (sorted(network.scenario.supplier), journeys.factories.lines),
        "desk_use": (network.posts, journeys.customs.desks),
        "dock_use": (network.warehouses, journeys.docks.queues),
    }
    return {name: _use(runs, names, queues) for name, (names, queues) in places.items()}


def _use(runs: int, names: Sequence[str], queues: Mapping[str, Sequence[Queue]]) -> FloatArray:
    use = np.zeros((runs, len(names)))
    for name, of_runs in queues.items():
        use[:, names.index(name)] = [queue.use for queue in of_runs]
    return use


def transit(world: World, journeys: Journeys) -> Mapping[str, FloatArray]:
    """By way, [shipment, column]: replication, scored day of order, days in each stage; NaN for stages not passed."""
    network = world.network
    stages = [len(way.stages) for way in network.ways]
    cells = [array("d") for _ in network.ways]
    for order in journeys.sent:
        day = (order.placed - (order.factory != NO_FACTORY)) // MINUTES_PER_DAY - network.scored_from
        if day >= 0:
            missing = stages[order.lane] - len(order.stamps)
            cells[order.lane].extend((world.runs[order.run], day, order.placed, *order.stamps, *[np.nan] * missing))
    tables = {}
    for way, count, stamped in zip(network.ways, stages, cells, strict=True):
        table = np.array(stamped).reshape(-1, 3 + count)
        tables[way.name] = np.hstack([table[:, :2], np.diff(table[:, 2:], axis=1) / MINUTES_PER_DAY])
    return tables
