"""Sight `network`: all warehouses at one moment, for rules that plan for more than their own.

A rule still answers for one warehouse. All are asked about the same moment, so a rule that works out the whole plan
and answers its own part of it never contradicts itself.
"""

from dataclasses import dataclass

import numpy as np

from policies.protocol import FloatArray, IntArray, LaneFacts, PolicyFault, SalesSight, StockSight

WAREHOUSE = "warehouse"
"""The channel in which stand the orders of other warehouses."""


class NoPlace(PolicyFault):
    """A policy names a warehouse that the network does not have."""


@dataclass(frozen=True)
class Place:
    """One warehouse of the network."""

    warehouse: str
    stock: StockSight  # backlog includes what other warehouses ordered here and has not left
    sales: SalesSight  # of a warehouse that feeds others: what they ordered counts as sold, under channel "warehouse"
    lanes: tuple[LaneFacts, ...]  # into it
    bonded: bool

    @property
    def fed(self) -> bool:
        """Whether another warehouse feeds it."""
        return any(lane.start is not None for lane in self.lanes)

    def sold(self, days: int) -> IntArray:
        """Units sold to buyers in the last `days` days, [..., sku]; what other warehouses ordered is left out."""
        return np.asarray(self.sales.daily(days).sum(axis=0))

    def sold_until(self, ago: int) -> IntArray:
        """Units sold to buyers up to the day `ago` days ago, as far as the history reaches, [..., sku]."""
        row = self.sales.totals[-1 - min(ago, len(self.sales.totals) - 1)]
        buyers = [market for market, channel in enumerate(self.sales.channels) if channel != WAREHOUSE]
        return np.asarray(row[..., buyers, :].sum(axis=-2))

    def pace(self, days: int) -> FloatArray:
        """Units sold to buyers a day over the last `days` days, counting days with stock here, [..., sku]."""
        return _pace((self,), days)


@dataclass(frozen=True)
class NetworkSight:
    """All warehouses at one moment."""

    places: tuple[Place, ...]  # in the order of their names

    def place(self, name: str) -> Place:
        """The warehouse of this name. Raises NoPlace with the names there are."""
        for place in self.places:
            if place.warehouse == name:
                return place
        raise NoPlace(f"no warehouse {name!r}; allowed: {', '.join(place.warehouse for place in self.places)}")

    def fed_by(self, name: str) -> tuple[Place, ...]:
        """Warehouses with a lane that starts at `name`, in the order of their names."""
        return tuple(place for place in self.places if any(lane.start == name for lane in place.lanes))

    def echelon(self, name: str) -> tuple[Place, ...]:
        """The warehouse of this name and all that it feeds, directly or through others, each once."""
        found = {name: self.place(name)}
        for reached in (waiting := [name]):
            for place in self.fed_by(reached):
                if place.warehouse not in found:
                    found[place.warehouse] = place
                    waiting.append(place.warehouse)
        return tuple(found.values())

    def echelon_position(self, name: str) -> IntArray:
        """Stock and what is coming, here and in all that it feeds, less what buyers are owed there, [..., sku].

        It is the sum of the stock positions: what a warehouse owes to one that it feeds is in the backlog of the one
        and on order at the other, and so cancels.
        """
        return np.asarray(sum(place.stock.position for place in self.echelon(name)))

    def pace(self, days: int) -> FloatArray:
        """Units sold to buyers a day by all places together, counting days on which any had stock, [..., sku]."""
        return _pace(self.places, days)


def _pace(places: tuple[Place, ...], days: int) -> FloatArray:
    """Units sold to buyers a day, counting days on which any of these places had stock, [..., sku]."""
    if len(places) == 1 and WAREHOUSE not in places[0].sales.channels:
        return places[0].sales.pace(days)
    sold = sum(place.sales.daily(days) for place in places)
    stocked = np.max([_stocked(place.sales, days) for place in places], axis=0)
    return np.asarray((sold * stocked).sum(axis=0) / np.maximum(stocked.sum(axis=0), 1))


def _stocked(sales: SalesSight, days: int) -> IntArray:
    """1 for each of the last `days` days that had stock, otherwise 0, [day, ..., sku]."""
    return np.asarray(np.diff(sales.open_days[-1 - min(days, len(sales.open_days) - 1) :], axis=0))
