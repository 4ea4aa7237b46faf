"""Warehouses that supply others: what is ordered from one leaves as soon as it has stock, first come first served."""

from collections import deque
from collections.abc import Iterator, Sequence

import numpy as np
from numpy.typing import NDArray

from sim.luck import Luck, uniforms
from sim.play.siblings import apportioned
from sim.play.stock import Stock
from sim.world.network import Network

IntArray = NDArray[np.int64]


class Depot:
    """One warehouse that supplies others, for one batch."""

    def __init__(self, network: Network, warehouse: int, runs: Sequence[int]) -> None:
        self.warehouse = warehouse
        name = network.warehouses[warehouse]
        self.ways = tuple(i for i, way in enumerate(network.ways) if way.start == name and way.part.replenishes)
        lanes = [network.lanes[way] for way in self.ways]
        self._odd_keys = Luck(network.scenario.seed).keys(runs, "odd order", lanes, network.skus)  # [run, way, sku]
        self._orders: deque[IntArray] = deque()  # [run, way, sku] of each slot, what is still to leave
        self._slot = -1  # of the last of them
        self.owed = np.zeros((len(runs), len(network.skus)), np.int64)  # [run, sku] their sum, state

    def order(self, slot: int, way: int, units: IntArray) -> None:
        """Enter an order of another warehouse, [run, sku]."""
        if slot != self._slot:
            self._orders.append(np.zeros(self._odd_keys.shape, np.int64))
            self._slot = slot
        self._orders[-1][:, self.ways.index(way)] += units
        self.owed += units

    def send(self, slot: int, stock: Stock) -> Iterator[tuple[int, IntArray]]:
        """What leaves now, by way, [run, sku]; orders of one slot share what is there in proportion."""
        if not self.owed.any():
            return
        sent = np.zeros(self._odd_keys.shape, np.int64)
        shelf = stock.on_hand[:, self.warehouse].copy()
        for units in self._orders if shelf.any() else ():
            part = self._part(units, shelf, slot)
            units -= part
            shelf -= part.sum(axis=1)
            sent += part
        while self._orders and not self._orders[0].any():
            self._orders.popleft()
        if not self._orders:
            self._slot = -1
        self.owed -= sent.sum(axis=1)
        for i, way in enumerate(self.ways):
            if sent[:, i].any():
                yield way, sent[:, i]

    def _part(self, units: IntArray, shelf: IntArray, slot: int) -> IntArray:
        """What of one slot's orders leaves, [run, way, sku]; odd units by largest remainder, ties by luck."""
        part = units.copy()
        total = units.sum(axis=1)
        run, sku = np.nonzero(total > shelf)
        if run.size:
            luck = uniforms(self._odd_keys[run, :, sku], slot)
            part[run, :, sku] = apportioned(shelf[run, sku], units[run, :, sku], luck)
        return part


def depots(network: Network, runs: Sequence[int]) -> tuple[Depot, ...]:
    """The warehouses that supply others."""
    return tuple(Depot(network, warehouse, runs) for warehouse in network.depots)
