"""Daily base stock where unmet demand is lost: the chain of (on hand, due tomorrow, ...), solved."""

from collections.abc import Iterator

import numpy as np

from tests.theory.exact.chances import Chances
from tests.theory.exact.min_max import stationary_law

State = tuple[int, ...]


def base_stock_lost(day: Chances, lead_days: int, level: int) -> tuple[float, float]:
    """Mean units on hand at the end of a day, and mean units lost in a day."""
    states = list(_states(lead_days, level))
    place = {state: position for position, state in enumerate(states)}
    moves = np.zeros((len(states), len(states)))
    on_hand, lost = np.zeros(len(states)), np.zeros(len(states))
    for position, state in enumerate(states):
        due = (*state[1:], level - sum(state))
        for demand, chance in enumerate(day):
            left = max(state[0] - demand, 0)
            moves[position, place[left + due[0], *due[1:]]] += chance
            on_hand[position] += chance * left
            lost[position] += chance * max(demand - state[0], 0)
    stationary = stationary_law(moves)
    return float(stationary @ on_hand), float(stationary @ lost)


def _states(length: int, most: int) -> Iterator[State]:
    """All rows of so many whole numbers whose sum is at most `most`."""
    if length == 0:
        yield ()
        return
    for first in range(most + 1):
        for others in _states(length - 1, most - first):
            yield (first, *others)
