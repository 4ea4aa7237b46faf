"""Whole lots of Q at an order point r with full backlog and a fixed lead time (T04), in days and in continuous time.

A day that ends with a position of r or less orders the fewest lots that lift it above r. The position after ordering
moves as a number does on a clock of Q hours, so in the long run it is each of r + 1 .. r + Q equally often. What takes
L days sells from day d + 1 + L, so net stock at the end of a day is that position less the demand of L + 1 days.
"""

from dataclasses import dataclass

import numpy as np

from tests.theory.exact.chances import Chances, at_most, excess, mean, poisson, room, total


@dataclass(frozen=True)
class WholeLotsRow:
    """What a case is asked for, rates for each day or unit of time."""

    on_hand: float
    backlog: float
    fill: float
    orders: float

    def cost(self, order: float, hold: float, owe: float) -> float:
        """Cost of a day or unit of time, for the cost of an order, of a unit held and of a unit owed."""
        return order * self.orders + hold * self.on_hand + owe * self.backlog


def whole_lots(day: Chances, lead_days: int, point: int, lot: int) -> WholeLotsRow:
    """The row of a case reviewed when a day ends, for the law of one day's demand."""
    levels = range(point + 1, point + lot + 1)
    before, after = total(day, lead_days), total(day, lead_days + 1)
    owed_before, owed = (float(np.mean([excess(law, level) for level in levels])) for law in (before, after))
    return WholeLotsRow(
        on_hand=float(np.mean([room(after, level) for level in levels])),
        backlog=owed,
        fill=1 - (owed - owed_before) / mean(day),
        orders=float(np.mean([1 - at_most(day, level - point - 1) for level in levels])),
    )


def whole_lots_continuous(rate: float, lead: float, point: int, lot: int) -> WholeLotsRow:
    """The row where buyers come one by one, and the order is placed at the very unit that reaches r."""
    levels, law = range(point + 1, point + lot + 1), poisson(rate * lead)
    return WholeLotsRow(
        on_hand=float(np.mean([room(law, level) for level in levels])),
        backlog=float(np.mean([excess(law, level) for level in levels])),
        fill=float(np.mean([at_most(law, level - 1) for level in levels])),
        orders=rate / lot,
    )


def moves_after_ordering(day: Chances, lot: int) -> Chances:
    """Chances of moving from one position after ordering to the next, [from, to], r + 1 first."""
    moves = np.zeros((lot, lot))
    for place in range(lot):
        for wanted, chance in enumerate(day):
            moves[place, (place - wanted) % lot] += chance
    return moves
