"""The textbook's base-stock policy for warehouses that feed others."""

from dataclasses import dataclass
from typing import ClassVar

import numpy as np

from policies.echelons import WAYS, echelon_pace, supply_days, supply_lane
from policies.network import NetworkSight, Place
from policies.parameters import amounts, by_warehouse, check_parameters, choice, parameter
from policies.protocol import FloatArray, Observation, Orders
from policies.quantity import lots
from policies.signals import TWO_WAREHOUSES


@dataclass(frozen=True)
class EchelonBaseStock:
    """Orders at every review whatever lifts a warehouse's echelon position to its level S.

    The echelon of a warehouse is itself and all that it feeds. So a hub orders when a shop sells, not when the shop
    orders. A warehouse that no other feeds and that feeds none has its own stock position as echelon position.

    Levels are given in units by warehouse, the same for every SKU. Without one, S covers what sells in the echelon
    until an order can be sold in the farthest warehouse of it, and some days more. A warehouse that another feeds
    orders from that one, the others from their factories.

    Formula: order = max(0, S - echelon position); echelon position = on_hand + on_order, here and below, less what
        buyers are owed; S = units, or pace of the echelon x (days to its farthest warehouse + cover_days)
    Source: echelon base-stock policy; Clark and Scarf 1960, Optimal policies for a multi-echelon inventory problem
    Example: echelon-base-stock:levels=depot=42 shop=20,review_days=1
    """

    name: ClassVar[str] = "echelon-base-stock"
    needs: ClassVar[frozenset[str]] = frozenset({TWO_WAREHOUSES})
    levels: str = by_warehouse(0, 1e9, "units", "echelon levels S in units, such as depot=42 shop=20")
    cover_days: float = parameter(
        30.0, 0, 730, "days", "days of sales on top of lead times, where no level is given", tune=(0, 90), serves=True
    )
    pace_days: int = parameter(28, 1, 365, "days", "window of past sales that gives the pace", tune=(7, 91))
    supply: str = choice("cheapest", WAYS, "lane of each warehouse: the cheapest or the fastest")
    review_days: int = parameter(7, 1, 365, "days", "days from one review to the next")

    def __post_init__(self) -> None:
        check_parameters(self)

    @property
    def sees(self) -> frozenset[str]:
        return frozenset({"network"})

    def orders(self, seen: Observation) -> Orders:
        network = seen.network
        here, below = network.place(seen.warehouse), network.fed_by(seen.warehouse)
        position, level = network.echelon_position(here.warehouse), self._level(network, here)
        lane = supply_lane(here, self.supply)
        units = lots(np.maximum(level - position, 0.0), lane)
        own = level - sum(self._level(network, place) for place in below)
        why = {"order_up_to": np.maximum(own, 0.0), "echelon_level": level, "echelon_position": position}
        return Orders({lane.name: units}, why)

    def _level(self, network: NetworkSight, place: Place) -> FloatArray:
        """The echelon level S of a warehouse, [..., sku]. Raises NoPlace on a level for a warehouse that is not."""
        levels = {network.place(name).warehouse: units for name, units in amounts(self.levels).items()}
        if place.warehouse in levels:
            return np.full(place.stock.on_hand.shape, levels[place.warehouse])
        days = supply_days(network, place, self.supply) + self.cover_days
        return echelon_pace(network, place, self.pace_days) * days
