"""The series of the kept runs: everything that happens to them, slot by slot."""

from collections.abc import Mapping

import numpy as np
from numpy.typing import NDArray

from policies.protocol import StockSight
from reports.record import Series, Shipment
from sim.play.shop import Trade
from sim.world.sample import World

IntArray = NDArray[np.int64]
FloatArray = NDArray[np.float64]
AT_MARKET = ("sold", "short", "lost", "backlog", "returned", "returning")
AT_PLACE = ("on_hand", "on_order", "received", "restocked", "ordered")
SEEN = ("seen_on_hand", "seen_position")


class SeriesBooks:
    """Records the kept runs of a batch."""

    def __init__(self, world: World, kept: tuple[int, ...], counts_asked: bool) -> None:
        network = world.network
        self.world, self.kept = world, list(kept)
        slots, skus = network.clock.slots, len(network.skus)
        at_market = (slots, len(kept), len(network.markets), skus)
        at_place = (slots, len(kept), len(network.warehouses), skus)
        self._arrays = {name: np.zeros(at_market, np.int64) for name in AT_MARKET}
        self._arrays |= {name: np.zeros(at_place, np.int64) for name in AT_PLACE}
        if counts_asked:
            self._arrays["wanted"] = np.zeros(at_market, np.int64)
        days = network.clock.days
        self._arrays |= {name: np.zeros((days, *at_place[1:]), np.int64) for name in SEEN}
        self._arrays["ordered_by_lane"] = np.zeros((days, len(kept), len(network.lanes), skus), np.int64)
        self._again = np.zeros((days, *at_market[1:]), np.int64)
        self._why: dict[str, FloatArray] = {}
        self._levers: dict[str, FloatArray] = {}

    def enter(self, name: str, slot: int, units: IntArray) -> None:
        """Enter a slot's units of the kept runs, [run, ...]."""
        self._arrays[name][slot] = units[self.kept]

    def enter_trade(self, slot: int, trade: Trade, delivered: IntArray, lost: IntArray) -> None:
        """Enter a slot's trade of the kept runs."""
        self.enter("sold", slot, delivered)
        self.enter("short", slot, trade.short)
        self.enter("lost", slot, lost)
        if "wanted" in self._arrays:
            self.enter("wanted", slot, trade.asked)
        if trade.again is not None:
            self._again[self.world.network.clock.day(slot)] += trade.again[self.kept]

    def enter_order(self, slot: int, lane: int, warehouse: int, units: IntArray) -> None:
        """Add a lane's orders of the kept runs, [run, sku]."""
        self._arrays["ordered"][slot, :, warehouse] += units[self.kept]
        self._arrays["ordered_by_lane"][self.world.network.clock.day(slot), :, lane] += units[self.kept]

    def enter_sight(self, day: int, warehouse: int, seen: StockSight) -> None:
        """Enter what the seller has on hand, and the position, when a day is reviewed."""
        self._arrays["seen_on_hand"][day, :, warehouse] = seen.on_hand[self.kept]
        self._arrays["seen_position"][day, :, warehouse] = seen.position[self.kept]

    def explain(self, day: int, warehouse: int, why: Mapping[str, NDArray[np.generic]]) -> None:
        """Enter a policy's reasons, [run, sku] by name."""
        network = self.world.network
        for name, values in why.items():
            if name not in self._why:
                shape = (network.clock.days, len(self.kept), len(network.warehouses), len(network.skus))
                self._why[name] = np.full(shape, np.nan)
            self._why[name][day, :, warehouse] = values[self.kept]

    def enter_levers(self, slot: int, warehouse: int, levers: Mapping[str, NDArray[np.generic]]) -> None:
        """Enter what a playbook set in a slot, [run, sku] by name."""
        network = self.world.network
        for name, values in levers.items():
            if name not in self._levers:
                shape = (network.clock.slots, len(self.kept), len(network.warehouses), len(network.skus))
                self._levers[name] = np.full(shape, np.nan)
            self._levers[name][slot, :, warehouse] = values[self.kept]

    def finished(
        self, shipments: tuple[Shipment, ...], streams: Mapping[str, IntArray], ad_spend: FloatArray | None
    ) -> Series:
        """The series as recorded; `streams` are those that were shaped while time passed, as they came."""
        return Series(
            runs=tuple(self.world.runs[i] for i in self.kept),
            streams={**self.world.streams, **streams, **({"repeat": self._again} if self._again.any() else {})},
            why=self._why,
            levers=self._levers,
            ad_spend=np.zeros(self._arrays["sold"].shape) if ad_spend is None else ad_spend,
            shipments=shipments,
            **{"wanted": self.world.wanted[:, self.kept]} | self._arrays,
        )
