"""What goods meet at a warehouse's door: how fast it works from day to day, and how long putting away takes."""

from collections.abc import Mapping
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from scenarios.schema import MINUTES_PER_DAY
from sim.world.network import Network
from sim.world.supply.pace import Pace
from sim.world.supply.tables import Tables
from sim.world.supply.troubles import dock_troubles

IntArray = NDArray[np.int64]


@dataclass(frozen=True)
class DockPassage:
    """What comes to a warehouse on each day meets this."""

    pace: Pace
    put_away: IntArray | None  # [run, day] minutes from unloading to the shelf, at the usual pace; None for none

    def shelved(self, run: int, unloaded: int) -> int:
        """When goods that are unloaded at a minute are on the shelf."""
        at = self.pace.opens(unloaded)
        if self.put_away is None:
            return at
        return self.pace.finish(at, self.put_away.item(run, min(at // MINUTES_PER_DAY, self.put_away.shape[1] - 1)))


def docks(tables: Tables) -> Mapping[str, DockPassage]:
    """Every warehouse's door."""
    found = {}
    for name, part in zip(tables.network.warehouses, tables.network.warehouse_parts, strict=True):
        put_away = None if part.put_away_days == 0 else tables.minutes(part.put_away_days, tables.days, "shelf", name)
        found[name] = DockPassage(dock_pace(tables.network, name), put_away)
    return found


def dock_pace(network: Network, name: str) -> Pace:
    """How fast a warehouse unloads and puts away, day by day."""
    factors = 1.0 / network.monthly(network.scenario.warehouse[name].slower_months)
    for disruption, trouble in dock_troubles(network, name):
        factors[network.window(disruption.on, disruption.days)] *= 0.0 if trouble.closed else 1.0 / trouble.times
    return Pace(factors)
