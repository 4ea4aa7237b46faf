"""Article five: what sells fast goes to bonded stock, the long tail by direct mail, luxury is not stocked."""

from dataclasses import dataclass
from typing import ClassVar

import numpy as np

from policies.echelons import WAYS, supply_days, supply_lane
from policies.network import NetworkSight, Place
from policies.parameters import check_parameters, choice, parameter
from policies.protocol import BoolArray, FloatArray, IntArray, Observation, Orders, PolicyError
from policies.quantity import EDGE, order_up_to
from policies.signals import TWO_WAREHOUSES

BONDED, DIRECT, VIRTUAL = 1, 2, 3
"""Tiers."""
FAST, BASIC, NEW, SLOW, LUXURY = 1, 2, 3, 4, 5
"""Reasons for a tier."""
TIER_OF = np.array([0, BONDED, BONDED, DIRECT, DIRECT, VIRTUAL])
"""The tier by reason."""


@dataclass(frozen=True)
class Tiers:
    """Sorts SKUs into three tiers at every review and stocks each tier where it belongs.

    Tier 1 is stocked in bonded warehouses, tier 2 in the others (direct mail), tier 3 nowhere: it is bought when a
    buyer orders (virtual stock). `why` gives the tier and its reason, `tier_reason`: 1 sells fast, at least `promote`
    a day over the whole network; 2 basic, sells less but at least `demote` and stands in bonded stock already; 3 new,
    first sold less than `new_days` days ago; 4 sells slowly; 5 luxury, dearer than `luxury_price`. So it takes more
    to be promoted than to stay. A SKU stands in bonded stock when a bonded warehouse has it on hand or on order: what
    is sold out there and not on order must be promoted anew. Between reviews no tier changes.

    Each warehouse orders as a reorder point does, for itself and all that it feeds. The sales of a tier are split over
    its warehouses by what each sold of the SKU, evenly where none did. Direct mail keeps some days of tier 1, to take
    over when bonded stock is sold out, and counts as its own what is left there of a SKU that was demoted. Where no
    warehouse is bonded, or all are, tiers 1 and 2 stand together.

    Formula: tier 3: price > luxury_price; 2: new; 1: pace >= promote, or pace >= demote and in bonded stock; 2: others;
        trigger = pace x (days to its farthest warehouse + safety_days), for tier 1 in direct mail pace x fallback_days
    Source: direct mail and bonded stock of a cross-border agent (hot and basic: bonded; long tail and new: direct
        mail, promoted after validation; luxury: virtual stock); the numbers are judgements
    Example: tiers:promote=8,demote=3,luxury_price=500
    """

    name: ClassVar[str] = "tiers"
    needs: ClassVar[frozenset[str]] = frozenset({TWO_WAREHOUSES})
    promote: float = parameter(
        5.0, 0, 1e6, "units a day", "sales of the network that bring a SKU into bonded stock", tune=(1, 20)
    )
    demote: float = parameter(2.0, 0, 1e6, "units a day", "sales below which it leaves; at most those that promote")
    new_days: int = parameter(14, 0, 365, "days", "days since its first sale until a SKU is proven")
    luxury_price: float | None = parameter(None, 0, 1e9, "money", "price above which none is stocked")
    safety_days: float = parameter(14.0, 0, 730, "days", "safety stock in days of sales", tune=(0, 60), serves=True)
    fallback_days: float = parameter(7.0, 0, 730, "days", "days of sales of tier 1 kept in direct mail")
    order_days: int = parameter(30, 0, 365, "days", "days of sales ordered on top of the trigger", tune=(7, 60))
    pace_days: int = parameter(28, 1, 365, "days", "window of past sales that gives the pace")
    supply: str = choice("cheapest", WAYS, "lane of each warehouse: the cheapest or the fastest")
    review_days: int = parameter(7, 1, 365, "days", "days from one review to the next")

    def __post_init__(self) -> None:
        check_parameters(self)
        if self.demote > self.promote:
            raise PolicyError(
                f"{self.name}: demote = {self.demote} is above promote = {self.promote}; allowed: demote <= promote"
            )

    @property
    def sees(self) -> frozenset[str]:
        return frozenset({"network"})

    def orders(self, seen: Observation) -> Orders:
        network, here = seen.network, seen.network.place(seen.warehouse)
        tier, reason = self._sorted(seen)
        stocked, kept, spare = self._needs(network, here, tier)
        lane = supply_lane(here, self.supply)
        safety = stocked * self.safety_days + kept * self.fallback_days
        trigger = stocked * supply_days(network, here, self.supply) + safety
        level = trigger + stocked * self.order_days
        units = order_up_to(level - spare, network.echelon_position(here.warehouse), trigger - spare, lane)
        lines = {"reorder_point": trigger, "safety_stock": safety, "order_up_to": level}
        return Orders({lane.name: np.where(tier == VIRTUAL, 0, units)}, {"tier": tier, "tier_reason": reason, **lines})

    def _sorted(self, seen: Observation) -> tuple[IntArray, IntArray]:
        """Tier and reason of each SKU, [..., sku]."""
        network, pace = seen.network, seen.network.pace(self.pace_days)
        coming = [place.stock.on_hand + place.stock.on_order for place in network.places if place.bonded]
        stands = np.sum(coming, axis=0) > 0 if coming else np.zeros(pace.shape, dtype=np.bool_)
        reason = np.where(stands & (pace >= self.demote - EDGE), BASIC, SLOW)
        reason = np.where(pace >= self.promote - EDGE, FAST, reason)
        reason = np.where(_new(network, self.new_days), NEW, reason)
        if self.luxury_price is not None:
            reason = np.where(seen.price > self.luxury_price, LUXURY, reason)
        return TIER_OF[reason], reason

    def _needs(self, network: NetworkSight, here: Place, tier: IntArray) -> tuple[FloatArray, FloatArray, FloatArray]:
        """Of this place and all that it feeds: pace stocked for, pace kept a fallback for, spare units; [..., sku].

        Spare are units of tier 2 that still stand in bonded stock: they sell before what direct mail would buy.
        """
        bonded = tuple(place for place in network.places if place.bonded) or network.places
        direct = tuple(place for place in network.places if not place.bonded) or network.places
        pace = network.pace(self.pace_days)
        fast, slow = np.where(tier == BONDED, pace, 0.0), np.where(tier == DIRECT, pace, 0.0)
        left = [np.maximum(place.stock.position, 0) for place in bonded if not _among(place, direct)]
        spare_units = np.where(tier == DIRECT, sum(left, start=np.zeros(pace.shape)), 0.0)
        stocked, kept, spare = (np.zeros(pace.shape) for _ in range(3))
        for place in network.echelon(here.warehouse):
            in_direct = self._part(place, direct)
            stocked += fast * self._part(place, bonded) + slow * in_direct
            kept += 0.0 if _among(place, bonded) else fast * in_direct
            spare += spare_units * in_direct
        return stocked, kept, spare

    def _part(self, place: Place, group: tuple[Place, ...]) -> FloatArray | float:
        """The share of a place in what its group of places sells of each SKU, [..., sku] or one for all."""
        if not _among(place, group):
            return 0.0
        sold = sum(one.sold(self.pace_days) for one in group)
        return np.where(sold > 0, place.sold(self.pace_days) / np.maximum(sold, 1), 1.0 / len(group))


def _among(place: Place, group: tuple[Place, ...]) -> bool:
    return any(one is place for one in group)


def _new(network: NetworkSight, days: int) -> BoolArray:
    """Whether a SKU was first sold less than so many days ago, that day counted, or never, [..., sku]."""
    return np.asarray(sum(place.sold_until(max(days - 1, 0)) for place in network.places) == 0)
