"""Stock that must go at the end of a day: past its shelf life, or past its storage term."""

import numpy as np
from numpy.typing import NDArray

from sim.play.money import Money, per_run
from sim.play.stock import Stock
from sim.play.storage.ages import Ages
from sim.world.network import Network

IntArray = NDArray[np.int64]
FloatArray = NDArray[np.float64]


class ShelfLives:
    """Destroys what may no longer be sold. A move does not renew it: goods carry the day of their first receipt."""

    def __init__(self, network: Network, stock: Stock, accounts: Money) -> None:
        self._stock, self._money = stock, accounts
        lives = np.array([sku.shelf_life_days or 0 for sku in network.catalogue])
        self._lives = [(int(days), lives == days) for days in np.unique(lives[lives > 0])]
        self.ages = Ages(stock, int(lives.max()))
        parts = [part.disposal for part in network.warehouse_parts]
        self._fees = np.array([network.fee(part.per_unit, part.per_m3) for part in parts])  # [warehouse, sku]

    @classmethod
    def of(cls, network: Network, stock: Stock, accounts: Money) -> "ShelfLives | None":
        """Those of a world in which any SKU has one."""
        return cls(network, stock, accounts) if any(sku.shelf_life_days for sku in network.catalogue) else None

    def end_day(self, day: int) -> None:
        """Destroy what was on sale for the last time."""
        self.ages.close_day()
        self.destroy(day)

    def destroy(self, day: int) -> None:
        """Destroy what was on sale for the last time on the day last closed, or came older than that since."""
        over = np.zeros_like(self._stock.on_hand)
        for days, of_skus in self._lives:
            over += self.ages.on_hand(days - 1) * of_skus
        self._stock.expire(over)
        self._money.book("disposal", day, per_run(over * self._fees))


class Terms:
    """Destroys or sends back what stood in a warehouse for its whole storage term (保税期)."""

    def __init__(self, network: Network, stock: Stock, accounts: Money, ages: Ages) -> None:
        self._stock, self._money, self._ages = stock, accounts, ages
        self._terms = [(w, part.term) for w, part in enumerate(network.warehouse_parts) if part.term is not None]
        self._fees = {w: network.fee(term.per_unit, term.per_m3) for w, term in self._terms}
        self.credit = np.zeros((len(network.warehouses), len(network.skus)))  # [warehouse, sku] money a unit
        for w, term in self._terms:
            self.credit[w] = term.credit * network.unit_cost

    def end_day(self, day: int) -> None:
        """Let go of what was there for the last day it may be; factories give credit for what comes back."""
        over = np.zeros_like(self._stock.on_hand)
        for w, term in self._terms:
            over[:, w] = self._ages.on_hand(term.days - 1)[:, w]
            self._money.book("disposal", day, (over[:, w] * self._fees[w]).sum(axis=-1))
        self._stock.send_off(over)
        self._money.book("goods", day, -per_run(over * self.credit))
