"""Two shelves and two markets, one for one, where unmet demand is lost (T15: OR1, LT1), in days.

Each market buys from its own shelf first; when both have, those who found too little turn to the other shelf: buyers of
the first market always, of the second only where the shelves are pooled.
"""

from dataclasses import dataclass

import numpy as np

from tests.theory.exact.chances import Chances, mean
from tests.theory.exact.pipelines import Pipeline

Pair = tuple[float, float]
SETTLED = 1e-13


@dataclass(frozen=True)
class OverflowRow:
    """What a case is asked for, of each market and its own shelf."""

    local: Pair  # share of units from the own shelf
    over: Pair  # share of units from the other shelf
    lost: Pair  # share of units
    on_hand: Pair  # units at the end of a day


def overflow(days: tuple[Chances, Chances], shelves: tuple[Pipeline, Pipeline], pooled: bool) -> OverflowRow:
    """The row of a case, for the laws of one day's demand."""
    here, there = shelves
    leaves, local, over = _trades(days, here.level, there.level, pooled)
    rooms = np.ix_(here.room, there.room)
    laws = leaves[rooms].transpose(0, 2, 1, 3)  # [state, units, state there, units there]
    law = np.full(rooms[0].shape[:1] + rooms[1].shape[1:], 1.0) / (rooms[0].size * rooms[1].size)
    off = np.inf
    while off > SETTLED:
        evening = (law[:, None, :, None] * laws).reshape(here.moves.shape[0], there.moves.shape[0])
        after = here.moves.T @ evening @ there.moves
        law, off = after / after.sum(), float(np.abs(after - law).sum())
    wanted = np.array([mean(day) for day in days])
    local, over = np.tensordot(law, local[rooms]), np.tensordot(law, over[rooms])
    mornings = np.array([law.sum(axis=1) @ here.room, law.sum(axis=0) @ there.room])
    return OverflowRow(
        local=_pair(local / wanted),
        over=_pair(over / wanted),
        lost=_pair(1 - (local + over) / wanted),
        on_hand=_pair(mornings - local - over[::-1]),
    )


def _trades(
    days: tuple[Chances, Chances], most: int, most_there: int, pooled: bool
) -> tuple[Chances, Chances, Chances]:
    """For each two rooms: the law of units that leave both shelves, [room, room there, units, units there]; and units
    expected from the own and from the other shelf, [room, room there, market]."""
    sizes = most + 1, most_there + 1
    leaves, local, over = np.zeros(sizes * 2), np.zeros((*sizes, 2)), np.zeros((*sizes, 2))
    for rooms in np.ndindex(sizes):
        first, second = (_capped(day, sum(rooms)) for day in days)
        for wanted in np.ndindex(len(first), len(second)):
            chance = first[wanted[0]] * second[wanted[1]]
            own = min(wanted[0], rooms[0]), min(wanted[1], rooms[1])
            other = (
                min(wanted[0] - own[0], rooms[1] - own[1]),
                min(wanted[1] - own[1], rooms[0] - own[0]) if pooled else 0,
            )
            leaves[*rooms, own[0] + other[1], own[1] + other[0]] += chance
            local[rooms] += chance * np.array(own)
            over[rooms] += chance * np.array(other)
    return leaves, local, over


def _capped(day: Chances, most: int) -> Chances:
    """The law of what is wanted, `most` and more as one."""
    return np.append(day[:most], max(1 - day[:most].sum(), 0.0))


def _pair(values: Chances) -> Pair:
    return float(values[0]), float(values[1])
