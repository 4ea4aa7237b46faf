"""Who gets what is on the shelf: markets turn to their warehouses in the order of their preferences."""

from typing import Any

import numpy as np
from numpy.typing import NDArray

from scenarios.schema import EVERY
from sim.luck import uniforms
from sim.play.stock import Stock
from sim.world.network import Network, ServiceRound

IntArray = NDArray[np.int64]
KeyArray = NDArray[np.uint64]


class Counter:
    """Serves the markets of one world from its stock."""

    def __init__(self, network: Network, tie_keys: KeyArray, notes_elsewhere: bool = False) -> None:
        self.rounds = network.rounds
        self.tie_keys = tie_keys  # [run, market, sku], luck
        self.whole_orders = tuple(m for m, part in enumerate(network.market_parts) if not part.part_deliveries)
        self._kept = _reserves(network)
        self._notes_elsewhere = notes_elsewhere
        self.elsewhere: IntArray | None = None  # [run, market, sku] handed over in this slot by no first warehouse

    def serve_waiting(self, stock: Stock, slot: int) -> IntArray:
        """Sell what is there to buyers who wait, each at the first warehouse of their market, [run, market, sku]."""
        return self._serve(tuple(turn for turn in self.rounds if turn.rank == 0), stock, stock.backlog, slot, None)

    def serve(self, stock: Stock, asked: IntArray, slot: int, orders: IntArray | None) -> IntArray:
        """Sell what is there to who asks, units [run, market, sku]; the answer is what each market got.

        `orders` are the customer orders the units belong to, where these are not the same; orders of a slot are alike
        in size.
        """
        if self._notes_elsewhere:
            self.elsewhere = np.zeros_like(asked)
        return self._serve(self.rounds, stock, asked, slot, orders)

    def _serve(
        self, rounds: tuple[ServiceRound, ...], stock: Stock, asked: IntArray, slot: int, orders: IntArray | None
    ) -> IntArray:
        served = np.zeros_like(asked)
        for turn in rounds:
            markets = _positions(turn)
            left = asked[:, markets] - served[:, markets]
            taken = self.part(turn, stock, left, slot)
            if orders is not None:
                for i, market in enumerate(turn.markets):
                    if market in self.whole_orders:
                        whole = whole_orders_only(orders[:, market], left[:, i], asked[:, market], taken[:, i])
                        taken[:, i] = whole
            served[:, markets] += taken
            self.hand_over(turn, stock, taken)
        return served

    def part(self, turn: ServiceRound, stock: Stock, asked: IntArray, slot: int) -> IntArray:
        """What the markets of a turn get of what they ask for, [run, market of the turn, sku].

        Of the units kept for a market alone it takes first; what is kept for none is shared.
        """
        shelf = stock.on_hand[:, turn.warehouse]
        if turn.warehouse not in self._kept:
            return self._free_part(turn, asked, shelf, slot)
        held = self._held(turn.warehouse, shelf)
        own = np.minimum(asked, held[:, _positions(turn)])
        return own + self._free_part(turn, asked - own, shelf - held.sum(axis=1), slot)

    def on_offer(self, turn: ServiceRound, stock: Stock) -> IntArray:
        """The most each market of a turn may take, [run, market of the turn, sku]."""
        shelf = stock.on_hand[:, turn.warehouse]
        if turn.warehouse not in self._kept:
            return np.repeat(shelf[:, None], len(turn.markets), axis=1)
        held = self._held(turn.warehouse, shelf)
        free: IntArray = shelf - held.sum(axis=1)
        return held[:, _positions(turn)] + free[:, None]

    def hand_over(self, turn: ServiceRound, stock: Stock, taken: IntArray) -> None:
        """Sell units of a turn, [run, market of the turn, sku]."""
        stock.sell(turn.warehouse, taken[:, 0] if len(turn.markets) == 1 else taken.sum(axis=1))
        if self.elsewhere is not None and turn.rank > 0:
            self.elsewhere[:, _positions(turn)] += taken

    def _held(self, warehouse: int, shelf: IntArray) -> IntArray:
        """Units on a shelf, [run, sku], kept for each market, [run, market, sku]: all alike where it runs low."""
        kept = self._kept[warehouse]
        total = kept.sum(axis=0)
        held = product(np.minimum(shelf, total)[:, None], kept) // np.maximum(total, 1)
        return np.asarray(held, np.int64)

    def _free_part(self, turn: ServiceRound, asked: IntArray, shelf: IntArray, slot: int) -> IntArray:
        if len(turn.markets) == 1:
            return np.minimum(asked, shelf[:, None])
        return self._shares(asked, shelf, list(turn.markets), slot)

    def _shares(self, asked: IntArray, shelf: IntArray, markets: list[int], slot: int) -> IntArray:
        """Proportional shares of a shelf, [run, market, sku]; odd units go by largest remainder, ties by luck."""
        total = asked.sum(axis=1)
        short = total > shelf
        if not short.any():
            return asked
        run, sku = np.nonzero(short)
        wanted, stock = asked[run, :, sku], shelf[run, sku][:, None]
        exact, whole_shelf = product(wanted, stock), total[run, sku][:, None]
        whole = (exact // whole_shelf).astype(np.int64)
        rest = (exact % whole_shelf).astype(np.int64)
        luck = uniforms(self.tie_keys[run[:, None], markets, sku[:, None]], slot)
        rank = np.argsort(np.argsort(-(rest + luck), axis=1), axis=1)
        shares = asked.copy()
        shares[run, :, sku] = whole + (rank < stock - whole.sum(axis=1, keepdims=True))
        return shares


def _positions(turn: ServiceRound) -> slice | list[int]:
    """The markets of a turn as an index; a lone one as a slice, which copies nothing."""
    return slice(turn.markets[0], turn.markets[0] + 1) if len(turn.markets) == 1 else list(turn.markets)


def _reserves(network: Network) -> dict[int, IntArray]:
    """Units kept for each market, [market, sku], by the warehouses that keep any."""
    reserves: dict[int, IntArray] = {}
    for market, (place, part) in enumerate(zip(network.home, network.market_parts, strict=True)):
        units = [part.reserves.get(sku, part.reserves.get(EVERY, 0)) for sku in network.skus]
        if any(units):
            reserves.setdefault(place, np.zeros(network.pace.shape, np.int64))[market] = units
    return reserves


def complete_orders(orders: IntArray, wanted: IntArray, served: IntArray) -> IntArray:
    """Orders served whole, [...]. Orders of a slot are alike in size: the first k take floor(k wanted / orders)."""
    most = (product(served + 1, orders) - 1) // np.maximum(wanted, 1)
    return np.where(served >= wanted, orders, np.maximum(most, 0)).astype(np.int64)


def whole_orders_only(orders: IntArray, left: IntArray, wanted: IntArray, taken: IntArray) -> IntArray:
    """The units of whole orders among `taken`, [...], where `left` of all the units `wanted` were still asked for."""
    before = complete_orders(orders, wanted, wanted - left)
    whole = complete_orders(orders, wanted, wanted - left + taken)
    units = product(whole, wanted) // np.maximum(orders, 1) - product(before, wanted) // np.maximum(orders, 1)
    return np.where(taken >= left, left, np.minimum(units, taken)).astype(np.int64)


def product(a: IntArray, b: IntArray) -> NDArray[Any]:
    """a x b without overflow: in Python's integers where 64 bits might not hold it."""
    if float(a.max(initial=0)) * float(b.max(initial=0)) < 2**62:
        return a * b
    return a.astype(object) * b
