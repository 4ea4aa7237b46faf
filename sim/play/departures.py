"""Departures with limited room: who is ready first goes first; who finds too little room waits for the next."""

from dataclasses import dataclass

from scenarios.schema import MINUTES_PER_DAY
from sim.world.supply.passage import LanePassage
from sim.world.supply.sailings import first_day
from sim.world.supply.tables import NEVER

EDGE = 1e-9
"""[m3] Rounding noise of volumes."""


@dataclass
class _Booked:
    """The last departure goods were booked on."""

    day: int = -1
    left: float = 0.0  # m3


class Room:
    """The room that a lane's departures have for our goods, for one batch."""

    def __init__(self, room_m3: float, runs: int) -> None:
        self.room = room_m3
        self._booked = [_Booked() for _ in range(runs)]

    def departure(self, passage: LanePassage, run: int, ready: int, volume: float) -> tuple[int, int]:
        """When goods that are ready now leave, and the number of that departure; NEVER beyond the horizon."""
        booked = self._booked[run]
        cut_off = 0 if passage.sailings is None else passage.sailings.cut_off
        day = max(first_day(ready, cut_off), booked.day)
        while True:
            at, number = passage.departure_from(run, day)
            if at == NEVER:
                return NEVER, 0
            if at // MINUTES_PER_DAY != booked.day:
                booked.day, booked.left = at // MINUTES_PER_DAY, self.room
            if volume <= booked.left + EDGE:
                booked.left -= volume
                return at, number
            if volume > self.room:
                volume -= booked.left
                booked.left = 0.0
            day = booked.day + 1
