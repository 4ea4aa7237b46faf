"""Goods that may be sold for some days, the day they came included (T16: EX1, EX2); Poisson or any demand, in days.

What is left when the last of these days ends is gone before the day's order is placed.
"""

from dataclasses import dataclass

import numpy as np

from tests.theory.exact.chances import Chances, at_most, excess, mean, room, total
from tests.theory.exact.min_max import stationary_law


@dataclass(frozen=True)
class LotRow:
    """One lot that is never followed by another."""

    sold: float
    expired: float
    any_expires: float  # chance
    unit_days: float  # on hand at the ends of days, the last of which leaves nothing


@dataclass(frozen=True)
class TwoDaysRow:
    """A daily order up to a level of goods that live two days; all a day."""

    expired: float
    sold: float
    ordered: float
    fill: float  # share of units
    on_hand: float  # units at the end of a day


def one_lot(day: Chances, units: int, life_days: int) -> LotRow:
    """The row of a lot that came before the first day's sales."""
    wanted = total(day, life_days)
    expired = room(wanted, units)
    return LotRow(
        sold=units - expired,
        expired=expired,
        any_expires=at_most(wanted, units - 1),
        unit_days=sum(room(total(day, days), units) for days in range(1, life_days)),
    )


def two_days(day: Chances, level: int) -> TwoDaysRow:
    """Ordered up to a level when a day ends, there the next morning, sold for two days, the oldest first.

    The state is what is left of yesterday's goods in the morning; what is not there is lost.
    """
    moves = np.zeros((level + 1, level + 1))
    expired, left = np.zeros(level + 1), np.zeros(level + 1)
    for old in range(level + 1):
        for wanted, chance in enumerate(day):
            kept = min(max(level - wanted, 0), level - old)  # of the goods that came today
            moves[old, kept] += chance
            expired[old] += chance * max(old - wanted, 0)
            left[old] += chance * kept
    stationary = stationary_law(moves)
    gone, kept = float(stationary @ expired), float(stationary @ left)
    sold = mean(day) - excess(day, level)
    return TwoDaysRow(gone, sold, sold + gone, sold / mean(day), kept)
