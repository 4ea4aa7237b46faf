"""What warehouses charge over the rent: for old stock, and for more of it than sells in some weeks."""

from collections import deque
from collections.abc import Iterable

import numpy as np
from numpy.typing import NDArray

from sim.play.money import Money
from sim.play.stock import Stock
from sim.play.storage.ages import Ages
from sim.world.network import Network, money

FloatArray = NDArray[np.float64]
IntArray = NDArray[np.int64]
DAYS_PER_WEEK = 7


class Surcharges:
    """The surcharges of every warehouse, day by day."""

    def __init__(self, network: Network, stock: Stock, accounts: Money, ages: Ages) -> None:
        self._network, self._stock, self._money, self._ages = network, stock, accounts, ages
        rents = [part.rent for part in network.warehouse_parts]
        self._aged = [(w, rent.aged) for w, rent in enumerate(rents) if rent.aged]
        self._crowding = [(w, rent.crowding) for w, rent in enumerate(rents) if rent.crowding is not None]
        longest = max((part.sales_days for _, part in self._crowding), default=0)
        self._sold = deque([self._left()], maxlen=longest + 1)  # [run, warehouse] m3 sold up to each day

    def end_day(self, day: int) -> None:
        """Pay for a day."""
        scenario = self._network.scenario
        for w, bands in self._aged:
            volumes = [self._network.volume(self._ages.on_hand(band.from_days)[:, w]) for band in bands]
            older = [*volumes[1:], np.zeros_like(volumes[0])]
            for band, volume, beyond in zip(bands, volumes, older, strict=True):
                self._money.book("surcharges", day, (volume - beyond) * money(band.per_m3_day, scenario))
        if self._crowding:
            self._sold.append(self._left())
        for w, part in self._crowding:
            counted = self._network.volume(self._ages.on_hand(part.young_days)[:, w])
            days = min(part.sales_days, len(self._sold) - 1)
            weekly = (self._sold[-1][:, w] - self._sold[-1 - days][:, w]) / days * DAYS_PER_WEEK
            over = np.maximum(counted - part.over_weeks * weekly, 0.0)
            self._money.book("surcharges", day, over * money(part.per_m3_day, scenario))

    def _left(self) -> FloatArray:
        """Cubic metres of all that left shelves for buyers or other warehouses, [run, warehouse]."""
        stock = self._stock
        return self._network.volume(stock.sold - stock.bought_in + stock.moved_out)


def oldest_asked(network: Network) -> int | None:
    """The oldest age that terms and surcharges ask for, in days; None where none does."""
    return max(_asked(network), default=None)


def _asked(network: Network) -> Iterable[int]:
    for part in network.warehouse_parts:
        yield from (band.from_days for band in part.rent.aged)
        if part.rent.crowding is not None:
            yield part.rent.crowding.young_days
        if part.term is not None:
            yield part.term.days
