"""Arrays and facts of a scene for one run or for all, and for some SKUs in some order."""

from dataclasses import replace
from typing import Any, Literal

import numpy as np
from numpy.typing import NDArray

from policies.protocol import BoolArray, IntArray, LaneFacts


def lane_of(lane: LaneFacts, skus: IntArray) -> LaneFacts:
    """The facts of a lane for these SKUs."""
    carries: BoolArray | Literal[True] = True if lane.carries is True else frozen(lane.carries[skus])
    return replace(
        lane,
        landed_cost=frozen(lane.landed_cost[skus]),
        at_least=frozen(lane.at_least[skus]),
        pack=frozen(lane.pack[skus]),
        carries=carries,
    )


def running(daily: IntArray) -> IntArray:
    """Running totals with a leading row of zeros."""
    return np.concatenate([np.zeros((1, *daily.shape[1:]), dtype=np.int64), np.cumsum(daily, axis=0)])


def part(array: NDArray[Any], run: int | None, skus: IntArray) -> NDArray[Any]:
    """Of an array [run, sku], one run or all, and these SKUs."""
    return _sealed((array if run is None else array[run])[..., skus])


def days_part(array: NDArray[Any], run: int | None, skus: IntArray) -> NDArray[Any]:
    """Of an array [day, run, ..., sku], one run or all, and these SKUs."""
    return _sealed((array if run is None else array[:, run])[..., skus])


def frozen(array: NDArray[Any]) -> NDArray[Any]:
    """A copy that nobody can change."""
    return _sealed(np.array(array))


def _sealed(copy: NDArray[Any]) -> NDArray[Any]:
    copy.setflags(write=False)
    return copy
