"""What the policy saw, ordered and why, at its first review of the season: what to do now."""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from typing import Annotated

import numpy as np

from reports.closeup.part import Part
from reports.closeup.slots import ends_of_days, kept_series, scored_days
from reports.record import FloatArray, IntArray, Record, Series, Setting, Shipment


@dataclass(frozen=True)
class Now(Part):
    """The first review on or after the first scored day; where no reason was ever given, the first scored day."""

    day: Annotated[IntArray, "run"]  # scored day of that review, the same for all
    on_hand: Annotated[IntArray, "run", "warehouse", "sku"]  # before other warehouses got of it what they ordered then
    position: Annotated[IntArray, "run", "warehouse", "sku"]  # before what was ordered then
    ordered: Annotated[IntArray, "run", "warehouse", "sku"]
    by_lane: Annotated[IntArray, "run", "lane", "sku"]  # of what was ordered, what goes down each lane
    next_order: Annotated[FloatArray, "run", "warehouse", "sku"]  # scored day of the first order after it; inf for none
    why: Annotated[
        Mapping[str, FloatArray], "run", "warehouse", "sku"
    ]  # what the policy gave as its reasons, NaN for none

    @classmethod
    def of(cls, record: Record, setting: Setting) -> "Now":
        """The first review of a record all of whose replications were kept."""
        series = kept_series(record)
        day = _review(series, setting)
        ordered = scored_days(series.ordered, setting)
        on_hand, on_order = (ends_of_days(level, setting)[:, day] for level in (series.on_hand, series.on_order))
        on_hand = on_hand + _sent_out(record, setting, day)
        return cls(
            np.full(len(record.runs), day),
            on_hand,
            on_hand + on_order - ordered[:, day] - _owed(series, setting)[:, day],
            ordered[:, day],
            _down_lanes(record, setting, day),
            _next(ordered, day),
            {name: values[setting.warm_up_days + day] for name, values in series.why.items()},
        )


def _review(series: Series, setting: Setting) -> int:
    """The scored day of the first review with a reason."""
    given = [~np.isnan(values[setting.warm_up_days :]).all(axis=(1, 2, 3)) for values in series.why.values()]
    return int(np.argmax(np.any(given, axis=0))) if given else 0


def _owed(series: Series, setting: Setting) -> IntArray:
    """Units owed when days ended, at the first warehouse of each market, [run, day, warehouse, sku]."""
    backlog = ends_of_days(series.backlog, setting)
    owed = np.zeros((*backlog.shape[:2], len(setting.warehouses), backlog.shape[3]), np.int64)
    for market, warehouse in enumerate(setting.home):
        owed[:, :, warehouse] += backlog[:, :, market]
    return owed


def _down_lanes(record: Record, setting: Setting, day: int) -> IntArray:
    units = np.zeros((len(record.runs), len(setting.lanes), len(setting.skus)), np.int64)
    for run, shipment in _placed(record, setting, day):
        units[run, setting.lanes.index(shipment.lane)] += shipment.units
    return units


def _sent_out(record: Record, setting: Setting, day: int) -> IntArray:
    """What left each warehouse for others as the day ended, after the review, [run, warehouse, sku]."""
    units = np.zeros((len(record.runs), len(setting.warehouses), len(setting.skus)), np.int64)
    end = setting.warm_up_days + day + 1
    for run, shipment in _placed(record, setting, day):
        if shipment.supplier in setting.warehouses and shipment.ordered == end:
            units[run, setting.warehouses.index(shipment.supplier)] += shipment.units
    series, slot = kept_series(record), end * setting.slots_per_day
    # Out of an empty warehouse goes, at the same moment, what comes in the next morning and was waited for.
    waited = (series.on_hand[slot - 1] == 0) * series.received[slot : slot + 1].sum(axis=0)
    return np.asarray(units - np.minimum(units, waited))


def _placed(record: Record, setting: Setting, day: int) -> Iterator[tuple[int, Shipment]]:
    """Shipments that were ordered, or left a warehouse, on a scored day; each with the place of its replication."""
    place = {run: index for index, run in enumerate(record.runs.tolist())}
    for shipment in kept_series(record).shipments:
        if int(np.ceil(shipment.ordered)) - 1 == setting.warm_up_days + day:
            yield place[shipment.run], shipment


def _next(ordered: IntArray, day: int) -> FloatArray:
    """The first day after one on which something was ordered, [run, warehouse, sku]; inf where there is none."""
    later = ordered[:, day + 1 :] > 0
    if later.shape[1] == 0:
        return np.full(ordered[:, 0].shape, np.inf)
    return np.where(later.any(axis=1), day + 1.0 + later.argmax(axis=1), np.inf)
