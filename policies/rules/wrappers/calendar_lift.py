"""Article three: a policy that looks only back is told of promotions before they come."""

from collections.abc import Sequence
from dataclasses import dataclass
from typing import ClassVar

import numpy as np

from policies.prestock import Prestock
from policies.protocol import FloatArray, LaneFacts, Observation, Orders, Policy
from policies.rescue import Wrapped
from policies.signals import PROMOTIONS


@dataclass(frozen=True)
class CalendarLift(Prestock):
    """Lets a policy that does not look at the calendar cover announced promotions too.

    What they sell above the pace before an order of the next review can arrive, and a few days longer, is set aside:
    the other policy counts it neither as stock nor as on order, and so orders it by its own rule. What no order can
    bring in time any more is set aside only as far as stock is there for it.

    A policy that looks at the calendar itself would order the same units twice; it is left as it is, with a warning.

    Formula: position that the other policy sees = position - pace x sum of (lift - 1) over the days that are covered;
        pace = units sold / sum of the lifts of the days, so that a promotion's own sales do not count as everyday ones
    Source: safety stock of a seal factory (before a large livestream or a higher ad budget, purchasing is told and
        stock raised first); the days are a judgement
    Example: base-stock+calendar-lift:early_days=14
    """

    name: ClassVar[str] = "calendar-lift"
    needs: ClassVar[frozenset[str]] = frozenset({PROMOTIONS})

    def warnings(self, lanes: Sequence[LaneFacts]) -> tuple[str, ...]:
        """Those of the wrapped policy; and that it looks at the calendar itself."""
        if not self._is_told:
            return super().warnings(lanes)
        return (
            *super().warnings(lanes),
            f"{self.name}: {self._inner.name} looks at the calendar itself, so it is left as it is; "
            "it helps such as base-stock and min-max",
        )

    def orders(self, seen: Observation) -> Orders:
        return Wrapped.of(self.base, seen).orders if self._is_told else super().orders(seen)

    def extra(self, seen: Observation, moved: FloatArray, first: int, days: int) -> FloatArray:
        above = seen.calendar.lift(first, days) - 1.0
        return np.asarray(moved * days * above)

    @property
    def _inner(self) -> Policy:
        """The wrapped policy, or that which it wraps where it looks at no promotion ahead itself."""
        inner = self.base
        while isinstance(inner, Prestock) and not isinstance(inner, CalendarLift):
            inner = inner.base
        return inner

    @property
    def _is_told(self) -> bool:
        return "calendar" in self._inner.sees
