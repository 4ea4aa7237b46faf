"""Two lanes ordered by two numbers, the slow one never by much more than usually sells."""

from collections.abc import Mapping
from dataclasses import dataclass
from typing import ClassVar

import numpy as np

from policies.parameters import parameter
from policies.protocol import FloatArray, Observation, Orders
from policies.two_lanes import Choice, TwoLanes, check_levels


@dataclass(frozen=True)
class CappedDualIndex(TwoLanes):
    """Orders by two levels as dual-index does, but by the slow lane at most a cap a review.

    The cap keeps the ships even: a good week is answered by the fast lane, which is there while it lasts, and not by a
    ship that lands when it is over. The slow order does not count what is flown now. A SKU that only one lane brings
    is ordered up to the level of that lane, without a cap.

    Formula: fast order = max(0, fast - early); slow order = min(cap, max(0, full - position)), position and early
        before the fast order; levels as in dual-index; cap = pace x review_days x cap, or cap_units, the pace with the
        events announced for the review period in which the ship lands
    Source: Sun, Van Mieghem 2019, Robust dual sourcing inventory management: optimality of capped dual index policies
        and smoothing; the days and the cap are judgements
    Example: capped-dual-index:cap=1.1,safety_days=10
    """

    name: ClassVar[str] = "capped-dual-index"
    instead: ClassVar[Mapping[str, tuple[str, ...]]] = {
        "safety_days": ("units", "fast_units"),
        "more_days": ("units",),
        "cap": ("cap_units",),
    }
    units: float | None = parameter(None, 0, 1e9, "units", "full level in units, the same for every SKU")
    more_days: float = parameter(14.0, 0, 365, "days", "sales that the full level holds besides", tune=(0, 45))
    cap: float = parameter(1.2, 0, 100, "of a review period's sales", "most by the slow lane", tune=(0.7, 3))
    cap_units: float | None = parameter(None, 0, 1e9, "units", "most by the slow lane in units a review")

    def __post_init__(self) -> None:
        super().__post_init__()
        check_levels(self.name, self.fast_units, self.units)

    def orders(self, seen: Observation) -> Orders:
        choice = self.choice(seen)
        full = self.level(seen, choice.slow, self.units, self.more_days)
        fast = self.level(seen, choice.fast, self.fast_units)
        cap = self._cap(seen, choice)
        flown, wanted = choice.flown(fast - choice.early), np.minimum(full - choice.position, cap)
        return choice.orders(flown, wanted, full, order_up_to=full, fast_order_up_to=fast, cap=cap)

    def _cap(self, seen: Observation, choice: Choice) -> FloatArray:
        if self.cap_units is not None:
            return np.full(choice.position.shape, float(self.cap_units))
        return self.cap * self.review_days * self.pace_on_arrival(seen, choice.slow)
