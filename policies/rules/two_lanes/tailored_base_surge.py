"""Two lanes, one for the base of demand and one for its surges."""

import math
from collections.abc import Mapping
from dataclasses import dataclass
from typing import ClassVar

import numpy as np

from policies.parameters import parameter
from policies.protocol import FloatArray, IntArray, LaneFacts, Observation, Orders
from policies.quantity import lots
from policies.two_lanes import Choice, TwoLanes

GOLDEN_SECTION = (math.sqrt(5.0) - 1.0) / 2.0


@dataclass(frozen=True)
class TailoredBaseSurge(TwoLanes):
    """Ships the same share of the pace at every review, and flies what is missing of a level besides.

    The slow lane brings the base of demand in an even flow, whatever the stock; the fast lane answers the surges. As
    nothing stops the base, its share must stay below 1, or stock grows without end. Where the base is less than the
    lane's smallest order or no whole number, whole lots are ordered at some reviews, evenly spread over all of them.
    A SKU that only one lane brings is ordered up to the level of that lane.

    Formula: slow order = pace x review_days x base_share, or base_units, the pace with the events announced for the
        review period in which the ship lands; fast order = max(0, fast - early), early = on_hand +
        planned(fast lead_days + review_days) - backlog; fast = pace x (fast lead_days + review_days + safety_days), or
        fast_units
    Source: Allon, Van Mieghem 2010, Global dual sourcing: tailored base-surge allocation to near- and offshore
        production; share and days are judgements
    Example: tailored-base-surge:base_share=0.7,safety_days=10
    """

    name: ClassVar[str] = "tailored-base-surge"
    instead: ClassVar[Mapping[str, tuple[str, ...]]] = {"safety_days": ("fast_units",), "base_share": ("base_units",)}
    base_share: float = parameter(0.8, 0, 1, "of the pace", "what the slow lane brings", tune=(0.3, 0.98))
    base_units: float | None = parameter(None, 0, 1e9, "units", "what the slow lane brings in units a review")

    def orders(self, seen: Observation) -> Orders:
        choice = self.choice(seen)
        fast = self.level(seen, choice.fast, self.fast_units)
        alone = self.level(seen, choice.slow, self.fast_units)
        base = self._base(seen, choice)
        flown, shipped = choice.flown(fast - choice.early), evenly(base, seen.day // self.review_days, choice.slow)
        return choice.orders(flown, shipped, alone, fast_order_up_to=fast, base=base)

    def _base(self, seen: Observation, choice: Choice) -> FloatArray:
        if self.base_units is not None:
            return np.full(choice.position.shape, float(self.base_units))
        return self.base_share * self.review_days * self.pace_on_arrival(seen, choice.slow)


def evenly(each: FloatArray, review: int, lane: LaneFacts) -> IntArray:
    """Whole lots at a review, counted from 0, so that any stretch of reviews orders nearly so much `each`, [..., sku].

    What is no whole lot is ordered where it passes a threshold that goes round by the golden section: evenly, and
    whatever was due at the reviews before. For an `each` that stays, no stretch is off by three lots.
    """
    lot = np.maximum(lots(np.ones(each.shape), lane), 1)
    return np.asarray(np.floor(each / lot + review * GOLDEN_SECTION % 1.0).astype(np.int64) * lot)
