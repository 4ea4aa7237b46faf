"""What rules share that let another policy order, and order something besides."""

import dataclasses
import math
from collections.abc import Mapping, Sequence
from typing import ClassVar

import numpy as np

from policies.answer import ask, whole_orders
from policies.parameters import check_parameters, label, wraps
from policies.playbook import Watch
from policies.protocol import FloatArray, IntArray, LaneFacts, Observation, Orders, Policy
from policies.quantity import lots


@dataclasses.dataclass(frozen=True)
class Wrapper:
    """A policy around another one, which orders otherwise: it reviews when that one does, with its sights."""

    looks_at: ClassVar[frozenset[str]]
    """Sights the wrapper needs for itself."""
    base: Policy = dataclasses.field(metadata=wraps("the policy that orders otherwise"))

    def __post_init__(self) -> None:
        check_parameters(self)

    @property
    def sees(self) -> frozenset[str]:
        return self.base.sees | self.looks_at

    @property
    def review_days(self) -> int:
        return self.base.review_days

    def warnings(self, lanes: Sequence[LaneFacts]) -> tuple[str, ...]:
        """Those of the wrapped policy."""
        return self.base.warnings(lanes) if hasattr(self.base, "warnings") else ()


@dataclasses.dataclass(frozen=True)
class Wrapped:
    """What a wrapped policy orders, before anything is ordered besides."""

    orders: Orders  # as it answered
    units: Mapping[str, IntArray]  # [..., sku] by lane, checked
    usual: LaneFacts  # its slowest lane; the cheapest where it orders by none

    @classmethod
    def of(cls, base: Policy, seen: Observation) -> "Wrapped":
        """The base's own answer, checked; it is shown what it declared, not what its wrapper sees."""
        sights = {name: sight for name, sight in seen.sights.items() if name in base.sees}
        answer = ask(base, dataclasses.replace(seen, sights=sights, seen_by=label(base)))
        units = whole_orders(base, answer, seen, seen.stock.on_hand.shape)
        usual = max((seen.lane(name) for name in units), key=lambda lane: lane.lead_days, default=seen.lane("cheapest"))
        return cls(answer, units, usual)

    def point(self, otherwise: FloatArray) -> FloatArray:
        """The stock position at which the base orders by itself, [..., sku]; `otherwise` where it does not say."""
        why = self.orders.why
        return np.asarray(why.get("reorder_point", why.get("order_up_to", otherwise)))

    def with_rescue(self, wanted: FloatArray, lane: LaneFacts, why: Mapping[str, FloatArray] | None = None) -> Orders:
        """The orders with what is wanted flown in by a lane; the usual lane's order shrinks by as much.

        Where the usual lane is that lane, it carries whichever is more.
        """
        units, rescue, usual = dict(self.units), lots(wanted, lane), self.usual
        if usual.name == lane.name:
            units[lane.name] = np.maximum(units.get(lane.name, 0), rescue)
        else:
            if usual.name in units:
                ordered = units[usual.name]
                units[usual.name] = np.where(rescue > 0, lots(np.maximum(ordered - rescue, 0), usual), ordered)
            units[lane.name] = units.get(lane.name, 0) + rescue
        return Orders(units, {**self.orders.why, **(why or {}), "rescue": rescue})

    def raised(self, level: FloatArray, position: IntArray, lane: LaneFacts) -> Orders:
        """The orders with more by a lane where they leave the stock position below a level, all [..., sku]."""
        missing = np.maximum(level - position - sum(self.units.values()), 0.0)
        ordered = self.units.get(lane.name, np.zeros_like(position))
        more = np.where(missing > 0, lots(ordered + missing, lane), ordered)
        units = {**self.units, lane.name: more}
        return Orders(units, {**self.orders.why, "raised_to": level, "ordered_ahead": more - ordered})


def gap(seen: Observation | Watch, pace: FloatArray, rescue_lane: LaneFacts, usual: LaneFacts) -> FloatArray:
    """Units missing at the worst day between the arrivals of a rescue and of a usual order, [..., sku].

    What is lost before the rescue could arrive is not counted; `pace` is expected on a plain day, [..., sku].
    """
    first, last = math.ceil(rescue_lane.lead_days), math.ceil(usual.lead_days)
    lost = np.maximum(_missing(seen, pace, first), 0.0) if first else 0.0 * pace
    worst = lost
    for days in range(first + 1, last + 1):
        worst = np.maximum(worst, _missing(seen, pace, days))
    return np.asarray(worst - lost)


def _missing(seen: Observation | Watch, pace: FloatArray, days: int) -> FloatArray:
    stock = seen.stock
    wanted = pace * days * seen.calendar.lift(1, days)
    return np.asarray(wanted + stock.backlog - stock.on_hand - stock.planned(days))
