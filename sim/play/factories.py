"""Factories: production lines that orders share, and what passes inspection."""

import numpy as np
from numpy.typing import NDArray

from scenarios.schema import MINUTES_PER_DAY
from sim.luck import thinned
from sim.play.queues import Queue
from sim.world.sample import World

IntArray = NDArray[np.int64]


class Factories:
    """Every factory, for one batch."""

    def __init__(self, world: World, counted: tuple[int, int]) -> None:
        self.passages, runs = world.passage.factories, range(len(world.runs))
        self.parts = world.network.scenario.supplier
        self.inspecting = {name for name, passage in self.passages.items() if passage.good is not None}
        self.lines = {
            name: [Queue(1, pace=self.passages[name].pace, counted=counted) for _ in runs]
            for name, part in sorted(self.parts.items())
            if part.units_per_day is not None
        }

    def ready(self, factory: str, run: int, placed: int, rush: bool, units: int) -> int:
        """When an order placed at a minute is made; to be asked in the order of placing."""
        day = (placed - 1) // MINUTES_PER_DAY
        start, made = self.passages[factory].made(run, placed, day, rush)
        rate = self.parts[factory].units_per_day
        if rate is None:
            return made
        return max(made, self.lines[factory][run].serve(start, units / rate * MINUTES_PER_DAY)[1])

    def good(self, factory: str, run: int, placed: int, units: IntArray) -> IntArray:
        """Those of an order's units, [sku], that pass inspection."""
        passage, day = self.passages[factory], (placed - 1) // MINUTES_PER_DAY
        if passage.good is None or passage.good_keys is None:
            return units
        return thinned(units, passage.good.item(run, day), passage.good_keys[run], day)

    def turned_down(self, factory: str, run: int, placed: int) -> bool:
        """Whether a factory takes no order at a minute, since it is shut or booked up."""
        part, pace = self.parts[factory], self.passages[factory].pace
        day = min(placed // MINUTES_PER_DAY, len(pace.factors) - 1)
        if pace.factors[day] == 0:
            return True
        if part.booked_days is None or factory not in self.lines:
            return False
        ahead = pace.done(placed + self.lines[factory][run].wait(placed)) - pace.done(placed)
        return ahead >= part.booked_days * MINUTES_PER_DAY
