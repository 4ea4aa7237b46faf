"""The ledger of goods on their way: what enters and leaves every stage, and when. Little's law must hold in it."""

from collections import defaultdict
from collections.abc import Iterable

import numpy as np
from numpy.typing import NDArray

from sim.play.stock import LedgerError

IntArray = NDArray[np.int64]
Stage = tuple[int, int]
"""The position of a way, and of a stage on it."""


class Pipeline:
    """Units that go into stages and come out, entered as they move."""

    def __init__(self, horizon: int) -> None:
        """`horizon` is the minute at which play ends."""
        self.horizon = horizon
        self._moves: defaultdict[Stage, list[tuple[int, int]]] = defaultdict(list)  # minute, units: out is negative

    def enter(self, way: int, stage: int, at: int, units: int) -> None:
        """Units go into a stage."""
        self._moves[way, stage].append((at, units))

    def leave(self, way: int, stage: int, at: int, units: int) -> None:
        """Units come out of a stage."""
        self._moves[way, stage].append((at, -units))

    def check(self, stays: Iterable[tuple[Stage, int, int, int]], under_way: int) -> None:
        """Raise LedgerError unless L = lambda W holds in every stage, and nothing is between two stages.

        `stays` are what the orders' own time stamps say: stage, minute of coming, minute of going, units; `under_way`
        is what all live orders hold at the end.
        """
        stayed: defaultdict[Stage, int] = defaultdict(int)
        for stage, came, went, units in stays:
            stayed[stage] += units * (min(went, self.horizon) - min(came, self.horizon))
        inside = 0
        for stage in {*self._moves, *stayed}:
            moves = sorted((at, -units) for at, units in self._moves[stage])  # what goes in first, at the same minute
            level = np.cumsum([-out for _, out in moves])
            if len(level) and level.min() < 0:
                raise LedgerError(f"stage {stage}: more came out than went in")
            content = sum(-out * (self.horizon - min(at, self.horizon)) for at, out in moves)
            if content != stayed[stage]:
                raise LedgerError(f"stage {stage}: it held {content} unit-minutes, time stamps say {stayed[stage]}")
            inside += sum(-out for at, out in moves if at < self.horizon)
        if inside != under_way:
            raise LedgerError(f"on the way: the stages hold {inside} units, the orders {under_way}")
