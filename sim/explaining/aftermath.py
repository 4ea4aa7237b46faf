"""What happened after a review: what the playbook did, when orders came, how the SKU fared until then."""

import math
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from datetime import date, timedelta
from typing import Any

import numpy as np
from numpy.typing import NDArray

from reports.explanation import Pulled, Sent, Spell
from reports.record import IntArray, Series, Setting, Shipment
from sim.explaining.question import Question

NEUTRAL = {"ads": 1.0, "promotions": 1.0}
"""Levers that leave things as they are at another value than 0."""

TRADE = ("wanted", "sold", "short", "lost", "backlog")
"""What a spell tells of buyers."""


@dataclass(frozen=True)
class Aftermath:
    """The one kept run of a series, after the fact. Days count from 0, the first day played."""

    series: Series
    setting: Setting
    asked: Question

    @property
    def days(self) -> int:
        """Days played."""
        return self.setting.warm_up_days + self.setting.days

    def on(self, day: int) -> date:
        """The date of a day played."""
        return self.setting.start + timedelta(days=day - self.setting.warm_up_days)

    def placed(self, day: int, lanes: Sequence[str]) -> dict[str, int]:
        """Units that were ordered by these lanes at a review."""
        by_lane = self.series.ordered_by_lane[day, 0, :, self.asked.sku]
        units = {lane: int(by_lane[self.setting.lanes.index(lane)]) for lane in lanes}
        return {lane: count for lane, count in units.items() if count}

    def sent(self, day: int, until: int, lead_days: dict[str, float]) -> tuple[Sent, ...]:
        """What left for the warehouse by these lanes from a review on, up to the next."""
        return tuple(
            self._sent(shipment, lead_days[shipment.lane])
            for shipment in self.series.shipments
            if day < shipment.ordered <= until and self._is_ours(shipment) and shipment.lane in lead_days
        )

    def pulled(self, day: int, until: int) -> tuple[Pulled, ...]:
        """The levers that were set for the SKU on a review day, or until the next review."""
        found = []
        for name, values in self.series.levers.items():
            by_day = self._by_day(values[:, 0, self.asked.warehouse, self.asked.sku])[day:until]
            kept = NEUTRAL.get(name, 0.0)
            moved = ~np.isnan(by_day) & (by_day != kept)
            last = by_day[0][~np.isnan(by_day[0])]
            if moved.any():
                value = float(last[-1]) if last.size and moved[0].any() else None
                found.append(Pulled(name, value, int(moved.any(axis=1).sum())))
        return tuple(found)

    def spell(self, first: int, end: int) -> Spell | None:
        """The days from one on, up to another; None where there is none."""
        first, end = max(first, 0), min(end, self.days)
        if first >= end:
            return None
        at_end = self._by_day(self.series.on_hand[:, 0, self.asked.warehouse, self.asked.sku])[first:end, -1]
        wanted, sold, short, lost, owed = (self._of_buyers(getattr(self.series, name))[first:end] for name in TRADE)
        return Spell(
            first=self.on(first),
            last=self.on(end - 1),
            wanted=int(wanted.sum()),
            sold=int(sold.sum()),
            short=int(short.sum()),
            lost=int(lost.sum()),
            owed=int(owed[-1, -1]),
            empty_days=int((at_end == 0).sum()),
            lowest=int(at_end.min()),
        )

    def sellable_day(self, shipments: Sequence[Sent]) -> int | None:
        """The day on which the last of some shipments was there; the day after the last where one never was."""
        if not shipments:
            return None
        days = [self.days if one.sellable is None else self._day(one.sellable) for one in shipments]
        return max(days)

    def _sent(self, shipment: Shipment, lead_days: float) -> Sent:
        return Sent(
            shipment.lane,
            int(shipment.units[self.asked.sku]),
            self.on(math.ceil(shipment.ordered + lead_days - 1e-9)),
            self._reached(shipment.departed, math.floor),
            self._reached(shipment.shelved, self._first_slot_day),
        )

    def _first_slot_day(self, time: float) -> int:
        slots = self.setting.slots_per_day
        return math.ceil(time * slots - 1e-9) // slots

    def _reached(self, time: float, day_of: Callable[[float], int]) -> date | None:
        return self.on(day_of(time)) if math.isfinite(time) and day_of(time) < self.days else None

    def _is_ours(self, shipment: Shipment) -> bool:
        there = shipment.warehouse == self.setting.warehouses[self.asked.warehouse]
        return there and bool(shipment.units[self.asked.sku] > 0)

    def _of_buyers(self, values: IntArray) -> IntArray:
        """Of the markets that turn to the warehouse first, [day, slot]."""
        homes = [market for market, place in enumerate(self.setting.home) if place == self.asked.warehouse]
        return self._by_day(values[:, 0, homes, self.asked.sku].sum(axis=1))

    def _by_day(self, values: NDArray[Any]) -> NDArray[Any]:
        """Slots of one run by day, [slot] -> [day, slot]."""
        return values.reshape(-1, self.setting.slots_per_day)

    def _day(self, when: date) -> int:
        return (when - self.setting.start).days + self.setting.warm_up_days
