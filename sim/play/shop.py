"""A slot's trade at the counter: who waited, who comes, who takes a sibling, who waits from now on, who gives up."""

from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from sim.luck import Luck, thinned
from sim.play.repeats import repeat_orders
from sim.play.returns import Returns
from sim.play.service import Counter, orders_of, total
from sim.play.serving.deliveries import Handed
from sim.play.serving.pages import Pages, limited
from sim.play.serving.router import Router
from sim.play.siblings import Siblings
from sim.play.stock import Stock
from sim.play.storage.accuracy import StockRecords
from sim.play.waiting import Deadlines, Patience, owed_units, preorder_shares, somebody_waits
from sim.world.sample import World

IntArray = NDArray[np.int64]
FloatArray = NDArray[np.float64]


@dataclass(slots=True)
class Trade:
    """What happened at the counter in one slot: units [run, market, sku]; None in worlds where it never happens."""

    asked: IntArray
    orders: IntArray | None  # customer orders the asked units belong to; None where every order is one unit
    served: IntArray  # of the asked units, those delivered at once
    short: IntArray  # the others: they met too little stock
    deterred: IntArray | None = None  # asked for by nobody, since delivery was promised too late
    oversold: IntArray | None = None  # of the short units, those a page had shown
    again: IntArray | None = None  # of the asked units, those of buyers who come again
    switched: IntArray | None = None  # of the short units, those whose buyers took a sibling
    owed: IntArray | None = None  # of the short units, those whose buyers wait; the rest is lost
    taken: IntArray | None = None  # the siblings that were taken
    settled: IntArray | None = None  # delivered to buyers who had waited
    cancelled: IntArray | None = None  # owed no longer, since their buyers gave up
    handed: Handed | None = None  # what carriers got
    late: IntArray | None = None  # dispatched later than the platform allows, or owed for longer from this slot on

    @property
    def failed(self) -> IntArray | None:
        """Units that the seller fails to deliver after they were ordered."""
        if self.cancelled is None or self.oversold is None:
            return self.cancelled if self.oversold is None else self.oversold
        return self.cancelled + self.oversold

    @property
    def lost(self) -> IntArray:
        """Units turned away."""
        return _without(_without(self.short, self.switched), self.owed)

    @property
    def bought(self) -> IntArray:
        """Units that a seller enters as sales of this slot, delivered or promised."""
        return _and(_and(self.served, self.taken), self.owed)

    @property
    def bought_at_once(self) -> IntArray:
        """Units that left the shelves for buyers of this slot."""
        return _and(self.served, self.taken)

    @property
    def delivered(self) -> IntArray:
        """Units that left the shelves."""
        return _and(_and(self.served, self.taken), self.settled)


class Shop:
    """Trades with the buyers of one batch."""

    def __init__(self, world: World, stock: Stock, router: Router, records: StockRecords | None) -> None:
        network, runs = world.network, world.runs
        self.world, self.network, self.stock, self.router = world, network, stock, router
        self.returns = Returns.of(network, runs)
        self.repeats = repeat_orders(network, runs)
        self.counter = Counter(world, stock, router, self.repeats is not None, records is not None)
        self._pages = None if records is None else Pages(network, records, self.counter)
        self._waits, self._preorders = somebody_waits(network), preorder_shares(network)
        self.takes_preorders = bool((self._preorders > network.waits).any())
        self._patience = Patience.of(network, len(runs))
        self._deadlines = Deadlines.of(network, len(runs))
        self._siblings = Siblings.of(network, runs)
        self._late_keys = Luck(network.scenario.seed).keys(runs, "late dispatch", network.markets, network.skus)

    def trade(self, slot: int, asked: IntArray, orders: IntArray | None, announced: FloatArray | None = None) -> Trade:
        """Serve who asks, and who comes again beside them.

        `announced` is above 0 where buyers know of a restock to come and may order ahead, [run, market, sku].
        """
        again = settled = owed = cancelled = late = switched = taken = None
        if self.repeats is not None:
            again = self.repeats.sound(slot)
            asked, orders = asked + again, None if orders is None else orders + again
        if self.counter.allotments is not None:
            self.counter.allotments.renew(self.stock)
        if self._waits:
            settled = self.counter.serve_waiting(slot)
            self.stock.settle(settled)
            cancelled = None if self._patience is None else self._patience.end(self.stock)
        kinds, deterred = self.router.who_comes(asked, slot)
        if deterred is not None:
            came = asked - deterred
            asked, orders = came, None if orders is None else orders_of(orders, asked, came)
        served, oversold = self._serve(kinds, slot, asked, orders)
        short = asked - served
        unmet = _without(short, oversold)
        if self._siblings is not None:
            switched, taken = self._siblings.serve(self.counter, unmet, slot)
        if self._waits:
            waits = self.network.waits
            shares = waits if announced is None else np.where(announced > 0, self._preorders, waits)
            owed = owed_units(_without(unmet, switched), shares, self.world.wait_keys, slot)
            self.stock.owe(owed)
            late = self._close()
        handed = None if self.counter.deliveries is None else self.counter.deliveries.close()
        trade = Trade(
            asked, orders, served, short, deterred, oversold, again, switched, owed, taken, settled, cancelled, handed
        )
        trade.late = self._late(slot, trade, late)
        self._remember(slot, trade)
        return trade

    def _serve(
        self, kinds: list[IntArray], slot: int, asked: IntArray, orders: IntArray | None
    ) -> tuple[IntArray, IntArray | None]:
        """What buyers of every kind get, and what they ordered and do not get, [run, market, sku] each."""
        ordered = kinds if self._pages is None else limited(kinds, self._pages.shown(self.stock))
        parts = None if orders is None else [orders_of(orders, asked, units) for units in ordered]
        served, turned_away = self.counter.serve(ordered, slot, parts)
        if self._pages is None:
            return served, None
        return served, self._pages.oversold(_without(total(ordered), turned_away), served, self.stock)

    def _late(self, slot: int, trade: Trade, owed: IntArray | None) -> IntArray | None:
        """Units owed too long, and with them those that packing tables dispatch too late."""
        if trade.handed is None or not trade.handed.late.any():
            return owed
        share = trade.handed.late[:, :, np.newaxis]
        return _and(thinned(trade.bought_at_once, share, self._late_keys, slot), owed)

    def take_back(self, slot: int) -> tuple[IntArray, IntArray] | None:
        """Put on the shelf what is back and can be sold again, in a world with returns.

        Answers what is back, [run, market, sku], and what of it went to the shelf, [run, warehouse, sku].
        """
        if self.returns is None:
            return None
        back, resalable = self.returns.inspect(slot)
        shelved = self.returns.at_home(resalable)
        self.stock.restock(shelved)
        return back, shelved

    def _close(self) -> IntArray | None:
        """Note who waits at the slot's end; the units that have become late."""
        if self._patience is not None:
            self._patience.note(self.stock)
        return None if self._deadlines is None else self._deadlines.late(self.stock)

    def _remember(self, slot: int, trade: Trade) -> None:
        """Let units delivered come back, or their buyers come again."""
        if self.returns is not None:
            self.returns.echo.deliver(slot, trade.delivered)
        if self.repeats is not None and self.counter.elsewhere is not None:
            self.repeats.deliver(slot, trade.delivered, _and(self.counter.elsewhere, trade.settled))


def _and(units: IntArray, more: IntArray | None) -> IntArray:
    return units if more is None else units + more


def _without(units: IntArray, others: IntArray | None) -> IntArray:
    return units if others is None else units - others
