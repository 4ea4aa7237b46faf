"""What is handed over to carriers: what that costs, what is taxed, what is dispatched late, and what comes on time."""

from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from sim.play.serving.dispatch import Dispatch
from sim.world.delivery import LastMile
from sim.world.network import Network

FloatArray = NDArray[np.float64]
IntArray = NDArray[np.int64]


@dataclass(frozen=True, slots=True)
class Handed:
    """What was handed over in one slot."""

    cost: FloatArray  # [run, market] money for deliveries
    tax: FloatArray  # [run, market] money
    handling: FloatArray  # [run] money for dispatch
    on_time: FloatArray  # [run, market] units that come within the promise
    late: FloatArray  # [run, market] share of units that are dispatched later than the platform allows


class Deliveries:
    """The deliveries of one batch."""

    def __init__(self, network: Network, runs: int) -> None:
        served = [(m, w) for m, part in enumerate(network.market_parts) for w in _served_by(network, part.served_by)]
        self._miles = {(m, w): LastMile.of(network, m, w) for m, w in served}
        self._orders_per_unit = network.orders_per_unit
        self._dispatch = Dispatch(network, runs, self._miles)
        self._shape = runs, len(network.markets), len(network.warehouses)
        self._begin()

    @classmethod
    def of(cls, network: Network, runs: int) -> "Deliveries | None":
        """Those of a world that says anything about them."""
        told = any(part.delivery for part in network.market_parts) or any(
            part.dispatch_orders_per_day is not None or part.handling.per_order_out or part.handling.per_unit_out
            for part in network.warehouse_parts
        )
        return cls(network, runs) if told else None

    def _begin(self) -> None:
        runs, markets, warehouses = self._shape
        self._units = np.zeros((runs, markets, warehouses), np.int64)
        self._orders = np.zeros((runs, warehouses))
        self._cost, self._tax, self._handling = np.zeros((runs, markets)), np.zeros((runs, markets)), np.zeros(runs)

    def enter(self, warehouse: int, markets: Sequence[int], taken: IntArray) -> None:
        """Enter what markets got from a warehouse, [run, market of these, sku]."""
        for i, market in enumerate(markets):
            units, mile = taken[:, i], self._miles[market, warehouse]
            self._units[:, market, warehouse] += units.sum(axis=-1)
            self._orders[:, warehouse] += (units * self._orders_per_unit[market]).sum(axis=-1)
            self._cost[:, market] += (units * mile.cost).sum(axis=-1)
            self._tax[:, market] += (units * mile.tax).sum(axis=-1)
            self._handling += (units * mile.handling).sum(axis=-1)

    def close(self) -> Handed:
        """What was handed over since the last call, a slot's end ago."""
        on_time, late = self._dispatch.take(self._orders, self._units)
        handed = Handed(self._cost, self._tax, self._handling, on_time, late)
        self._begin()
        return handed


def _served_by(network: Network, names: tuple[str, ...]) -> list[int]:
    return [network.warehouses.index(name) for name in names]
