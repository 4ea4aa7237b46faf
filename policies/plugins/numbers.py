"""Numbers that look unordered and are the same every time."""

import numpy as np

from policies.protocol import FloatArray, IntArray


def whole_numbers(shape: tuple[int, ...], salt: int, below: int) -> IntArray:
    """Whole numbers from 0 to `below` - 1 that look unordered: a multiplicative hash of the place in the array."""
    place = np.arange(int(np.prod(shape)), dtype=np.uint64) + np.uint64(salt * 1_000_003)
    mixed = (place * np.uint64(0x9E3779B97F4A7C15)) >> np.uint64(33)
    mixed = (mixed * np.uint64(0xD6E8FEB86659FD93)) >> np.uint64(29)
    return (mixed % np.uint64(below)).astype(np.int64).reshape(shape)


def amounts(shape: tuple[int, ...], salt: int, below: int) -> FloatArray:
    """The same, half a unit off, so that no amount is zero or whole."""
    return whole_numbers(shape, salt, below).astype(np.float64) + 0.5
