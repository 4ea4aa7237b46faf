"""Article four: one decision for all warehouses, shared so that goods last equally long everywhere."""

from collections.abc import Sequence
from dataclasses import dataclass
from typing import ClassVar

import numpy as np

from policies.echelons import WAYS, echelon_pace, supply_days, supply_lane
from policies.network import NetworkSight, Place
from policies.parameters import check_parameters, choice, parameter
from policies.protocol import FloatArray, IntArray, Observation, Orders
from policies.quantity import EDGE, lots
from policies.sharing import evened
from policies.signals import TWO_WAREHOUSES


@dataclass(frozen=True)
class FairShare:
    """Decides one total from the position of the whole network and splits it so that days of cover are equal.

    When all warehouses together have fallen to what sells until an order can be sold, plus a safety stock, one total
    is ordered: up to that and `order_days` of sales. A warehouse that has more than that counts with no more, as what
    lies in the wrong place is no use to the others. The total is split over the warehouses that no other feeds, each
    counted with all that it feeds. What stands free in a warehouse that feeds others is split over these, and over
    itself for its own buyers, in the same way: nobody orders what is not there, and who has most waits for the others.
    With a single warehouse it is a reorder point.

    Formula: point = sum of pace x (days to its farthest warehouse + safety_days); position <= point: total = point +
        pace x order_days - position; share = max(0, c x pace - position), c the days of cover that share out the total
    Source: fair share allocation; Silver, Pyke, Thomas 2017, Inventory and Production Management, chapter 11; for
        smart inventory of an independent store (main goods first to regions that sell); the days are a judgement
    Example: fair-share:safety_days=20
    """

    name: ClassVar[str] = "fair-share"
    needs: ClassVar[frozenset[str]] = frozenset({TWO_WAREHOUSES})
    safety_days: float = parameter(14.0, 0, 730, "days", "safety stock in days of sales", tune=(0, 60), serves=True)
    order_days: int = parameter(30, 0, 365, "days", "days of sales ordered on top of the reorder point", tune=(7, 60))
    pace_days: int = parameter(28, 1, 365, "days", "window of past sales that gives the pace")
    supply: str = choice("cheapest", WAYS, "lane of each warehouse: the cheapest or the fastest")
    review_days: int = parameter(7, 1, 365, "days", "days from one review to the next")

    def __post_init__(self) -> None:
        check_parameters(self)

    @property
    def sees(self) -> frozenset[str]:
        return frozenset({"network"})

    def orders(self, seen: Observation) -> Orders:
        network, here = seen.network, seen.network.place(seen.warehouse)
        lane, pace = supply_lane(here, self.supply), here.pace(self.pace_days)
        share = self._from_hub(network, here) if here.fed else self._from_factories(network, here)
        safety = pace * self.safety_days
        lines = {"reorder_point": pace * lane.lead_days + safety, "safety_stock": safety}
        return Orders({lane.name: lots(share, lane)}, {**lines, "share": share})

    def _from_factories(self, network: NetworkSight, here: Place) -> IntArray:
        """What a place that no other feeds gets of the one total, [..., sku]."""
        heads = [self._sharer(network, place) for place in network.places if place.lanes and not place.fed]
        point, pace = (
            np.sum(parts, axis=0) for parts in zip(*((head.point, head.pace) for head in heads), strict=True)
        )
        # What a place has beyond its own level is no use to the others: it counts up to that level.
        levels = [head.point + head.pace * self.order_days for head in heads]
        position = sum(np.minimum(head.position, level) for head, level in zip(heads, levels, strict=True))
        missing = np.maximum(point + pace * self.order_days - position, 0.0)
        return _shared(np.where(position <= point + EDGE, missing, 0.0), heads, here)

    def _from_hub(self, network: NetworkSight, here: Place) -> IntArray:
        """What a place gets of the stock that stands free in the warehouse that feeds it, [..., sku]."""
        hub = network.place(str(supply_lane(here, self.supply).start))
        fed = [self._sharer(network, place) for place in network.fed_by(hub.warehouse)]
        own = hub.pace(self.pace_days)
        point = own * ((supply_lane(hub, self.supply).lead_days if hub.lanes else 0.0) + self.safety_days)
        # What stands free for its own buyers is part of what is shared, so as a sharer it begins with nothing.
        sharers = [_Sharer(hub, own, np.zeros_like(own), point), *fed]
        wanted = sum(np.maximum(one.point - one.position, 0.0) for one in sharers)
        free = np.maximum(hub.stock.on_hand - hub.stock.backlog, 0)
        return _shared(np.minimum(wanted, free), sharers, here)

    def _sharer(self, network: NetworkSight, place: Place) -> "_Sharer":
        """A place with all that it feeds, for the SKUs that its lane carries."""
        carries = supply_lane(place, self.supply).carries
        pace = np.where(carries, echelon_pace(network, place, self.pace_days), 0.0)
        position = np.where(pace > 0, network.echelon_position(place.warehouse), 0.0)
        return _Sharer(place, pace, position, pace * (supply_days(network, place, self.supply) + self.safety_days))


@dataclass(frozen=True)
class _Sharer:
    """Who takes part in a total. A SKU that it does not sell or cannot get counts as zero."""

    place: Place
    pace: FloatArray  # [..., sku]
    position: FloatArray  # [..., sku]
    point: FloatArray  # [..., sku] position below which it is in need


def _shared(total: FloatArray, sharers: Sequence[_Sharer], here: Place) -> IntArray:
    """The part of a total, in whole units, that one of those who share it gets, [..., sku]."""
    whole = np.ceil(total - EDGE).astype(np.int64)
    shares = evened(whole, [one.position for one in sharers], [one.pace for one in sharers])
    return np.asarray(shares[[one.place.warehouse for one in sharers].index(here.warehouse)])
