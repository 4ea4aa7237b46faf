"""Which warehouses buyers turn to, one after the other, as the seller's routing says; and who takes the promise."""

from collections.abc import Iterator

import numpy as np
from numpy.typing import NDArray

from policies.routing import KINDS, PATIENT, USUAL, Crossroads, Routing
from policies.routing_answer import directed
from sim.luck import Luck, thinned
from sim.play.sales import SalesBooks
from sim.play.storage.accuracy import Knowledge
from sim.world.delivery import LastMile, accepting, routes
from sim.world.network import Network, ServiceRound, still
from sim.world.sample import World

BoolArray = NDArray[np.bool_]
FloatArray = NDArray[np.float64]
IntArray = NDArray[np.int64]
PACE_DAYS = 28
"""Days of past sales that a routing is shown as pace."""


class Router:
    """The routes of one batch, asked for anew at the start of every review day."""

    def __init__(self, world: World, routing: Routing) -> None:
        network = world.network
        self._network, self._runs, self._routing = network, world.runs, routing
        self._routes = routes(network)
        self._luck = Luck(network.scenario.seed)
        self._patient = np.array([[part.patient] for part in network.market_parts])  # [market, 1] share of buyers
        self.kinds = KINDS if self._patient.any() else (USUAL,)
        self.deters = any(part.accepts for part in network.market_parts)
        self._keys: dict[str, NDArray[np.uint64]] = {}
        self._takes = _takes(network)
        self.rounds: tuple[ServiceRound, ...] = ()
        self._serves = np.zeros((len(network.warehouses), len(network.markets), len(network.skus)), bool)
        self.keeps: IntArray | None = None  # [run, warehouse, sku] for buyers who prefer it first
        self._stays: list[FloatArray] = []  # by rank, [kind, market, sku] share of those sent on who still buy

    def open_day(self, day: int, knowledge: Knowledge, sales: SalesBooks | None) -> None:
        """Ask the routing on a review day; raises PolicyFault where its answer makes no sense."""
        if day % self._routing.review_days:
            return
        answer = directed(self._routing, self._crossroads(day, knowledge, sales))
        self.keeps = answer.keeps
        self.rounds = tuple(self._rounds(answer.order))
        self._serves[:] = False
        for turn in self.rounds:
            self._serves[turn.warehouse, list(turn.markets)] |= True if turn.skus is None else turn.skus
        self._stays = list(self._staying(answer.order)) if self.deters else []

    def out_of_stock(self, on_hand: IntArray) -> BoolArray:
        """Where no warehouse that serves a market has a SKU, [run, market, sku] of [run, warehouse, sku]."""
        there = (on_hand > 0) | self._network.bought_in
        found = np.zeros((len(on_hand), *self._serves.shape[1:]), bool)
        for warehouse, serves in enumerate(self._serves):
            found |= there[:, warehouse, np.newaxis] & serves
        return ~found

    def who_comes(self, asked: IntArray, slot: int) -> tuple[list[IntArray], IntArray | None]:
        """Buyers by kind, [run, market, sku] each, who take the promise of their first warehouse, and the others."""
        kinds = [asked]
        if PATIENT in self.kinds:
            patient = thinned(asked, self._patient, self._key("patient"), slot)
            kinds = [asked - patient, patient]
        if not self.deters:
            return kinds, None
        coming = [self._staying_on(units, kind, 0, slot) for kind, units in enumerate(kinds)]
        return coming, asked - np.sum(coming, axis=0)

    def who_stays(self, left: list[IntArray], rank: int, slot: int) -> list[IntArray]:
        """Those of the buyers left, by kind, who take the promise of the warehouse they are sent on to."""
        if not self.deters:
            return left
        return [self._staying_on(units, kind, rank, slot) for kind, units in enumerate(left)]

    def _staying_on(self, units: IntArray, kind: int, rank: int, slot: int) -> IntArray:
        if kind == PATIENT:
            return units
        return thinned(units, self._stays[rank][kind], self._key(f"promise {rank}"), slot)

    def _key(self, use: str) -> NDArray[np.uint64]:
        if use not in self._keys:
            self._keys[use] = self._luck.keys(self._runs, use, self._network.markets, self._network.skus)
        return self._keys[use]

    def _crossroads(self, day: int, knowledge: Knowledge, sales: SalesBooks | None) -> Crossroads:
        network = self._network
        on_hand = np.stack([knowledge.on_hand(w) for w in range(len(network.warehouses))], axis=1)
        pace = np.zeros(on_hand.shape) if sales is None else sales.home_pace(PACE_DAYS)
        return Crossroads(
            day=day,
            date=network.date(day),
            skus=network.skus,
            warehouses=network.warehouses,
            markets=network.markets,
            routes=self._routes,
            on_hand=still(on_hand),
            pace=still(pace),
        )

    def _rounds(self, order: IntArray) -> Iterator[ServiceRound]:
        """Who turns where: ranks first, usual buyers before patient ones, warehouses by name."""
        for rank in range(order.shape[1]):
            for kind in self.kinds:
                for warehouse in range(len(self._network.warehouses)):
                    here = order[kind, rank] == warehouse
                    markets = np.flatnonzero(here.any(axis=1)).tolist()
                    if markets:
                        some = None if here[markets].all() else here[markets]
                        yield ServiceRound(rank, warehouse, tuple(markets), kind, some)

    def _staying(self, order: IntArray) -> Iterator[FloatArray]:
        """The share of buyers who take the promise of each rank, of those who took all before it, [kind, market, sku].

        A buyer whose limit is above a longer promise takes every shorter one too.
        """
        before = np.ones(order[:, 0].shape)
        markets = np.arange(order.shape[2])[:, np.newaxis]
        for rank in range(order.shape[1]):
            share = np.minimum(before, self._takes[markets, order[:, rank]])
            yield np.asarray(np.divide(share, before, out=np.zeros(share.shape), where=before > 0))
            before = share


def _takes(network: Network) -> FloatArray:
    """The share of usual buyers who take the promise of each warehouse, [market, warehouse + 1]; the last: of none."""
    shares = np.ones((len(network.markets), len(network.warehouses) + 1))
    for m, market in enumerate(network.market_parts):
        for name in market.served_by:
            w = network.warehouses.index(name)
            shares[m, w] = accepting(market, LastMile.of(network, m, w).promise_days)
    return shares
