"""What rules share that order by two lanes (dual sourcing): a slow one, and a fast one for what cannot wait."""

import dataclasses
import math
from collections.abc import Mapping, Sequence
from typing import ClassVar

import numpy as np

from policies.one_lane import MOST_NAMED
from policies.parameters import check_parameters, choice, parameter
from policies.protocol import BoolArray, FloatArray, IntArray, LaneFacts, Observation, Orders, PolicyError, lane_named
from policies.quantity import lots
from policies.signals import TWO_LANES


@dataclasses.dataclass(frozen=True)
class Choice:
    """What a warehouse can order by a slow and by a fast lane. A fast lane that is no faster brings nothing."""

    slow: LaneFacts
    fast: LaneFacts
    position: IntArray  # [..., sku] stock position: on hand and all on order, less backlog
    early: IntArray  # [..., sku] of that, what is planned to be there before the next fast order could be

    @property
    def faster(self) -> bool:
        """Whether the fast lane is the faster one."""
        return self.fast.lead_days < self.slow.lead_days

    @property
    def both(self) -> BoolArray | np.bool_:
        """Which SKUs can come by either lane, [sku] or one answer for all."""
        return np.bool_(self.faster) & self.slow.carries & self.fast.carries

    def flown(self, wanted: FloatArray) -> IntArray:
        """The lots of the fast lane for what is wanted by it, [..., sku]; none where that is below zero."""
        return lots(np.maximum(wanted, 0.0) if self.faster else np.zeros(self.position.shape), self.fast)

    def orders(self, flown: IntArray, wanted: FloatArray | IntArray, alone: FloatArray, **why: FloatArray) -> Orders:
        """What is flown, and what is wanted by the slow lane, all [..., sku].

        Of a SKU that cannot come by either lane, the slow one lifts the stock position to the level `alone`.
        `why` names the other reasons.
        """
        shipped = lots(np.maximum(np.where(self.both, wanted, alone - self.position), 0.0), self.slow)
        flights = {self.fast.name: flown} if self.faster else {}
        return Orders({self.slow.name: shipped} | flights, {**why, "there_soon": self.early})


@dataclasses.dataclass(frozen=True)
class TwoLanes:
    """A rule that splits what it orders between two lanes, up to levels in units or in days of sales."""

    name: ClassVar[str]
    needs: ClassVar[frozenset[str]] = frozenset({TWO_LANES})
    instead: ClassVar[Mapping[str, tuple[str, ...]]]
    """By parameter, the numbers in units that together leave it nothing to say."""
    safety_days: float = parameter(
        21.0, 0, 365, "days", "safety stock in days of sales, in every level", tune=(0, 60), serves=True
    )
    fast_units: float | None = parameter(None, 0, 1e9, "units", "fast level in units, the same for every SKU")
    pace_days: int = parameter(28, 1, 365, "days", "window of past sales that gives the pace")
    lane: str = choice("cheapest", None, "slow lane: a name, cheapest or fastest")
    fast_lane: str = choice("fastest", None, "fast lane: a name, cheapest or fastest")
    review_days: int = parameter(7, 1, 365, "days", "days from one review to the next")

    def __post_init__(self) -> None:
        check_parameters(self)
        usual = {field.name: field.default for field in dataclasses.fields(self)}
        for name, units in self.instead.items():
            told = {each: getattr(self, each) for each in (*units, name)}
            if self.in_units(*units) and told[name] != usual[name]:
                given = " and ".join(f"{each} = {value}" for each, value in told.items())
                raise PolicyError(f"{self.name}: {given}: {name} then says nothing; leave it out")

    def in_units(self, *names: str) -> bool:
        """Whether all of these parameters are given."""
        return all(getattr(self, name) is not None for name in names)

    @property
    def sees(self) -> frozenset[str]:
        in_units = all(self.in_units(*units) for units in self.instead.values())
        return frozenset({"stock"} if in_units else {"stock", "sales", "calendar"})

    def warnings(self, lanes: Sequence[LaneFacts]) -> tuple[str, ...]:
        """A fast lane that is no faster, and SKUs that no lane brings, by their places in the catalogue from 1 on."""
        slow, fast = lane_named(self.lane, lanes), lane_named(self.fast_lane, lanes)
        faster = fast.lead_days < slow.lead_days
        carried = np.broadcast_to(slow.carries | (np.bool_(faster) & fast.carries), slow.at_least.shape)
        refused = [str(place + 1) for place in np.nonzero(~carried)[0]]
        more = f" and {len(refused) - MOST_NAMED} more" if len(refused) > MOST_NAMED else ""
        same = slow.name == fast.name
        told = {
            f"{self.name}: lane {slow.name} is both the slow and the fast one, so all is ordered by it": same,
            f"{self.name}: lane {fast.name} ({fast.lead_days:.3g} days) is not faster than lane {slow.name} "
            f"({slow.lead_days:.3g} days), so nothing is ordered by {fast.name}": not same and not faster,
            f"{self.name}: neither lane brings SKU {', '.join(refused[:MOST_NAMED])}{more} of {len(carried)} in the "
            "catalogue, so none is ever ordered": bool(refused),
        }
        return tuple(text for text, said in told.items() if said)

    def choice(self, seen: Observation) -> Choice:
        """What can be ordered at this review."""
        stock, slow, fast = seen.stock, seen.lane(self.lane), seen.lane(self.fast_lane)
        coming = stock.planned(math.ceil(fast.lead_days) + self.review_days)
        return Choice(slow, fast, stock.position, stock.on_hand - stock.backlog + coming)

    def pace(self, seen: Observation, first: int, days: float) -> FloatArray:
        """Units a day expected over the days that begin `first` days from now, announced events included."""
        return np.asarray(seen.sales.pace(self.pace_days) * seen.calendar.lift(first, max(1, math.ceil(days))))

    def pace_on_arrival(self, seen: Observation, lane: LaneFacts) -> FloatArray:
        """Units a day expected in the review period that begins when an order of today by a lane can be sold."""
        return self.pace(seen, 1 + math.ceil(lane.lead_days), self.review_days)

    def level(self, seen: Observation, lane: LaneFacts, units: float | None, more_days: float = 0.0) -> FloatArray:
        """A level in units, or what sells until the next order by a lane could be sold, and in the safety and more
        days, [..., sku]."""
        if units is not None:
            return np.full(seen.stock.position.shape, float(units))
        reach = lane.lead_days + self.review_days
        return self.pace(seen, 1, reach) * (reach + self.safety_days + more_days)


def check_levels(name: str, fast_units: float | None, units: float | None) -> None:
    """Refuse a fast level above the full one, both in units."""
    if fast_units is not None and units is not None and fast_units > units:
        raise PolicyError(f"{name}: fast_units = {fast_units} is above units = {units}; allowed: fast_units <= units")
