"""How busy factories, customs posts and docks were, and how long every shipment took."""

from collections.abc import Mapping, Sequence

import numpy as np
from numpy.typing import NDArray

from scenarios.schema import MINUTES_PER_DAY
from sim.play.journey import NO_FACTORY, Journeys
from sim.play.queues import Queue
from sim.world.sample import World
from sim.world.supply.posts import opening_days

FloatArray = NDArray[np.float64]


def line_use(world: World, journeys: Journeys) -> FloatArray:
    """Share of factory line time in use on scored working days, [run, supplier]."""
    names = sorted(world.network.scenario.supplier)
    use = np.zeros((len(world.runs), len(names)))
    for name, queues in journeys.factories.lines.items():
        pace = journeys.factories.passages[name].pace
        use[:, names.index(name)] = _use(world, queues, float(pace.factors[world.network.scored_from :].sum()))
    return use


def desk_use(world: World, journeys: Journeys) -> FloatArray:
    """Share of desk time in use on scored working days, [run, post]."""
    network = world.network
    use = np.zeros((len(world.runs), len(network.posts)))
    for name, queues in journeys.customs.desks.items():
        for queue in queues:
            queue.serve_others(network.clock.days * MINUTES_PER_DAY)
        opens = opening_days(network, name)[network.scored_from :]
        working = np.count_nonzero(opens == np.arange(network.scored_from, network.clock.days))
        use[:, network.posts.index(name)] = _use(world, queues, float(working))
    return use


def dock_use(world: World, journeys: Journeys) -> FloatArray:
    """Share of dock time in use on scored days, [run, warehouse]."""
    use = np.zeros((len(world.runs), len(world.network.warehouses)))
    for place, queues in enumerate(journeys.docks.queues):
        if journeys.docks.rates[place] is not None:
            pace = journeys.docks.passages[place].pace
            use[:, place] = _use(world, queues, float(pace.factors[world.network.scored_from :].sum()))
    return use


def _use(world: World, queues: Sequence[Queue], days: float) -> FloatArray:
    """Work done over the work that fits into so many days, [run]."""
    return np.array([queue.worked / max(queue.servers * days * MINUTES_PER_DAY, 1.0) for queue in queues])


def transit(world: World, journeys: Journeys) -> Mapping[str, FloatArray]:
    """By way, [shipment, column]: replication, scored day of order, days in each stage; NaN for stages not passed."""
    network = world.network
    stages = [len(way.stages) for way in network.ways]
    rows: list[list[list[float]]] = [[] for _ in network.ways]
    for order in journeys.sent:
        day = (order.placed - (order.factory != NO_FACTORY)) // MINUTES_PER_DAY - network.scored_from
        if day >= 0:
            missing = stages[order.lane] - len(order.stamps)
            rows[order.lane].append([world.runs[order.run], day, order.placed, *order.stamps, *[np.nan] * missing])
    tables = {}
    for way, count, stamped in zip(network.ways, stages, rows, strict=True):
        table = np.array(stamped, np.float64).reshape(-1, 3 + count)
        tables[way.name] = np.hstack([table[:, :2], np.diff(table[:, 2:], axis=1) / MINUTES_PER_DAY])
    return tables
