"""The series of the kept runs: everything that happens to them, slot by slot."""

from collections.abc import Mapping

import numpy as np
from numpy.typing import NDArray

from reports.record import Series, Shipment
from sim.world.sample import World

IntArray = NDArray[np.int64]
FloatArray = NDArray[np.float64]


class SeriesBooks:
    """Records the kept runs of a batch."""

    def __init__(self, world: World, kept: tuple[int, ...]) -> None:
        network = world.network
        self.world, self.kept = world, list(kept)
        slots, skus = network.clock.slots, len(network.skus)
        at_market = (slots, len(kept), len(network.markets), skus)
        at_place = (slots, len(kept), len(network.warehouses), skus)
        self._arrays = {name: np.zeros(at_market, np.int64) for name in ("sold", "lost", "backlog")}
        self._arrays |= {name: np.zeros(at_place, np.int64) for name in ("on_hand", "received", "ordered")}
        self._why: dict[str, FloatArray] = {}

    def enter(self, name: str, slot: int, units: IntArray) -> None:
        """Enter a slot's units of the kept runs, [run, ...]."""
        self._arrays[name][slot] = units[self.kept]

    def enter_order(self, slot: int, warehouse: int, units: IntArray) -> None:
        """Add a lane's orders of the kept runs, [run, sku]."""
        self._arrays["ordered"][slot, :, warehouse] += units[self.kept]

    def explain(self, day: int, warehouse: int, why: Mapping[str, NDArray[np.generic]]) -> None:
        """Enter a policy's reasons, [run, sku] by name."""
        network = self.world.network
        for name, values in why.items():
            if name not in self._why:
                shape = (network.clock.days, len(self.kept), len(network.warehouses), len(network.skus))
                self._why[name] = np.full(shape, np.nan)
            self._why[name][day, :, warehouse] = values[self.kept]

    def finished(self, shipments: tuple[Shipment, ...]) -> Series:
        """The series as recorded."""
        return Series(
            runs=tuple(self.world.runs[i] for i in self.kept),
            wanted=self.world.wanted[:, self.kept],
            streams=self.world.streams,
            why=self._why,
            shipments=shipments,
            **self._arrays,
        )
