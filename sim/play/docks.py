"""A warehouse's door: appointments, unloading, putting away."""

import simpy

from scenarios.schema import MINUTES_PER_DAY
from sim.play.queues import Queue
from sim.world.sample import World


class Docks:
    """The doors of every warehouse, for one batch."""

    def __init__(self, env: simpy.Environment, world: World, counted: tuple[int, int]) -> None:
        network, runs = world.network, range(len(world.runs))
        self._env, self._names = env, network.warehouses
        self._passages = [world.passage.docks[name] for name in network.warehouses]
        self._rates = [part.dock_units_per_day for part in network.warehouse_parts]
        self._given = [part.appointments_per_day for part in network.warehouse_parts]
        self.queues = {
            name: [Queue(1, pace=passage.pace, counted=counted) for _ in runs]
            for name, passage, rate in zip(self._names, self._passages, self._rates, strict=True)
            if rate is not None
        }
        self._appointments = {
            name: [Queue(1, pace=passage.pace) for _ in runs]
            for name, passage, given in zip(self._names, self._passages, self._given, strict=True)
            if given is not None
        }

    def receive(self, warehouse: int, run: int, units: int) -> tuple[int, int]:
        """When unloading of a shipment that is at the door now begins, and when all of it is on the shelf."""
        name, passage = self._names[warehouse], self._passages[warehouse]
        begin = int(self._env.now)
        if (given := self._given[warehouse]) is not None:
            begin = self._appointments[name][run].serve(begin, MINUTES_PER_DAY / given)[0]
        begin = end = passage.pace.opens(begin)
        if (rate := self._rates[warehouse]) is not None:
            begin, end = self.queues[name][run].serve(begin, units / rate * MINUTES_PER_DAY)
        return begin, end if passage.put_away is None else passage.shelved(run, end)
