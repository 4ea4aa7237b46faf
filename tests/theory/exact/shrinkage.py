"""One for one where unmet demand is lost and every unit on the shelf may be gone when its day ends (T16: EX3), in days.

What a day sold and what it lost is ordered when it ends.
"""

from dataclasses import dataclass

import numpy as np
from scipy.sparse import csr_array
from scipy.special import comb

from tests.theory.exact.chances import Chances, mean
from tests.theory.exact.pipelines import Pipeline

SETTLED = 1e-14


@dataclass(frozen=True)
class ShrinkageRow:
    """What a case is asked for."""

    on_hand: float  # units at the end of a day
    lost: float  # share of units wanted
    gone: float  # units a day


def shrinking(day: Chances, shelf: Pipeline, chance: float) -> ShrinkageRow:
    """The row of a case, for the law of one day's demand and the chance that a unit is gone by the end of a day."""
    leaves, sold, gone = _days(day, shelf.level, chance)
    laws, places = leaves[shelf.room], np.arange(shelf.moves.shape[0]) // (shelf.level + 1)
    chances = csr_array((laws.ravel(), (places, np.arange(len(places)))))
    moves = csr_array((chances @ shelf.moves).T)
    law, off = np.full(len(shelf.away), 1 / len(shelf.away)), np.inf
    while off > SETTLED:
        after = moves @ law
        law, off = after / after.sum(), float(np.abs(after - law).sum())
    sells, loses = float(law @ sold[shelf.room]), float(law @ gone[shelf.room])
    return ShrinkageRow(float(law @ shelf.room) - sells - loses, 1 - sells / mean(day), loses)


def shrinking_continuous(rate: float, level: int, lead: float, hazard: float) -> ShrinkageRow:
    """The same in continuous time, where the law of the lead does not matter: a chain of births and deaths."""
    stock = np.arange(level + 1)
    steps = (level - stock[:-1]) / lead / (rate + stock[1:] * hazard)
    law = np.append(1.0, np.cumprod(steps))
    law /= law.sum()
    on_hand = float(law @ stock)
    return ShrinkageRow(on_hand, float(law[0]), hazard * on_hand)


def _days(day: Chances, level: int, chance: float) -> tuple[Chances, Chances, Chances]:
    """For each room in the morning: the law of units that leave, [room, units], and units sold and gone, [room]."""
    leaves, sold, gone = np.zeros((level + 1, level + 1)), np.zeros(level + 1), np.zeros(level + 1)
    for morning in range(level + 1):
        sells = np.append(day[:morning], max(1 - day[:morning].sum(), 0.0))
        for units, share in enumerate(sells):
            left = morning - units
            lost = np.arange(left + 1)
            law = share * comb(left, lost) * chance**lost * (1 - chance) ** (left - lost)
            leaves[morning, units : morning + 1] += law
            sold[morning] += share * units
            gone[morning] += share * left * chance
    return leaves, sold, gone
