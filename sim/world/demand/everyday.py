"""What is wanted of each SKU before events: observed days, or the organic stream."""

import numpy as np
from numpy.typing import NDArray

from sim.luck import Luck
from sim.world.demand import history, organic
from sim.world.demand.streams import Wants
from sim.world.network import Network, demand_of

IntArray = NDArray[np.int64]
FloatArray = NDArray[np.float64]


class EverydaySampler:
    """Draws the everyday demand of one network, over its history and the days played."""

    def __init__(self, network: Network, luck: Luck) -> None:
        self.network, self.luck = network, luck
        self.past = network.scenario.history_days
        self.days = self.past + network.clock.days
        self.first = network.date(-self.past)
        self._observed = self._observed_days()
        self._means: dict[tuple[int, int], FloatArray | float] = {}  # [day + 1], or one number for all days
        self._drawn = self._drawn_streams()

    def means(self, m: int, k: int) -> FloatArray:
        """Expected units of each day, [day]; where demand was observed, its mean."""
        return self.means_and_next(m, k)[: self.days]

    def means_and_next(self, m: int, k: int) -> FloatArray:
        """The same, and those of the day after the last, [day + 1]."""
        return np.broadcast_to(self._means.get((m, k), float(self.network.pace[m, k])), self.days + 1)

    def repeated_days(self, run: int, m: int) -> IntArray | None:
        """The observed day that each day of a market repeats, [day]; None where none was observed."""
        observed = self.network.market_parts[m].history
        if observed is None:
            return None
        if observed.play == "replay":
            return history.replayed_days(observed, self.first, self.days)
        luck = self.luck.stream(run, "weeks", self.network.markets[m])
        return history.bootstrapped_days(observed, self.first, self.past, self.days, luck)

    def wants(self, run: int, m: int, k: int, repeated: IntArray | None) -> Wants:
        """What is wanted before events, `repeated` being the market's `repeated_days`."""
        if repeated is not None and (m, k) in self._observed:
            units, orders = self._observed[m, k]
            units = units[repeated]
            return Wants(units, None if orders is None else orders[repeated], {"history": units})
        if (m, k) not in self._drawn:
            return Wants(np.zeros(self.days, np.int64))
        luck = self.luck.stream(run, "organic", self.network.markets[m], self.network.skus[k])
        units = self._drawn[m, k].units(luck)
        return Wants(units, None, {"organic": units})

    def _drawn_streams(self) -> dict[tuple[int, int], organic.Everyday]:
        streams = {}
        for m, market in enumerate(self.network.market_parts):
            for k, sku in enumerate(self.network.skus):
                wanted = demand_of(market, sku)
                if wanted is not None and wanted.organic is not None and (m, k) not in self._observed:
                    south = market.hemisphere == "south"
                    means = organic.day_means(wanted.organic, self.first, self.days + 1, self.past, south)
                    self._means[m, k] = means
                    means = means if isinstance(means, float) else means[:-1]
                    streams[m, k] = organic.Everyday(wanted.organic, means, self.days)
        return streams

    def _observed_days(self) -> dict[tuple[int, int], tuple[IntArray, IntArray | None]]:
        """Units and orders of each observed series, [day]; no orders where one is a unit."""
        observed = {}
        for m, market in enumerate(self.network.market_parts):
            for k, sku in enumerate(self.network.skus):
                if market.history is not None and sku in market.history.units:
                    orders = market.history.orders.get(sku)
                    observed[m, k] = (
                        np.array(market.history.units[sku], np.int64),
                        None if orders is None else np.array(orders, np.int64),
                    )
        return observed
