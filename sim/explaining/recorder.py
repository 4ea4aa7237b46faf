"""A policy that is listened to: it orders as before, and what it saw and answered is kept."""

from dataclasses import dataclass, field, replace
from typing import Any, ClassVar

from policies.answer import ask, reasons, whole_orders
from policies.parameters import label, wraps
from policies.protocol import IntArray, Observation, Orders, Policy

READ = frozenset({"stock", "sales", "calendar"})
"""Sights that an explanation is made of, whether or not the policy reads them."""
LONGEST_DAYS = 730
"""Days ahead to which arrivals are looked for."""


@dataclass(frozen=True)
class Heard:
    """One review of a batch of one replication."""

    seen: Observation  # with `READ`
    units: dict[str, IntArray]  # [run, sku] by lane
    why: dict[str, Any]  # [run, sku] by name
    coming: tuple[tuple[int, int], ...]  # days ahead, and units of the SKU that are planned to be sellable from then on


@dataclass(frozen=True)
class Recorder:
    """Orders as its base does, from what that declares to see."""

    name: ClassVar[str] = "recorder"
    base: Policy = field(metadata=wraps("the policy that is listened to"))
    sku: int
    warehouse: str
    days: frozenset[int]  # of the reviews that are kept
    heard: dict[int, Heard]  # by day

    @property
    def sees(self) -> frozenset[str]:
        return self.base.sees | READ

    @property
    def review_days(self) -> int:
        return self.base.review_days

    def orders(self, seen: Observation) -> Orders:
        own = {name: sight for name, sight in seen.sights.items() if name in self.base.sees}
        answer = ask(self.base, replace(seen, sights=own, seen_by=label(self.base)))
        if seen.warehouse == self.warehouse and seen.day in self.days:
            shape = seen.stock.on_hand.shape
            units = whole_orders(self.base, answer, seen, shape)
            self.heard[seen.day] = Heard(seen, units, reasons(self.base, answer, seen, shape), self._coming(seen))
        return answer

    def _coming(self, seen: Observation) -> tuple[tuple[int, int], ...]:
        """What is planned now; later the same sight would tell of another day."""
        found, known, on_order = [], 0, int(seen.stock.on_order[0, self.sku])
        for days in range(1, LONGEST_DAYS + 1):
            if known >= on_order:
                break
            planned = int(seen.stock.planned(days)[0, self.sku])
            if planned > known:
                found.append((days, planned - known))
            known = planned
        return tuple(found)
