"""Tables of luck for journeys, drawn whole before anybody orders: one row a replication, from a stream of its own."""

from collections.abc import Callable, Sequence

import numpy as np
from numpy.typing import NDArray

from scenarios.schema import MINUTES_PER_DAY, Law
from sim.luck import Luck
from sim.world import laws
from sim.world.network import Network

BoolArray = NDArray[np.bool_]
FloatArray = NDArray[np.float64]
IntArray = NDArray[np.int64]
NEVER = np.iinfo(np.int64).max // 4
"""A day or minute beyond every horizon."""


class Tables:
    """Draws [run, day] tables of named streams."""

    def __init__(self, network: Network, luck: Luck, runs: Sequence[int]) -> None:
        self.network, self.luck, self.runs = network, luck, runs
        self.days = network.clock.days

    def rows(self, size: int, draw: Callable[[np.random.Generator], NDArray[np.generic]], *name: str) -> FloatArray:
        """One row of `size` values a replication, from the stream of this name."""
        rows = np.empty((len(self.runs), size))
        for i, run in enumerate(self.runs):
            rows[i] = draw(self.luck.stream(run, *name))
        return rows

    def values(self, law: Law, size: int, *name: str) -> FloatArray:
        """Values of a law, [run, size]."""
        return self.rows(size, lambda stream: laws.draws(law, stream, size), *name)

    def minutes(self, law: Law, size: int, *name: str) -> IntArray:
        """Whole minutes of a law in days, [run, size]."""
        return whole_minutes(self.values(law, size, *name))

    def happens(self, chance: float | FloatArray, size: int, *name: str) -> BoolArray:
        """Whether something with a chance, one number or [size], happens, [run, size]."""
        return np.asarray(self.rows(size, lambda stream: stream.random(size), *name) < chance)


def whole_minutes(days: FloatArray) -> IntArray:
    """Whole minutes of times in days."""
    return np.rint(days * MINUTES_PER_DAY).astype(np.int64)
