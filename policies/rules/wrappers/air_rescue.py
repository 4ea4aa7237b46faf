"""Article two: air freight for what the sea will not bring in time."""

from dataclasses import dataclass
from typing import ClassVar

from policies.parameters import choice, parameter
from policies.protocol import Observation, Orders
from policies.rescue import Wrapped, Wrapper, gap
from policies.signals import TWO_LANES


@dataclass(frozen=True)
class AirRescue(Wrapper):
    """Lets another policy order, and flies in what would be missing before that policy's lane could deliver.

    It looks at each day between the arrival of a rescue ordered now and that of an ordinary order: where expected
    sales exceed what is on hand and planned to have arrived, the largest gap is ordered by the rescue lane, and the
    other policy's order shrinks by as much. Sales lost before a rescue could arrive are not rescued.

    Formula: rescue = max over n of missing(n) - missing(rescue's lead_days), each at least 0;
        missing(n) = expected sales in n days + backlog - on_hand - planned(n)
    Source: smart inventory of a lighting seller (LED strips by air before the sea stock runs out)
    Example: reorder-point+air-rescue:lane=fastest
    """

    name: ClassVar[str] = "air-rescue"
    looks_at: ClassVar[frozenset[str]] = frozenset({"stock", "sales", "calendar"})
    needs: ClassVar[frozenset[str]] = frozenset({TWO_LANES})
    pace_days: int = parameter(28, 1, 365, "days", "window of past sales that gives the pace", tune=(7, 91))
    lane: str = choice("fastest", None, "lane of the rescue: a name, cheapest or fastest")

    def orders(self, seen: Observation) -> Orders:
        wrapped, lane = Wrapped.of(self.base, seen), seen.lane(self.lane)
        if lane.lead_days >= wrapped.usual.lead_days:
            return wrapped.orders
        return wrapped.with_rescue(gap(seen, seen.sales.pace(self.pace_days), lane, wrapped.usual), lane)
