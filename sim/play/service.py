"""Who gets what is on the shelf: markets turn to their warehouses in the order of their preferences."""

from typing import Any

import numpy as np
from numpy.typing import NDArray

from sim.luck import uniforms
from sim.play.stock import Stock
from sim.world.network import ServiceRound

IntArray = NDArray[np.int64]
KeyArray = NDArray[np.uint64]


class Counter:
    """Serves the markets of one world from its stock."""

    def __init__(self, rounds: tuple[ServiceRound, ...], tie_keys: KeyArray, whole_orders: tuple[int, ...]) -> None:
        self.rounds = rounds
        self.tie_keys = tie_keys  # [run, market, sku], luck
        self.whole_orders = whole_orders  # markets that take no part deliveries

    def serve_waiting(self, stock: Stock, slot: int) -> IntArray:
        """Sell what is there to buyers who wait, each at the first warehouse of their market, [run, market, sku]."""
        return self._serve(tuple(turn for turn in self.rounds if turn.rank == 0), stock, stock.backlog, slot, None)

    def serve(self, stock: Stock, asked: IntArray, slot: int, orders: IntArray | None) -> IntArray:
        """Sell what is there to who asks, units [run, market, sku]; the answer is what each market got.

        `orders` are the customer orders the units belong to, where these are not the same; orders of a slot are alike
        in size.
        """
        return self._serve(self.rounds, stock, asked, slot, orders)

    def _serve(
        self, rounds: tuple[ServiceRound, ...], stock: Stock, asked: IntArray, slot: int, orders: IntArray | None
    ) -> IntArray:
        served = np.zeros_like(asked)
        for turn in rounds:
            alone = len(turn.markets) == 1
            markets = slice(turn.markets[0], turn.markets[0] + 1) if alone else list(turn.markets)
            shelf = stock.on_hand[:, turn.warehouse]
            left = asked[:, markets] - served[:, markets]
            taken = np.minimum(left, shelf[:, None]) if alone else self._shares(left, shelf, list(turn.markets), slot)
            if orders is not None:
                for i, market in enumerate(turn.markets):
                    if market in self.whole_orders:
                        whole = whole_orders_only(orders[:, market], left[:, i], asked[:, market], taken[:, i])
                        taken[:, i] = whole
            served[:, markets] += taken
            stock.sell(turn.warehouse, taken[:, 0] if alone else taken.sum(axis=1))
        return served

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


def owed_units(short: IntArray, waits: NDArray[np.float64], keys: KeyArray, slot: int) -> IntArray:
    """Units whose buyers wait, [run, market, sku]: the market's share of unmet units, rounded by luck."""
    expected = short * waits
    whole = np.floor(expected).astype(np.int64)
    if keys.size:
        whole += uniforms(keys, slot) < expected - whole
    return whole


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
