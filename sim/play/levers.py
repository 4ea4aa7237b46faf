"""What a seller's playbook has set going: levers wait out the reaction time, then stay in force until replaced."""

import math
from collections import deque
from collections.abc import Callable

import numpy as np
from numpy.typing import NDArray

from policies.playbook import Levers
from sim.world.network import Network
from sim.world.sample import AdTraffic

BoolArray = NDArray[np.bool_]
FloatArray = NDArray[np.float64]
IntArray = NDArray[np.int64]
LEAST = float(np.finfo(float).tiny)
"""Stands for no money at all, where a share of it is asked for."""


class Switchboard:
    """The levers of every warehouse, those in force and those on their way."""

    def __init__(self, network: Network, runs: int, reaction_hours: float, ads: AdTraffic | None) -> None:
        self.network, self._hourly = network, None if ads is None else ads.hourly
        self._wait = 1 + math.ceil(reaction_hours / network.scenario.slot_hours)
        self._shape = (runs, len(network.skus))
        self._due: deque[tuple[int, list[Levers]]] = deque()
        self._in_force = [Levers() for _ in network.warehouses]

    def set(self, slot: int, levers: list[Levers]) -> None:
        """Set the levers of every warehouse at the end of a slot; they act once the seller has reacted."""
        self._due.append((slot + self._wait, levers))

    def take_effect(self, slot: int) -> list[Levers]:
        """What begins to act in this slot, a warehouse each; empty where nothing does."""
        begun: list[Levers] = []
        while self._due and self._due[0][0] <= slot:
            begun = self._due.popleft()[1]
            self._in_force = begun
        return begun

    def held_back(self, warehouse: int) -> BoolArray | None:
        """SKUs whose orders are held back, [run, sku]."""
        return self._in_force[warehouse].stop_buying

    def hurried(self, warehouse: int) -> BoolArray | None:
        """SKUs whose orders go by the fastest lane, [run, sku]."""
        return self._in_force[warehouse].expedite

    def ads(self, hour: int) -> FloatArray:
        """Factor on the planned spend in a slot that begins at an hour, [run, market, sku]."""
        return self._by_market(lambda levers, market: self._ads_here(levers, market, hour))

    def steered(self) -> FloatArray:
        """Share of a livestream's demand that the host steers to siblings, [run, market, sku]."""
        return self._by_market(lambda levers, _: 0.0 if levers.steer is None else levers.steer)

    def promotions(self) -> FloatArray:
        """Factor on the seller's own promotions, [run, market, sku]."""
        return self._by_market(lambda levers, _: 1.0 if levers.promotions is None else levers.promotions)

    def cleared(self) -> FloatArray:
        """1 where a SKU is on clearance, [run, market, sku]."""
        return self._by_market(lambda levers, _: 0.0 if levers.clear is None else levers.clear)

    def announced(self) -> FloatArray:
        """1 where a restock is announced, [run, market, sku]."""
        return self._by_market(lambda levers, _: 0.0 if levers.announce is None else levers.announce)

    def paused(self) -> BoolArray:
        """Where the seller paused the ads of a SKU, at whatever hour, [run, market, sku]."""
        return np.asarray(self._by_market(lambda levers, _: 1.0 if levers.ads is None else levers.ads) == 0)

    def _ads_here(self, levers: Levers, market: int, hour: int) -> FloatArray | float:
        if levers.ad_markets is not None and self.network.markets[market] not in levers.ad_markets:
            return 0.0
        factor = 1.0 if levers.ads is None else levers.ads
        if levers.ad_hours is None:
            return factor
        hours = range(hour, hour + self.network.scenario.slot_hours)
        paced = np.ones((24, 1)) if self._hourly is None else self._hourly[:, market]
        chosen = paced[[h for h in hours if h in levers.ad_hours]].sum(axis=0)
        return np.asarray(factor * (chosen / np.maximum(paced[list(hours)].sum(axis=0), LEAST)))

    def _by_market(self, value: Callable[[Levers, int], FloatArray | BoolArray | float]) -> FloatArray:
        """A value of every market, as its first warehouse's levers say, [run, market, sku]."""
        runs, skus = self._shape
        values = np.empty((runs, len(self.network.markets), skus))
        for market, place in enumerate(self.network.home):
            values[:, market] = value(self._in_force[place], market)
        return values
