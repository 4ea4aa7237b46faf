"""Who gets what is on the shelf: markets turn to their warehouses in the order of their preferences."""

from typing import Any

import numpy as np
from numpy.typing import NDArray

from scenarios.schema import EVERY
from sim.luck import uniforms
from sim.play.serving.allotments import Allotments
from sim.play.serving.deliveries import Deliveries
from sim.play.serving.router import Router
from sim.play.stock import Stock
from sim.world.network import Network, ServiceRound
from sim.world.sample import World

IntArray = NDArray[np.int64]
ENDLESS = 10**12
"""Units on the shelf of a warehouse that buys in what is ordered; more than anybody asks for."""


class Counter:
    """Serves the markets of one world from its stock."""

    def __init__(self, world: World, stock: Stock, router: Router, notes_elsewhere: bool, notes_shelves: bool) -> None:
        """`notes_elsewhere` where who is served by no first warehouse is told; `notes_shelves` where who got what."""
        network, runs = world.network, len(world.runs)
        self.stock, self.router = stock, router
        self._at_home = tuple(turn for turn in network.rounds if turn.rank == 0)
        self.tie_keys = world.tie_keys  # [run, market, sku], luck
        self.whole_orders = tuple(m for m, part in enumerate(network.market_parts) if not part.part_deliveries)
        self._kept = _reserves(network)
        self.allotments = Allotments.of(network, runs)
        self._bought_in = network.bought_in
        self._buys_in = [bool(skus.any()) for skus in network.bought_in]
        self._notes_elsewhere = notes_elsewhere
        self.elsewhere: IntArray | None = None  # [run, market, sku] handed over in this slot by no first warehouse
        self.deliveries = Deliveries.of(network, runs)
        shape = runs, len(network.warehouses), len(network.markets), len(network.skus)
        self.got = np.zeros(shape if notes_shelves else (0, 0, 0, 0), np.int64)  # record: what each got from where

    def serve_waiting(self, slot: int) -> IntArray:
        """Sell what is there to buyers who wait, each at the first warehouse of their market, [run, market, sku]."""
        served = np.zeros_like(self.stock.backlog)
        for turn in self._at_home:
            markets = _positions(turn)
            served[:, markets] = self.part(turn, self.stock.backlog[:, markets], slot)
            self.hand_over(turn, served[:, markets])
        return served

    def serve(
        self, asked: list[IntArray], slot: int, orders: list[IntArray] | None
    ) -> tuple[IntArray, IntArray | None]:
        """Sell what is there to who asks, units [run, market, sku] of each kind of buyers.

        Answers what each market got, and what was asked for by buyers who did not want to be sent on to a slower
        warehouse, None where nobody minds. `orders` are the customer orders the units belong to, where these are not
        the same; orders of a slot are alike in size.
        """
        if self._notes_elsewhere:
            self.elsewhere = np.zeros_like(asked[0])
        left, rank = [units.copy() for units in asked], 0
        turned_away: IntArray | None = None
        for turn in self.router.rounds:
            if turn.rank > rank:
                rank, before = turn.rank, left
                left = self.router.who_stays(left, rank, slot)
                if left is not before:
                    gone = total(before) - total(left)
                    turned_away = gone if turned_away is None else turned_away + gone
            markets = _positions(turn)
            wanted = left[turn.kind][:, markets]
            if turn.skus is not None:
                wanted = wanted * turn.skus
            if turn.rank > 0 and not wanted.any():
                continue
            taken = self.part(turn, wanted, slot)
            if orders is not None:
                self._keep_whole(turn, taken, wanted, asked[turn.kind], orders[turn.kind])
            left[turn.kind][:, markets] -= taken
            self.hand_over(turn, taken)
        served = total(asked) - total(left)
        return served if turned_away is None else served - turned_away, turned_away

    def _keep_whole(
        self, turn: ServiceRound, taken: IntArray, left: IntArray, asked: IntArray, orders: IntArray
    ) -> None:
        """Cut what is taken to whole orders, where a market takes no part of one."""
        for i, market in enumerate(turn.markets):
            if market in self.whole_orders:
                taken[:, i] = whole_orders_only(orders[:, market], left[:, i], asked[:, market], taken[:, i])

    def part(self, turn: ServiceRound, asked: IntArray, slot: int) -> IntArray:
        """What the markets of a turn get of what they ask for, [run, market of the turn, sku].

        Of the units kept for a market alone it takes first; what is kept for none is shared.
        """
        shelf, held = self._shelf(turn), self._held(turn.warehouse)
        if held is None:
            return self._free_part(turn, asked, shelf, slot)
        own = np.minimum(asked, held[:, _positions(turn)])
        return own + self._free_part(turn, asked - own, np.maximum(shelf - held.sum(axis=1), 0), slot)

    def on_offer(self, turn: ServiceRound) -> IntArray:
        """The most each market of a turn may take, [run, market of the turn, sku]."""
        shelf, held = self._shelf(turn), self._held(turn.warehouse)
        if held is None:
            return np.repeat(shelf[:, None], len(turn.markets), axis=1)
        free: IntArray = np.maximum(shelf - held.sum(axis=1), 0)
        return held[:, _positions(turn)] + free[:, None]

    def hand_over(self, turn: ServiceRound, taken: IntArray) -> None:
        """Sell units of a turn, [run, market of the turn, sku]."""
        warehouse, markets = turn.warehouse, _positions(turn)
        if self.allotments is not None and warehouse in self.allotments.warehouses:
            own = self.allotments.held(warehouse)[:, markets]
            self.allotments.take(list(turn.markets), np.minimum(taken, own))
        units = taken[:, 0] if len(turn.markets) == 1 else taken.sum(axis=1)
        if self._buys_in[warehouse]:
            missing = np.maximum(units - self.stock.on_hand[:, warehouse], 0)
            self.stock.buy_in(warehouse, missing * self._bought_in[warehouse])
        self.stock.sell(warehouse, units)
        if self.elsewhere is not None and turn.rank > 0:
            self.elsewhere[:, markets] += taken
        if self.deliveries is not None:
            self.deliveries.enter(warehouse, turn.markets, taken)
        if self.got.size:
            self.got[:, warehouse, markets] += taken

    def _shelf(self, turn: ServiceRound) -> IntArray:
        """What a warehouse has for a turn, [run, sku]: not what it keeps for others, and no end of what it buys in."""
        shelf: IntArray = self.stock.on_hand[:, turn.warehouse]
        if turn.rank > 0 and self.router.keeps is not None:
            shelf = np.maximum(shelf - self.router.keeps[:, turn.warehouse], 0)
        bought_in = self._bought_in[turn.warehouse]
        return np.where(bought_in, ENDLESS, shelf) if self._buys_in[turn.warehouse] else shelf

    def _held(self, warehouse: int) -> IntArray | None:
        """Units on a shelf kept for each market, [run, market, sku], all alike where it runs low; None for none."""
        if self.allotments is not None and warehouse in self.allotments.warehouses:
            return self.allotments.held(warehouse)
        if warehouse not in self._kept:
            return None
        kept = self._kept[warehouse]
        total = kept.sum(axis=0)
        held = product(np.minimum(self.stock.on_hand[:, warehouse], total)[:, None], kept) // np.maximum(total, 1)
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


def orders_of(orders: IntArray, asked: IntArray, part: IntArray) -> IntArray:
    """The orders that a part of the units asked for belongs to, begun ones included, [...]."""
    if part is asked:
        return orders
    return np.asarray(-(-product(part, orders) // np.maximum(asked, 1)), np.int64)


def whole_orders_only(orders: IntArray, left: IntArray, wanted: IntArray, taken: IntArray) -> IntArray:
    """The units of whole orders among `taken`, [...], where `left` of all the units `wanted` were still asked for."""
    before = complete_orders(orders, wanted, wanted - left)
    whole = complete_orders(orders, wanted, wanted - left + taken)
    units = product(whole, wanted) // np.maximum(orders, 1) - product(before, wanted) // np.maximum(orders, 1)
    return np.where(taken >= left, left, np.minimum(units, taken)).astype(np.int64)


def total(kinds: list[IntArray]) -> IntArray:
    """The sum over kinds of buyers."""
    return kinds[0] if len(kinds) == 1 else np.asarray(np.sum(kinds, axis=0))


def product(a: IntArray, b: IntArray) -> NDArray[Any]:
    """a x b without overflow: in Python's integers where 64 bits might not hold it."""
    if float(a.max(initial=0)) * float(b.max(initial=0)) < 2**62:
        return a * b
    return a.astype(object) * b
