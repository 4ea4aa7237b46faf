"""Who gets how much where not everybody can have all: of a container, of a budget."""

from collections.abc import Sequence

import numpy as np

from policies.protocol import FloatArray, IntArray
from policies.quantity import EDGE


def cover(position: FloatArray | IntArray, pace: FloatArray) -> FloatArray:
    """Days that a stock position lasts at a pace, [..., sku]; without end where nothing sells, unless buyers wait."""
    still = np.where(position < 0, -np.inf, np.inf)
    return np.asarray(np.divide(position, pace, out=still, where=pace > 0))


def in_line(urgency: FloatArray, names: Sequence[str]) -> IntArray:
    """Places of the items, the least number first, [..., item]; equal ones by name, so that no catalogue's order shows.

    Items of one name stand as they come.
    """
    by_name = np.argsort(np.asarray(names), kind="stable")
    return np.asarray(by_name[np.argsort(urgency[..., by_name], axis=-1, kind="stable")])


def total(amounts: FloatArray, line: IntArray) -> FloatArray:
    """The sum over all items, [...], added in line, so that catalogue and batch do not show in its last bits."""
    return np.asarray(np.cumsum(np.take_along_axis(amounts, line, axis=-1), axis=-1)[..., -1])


def granted(
    wanted: IntArray, size: FloatArray, room: FloatArray, line: IntArray, at_least: IntArray, pack: IntArray
) -> IntArray:
    """Units of each item, [..., item], as far as a room [...] reaches, served in line; `size` is what a unit takes.

    Whoever comes to the end of the room gets the packs that still fit, if they are a smallest order; those behind what
    then still fits of theirs. A `room` below zero is none.
    """
    asked = np.take_along_axis(wanted, line, axis=-1)
    each = np.take_along_axis(np.broadcast_to(size, wanted.shape), line, axis=-1)
    least = np.take_along_axis(np.broadcast_to(at_least, wanted.shape), line, axis=-1)
    lot = np.take_along_axis(np.broadcast_to(pack, wanted.shape), line, axis=-1)
    left, given, waits = np.asarray(room, dtype=np.float64), np.zeros_like(asked), asked > 0
    while waits.any():
        waits &= _fitting(asked, each, left, least, lot) > 0
        used = np.cumsum(np.where(waits, asked * each, 0.0), axis=-1)
        whole = waits & (used <= left[..., np.newaxis] + EDGE)
        behind = waits & ~whole
        last = behind & (np.cumsum(behind, axis=-1) == 1)
        left = left - np.where(whole, used, 0.0).max(axis=-1)
        part = np.where(last, _fitting(asked, each, left, least, lot), 0)
        left = left - (part * each).max(axis=-1)
        given += np.where(whole, asked, part)
        waits = behind & ~last
    units = np.empty_like(given)
    np.put_along_axis(units, line, given, axis=-1)
    return units


def _fitting(asked: IntArray, each: FloatArray, left: FloatArray, least: IntArray, lot: IntArray) -> IntArray:
    """What a room has of an item that is alone in it, [..., item]: all that is asked, or whole packs, or nothing."""
    space = np.broadcast_to(np.maximum(left, 0.0)[..., np.newaxis] + EDGE, asked.shape)
    many = np.divide(space, each, out=np.full(asked.shape, np.inf), where=each > 0)
    fits = np.floor(np.minimum(many, asked)).astype(np.int64)
    packs = fits // lot * lot
    return np.asarray(np.where(fits == asked, asked, np.where(packs >= least, packs, 0)))
