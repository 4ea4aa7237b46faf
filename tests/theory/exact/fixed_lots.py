"""Lots of Q at a reorder point r < Q, where unmet demand is lost and leads are random (T15: RL1), in days.

A day that ends with r or less on hand, and nothing on order, orders Q; what takes L days sells from day d + 1 + L. A
cycle runs from one order to the next, and all it remembers is how much was on hand when it began.
"""

from collections.abc import Mapping
from dataclasses import dataclass

import numpy as np

from tests.theory.exact.chances import Chances, excess, mean, poisson
from tests.theory.exact.min_max import stationary_law


@dataclass(frozen=True)
class LotRow:
    """What a case is asked for."""

    fill: float  # share of units
    lost: float  # units in a cycle
    on_hand: float  # units at the end of a day
    cycle_days: float


def lots_lost(day: Chances, reorder_point: int, lot: int, leads: Mapping[int, float]) -> LotRow:
    """The row of a case, for the law of one day's demand and the chances of leads in days."""
    step, facts = _days(day, reorder_point + lot)
    low, high = slice(0, reorder_point + 1), slice(reorder_point + 1, None)
    visits = np.linalg.inv(np.eye(lot) - step[high, high])  # days a shelf above r spends at each level
    begun = slice(lot - reorder_point - 1, lot)  # the rows of `high` that a receipt lifts 0 .. r to
    falling, landing = (visits @ facts[high])[begun], (visits @ step[high, low])[begun]
    left, told = np.eye(reorder_point + 1), np.zeros_like(facts[low])
    moves, cycle = np.zeros_like(left), np.zeros_like(told)
    for days in range(max(leads) + 1):
        chance = leads.get(days, 0.0)
        moves += chance * left @ landing
        cycle += chance * (told + left @ falling)
        told, left = told + left @ facts[low], left @ step[low, low]
    lost, unit_days, length = stationary_law(moves) @ cycle
    return LotRow(1 - lost / (mean(day) * length), float(lost), float(unit_days / length), float(length))


def lots_lost_continuous(
    rate: float, reorder_point: int, lot: int, leads: Mapping[float, float]
) -> tuple[float, float]:
    """Fill and units lost in a cycle where the order is placed at the very unit that reaches r; any law of the lead."""
    lost = sum(chance * excess(poisson(rate * lead), reorder_point) for lead, chance in leads.items())
    return lot / (lot + lost), lost


def _days(day: Chances, most: int) -> tuple[Chances, Chances]:
    """A shelf's moves in one day without receipts, [level, level after]; and units lost, units left and 1, [level]."""
    step, facts = np.zeros((most + 1, most + 1)), np.ones((most + 1, 3))
    for level in range(most + 1):
        sold = np.append(day[:level], max(1 - day[:level].sum(), 0.0))[: level + 1]
        sold = np.append(sold, np.zeros(level + 1 - len(sold)))  # law of units sold, 0 .. level
        step[level, : level + 1] = sold[::-1]
        facts[level, 0] = mean(day) - sold @ np.arange(level + 1)
        facts[level, 1] = sold[::-1] @ np.arange(level + 1)
    return step, facts
