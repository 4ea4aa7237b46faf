"""The story of one future, day by day: what drove demand, how much there was to sell, and what the seller did."""

from collections.abc import Mapping
from dataclasses import dataclass

import numpy as np

from reports.record import FloatArray, IntArray, Record, Series, Setting

SWITCHES = ("announce", "expedite", "clear", "stop_buying", "steer", "sell_off")
"""Levers that are told as pulled or not."""


@dataclass(frozen=True)
class Story:
    """The scored days of the first kept replication. Arrays are [day]."""

    run: int  # replication
    on_hand: IntArray  # units at the end of the day, in all warehouses
    streams: Mapping[str, IntArray]  # units wanted, by stream of demand; those that came
    levers: Mapping[str, FloatArray]  # what the playbook set, by lever: the worst `alert`, the mean factor on `ads`,
    # and 1 for a switch that was pulled for any SKU, else 0; levers that were never touched are left out

    @classmethod
    def of(cls, record: Record, setting: Setting) -> "Story | None":
        """The story of a record, if it kept a replication."""
        series = record.series
        if series is None:
            return None
        on_hand = by_day(series.on_hand[:, 0], setting)[:, -1].sum(axis=(1, 2))
        scored = {name: units[setting.warm_up_days :, 0].sum(axis=(1, 2)) for name, units in series.streams.items()}
        streams = {name: units for name, units in scored.items() if units.any()}
        return cls(series.runs[0], on_hand, streams, _levers(series, setting))

    @property
    def worth_telling(self) -> bool:
        """Whether it says more than the picture of stock: there is more than one stream, or a lever was pulled."""
        return len(self.streams) > 1 or bool(self.levers)


def by_day(values: FloatArray | IntArray, setting: Setting) -> FloatArray | IntArray:
    """The scored slots of a kept run, day by day, [slot, place, sku] -> [day, slot, place, sku]."""
    days = values.reshape(-1, setting.slots_per_day, *values.shape[1:])
    return days[setting.warm_up_days :]


def _levers(series: Series, setting: Setting) -> dict[str, FloatArray]:
    """Levers condensed to days."""
    set_by_day = {name: by_day(values[:, 0], setting) for name, values in series.levers.items()}
    told: dict[str, FloatArray] = {}
    if "alert" in set_by_day:
        told["alert"] = np.fmax(set_by_day["alert"], 0.0).max(axis=(1, 2, 3))
    advertised = series.ad_spend[:, 0].any(axis=(0, 1))
    if "ads" in set_by_day and advertised.any():
        factor = np.where(np.isnan(set_by_day["ads"]), 1.0, set_by_day["ads"])
        told["ads"] = factor[..., advertised].mean(axis=(1, 2, 3))
    for name in SWITCHES:
        if name in set_by_day:
            pulled = (set_by_day[name] > 0).any(axis=(1, 2, 3))
            if pulled.any():
                told[name] = np.asarray(pulled, np.float64)
    return told
