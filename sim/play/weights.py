"""Weights on demand: what a stockout costs tomorrow. They fall while something is wrong, and recover afterwards."""

from collections.abc import Sequence

import numpy as np
from numpy.typing import NDArray

from scenarios.schema import Weight

BoolArray = NDArray[np.bool_]
FloatArray = NDArray[np.float64]


class Weights:
    """One kind of weight of every market and SKU of a batch, all 1 at first.

    In a day on which all goes wrong a weight loses `falls_per_day` of itself, down to its floor; otherwise half of what
    is missing to 1 comes back every half-life.
    """

    def __init__(self, terms: Sequence[Weight | None], shape: tuple[int, int, int], slots_per_day: int) -> None:
        self.share = np.ones(shape)  # [run, market, sku], state
        kept = [1.0 if weight is None else 1 - weight.falls_per_day for weight in terms]
        missing = [1.0 if weight is None else 0.5 ** (1 / weight.half_life_days) for weight in terms]
        self._kept = np.array(kept)[:, None] ** (1 / slots_per_day)
        self._missing = np.array(missing)[:, None] ** (1 / slots_per_day)
        self._floor = np.array([0.0 if weight is None else weight.floor for weight in terms])[:, None]

    def pass_slot(self, wrong: BoolArray) -> None:
        """Let a slot pass in which something was wrong, or not, [run, market, sku]."""
        fallen = np.maximum(self.share * self._kept, np.minimum(self._floor, self.share))
        self.share = np.where(wrong, fallen, 1 - (1 - self.share) * self._missing)
