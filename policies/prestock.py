"""What rules share that have another policy order for announced sales before they come."""

import dataclasses
import math
from abc import ABC, abstractmethod
from typing import ClassVar

import numpy as np

from policies.announced import keeping, plain_pace, set_aside
from policies.parameters import parameter
from policies.protocol import FloatArray, Observation, Orders
from policies.rescue import Wrapped, Wrapper


@dataclasses.dataclass(frozen=True)
class Prestock(Wrapper, ABC):
    """A wrapper that sets stock aside for sales above the pace, so that the policy inside orders them by itself.

    Set aside is what is sold above the pace until an order of the next review arrives, and `early_days` longer. The
    policy inside sees a stock position lower by that and orders by its own rule, lane and lots; everything else it
    sees as it is. Nothing is ordered twice: what has been ordered stands in the position.
    """

    looks_at: ClassVar[frozenset[str]] = frozenset({"stock", "sales", "calendar"})
    early_days: int = parameter(7, 0, 365, "days", "how long before it is sold stock is to be there", tune=(0, 21))
    pace_days: int = parameter(28, 1, 365, "days", "window of past sales that gives the pace")

    def moved(self, seen: Observation, pace: FloatArray) -> FloatArray:
        """The part of the pace that what is announced moves, [..., sku]."""
        return pace

    @abstractmethod
    def extra(self, seen: Observation, moved: FloatArray, first: int, days: int) -> FloatArray:
        """Units sold above the pace, of which `moved` is moved, over `days` days from `first` days on, [..., sku]."""

    def orders(self, seen: Observation) -> Orders:
        wrapped = Wrapped.of(self.base, seen)
        lead = math.ceil(wrapped.usual.lead_days)
        pace = plain_pace(seen, self.pace_days)
        moved = self.moved(seen, pace)
        sooner = self.extra(seen, moved, 1, lead)
        later = self.extra(seen, moved, 1 + lead, self.review_days + self.early_days)
        units = set_aside(seen, wrapped.usual, pace, sooner, later)
        if units.any():
            wrapped = Wrapped.of(self.base, keeping(seen, units))
        why = wrapped.orders.why
        return Orders(wrapped.units, {**why, "set_aside": np.asarray(why.get("set_aside", 0) + units)})
