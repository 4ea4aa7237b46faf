"""Article three: a stockout costs more where the same buyers come again, so their goods are kept safer."""

from collections.abc import Sequence
from dataclasses import dataclass
from typing import ClassVar

import numpy as np

from policies.announced import keeping
from policies.parameters import label, parameter
from policies.protocol import LaneFacts, Observation, Orders
from policies.quantity import EDGE
from policies.rescue import Wrapped, Wrapper

RAISED = ("safety_stock", "reorder_point", "order_up_to")
"""Lines of the other policy that rise by what is set aside."""


@dataclass(frozen=True)
class HighRepeat(Wrapper):
    """Lets another policy order, and keeps more of the SKUs whose buyers come again.

    It sets some days of sales aside, the more the larger the share of a SKU's units that the same buyers buy again, and
    shows the other policy a stock position that is lower by them. So that one orders by its own rule and in its own
    lots, only sooner. Its lines in `why` are told with what is set aside.

    Formula: set aside = pace x safety_days x repeat_share
    Source: inventory strategy of an independent store (复购率: safety stock set ahead for what is bought again and
        again); the days are a judgement
    Example: reorder-point:safety_days=10+high-repeat:safety_days=45
    """

    name: ClassVar[str] = "high-repeat"
    looks_at: ClassVar[frozenset[str]] = frozenset({"stock", "sales"})
    safety_days: float = parameter(
        30.0, 0, 365, "days", "sales set aside where every unit is bought again", tune=(0, 120), serves=True
    )
    pace_days: int = parameter(28, 1, 365, "days", "window of past sales that gives the pace")

    def warnings(self, lanes: Sequence[LaneFacts]) -> tuple[str, ...]:
        """Those of the wrapped policy, and whether it looks at what is shown to it."""
        told = super().warnings(lanes)
        if {"stock", "network"} & self.base.sees:
            return told
        return (*told, f"{self.name}: {label(self.base)} does not see stock, so nothing is set aside")

    def orders(self, seen: Observation) -> Orders:
        aside = np.ceil(seen.sales.pace(self.pace_days) * self.safety_days * seen.repeat_share - EDGE).astype(np.int64)
        wrapped = Wrapped.of(self.base, keeping(seen, aside))
        lines = {name: line + aside if name in RAISED else line for name, line in wrapped.orders.why.items()}
        return Orders(wrapped.units, {**lines, "set_aside": aside})
