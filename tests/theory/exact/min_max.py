"""Periodic (s,S) with full backlog and a fixed lead time: the chain of the position after ordering, solved."""

from dataclasses import dataclass

import numpy as np

from tests.theory.exact.chances import Chances, excess, mean, room, total


@dataclass(frozen=True)
class MinMaxRow:
    """What a case is asked for, each a period."""

    orders: float
    on_hand: float
    backlog: float
    fill: float

    def cost(self, order: float, hold: float, owe: float) -> float:
        """Cost of a period for the cost of an order, of a unit held and of a unit owed."""
        return order * self.orders + hold * self.on_hand + owe * self.backlog


def min_max(day: Chances, lead_days: int, low: int, high: int) -> MinMaxRow:
    """The row of a case: at a position of `low` or less, order up to `high`."""
    levels = np.arange(low + 1, high + 1)
    moves = np.zeros((len(levels), len(levels)))
    for row, level in enumerate(levels):
        kept = day[: level - low]  # demands that leave the position above `low`
        moves[row, row - np.arange(len(kept))] = kept
        moves[row, -1] += 1 - kept.sum()
    stationary = stationary_law(moves)
    before, after = total(day, lead_days), total(day, lead_days + 1)
    owed = float(stationary @ [excess(after, int(level)) for level in levels])
    owed_before = float(stationary @ [excess(before, int(level)) for level in levels])
    return MinMaxRow(
        orders=float(stationary @ [1 - day[: level - low].sum() for level in levels]),
        on_hand=float(stationary @ [room(after, int(level)) for level in levels]),
        backlog=owed,
        fill=1 - (owed - owed_before) / mean(day),
    )


def stationary_law(moves: Chances) -> Chances:
    """The law that a chain with these chances of moving, [from, to], keeps."""
    size = len(moves)
    equations = moves.T - np.eye(size)
    equations[-1] = 1.0
    return np.linalg.solve(equations, np.append(np.zeros(size - 1), 1.0))
