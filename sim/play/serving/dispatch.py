"""The packing tables of warehouses: so many orders a day; the others are dispatched later, first come first served."""

import math
from collections.abc import Mapping

import numpy as np
from numpy.typing import NDArray

from sim.world.delivery import LastMile
from sim.world.network import Network

FloatArray = NDArray[np.float64]
IntArray = NDArray[np.int64]


class Dispatch:
    """Orders on the packing tables, for one batch."""

    def __init__(self, network: Network, runs: int, miles: Mapping[tuple[int, int], LastMile]) -> None:
        slots = network.clock.slots_per_day
        rates = [part.dispatch_orders_per_day for part in network.warehouse_parts]
        self._rate = np.array([math.inf if rate is None else rate / slots for rate in rates])  # [warehouse] a slot
        allowed = [0.0 if part.limits is None else part.limits.dispatch_days for part in network.market_parts]
        self._limited = [part.limits is not None for part in network.market_parts]
        self._allowed = [math.ceil(days * slots) for days in allowed]  # [market] slots
        self._waiting = np.zeros((runs, len(rates)))  # [run, warehouse] orders, state
        longest = max(mile.promise_days for mile in miles.values())
        steps = np.arange(max(math.floor(longest * slots), *self._allowed) + 1)
        late = steps / slots
        self._kept = np.zeros((len(network.markets), len(rates), len(steps)))  # chance by slots of delay
        for (market, warehouse), mile in miles.items():
            self._kept[market, warehouse] = mile.kept(late)
        self._steps = steps

    def take(self, orders: FloatArray, units: IntArray) -> tuple[FloatArray, FloatArray]:
        """Take a slot's orders, [run, warehouse], of so many units, [run, market, warehouse], and work on them.

        Answers the units that come within their promise and the share dispatched too late, [run, market] each.
        """
        before, self._waiting = self._waiting, np.maximum(self._waiting + orders - self._rate, 0.0)
        if not self._waiting.any():
            return (units * self._kept[:, :, 0]).sum(axis=-1), np.zeros(units.shape[:2])
        ready = np.multiply.outer(self._steps + 1, self._rate)[:, np.newaxis]
        done = np.clip((ready - before) / np.where(orders > 0, orders, 1.0), 0.0, 1.0)  # [step, run, warehouse] share
        kept = np.zeros(units.shape)
        for step, part in enumerate(np.diff(done, axis=0, prepend=0.0)):
            kept += part[:, np.newaxis] * self._kept[:, :, step]
        total = np.maximum(units.sum(axis=-1), 1)
        late = np.zeros(units.shape[:2])
        for market, limited in enumerate(self._limited):
            if limited:
                too_late = 1.0 - done[self._allowed[market]]
                late[:, market] = (units[:, market] * too_late).sum(axis=-1) / total[:, market]
        return (units * kept).sum(axis=-1), late
