"""A platform's limits: what it does to a shop whose orders it finds cancelled or late."""

from collections import deque
from collections.abc import Sequence

import numpy as np
from numpy.typing import NDArray

from scenarios.schema import Limits

IntArray = NDArray[np.int64]


class PlatformLimits:
    """A platform's limits: while the orders of its window break one, it takes traffic away from the shop.

    The shares are reckoned at the end of every day: orders that the seller failed to deliver, and orders dispatched
    late, each over the orders that came in the last window_days.
    """

    def __init__(self, limits: Sequence[Limits | None], runs: int, slots_per_day: int) -> None:
        """`limits` of each market; one without is never broken."""
        self._limits, self._slots_per_day = limits, slots_per_day
        self._total = np.zeros(
            (3, runs, len(limits))
        )  # orders, cancelled, late since the first day, [kind, run, market]
        self._before = [deque([self._total[..., 0]], maxlen=part.window_days if part else 1) for part in limits]
        self.share = np.ones((runs, len(limits), 1))  # [run, market, 1] factor on traffic, state

    def update(self, slot: int, orders: IntArray, cancelled: IntArray, late: IntArray) -> None:
        """Let a slot pass with its orders, cancelled and late ones, [run, market]."""
        self._total = self._total + np.stack([orders, cancelled, late])
        if (slot + 1) % self._slots_per_day:
            return
        for market, (part, before) in enumerate(zip(self._limits, self._before, strict=True)):
            if part is not None:
                came, gave_up, waited = self._total[..., market] - before[0]
                before.append(self._total[..., market])
                broken = (gave_up > part.seller_cancellations * came) | (waited > part.late_dispatch * came)
                self.share[:, market, 0] = np.where(broken, part.traffic_left, 1.0)
