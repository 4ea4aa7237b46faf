"""Goods shared so that they last equally long everywhere."""

from collections.abc import Sequence

import numpy as np

from policies.protocol import FloatArray, IntArray
from policies.quantity import EDGE


def evened(total: IntArray, positions: Sequence[FloatArray | IntArray], paces: Sequence[FloatArray]) -> IntArray:
    """Whole units for each place, [place, ..., sku], that sum to `total` [..., sku] and even out the days of cover.

    Nobody gives anything up, so a place with more cover than the others can reach gets none; nor does one where
    nothing sells, and where nothing sells anywhere nobody gets any. Odd units go where the largest part of one is due,
    to the earlier place on a tie.

    Formula: units = max(0, c x pace - position), c the days of cover at which they sum to the total
    """
    stock, pace = np.stack(positions).astype(np.float64), np.stack(paces)
    sells = pace > 0
    cover = np.divide(stock, pace, out=np.full(pace.shape, np.inf), where=sells)
    due = np.where(sells, np.maximum(_common_cover(total, stock, pace, cover) * pace - stock, 0.0), 0.0)
    whole = np.floor(due + EDGE).astype(np.int64)
    odd = np.where(sells.any(axis=0), total - whole.sum(axis=0), 0)
    part = np.where(due > 0, due - whole, -1.0)
    rank = np.argsort(np.argsort(-part, axis=0, kind="stable"), axis=0, kind="stable")
    return np.asarray(whole + (rank < odd))


def _common_cover(total: IntArray, stock: FloatArray, pace: FloatArray, cover: FloatArray) -> FloatArray:
    """Days of cover that all reach who get anything, [..., sku]; 0 where nothing sells.

    Shared among the k places with least cover, the total gives c_k; the smallest c_k is that of those who get any.
    """
    by_cover = np.argsort(cover, axis=0, kind="stable")
    sells = np.take_along_axis(pace, by_cover, axis=0)
    stands = np.where(sells > 0, np.take_along_axis(stock, by_cover, axis=0), 0.0)
    pooled = total + np.cumsum(stands, axis=0)
    sold = np.cumsum(sells, axis=0)
    reached = np.divide(pooled, sold, out=np.full(sold.shape, np.inf), where=sold > 0).min(axis=0)
    return np.asarray(np.where(np.isfinite(reached), reached, 0.0))
