"""One kept replication by scored days, as its diary reads it."""

from collections.abc import Mapping
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from reports.closeup.slots import ends_of_days, kept_series, scored_days
from reports.record import FloatArray, IntArray, Record, Setting, Shipment

BoolArray = NDArray[np.bool_]
FACTORS = ("ads", "promotions")
"""Levers that multiply: at 1 they are left alone."""


@dataclass(frozen=True)
class OneRun:
    """Units by scored day; places are markets or warehouses. Shipments are those of the replication."""

    setting: Setting
    number: int  # replication
    wanted: IntArray  # [day, market, sku]
    short: IntArray  # [day, market, sku]
    on_hand: IntArray  # [day, warehouse, sku] at the end of the day
    on_order: IntArray  # [day, warehouse, sku] at the end of the day
    received: IntArray  # [day, warehouse, sku]
    ordered: IntArray  # [day, warehouse, sku]
    ordered_by_lane: IntArray  # [day, lane, sku]
    streams: Mapping[str, IntArray]  # [day, sku]
    levers: Mapping[str, IntArray]  # [day, warehouse, sku] the worst `alert`; of others 1 where one was pulled, else 0
    shipments: tuple[Shipment, ...]

    @classmethod
    def of(cls, record: Record, setting: Setting, kept: int = 0) -> "OneRun":
        """A replication by its position among the kept ones."""
        series, this = kept_series(record), slice(kept, kept + 1)
        flows = {name: getattr(series, name)[:, this] for name in ("wanted", "short", "received", "ordered")}
        levels = {name: getattr(series, name)[:, this] for name in ("on_hand", "on_order")}
        return cls(
            setting,
            series.runs[kept],
            **{name: scored_days(units, setting)[0] for name, units in flows.items()},
            **{name: ends_of_days(units, setting)[0] for name, units in levels.items()},
            ordered_by_lane=series.ordered_by_lane[setting.warm_up_days :, kept],
            streams={name: units[setting.warm_up_days :, kept].sum(axis=1) for name, units in series.streams.items()},
            levers={
                name: _pulled(name, values[:, this], setting)
                for name, values in series.levers.items()
                if _moves_something(name, series.ad_spend[:, this], setting)
            },
            shipments=tuple(one for one in series.shipments if one.run == series.runs[kept]),
        )

    def shelved_on(self, shipment: Shipment) -> int | None:
        """The scored day on which it was received; None when it was not, by the end."""
        slots = self.setting.slots_per_day
        if not np.isfinite(shipment.shelved):
            return None
        # It is received by the first slot that begins no earlier.
        day = int(np.ceil(shipment.shelved * slots - 1e-6)) // slots - self.setting.warm_up_days
        return day if day < self.setting.days else None

    def at_home(self, units: IntArray) -> IntArray:
        """Units of markets, at the first warehouse of each, [day, market, sku] -> [day, warehouse, sku]."""
        total = np.zeros((len(units), len(self.setting.warehouses), units.shape[2]), np.int64)
        for market, warehouse in enumerate(self.setting.home):
            total[:, warehouse] += units[:, market]
        return total


def stretches(days: BoolArray, gap: int = 0) -> list[tuple[int, int]]:
    """Days in a row, [day], as the first and the one after the last; breaks of up to `gap` days do not part them."""
    turns = np.flatnonzero(np.diff(days, prepend=False, append=False)).reshape(-1, 2).tolist()
    joined: list[tuple[int, int]] = []
    for begin, end in turns:
        if joined and begin - joined[-1][1] <= gap:
            joined[-1] = joined[-1][0], end
        else:
            joined.append((begin, end))
    return joined


def _moves_something(lever: str, ad_spend: FloatArray, setting: Setting) -> bool:
    """Whether there are ads, or promotions, for a factor on them to change."""
    if lever == "promotions":
        return any(event.kind == "promotion" for event in setting.events)
    return lever != "ads" or bool(ad_spend.any())


def _pulled(lever: str, values: FloatArray, setting: Setting) -> IntArray:
    """A lever of one run, [slot, 1, warehouse, sku], by scored day: the worst alert; 1 where it was not left alone."""
    scored = values[setting.warm_up_days * setting.slots_per_day :, 0]
    usual = 1.0 if lever in FACTORS else 0.0
    touched = np.where(np.isnan(scored), usual, scored)
    marks = touched if lever == "alert" else touched != usual
    by_day = marks.reshape(setting.days, setting.slots_per_day, *marks.shape[1:])
    return np.asarray(by_day.max(axis=1), np.int64)
