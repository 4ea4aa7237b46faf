"""What comes of units delivered, some time after: each unit by luck of its own, so that equal sales echo alike."""

from collections import defaultdict
from collections.abc import Mapping, Sequence
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from scenarios.schema import Law
from sim.luck import Luck, unit_uniforms
from sim.world.laws import chance_within
from sim.world.network import Network

IntArray = NDArray[np.int64]


@dataclass(frozen=True)
class Habit:
    """How often something comes of a unit, and how long after it was delivered."""

    share: float
    after_days: Law
    late_days: float = 0.0  # how much later it is for units delivered late


class Echo:
    """One kind of echo, such as returns: it sounds in the first slot that begins when a unit's time is over."""

    def __init__(
        self, network: Network, runs: Sequence[int], use: str, habits: Mapping[tuple[int, int], Habit]
    ) -> None:
        """`habits` by position of market and SKU, `use` the name of their luck."""
        luck, names = Luck(network.scenario.seed), (network.markets, network.skus)
        self.shape = (len(runs), len(network.markets), len(network.skus))
        self.out = np.zeros(self.shape, np.int64)  # [run, market, sku] units that are to echo, state
        self._slots = network.clock.slots
        self._chosen_by = luck.keys(runs, f"{use} or not", *names).ravel()
        self._timed_by = luck.keys(runs, f"{use} when", *names).ravel()
        self._due: dict[int, list[IntArray]] = defaultdict(list)  # by slot, cells of `out` with one entry a unit
        share, times = np.zeros(self.shape[1:]), np.zeros((2, *self.shape[1:]), np.int64)
        known: dict[tuple[Law, float], int] = {}
        for cell, habit in habits.items():
            share[cell] = habit.share
            for late, more in enumerate((0.0, habit.late_days)):
                times[(late, *cell)] = known.setdefault((habit.after_days, more), len(known))
        self._share = np.broadcast_to(share, self.shape).ravel()
        self._time = np.broadcast_to(times[:, None], (2, *self.shape)).reshape(2, -1)
        days = np.arange(self._slots + 1) / network.clock.slots_per_day
        # One row of chances after the other, each raised by its number, so that one search serves them all.
        rows = [row + chance_within(law, days - more) for row, (law, more) in enumerate(known)]
        self._chances = np.concatenate(rows)

    def deliver(self, slot: int, units: IntArray, late: IntArray | None = None) -> None:
        """Enter units delivered in a slot, [run, market, sku], and how many of them were late."""
        cells, number = single_units(units)
        chosen = unit_uniforms(self._chosen_by[cells], number, slot) < self._share[cells]
        cells, number = cells[chosen], number[chosen]
        row = self._time[0, cells]
        if late is not None:
            row = np.where(number < (units - late).ravel()[cells], row, self._time[1, cells])
        luck = row + unit_uniforms(self._timed_by[cells], number, slot)
        slots = np.searchsorted(self._chances, luck, side="right") - row * (self._slots + 1)
        self.out += counted(cells, self.shape)
        self._expect(slot + np.maximum(slots, 1), cells)

    def _expect(self, due: IntArray, cells: IntArray) -> None:
        """Note in which slot each unit echoes, as far as slots are played."""
        order = np.argsort(due, kind="stable")
        slots, first = np.unique(due[order], return_index=True)
        for slot, part in zip(slots.tolist(), np.split(cells[order], first[1:]), strict=False):
            if slot < self._slots:
                self._due[slot].append(part)

    def sound(self, slot: int) -> IntArray:
        """Units whose time is over by a slot's beginning, [run, market, sku]; asked once a slot."""
        due = self._due.pop(slot, None)
        if due is None:
            return np.zeros(self.shape, np.int64)
        units = counted(np.concatenate(due), self.shape)
        self.out -= units
        return units


def single_units(units: IntArray) -> tuple[IntArray, IntArray]:
    """One entry for every unit: the cell of the flattened array it stands in, and its number there."""
    held = units.ravel()
    cells = np.repeat(np.arange(held.size), held)
    first = np.cumsum(held) - held
    return cells, np.arange(cells.size) - first[cells]


def counted(cells: IntArray, shape: tuple[int, ...]) -> IntArray:
    """How many entries stand in each cell of an array of that shape."""
    return np.bincount(cells, minlength=int(np.prod(shape))).reshape(shape)
