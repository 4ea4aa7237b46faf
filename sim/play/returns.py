"""Units that buyers send back to the first warehouse of their market: they are sold again, or scrapped."""

from collections.abc import Sequence

import numpy as np
from numpy.typing import NDArray

from sim.luck import Luck, unit_uniforms
from sim.play.echo import Echo, Habit, counted, single_units
from sim.world.network import Network, money

IntArray = NDArray[np.int64]


class Returns:
    """The returns of one batch."""

    def __init__(self, network: Network, runs: Sequence[int]) -> None:
        self.network = network
        groups = {sku.id: sku.group or "" for sku in network.scenario.sku}
        habits = {}
        parts = [(m, part.returns) for m, part in enumerate(network.market_parts) if part.returns is not None]
        for m, returns in parts:
            for k, sku in enumerate(network.skus):
                habits[m, k] = Habit(returns.by_group.get(groups[sku], returns.share), returns.after_days)
        self.echo = Echo(network, runs, "return", habits)
        self.back = np.zeros(self.echo.shape, np.int64)  # [run, market, sku], record
        self._resalable = np.zeros(len(network.markets))
        self.fee_per_unit = np.zeros(len(network.markets))  # [market] money
        for m, returns in parts:
            self._resalable[m] = returns.resalable
            self.fee_per_unit[m] = money(returns.fee_per_unit, network.scenario)
        self._passed_by = Luck(network.scenario.seed).keys(runs, "return resalable", network.markets, network.skus)

    @classmethod
    def of(cls, network: Network, runs: Sequence[int]) -> "Returns | None":
        """The returns of a world that has any."""
        return cls(network, runs) if any(part.returns is not None for part in network.market_parts) else None

    def inspect(self, slot: int) -> tuple[IntArray, IntArray]:
        """Units that are back by a slot's beginning, [run, market, sku], and those of them that can be sold again."""
        back = self.echo.sound(slot)
        self.back += back
        cells, number = single_units(back)
        market = cells // back.shape[2] % back.shape[1]
        passed = unit_uniforms(self._passed_by.ravel()[cells], number, slot) < self._resalable[market]
        return back, counted(cells[passed], back.shape)

    def at_home(self, units: IntArray) -> IntArray:
        """Units by market as units by the first warehouse of their market, [run, warehouse, sku]."""
        total = np.zeros((len(units), len(self.network.warehouses), units.shape[2]), np.int64)
        for market, place in enumerate(self.network.home):
            total[:, place] += units[:, market]
        return total
