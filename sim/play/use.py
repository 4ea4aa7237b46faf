"""How busy customs posts and docks were."""

import numpy as np
from numpy.typing import NDArray

from scenarios.schema import MINUTES_PER_DAY
from sim.play.journey import Journeys
from sim.world.passage import opening_days
from sim.world.sample import World

FloatArray = NDArray[np.float64]


def desk_use(world: World, journeys: Journeys) -> FloatArray:
    """Share of desk time in use on scored working days, [run, post]."""
    use = np.zeros((len(world.runs), len(world.network.posts)))
    first = world.network.scored_from
    for name, minutes in journeys.desk_minutes.items():
        post = world.network.posts.index(name)
        others = world.passage.others[name].served[:, first:].sum(axis=-1) if name in world.passage.others else 0.0
        desks, open_days = journeys.desks[name][0].capacity, opening_days(world.network, name)[first:]
        working = np.count_nonzero(open_days == np.arange(first, world.network.clock.days))
        use[:, post] = (minutes / MINUTES_PER_DAY + others) / max(desks * working, 1)
    return use


def dock_use(world: World, journeys: Journeys) -> FloatArray:
    """Share of dock time in use on scored days, [run, warehouse]."""
    use = np.zeros((len(world.runs), len(world.network.warehouses)))
    for name, minutes in journeys.dock_minutes.items():
        use[:, world.network.warehouses.index(name)] = minutes / MINUTES_PER_DAY / world.network.scenario.days
    return use
