"""Article two: air freight for what the sea will not bring in time."""

import dataclasses
import math
from collections.abc import Sequence
from dataclasses import dataclass, field
from typing import ClassVar

import numpy as np

from policies.answer import ask, whole_orders
from policies.parameters import check_parameters, choice, label, parameter, wraps
from policies.protocol import FloatArray, LaneFacts, Observation, Orders, Policy
from policies.quantity import lots


@dataclass(frozen=True)
class AirRescue:
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
    base: Policy = field(metadata=wraps("the policy that orders otherwise"))
    pace_days: int = parameter(28, 1, 365, "days", "window of past sales that gives the pace")
    lane: str = choice("fastest", None, "lane of the rescue: a name, cheapest or fastest")

    def __post_init__(self) -> None:
        check_parameters(self)

    @property
    def sees(self) -> frozenset[str]:
        return self.base.sees | {"stock", "sales", "calendar"}

    @property
    def review_days(self) -> int:
        return self.base.review_days

    def warnings(self, lanes: Sequence[LaneFacts]) -> tuple[str, ...]:
        """Those of the wrapped policy."""
        return self.base.warnings(lanes) if hasattr(self.base, "warnings") else ()

    def orders(self, seen: Observation) -> Orders:
        answer = ask(self.base, _narrowed(seen, self.base))
        units = whole_orders(self.base, answer, seen, seen.stock.on_hand.shape)
        usual = max((seen.lane(name) for name in units), key=_lead, default=seen.lane("cheapest"))
        rescue_lane = seen.lane(self.lane)
        if rescue_lane.lead_days >= usual.lead_days:
            return answer
        rescue = lots(_gap(seen, self.pace_days, rescue_lane, usual), rescue_lane)
        if usual.name in units:
            ordered = units[usual.name]
            units[usual.name] = np.where(rescue > 0, lots(np.maximum(ordered - rescue, 0), usual), ordered)
        units[rescue_lane.name] = units.get(rescue_lane.name, 0) + rescue
        return Orders(units, {**answer.why, "rescue": rescue})


def _lead(lane: LaneFacts) -> float:
    return lane.lead_days


def _narrowed(seen: Observation, policy: Policy) -> Observation:
    """What the wrapped policy declared, so that the wrapper does not lend it its own eyes."""
    sights = {name: sight for name, sight in seen.sights.items() if name in policy.sees}
    return dataclasses.replace(seen, sights=sights, seen_by=label(policy))


def _gap(seen: Observation, pace_days: int, rescue_lane: LaneFacts, usual: LaneFacts) -> FloatArray:
    """Units missing at the worst day between the two arrivals, less those lost before the first, [..., sku]."""
    pace = seen.sales.pace(pace_days)
    first, last = math.ceil(rescue_lane.lead_days), math.ceil(usual.lead_days)
    lost = np.maximum(_missing(seen, pace, first), 0.0) if first else 0.0 * pace
    worst = lost
    for days in range(first + 1, last + 1):
        worst = np.maximum(worst, _missing(seen, pace, days))
    return np.asarray(worst - lost)


def _missing(seen: Observation, pace: FloatArray, days: int) -> FloatArray:
    stock = seen.stock
    wanted = pace * days * seen.calendar.lift(1, days)
    return np.asarray(wanted + stock.backlog - stock.on_hand - stock.planned(days))
