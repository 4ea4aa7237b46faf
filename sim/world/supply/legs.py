"""How long each leg takes, departure by departure, and what troubles add to it."""

from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from scenarios.schema import MINUTES_PER_DAY, Leg
from sim.world import laws
from sim.world.supply.tables import Tables
from sim.world.supply.troubles import lane_troubles
from sim.world.supply.ways import Way

FloatArray = NDArray[np.float64]
IntArray = NDArray[np.int64]


@dataclass(frozen=True)
class LegPassage:
    """What a lane's shipments meet on one leg."""

    minutes: IntArray  # [run, departure]
    times: FloatArray | None  # [day] of entry: how many times as long it takes; None where never
    more: IntArray | None  # [run, day] of entry: minutes besides

    def through(self, run: int, departure: int, at: int) -> int:
        """When a shipment that enters the leg at a minute leaves it."""
        minutes = self.minutes.item(run, departure)
        if self.times is None and self.more is None:
            return at + minutes
        day = at // MINUTES_PER_DAY
        if self.times is not None and day < len(self.times):
            minutes = round(minutes * self.times.item(day))
        if self.more is not None and day < self.more.shape[1]:
            minutes += self.more.item(run, day)
        return at + minutes


def leg(tables: Tables, way: Way, part: Leg, departures: int) -> LegPassage:
    """Draw one leg of a lane, lateness and troubles included."""
    name, network = (way.lane, part.name), tables.network
    minutes = tables.minutes(part.days if part.days is not None else 0.0, departures, "leg", *name)
    if part.late is not None:
        befalls = tables.happens(part.late.chance, departures, "late chance", *name)
        minutes += np.where(befalls, tables.minutes(part.late.days, departures, "late days", *name), 0)
    times = np.ones(tables.days)
    more: IntArray | None = None
    for disruption, trouble in lane_troubles(network, way, part.name):
        times[network.window(disruption.on, disruption.days)] *= trouble.times
        if laws.mean(trouble.adds_days) > 0:
            added = tables.minutes(trouble.adds_days, tables.days, "disruption", disruption.name, "days", *name)
            added *= network.within(disruption.on, disruption.days)
            more = added if more is None else more + added
    return LegPassage(minutes, None if (times == 1.0).all() else times, more)
