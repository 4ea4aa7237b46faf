"""What is on order at a shelf that orders one for one, when every unit that leaves it is ordered as its day ends.

The units of a day are one shipment with one lead L, which sells from day d + 1 + L. A lead that is fixed needs to
remember the orders of L days; a geometric one (on 1, 2, ...) has no memory, and sizes are all there is to know. A state
is what is under way in the morning, after receipts.
"""

from collections import Counter
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from itertools import product
from math import comb, prod

import numpy as np
from numpy.typing import NDArray
from scipy.sparse import csr_array

State = tuple[int, ...]
"""Sizes of the orders under way."""
Following = Callable[[State, int], Iterator[tuple[State, float]]]
"""The states of the next morning and their chances, for what a day ordered."""


@dataclass(frozen=True)
class Pipeline:
    """How what is under way changes from morning to morning."""

    level: int
    away: NDArray[np.int64]  # [state] units under way
    moves: csr_array  # [state x (level + 1) + units ordered, state after] chances

    @property
    def room(self) -> NDArray[np.int64]:
        """Units on the shelf in the morning, [state]."""
        return np.asarray(self.level - self.away)


def fixed_pipeline(lead_days: int, level: int) -> Pipeline:
    """For a lead of so many days, at least one."""
    return _pipeline(level, (0,) * lead_days, lambda state, units: iter([((*state[1:], units), 1.0)]))


def geometric_pipeline(lead_mean: float, level: int) -> Pipeline:
    """For a geometric lead of a mean in days."""
    return _pipeline(level, (), lambda state, units: _some_came(state, units, 1 / lead_mean))


def _pipeline(level: int, first: State, following: Following) -> Pipeline:
    """Walk through all states that follow the first."""
    places, states = {first: 0}, [first]
    rows: list[tuple[int, int, float]] = []
    for state in states:  # grows meanwhile
        for units in range(level - sum(state) + 1):
            for after, chance in following(state, units):
                if after not in places:
                    places[after] = len(states)
                    states.append(after)
                rows.append((places[state] * (level + 1) + units, places[after], chance))
    sources, targets, chances = zip(*rows, strict=True)
    shape = (len(states) * (level + 1), len(states))
    return Pipeline(level, np.array([sum(state) for state in states]), csr_array((chances, (sources, targets)), shape))


def _some_came(state: State, ordered: int, comes: float) -> Iterator[tuple[State, float]]:
    """What was under way comes shipment by shipment; what was ordered last night does not come yet."""
    sizes = sorted(Counter(state).items())
    for left in product(*(range(count + 1) for _, count in sizes)):
        pairs = list(zip(sizes, left, strict=True))
        chance = prod(comb(n, k) * (1 - comes) ** k * comes ** (n - k) for (_, n), k in pairs)
        stays = [size for (size, _), k in pairs for _ in range(k)]
        yield tuple(sorted([*stays, ordered] if ordered else stays)), chance
