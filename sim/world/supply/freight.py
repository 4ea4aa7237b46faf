"""What a lane charges: by volume, by weight or volumetric weight, by container, by shipment."""

from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from sim.world.network import Network, money
from sim.world.supply.ways import Way

FloatArray = NDArray[np.float64]
IntArray = NDArray[np.int64]


@dataclass(frozen=True)
class Tariff:
    """The charges of one lane in the scenario's currency, at their usual level."""

    per_unit: FloatArray  # [sku] by volume, and the surcharge for batteries
    per_kg: float
    per_shipment: float
    weight_kg: FloatArray  # [sku]
    volume_m3: FloatArray  # [sku]
    kg_per_m3: float
    container: tuple[float, float] | None  # price of one, and the volume that fills it

    @classmethod
    def of(cls, network: Network, way: Way) -> "Tariff":
        """The charges of a way."""
        cost, scenario = way.part.cost, network.scenario
        battery = np.array([sku.battery for sku in network.catalogue]) * network.weight_kg
        box = cost.container
        return cls(
            per_unit=money(cost.per_m3, scenario) * network.volume_m3 + money(cost.battery_per_kg, scenario) * battery,
            per_kg=money(cost.per_kg, scenario),
            per_shipment=money(cost.per_shipment, scenario),
            weight_kg=network.weight_kg,
            volume_m3=network.volume_m3,
            kg_per_m3=cost.kg_per_m3,
            container=None if box is None else (money(box.price, scenario), box.m3 * box.fill),
        )

    def charge(self, units: IntArray) -> FloatArray:
        """What shipments cost, [...] of [..., sku]; what is empty costs the charge per shipment too."""
        total = (units * self.per_unit).sum(axis=-1) + self.per_shipment
        if self.per_kg:
            total = total + self.per_kg * self._charged_kg(units)
        if self.container is not None:
            price, room = self.container
            total = total + price * np.ceil((units * self.volume_m3).sum(axis=-1) / room - 1e-9)
        return np.asarray(total)

    def _charged_kg(self, units: IntArray) -> FloatArray:
        weight = (units * self.weight_kg).sum(axis=-1)
        return np.asarray(np.maximum(weight, self.kg_per_m3 * (units * self.volume_m3).sum(axis=-1)))

    @property
    def of_one(self) -> FloatArray:
        """What one unit more costs, [sku], the charge per shipment left out: in a container, its share of one."""
        charged = np.maximum(self.weight_kg, self.kg_per_m3 * self.volume_m3)
        total = self.per_unit + self.per_kg * charged
        if self.container is not None:
            price, room = self.container
            total = total + price * self.volume_m3 / room
        return np.asarray(total)
