"""Orders of every day where unmet demand is lost: base stock solved, and the cheapest of all rules.

A state is what is on hand when a day begins, and the orders that arrive on the days after; the next order is chosen
before the day's demand.
"""

import numpy as np
from numpy.typing import NDArray
from scipy.sparse import csr_array

from tests.theory.exact.chances import Chances, excess, room

SETTLED = 1e-13
SPAN = 1e-6
"""[cost a day] distance between the two bounds of an optimum."""


def base_stock_lost(day: Chances, lead_days: int, level: int) -> tuple[float, float]:
    """Mean units on hand at the end of a day, and mean units lost in a day."""
    states = _states(lead_days, level)
    place = np.zeros((level + 1,) * lead_days, np.int64)
    place[tuple(states.T)] = np.arange(len(states))
    on_hand, later = states[:, 0], np.column_stack([states[:, 1:], level - states.sum(axis=1)])
    left = np.arange(level + 1)
    kept = _kept(day, level)[on_hand]  # [state, left]
    sources, remains = np.nonzero(kept)
    after = np.column_stack([remains + later[sources, 0], later[sources, 1:]])
    moves = csr_array((kept[sources, remains], (place[tuple(after.T)], sources)), shape=(len(states),) * 2)
    law = np.full(len(states), 1 / len(states))
    while np.abs((settled := moves @ law) - law).sum() > SETTLED:
        law = settled
    lost = np.array([excess(day, units) for units in range(level + 1)])
    return float(law @ (kept @ left)), float(law @ lost[on_hand])


def lost_sales_optimum(day: Chances, lead_days: int, lost: float, most: int, largest: int) -> tuple[float, float]:
    """Bounds on the least cost of a day, by relative value iteration; a unit held costs 1, one turned away `lost`.

    Stock above `most` counts as that, and no order is larger than `largest`: far beyond what the best rule does.
    """
    units = range(most + 1)
    stage = np.array([room(day, there) + lost * excess(day, there) for there in units])
    stage = stage.reshape((-1,) + (1,) * (lead_days - 1))
    kept = _kept(day, most)
    due = [np.minimum(np.arange(most + 1) + order, most) for order in range(largest + 1)]
    value = np.zeros((most + 1,) + (largest + 1,) * (lead_days - 1))
    while True:
        if lead_days == 1:
            best = np.min([kept @ value[there] for there in due], axis=0)
        else:
            # what is left joins what is due next; the last axis is the order that is chosen
            best = np.stack([np.tensordot(kept, value[there], 1).min(axis=-1) for there in due], axis=1)
        change = stage + best - value
        if np.ptp(change) < SPAN:
            return float(change.min()), float(change.max())
        value = value + change - change.flat[0]


def _kept(day: Chances, most: int) -> NDArray[np.float64]:
    """The chance of what is left of every stock when a day is over, [units there, units left]."""
    chances = np.zeros((most + 1, most + 1))
    for there in range(most + 1):
        sold = day[: there + 1]
        chances[there, there - np.arange(len(sold))] = sold
        chances[there, 0] += day[there + 1 :].sum()
    return chances


def _states(length: int, most: int) -> NDArray[np.int64]:
    """All rows of so many whole numbers whose sum is at most `most`, [state, number]."""
    rows = np.zeros((1, 0), np.int64)
    for _ in range(length):
        rooms = most - rows.sum(axis=1) + 1
        firsts = np.repeat(rows, rooms, axis=0)
        number = np.arange(len(firsts)) - np.repeat(np.cumsum(rooms) - rooms, rooms)
        rows = np.column_stack([firsts, number])
    return rows
