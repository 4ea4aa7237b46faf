"""What the pages of markets show of the shelves: late, and as wrong as the stock record; so some units are oversold."""

import math
from collections import deque

import numpy as np
from numpy.typing import NDArray

from sim.play.service import Counter
from sim.play.stock import Stock
from sim.play.storage.accuracy import StockRecords
from sim.world.network import Network

BoolArray = NDArray[np.bool_]
IntArray = NDArray[np.int64]


class Pages:
    """The pages of one batch: buyers order what a page shows, and are told later that it was not there."""

    def __init__(self, network: Network, records: StockRecords, counter: Counter) -> None:
        self._network, self._records, self._counter = network, records, counter
        hours = [0.0 if part.record is None else part.record.sync_hours for part in network.warehouse_parts]
        lags = [math.ceil(time / network.scenario.slot_hours) for time in hours]
        # by warehouse, what was on offer in the last slots, [run, market, sku], and what each market had got by then
        self._said: list[deque[tuple[IntArray, IntArray]]] = [deque(maxlen=lag + 1) for lag in lags]
        self._late = np.array(
            [any(lags[network.warehouses.index(w)] for w in m.served_by) for m in network.market_parts]
        )

    def shown(self, stock: Stock) -> IntArray:
        """Units that pages show, [run, market, sku]; called once a slot, before anybody buys."""
        total = np.zeros_like(stock.backlog)
        for warehouse, said in enumerate(self._said):
            got = self._counter.got[:, warehouse]
            said.append((self._on_offer(stock, warehouse), got.copy()))
            offer, had = said[0]
            total += np.maximum(offer - (got - had), 0)
        return total

    def oversold(self, ordered: IntArray, served: IntArray, stock: Stock) -> IntArray:
        """Units ordered that turned out not to be there, [run, market, sku]; pickers then put the record right.

        Where pages are never late, only what the record invents can be oversold.
        """
        invented = np.maximum(self._records.gap, 0)
        missing = ordered - served
        claimed = (invented.swapaxes(1, 2) @ self._network.serving).swapaxes(1, 2)
        named = np.minimum(missing, claimed)
        total, most = named.sum(axis=1, keepdims=True), invented.sum(axis=1, keepdims=True)
        named = np.where(total > most, named * most // np.maximum(total, 1), named)
        over = np.where(self._late[:, np.newaxis], missing, named)
        if over.any():
            sought = (over.swapaxes(1, 2) @ self._network.serving.T > 0).swapaxes(1, 2)
            self._records.find_empty(sought & (stock.on_hand == 0))
        return np.asarray(over)

    def _on_offer(self, stock: Stock, warehouse: int) -> IntArray:
        """What each market may take from a warehouse by its record, [run, market, sku]."""
        gap = self._records.gap[:, warehouse, np.newaxis]
        offer = np.zeros_like(stock.backlog)
        for turn in self._counter.router.rounds:
            if turn.warehouse == warehouse:
                markets = list(turn.markets)
                here = np.maximum(self._counter.on_offer(turn) + gap, 0)
                here = here if turn.skus is None else here * turn.skus
                offer[:, markets] = np.maximum(offer[:, markets], here)
        return offer


def limited(kinds: list[IntArray], shown: IntArray) -> list[IntArray]:
    """What buyers of each kind order of what they are shown, [run, market, sku] each; usual buyers come first."""
    ordered, left = [], shown
    for units in kinds:
        ordered.append(np.minimum(units, left))
        left = left - ordered[-1]
    return ordered
