"""Arrays and facts of a scene for one run or for all, and for some SKUs in some order."""

from dataclasses import replace
from typing import Any, Literal

import numpy as np
from numpy.typing import NDArray

from policies.protocol import BoolArray, IntArray, LaneFacts, SalesSight


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


def sales_of(sold: IntArray, open_days: IntArray, channels: tuple[str, ...]) -> SalesSight:
    """Sales of days `sold` [day, ..., market, sku], `open_days` [day, ..., sku] being 1 for those with stock."""
    return SalesSight(
        totals=frozen(_running(sold)),
        open_totals=frozen(_running(sold.sum(axis=-2) * open_days)),
        open_days=frozen(_running(open_days)),
        channels=channels,
    )


def _running(daily: IntArray) -> IntArray:
    """Running totals with a leading row of zeros."""
    return np.concatenate([np.zeros((1, *daily.shape[1:]), dtype=np.int64), np.cumsum(daily, axis=0)])


def part(array: NDArray[Any], run: int | None, skus: IntArray) -> NDArray[Any]:
    """Of an array [run, sku], one run or all, and these SKUs."""
    return frozen((array if run is None else array[run])[..., skus])


def days_part(array: NDArray[Any], run: int | None, skus: IntArray) -> NDArray[Any]:
    """Of an array [day, run, ..., sku], one run or all, and these SKUs."""
    return frozen((array if run is None else array[:, run])[..., skus])


def frozen(array: NDArray[Any]) -> NDArray[Any]:
    """A copy that nobody can change."""
    copy = np.array(array)
    copy.setflags(write=False)
    return copy
