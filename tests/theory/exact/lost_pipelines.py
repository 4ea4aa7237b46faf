"""One-for-one replenishment where unmet demand is lost, in days (T05: Erlang B), for two laws of the lead.

What one day sold is ordered when it ends, as one shipment, and sells again from day d + 1 + L. A lead that is fixed
needs to remember the orders of L days; a geometric one (on 1, 2, ...) has no memory, and the sizes of the shipments
under way are all there is to know. The states of a day are these orders on its morning, after receipts.
"""

from collections import Counter
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from itertools import product
from math import comb, prod

import numpy as np
from scipy.sparse import csr_array

from tests.theory.exact.chances import Chances, mean

State = tuple[int, ...]
"""Sizes of the orders under way."""
Following = Callable[[State, int], Iterator[tuple[State, float]]]
"""The states of the next morning and their chances, for what a day sold."""
SETTLED = 1e-14


@dataclass(frozen=True)
class LostRow:
    """What a case is asked for."""

    lost: float  # share of units
    on_hand: float  # units at the end of a day
    on_order: float  # units at the end of a day, after the review


def fixed_lead(day: Chances, lead_days: int, level: int) -> LostRow:
    """The row for a lead of so many days, at least one."""
    return _row(day, level, (0,) * lead_days, lambda state, sold: iter([((*state[1:], sold), 1.0)]))


def geometric_lead(day: Chances, lead_mean: float, level: int) -> LostRow:
    """The row for a geometric lead of a mean in days."""
    return _row(day, level, (), lambda state, sold: _some_came(state, sold, 1 / lead_mean))


def erlang_b(level: int, offered: float) -> float:
    """The lost share in continuous time, for any law of the lead; `offered` is the demand of a mean lead time."""
    lost = 1.0
    for servers in range(1, level + 1):
        lost = offered * lost / (servers + offered * lost)
    return lost


def _some_came(state: State, sold: int, comes: float) -> Iterator[tuple[State, float]]:
    """What was under way comes shipment by shipment; what was ordered last night does not come yet."""
    sizes = sorted(Counter(state).items())
    for left in product(*(range(count + 1) for _, count in sizes)):
        pairs = list(zip(sizes, left, strict=True))
        chance = prod(comb(n, k) * (1 - comes) ** k * comes ** (n - k) for (_, n), k in pairs)
        stays = [size for (size, _), k in pairs for _ in range(k)]
        yield tuple(sorted([*stays, sold] if sold else stays)), chance


def _row(day: Chances, level: int, first: State, following: Following) -> LostRow:
    """Walk through all states that follow the first, and settle the chain."""
    places, states = {first: 0}, [first]
    sold: list[float] = []
    moves: list[tuple[int, int, float]] = []
    for state in states:  # grows meanwhile
        room = level - sum(state)
        law = np.append(day[:room], 1 - day[:room].sum())  # of what is sold
        sold.append(float(law @ np.arange(len(law))))
        for units, chance in enumerate(law):
            for after, share in following(state, units):
                if after not in places:
                    places[after] = len(states)
                    states.append(after)
                moves.append((places[after], places[state], chance * share))
    targets, sources, chances = zip(*moves, strict=True)
    stationary = _settled(csr_array((chances, (targets, sources)), shape=(len(states), len(states))))
    delivered = float(stationary @ sold)
    away = float(stationary @ [sum(state) for state in states]) + delivered
    return LostRow(1 - delivered / mean(day), level - away, away)


def _settled(moves: csr_array) -> Chances:
    law = np.full(moves.shape[0], 1 / moves.shape[0])
    while np.abs((after := moves @ law) - law).sum() > SETTLED:
        law = after
    return after / after.sum()
