"""From the slots of kept replications to scored days, replications first."""

from typing import Any

import numpy as np
from numpy.typing import NDArray

from reports.record import IntArray, Record, Series, Setting


def kept_series(record: Record) -> Series:
    """The series of a record. ValueError where none was kept."""
    if record.series is None:
        raise ValueError(f"{record.policy} was played without keeping a replication")
    return record.series


def scored_days(flow: IntArray, setting: Setting) -> IntArray:
    """Units that flow, [slot, run, place, sku], summed to scored days, [run, day, place, sku]."""
    return np.asarray(_slotted(flow, setting).sum(axis=2))


def ends_of_days(level: NDArray[Any], setting: Setting) -> NDArray[Any]:
    """Levels, [slot, run, place, sku], as they stood when scored days ended, [run, day, place, sku]."""
    return np.asarray(_slotted(level, setting)[:, :, -1])


def _slotted(values: NDArray[Any], setting: Setting) -> NDArray[Any]:
    """Scored slots by day, [run, day, slot, place, sku]."""
    first = setting.warm_up_days * setting.slots_per_day
    runs_first = np.moveaxis(values[first:], 0, 1)
    return runs_first.reshape(len(runs_first), setting.days, setting.slots_per_day, *values.shape[2:])
