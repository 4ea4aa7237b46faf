"""A slot's trade at the counter: who waited, who comes, who takes a sibling, who waits from now on, who gives up."""

from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from sim.play.repeats import repeat_orders
from sim.play.returns import Returns
from sim.play.service import Counter
from sim.play.siblings import Siblings
from sim.play.stock import Stock
from sim.play.waiting import Dispatch, Patience, owed_units, preorder_shares, somebody_waits
from sim.world.sample import World

IntArray = NDArray[np.int64]
FloatArray = NDArray[np.float64]


@dataclass(frozen=True, slots=True)
class Trade:
    """What happened at the counter in one slot: units [run, market, sku]; None in worlds where it never happens."""

    asked: IntArray
    orders: IntArray | None  # customer orders the asked units belong to; None where every order is one unit
    served: IntArray  # of the asked units, those delivered at once
    short: IntArray  # the others: they met too little stock
    again: IntArray | None = None  # of the asked units, those of buyers who come again
    switched: IntArray | None = None  # of the short units, those whose buyers took a sibling
    owed: IntArray | None = None  # of the short units, those whose buyers wait; the rest is lost
    taken: IntArray | None = None  # the siblings that were taken
    settled: IntArray | None = None  # delivered to buyers who had waited
    cancelled: IntArray | None = None  # owed no longer, since their buyers gave up
    late: IntArray | None = None  # owed for longer than the platform allows, from this slot on

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

    def __init__(self, world: World, stock: Stock) -> None:
        network, runs = world.network, world.runs
        self.world, self.network, self.stock = world, network, stock
        self.returns = Returns.of(network, runs)
        self.repeats = repeat_orders(network, runs)
        self._counter = Counter(network, world.tie_keys, notes_elsewhere=self.repeats is not None)
        self._waits, self._preorders = somebody_waits(network), preorder_shares(network)
        self.takes_preorders = bool((self._preorders > network.waits).any())
        self._patience = Patience.of(network, len(runs))
        self._dispatch = Dispatch.of(network, len(runs))
        self._siblings = Siblings.of(network, runs)

    def trade(self, slot: int, asked: IntArray, orders: IntArray | None, announced: FloatArray | None = None) -> Trade:
        """Serve who asks, and who comes again beside them.

        `announced` is above 0 where buyers know of a restock to come and may order ahead, [run, market, sku].
        """
        again = settled = owed = cancelled = late = switched = taken = None
        if self.repeats is not None:
            again = self.repeats.sound(slot)
            asked, orders = asked + again, None if orders is None else orders + again
        if self._waits:
            settled = self._counter.serve_waiting(self.stock, slot)
            self.stock.settle(settled)
            cancelled = None if self._patience is None else self._patience.end(self.stock)
        served = self._counter.serve(self.stock, asked, slot, orders)
        short = asked - served
        if self._siblings is not None:
            switched, taken = self._siblings.serve(self._counter, self.stock, short, slot)
        if self._waits:
            waits = self.network.waits
            shares = waits if announced is None else np.where(announced > 0, self._preorders, waits)
            owed = owed_units(_without(short, switched), shares, self.world.wait_keys, slot)
            self.stock.owe(owed)
            late = self._close()
        trade = Trade(asked, orders, served, short, again, switched, owed, taken, settled, cancelled, late)
        self._remember(slot, trade)
        return trade

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
        return None if self._dispatch is None else self._dispatch.late(self.stock)

    def _remember(self, slot: int, trade: Trade) -> None:
        """Let units delivered come back, or their buyers come again."""
        if self.returns is not None:
            self.returns.echo.deliver(slot, trade.delivered)
        if self.repeats is not None and self._counter.elsewhere is not None:
            self.repeats.deliver(slot, trade.delivered, _and(self._counter.elsewhere, trade.settled))


def _and(units: IntArray, more: IntArray | None) -> IntArray:
    return units if more is None else units + more


def _without(units: IntArray, others: IntArray | None) -> IntArray:
    return units if others is None else units - others
