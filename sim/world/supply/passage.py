"""What every journey will meet, decided beforehand: production, sailings, legs, clearance, examinations, docks.

Each quantity is keyed by when it is met: production by the order's day, legs by the departure, customs and docks by
the day of arrival there. Two policies that order on different days still face the same sea.
"""

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from scenarios.schema import MINUTES_PER_DAY
from sim.luck import Luck
from sim.world.network import Network
from sim.world.supply.docks import DockPassage, docks
from sim.world.supply.factories import FactoryPassage, factories
from sim.world.supply.legs import LegPassage, leg
from sim.world.supply.posts import Others, PostPassage, others, post
from sim.world.supply.sailings import Sailings, first_day, sailings
from sim.world.supply.tables import NEVER, Tables
from sim.world.supply.troubles import freight_by_day
from sim.world.supply.ways import Way

FloatArray = NDArray[np.float64]


@dataclass(frozen=True)
class LanePassage:
    """What the shipments of a lane meet once they are made."""

    days: int
    sailings: Sailings | None  # None when goods leave at once
    legs: tuple[LegPassage | PostPassage, ...]
    freight: FloatArray | None  # [day] of departure: factor on the charges

    def departure(self, run: int, ready: int) -> tuple[int, int]:
        """When goods that are ready at a minute leave, and the number of that departure; NEVER beyond the horizon."""
        if self.sailings is None:
            return (ready, ready // MINUTES_PER_DAY) if ready < self.days * MINUTES_PER_DAY else (NEVER, 0)
        return self.departure_from(run, first_day(ready, self.sailings.cut_off))

    def departure_from(self, run: int, day: int) -> tuple[int, int]:
        """The next departure of a lane with a calendar from a day on."""
        if self.sailings is None or day >= self.days:
            return NEVER, 0
        goes = int(self.sailings.next[run, day])
        return (goes * MINUTES_PER_DAY, int(self.sailings.number[goes])) if goes < self.days else (NEVER, 0)

    def arrival(self, run: int, at: int, departure: int) -> int:
        """The minute at which goods that leave with a departure would reach the dock, were there no queue; or NEVER."""
        for part in self.legs:
            if at == NEVER:
                return NEVER
            at = part.through(run, at) if isinstance(part, PostPassage) else part.through(run, departure, at)
        return at


@dataclass(frozen=True)
class Passage:
    """The journeys' luck of some replications."""

    ways: tuple[Way, ...]
    factories: Mapping[str, FactoryPassage]
    lanes: tuple[LanePassage, ...]  # of each way; a hurried one meets what its lane meets
    others: Mapping[str, Others]  # by post with desks
    docks: Mapping[str, DockPassage]

    def arrivals(self, index: int, run: int) -> Iterator[int]:
        """For each day, the minute at which what is ordered at its review would be on the shelf without a queue.

        NEVER where it would not be.
        """
        way, lane = self.ways[index], self.lanes[index]
        makers, dock = [self.factories[name] for name in way.makers], self.docks[way.part.to]
        shelved = {(NEVER, 0): NEVER}
        for day in range(lane.days):
            placed = (day + 1) * MINUTES_PER_DAY
            ready = max((maker.made(run, placed, day, way.rush)[1] for maker in makers), default=placed)
            leaves = lane.departure(run, ready)
            # Many days wait for one ship, and all that leaves with it arrives together.
            if leaves not in shelved:
                at = lane.arrival(run, *leaves)
                shelved[leaves] = at if at == NEVER else dock.shelved(run, at)
            yield shelved[leaves]


def sample_passage(network: Network, luck: Luck, runs: Sequence[int]) -> Passage:
    """Draw the journeys' luck of the replications `runs`."""
    tables = Tables(network, luck, runs)
    by_lane = {way.lane: way for way in network.ways}
    drawn = {lane: _lane(tables, way) for lane, way in by_lane.items()}
    queued = [
        name for name, part in network.scenario.customs.items() if part.desks is not None and part.others_per_day > 0
    ]
    return Passage(
        ways=network.ways,
        factories=factories(tables),
        lanes=tuple(drawn[way.lane] for way in network.ways),
        others={name: others(tables, name) for name in queued},
        docks=docks(tables),
    )


def _lane(tables: Tables, way: Way) -> LanePassage:
    departs = way.part.departs
    calendar = None if departs is None else sailings(tables, way, departs)
    departures = tables.days if calendar is None else calendar.count
    return LanePassage(
        days=tables.days,
        sailings=calendar,
        legs=tuple(
            post(tables, way, part.post) if part.post is not None else leg(tables, way, part, departures)
            for part in way.part.legs
        ),
        freight=freight_by_day(tables.network, way),
    )
