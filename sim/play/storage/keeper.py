"""Everything that happens to stock by itself while it stands, at the door and at the end of every day."""

import numpy as np
from numpy.typing import NDArray

from sim.play.money import Money, per_run
from sim.play.stock import Stock
from sim.play.storage.accuracy import Knowledge, StockRecords
from sim.play.storage.ages import Ages, Births
from sim.play.storage.decay import ShelfLives, Terms
from sim.play.storage.overflow import Overflow
from sim.play.storage.shrinkage import Shrinkage
from sim.play.storage.surcharges import Surcharges, oldest_asked
from sim.world.network import Network
from sim.world.sample import World

FloatArray = NDArray[np.float64]
IntArray = NDArray[np.int64]


class Keeper:
    """Keeps the stock of one batch. What a world does not have costs nothing."""

    def __init__(self, world: World, stock: Stock, accounts: Money) -> None:
        network, runs = world.network, world.runs
        self._network, self._stock, self._money = network, stock, accounts
        oldest = oldest_asked(network)
        self._ages = None if oldest is None else Ages(stock, oldest)
        self._shelf_lives = ShelfLives.of(network, stock, accounts)
        self._terms = None if self._ages is None else Terms(network, stock, accounts, self._ages)
        self._surcharges = None if self._ages is None else Surcharges(network, stock, accounts, self._ages)
        self._shrinkage = Shrinkage.of(network, stock, runs)
        self.overflow = Overflow.of(network, stock, accounts)
        self.records = StockRecords.of(network, stock, runs)
        self.knowledge = Knowledge(network, stock, self.records)
        self._born: list[tuple[int, int, Births]] = []  # of goods in the yard
        self._paid = stock.bought_in.copy()
        self.deliveries = np.zeros(stock.on_hand.shape, np.int64)  # [run, warehouse, sku], record
        parts = [part.handling for part in network.warehouse_parts]
        self._fee_in = np.array([network.fee(part.per_unit_in, part.per_m3_in) for part in parts])  # [warehouse, sku]

    @property
    def acts(self) -> bool:
        """Whether anything happens to stock by itself at the end of a day."""
        parts = (self._ages, self._shelf_lives, self._shrinkage, self.overflow, self.records)
        return any(part is not None for part in parts)

    def receive(self, slot: int, arrived: IntArray | None, moved: IntArray | None) -> IntArray | None:
        """Put away what was unloaded, as far as there is room; answers what went on the shelf."""
        day = self._network.clock.day(slot)
        if self.overflow is not None:
            arrived, moved, turned_away = self.overflow.let_in(day, arrived, moved)
            if turned_away is not None:
                self._stock.fail(turned_away)
        if arrived is None:
            return None
        self._stock.receive(arrived, moved)
        self.deliveries += arrived > 0
        if self.records is not None:
            self.records.receive(slot, arrived)
        if self._fee_in.any():
            self._money.book("handling", day, per_run(arrived * self._fee_in))
        return arrived

    def births(self, run: int, warehouse: int, units: IntArray) -> Births | None:
        """When the units that leave next, [sku], first came to a warehouse; None where nothing expires."""
        return None if self._shelf_lives is None else self._shelf_lives.ages.oldest(run, warehouse, units)

    def remember(self, day: int, born: list[tuple[int, int, Births]], shelved: IntArray | None) -> None:
        """Let units that come from another warehouse be as old as they are, once they are on the shelf.

        `born` tells run and warehouse of what was unloaded now, `shelved` are the units that went on the shelf,
        [run, warehouse, sku]. What waits in the yard is told of when it comes in, the oldest first.
        """
        self._born += born
        if self._shelf_lives is None or not self._born or shelved is None:
            return
        free, waiting = shelved.copy(), []
        for run, warehouse, births in self._born:
            inside = births.first(free[run, warehouse])
            free[run, warehouse] -= inside.count
            self._shelf_lives.ages.come(run, warehouse, inside)
            if self.overflow is not None and self.overflow.yard[run, warehouse].any():
                waiting.append((run, warehouse, births.but_first(inside.count)))
        self._born = waiting
        self._shelf_lives.destroy(day)

    def expire(self, slot: int) -> None:
        """End a day of the stock: it is charged for, destroyed where its time is over, lost, and counted."""
        clock = self._network.clock
        if not clock.closes_day(slot):
            return
        day = clock.day(slot)
        if self._ages is not None:
            self._ages.close_day()
        for part in (self._surcharges, self.overflow, self._shelf_lives, self._terms):
            if part is not None:
                part.end_day(day)
        if self._shrinkage is not None:
            self._shrink(self._shrinkage.end_day(day))
        if self.records is not None:
            self.records.end_day(day)

    def _shrink(self, lost: IntArray) -> None:
        if self.records is not None:
            self.records.lose(lost)
        for ages in (self._ages, None if self._shelf_lives is None else self._shelf_lives.ages):
            if ages is not None:
                ages.shrink(lost)

    def close(self, slot: int) -> None:
        """Pay for what was bought in during a day that is over, and note what the records say at its end."""
        clock = self._network.clock
        if not clock.closes_day(slot):
            return
        self.knowledge.end_day()
        if self._network.bought_in.any():
            new = self._stock.bought_in - self._paid
            self._money.book("goods", clock.day(slot), per_run(new * self._network.unit_cost))
            self._paid = self._stock.bought_in.copy()

    def at_door(self) -> IntArray | int:
        """Units that wait for room, [run, warehouse, sku]; 0 where none ever do."""
        return 0 if self.overflow is None else self.overflow.yard

    def in_yard(self, warehouse: int) -> IntArray | int:
        """Units that wait for room at a warehouse, [run, sku]; 0 where none ever do."""
        return 0 if self.overflow is None else self.overflow.yard[:, warehouse]

    def goods_besides_orders(self) -> FloatArray:
        """What was paid for goods bought in, less what factories gave for goods sent back, [run] money."""
        credit = 0.0 if self._terms is None else self._stock.sent_off * self._terms.credit
        return per_run(self._stock.bought_in * self._network.unit_cost - credit)


def rows_of_ages(network: Network) -> int:
    """Totals of days past that are kept of all stock, for its ages."""
    oldest = oldest_asked(network)
    lives = max((sku.shelf_life_days or 0 for sku in network.catalogue), default=0)
    return (0 if oldest is None else oldest + 1) + (lives + 1 if lives else 0)
