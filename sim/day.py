"""The clock: slots of whole minutes, and the order of what happens inside one, written once, here."""

from collections.abc import Callable, Generator, Mapping
from dataclasses import dataclass
from enum import IntEnum

import simpy
from simpy.events import Event

from scenarios.schema import MINUTES_PER_DAY


class Phase(IntEnum):
    """What happens in a slot, in this order. The value is the SimPy priority: lower runs first at the same minute.

    SimPy's own events (a shipment that lands, a desk that frees) have priorities 0 and 1, so whatever physically
    happened by the slot's minute is over before the slot begins.
    """

    RECEIVE = 10
    SELL = 20
    EXPIRE = 30
    WATCH = 40
    REVIEW = 50
    SHIP = 60
    RECORD = 70


class PhaseEvent(Event):
    """An event at a given minute with a phase's priority."""

    def __init__(self, env: simpy.Environment, minute: int, phase: Phase) -> None:
        super().__init__(env)
        self._ok = True
        self._value = None
        env.schedule(self, priority=phase, delay=minute - env.now)  # type: ignore[arg-type]


@dataclass(frozen=True)
class Clock:
    """Days, slots and minutes of one world. Day 0 is the first day played."""

    days: int
    slots_per_day: int

    @property
    def slots(self) -> int:
        """Slots played."""
        return self.days * self.slots_per_day

    @property
    def slot_minutes(self) -> int:
        """Length of a slot."""
        return MINUTES_PER_DAY // self.slots_per_day

    def day(self, slot: int) -> int:
        """The day of a slot."""
        return slot // self.slots_per_day

    def opens_day(self, slot: int) -> bool:
        """Whether a slot is the first of its day."""
        return slot % self.slots_per_day == 0

    def closes_day(self, slot: int) -> bool:
        """Whether a slot is the last of its day."""
        return (slot + 1) % self.slots_per_day == 0


def days_minutes(days: float) -> int:
    """Whole minutes of a time in days."""
    return round(days * MINUTES_PER_DAY)


def pass_time(
    env: simpy.Environment, clock: Clock, handlers: Mapping[Phase, Callable[[int], None]]
) -> Generator[Event, None, None]:
    """The process that carries a world through its slots: at each, every handled phase in the order of `Phase`."""
    used = sorted(handlers)
    for slot in range(clock.slots):
        for phase in used:
            yield PhaseEvent(env, slot * clock.slot_minutes, phase)
            handlers[phase](slot)
