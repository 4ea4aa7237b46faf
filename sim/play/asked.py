"""What buyers asked for in all: known beforehand in most worlds, else counted while time passes."""

from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from sim.play.shop import Trade
from sim.play.weeks import DAYS, Weeks, variance_of_weeks
from sim.world.network import Network
from sim.world.sample import World

FloatArray = NDArray[np.float64]
IntArray = NDArray[np.int64]


@dataclass(frozen=True)
class Asked:
    """What was asked for on the scored days."""

    units: IntArray  # [run, market, sku]
    orders: IntArray  # [run, market, sku]
    daily: IntArray  # [day, run, market] units, of the first runs
    variance: FloatArray  # [run] of a week's units, each SKU's by itself, summed over SKUs

    @classmethod
    def beforehand(cls, world: World, pictured: int) -> "Asked":
        """What a world wants that nobody changes."""
        clock, days = world.network.clock, world.network.scenario.days
        scored = slice(world.network.scored_from * clock.slots_per_day, None)
        wanted = world.wanted[scored]
        units = wanted.sum(axis=0)
        orders = units if world.orders is None else world.orders[scored].sum(axis=0)
        daily = wanted[:, :pictured].sum(axis=-1)
        weeks, slots = days // DAYS, DAYS * clock.slots_per_day
        by_week = wanted[: weeks * slots].reshape(weeks, slots, *wanted.shape[1:])
        return cls(
            units,
            orders,
            daily.reshape(days, clock.slots_per_day, *daily.shape[1:]).sum(1),
            variance_of_weeks(by_week.sum(axis=(1, 3))),
        )


class AskedBooks:
    """Counts what is asked for."""

    def __init__(self, network: Network, shape: tuple[int, int, int], pictured: int) -> None:
        self.network = network
        self._units = np.zeros(shape, np.int64)
        self._orders = np.zeros(shape, np.int64)
        self._daily = np.zeros((network.scenario.days, pictured, shape[1]), np.int64)
        self._weeks = Weeks(network, shape[0])

    def enter(self, slot: int, trade: Trade) -> None:
        """Enter a slot, if it is scored."""
        day = self.network.clock.day(slot) - self.network.scored_from
        if day >= 0:
            self._units += trade.asked
            self._orders += trade.asked if trade.orders is None else trade.orders
            self._daily[day] += trade.asked[: self._daily.shape[1]].sum(axis=-1)
            self._weeks.add(self.network.clock.day(slot), trade.asked.sum(axis=1))

    def finished(self) -> Asked:
        """What was counted."""
        return Asked(self._units, self._orders, self._daily, self._weeks.variance())
