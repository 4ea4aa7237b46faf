"""Where demand met too little stock: units wanted and units short, week by week and SKU by SKU."""

from dataclasses import dataclass
from typing import Annotated

import numpy as np

from reports.closeup.part import Part
from reports.closeup.slots import kept_series, scored_days
from reports.passage import week_days, weeks
from reports.record import IntArray, Record, Setting


@dataclass(frozen=True)
class Heat(Part):
    """Units of all markets; a week is a stretch of `week_days`, and the last may be cut off by the season's end."""

    wanted: Annotated[IntArray, "run", "week", "sku"]
    short: Annotated[IntArray, "run", "week", "sku"]  # of those, units that were not delivered at once

    @classmethod
    def of(cls, record: Record, setting: Setting) -> "Heat":
        """The heat of a record all of whose replications were kept."""
        series = kept_series(record)
        wanted, short = (scored_days(units, setting).sum(axis=2) for units in (series.wanted, series.short))
        return cls(by_week(wanted, setting), by_week(short, setting))


def by_week(units: IntArray, setting: Setting) -> IntArray:
    """Units of scored days, [run, day, ...], summed to weeks, [run, week, ...]."""
    firsts = np.arange(weeks(setting)) * week_days(setting)
    return np.asarray(np.add.reduceat(units, firsts, axis=1))
