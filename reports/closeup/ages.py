"""How old stock was: what came first leaves first, so what came of late says how much is older."""

from dataclasses import dataclass
from itertools import pairwise
from typing import Annotated

import numpy as np

from reports.closeup.part import Part
from reports.closeup.slots import kept_series
from reports.passage import week_days, weeks
from reports.record import FloatArray, IntArray, Record, Setting

BANDS = (30, 60, 90, 180, 365)
"""[days] The last day of each band of ages but the last, which has no end."""


@dataclass(frozen=True)
class Ages(Part):
    """Stock by age at the end of each week, all SKUs; a unit's age counts from the day it came to the warehouse,
    or came back to it from a buyer.

    What was there on the first day played is as old as the days played; a week is a stretch of `week_days`.
    """

    units: Annotated[IntArray, "run", "week", "warehouse", "band"]
    value: Annotated[FloatArray, "run", "week", "warehouse", "band"]  # at unit cost

    @classmethod
    def of(cls, record: Record, setting: Setting) -> "Ages":
        """The ages of a record all of whose replications were kept."""
        series, slots = kept_series(record), setting.slots_per_day
        on_hand = _runs_first(series.on_hand)[:, slots - 1 :: slots]
        shelved = _runs_first(series.received + series.restocked)
        came = np.cumsum(shelved.reshape(len(shelved), -1, slots, *shelved.shape[2:]).sum(axis=2), axis=1)
        banded = [_banded(on_hand[:, day], came, day) for day in _ends(setting)]
        units = np.stack([bands.sum(axis=2) for bands in banded], axis=1)
        value = np.stack([(bands * setting.unit_cost[:, np.newaxis]).sum(axis=2) for bands in banded], axis=1)
        return cls(units, value)


def _runs_first(values: IntArray) -> IntArray:
    return np.moveaxis(values, 0, 1)


def _ends(setting: Setting) -> list[int]:
    """The last day of each week, counted from the first day played."""
    step = week_days(setting)
    return [setting.warm_up_days + min((week + 1) * step, setting.days) - 1 for week in range(weeks(setting))]


def _banded(on_hand: IntArray, came: IntArray, day: int) -> IntArray:
    """Units on hand at the end of a day by age, [run, warehouse, sku, band]; `came` is all that came by each day."""
    older = [on_hand]
    for age in BANDS:
        before = came[:, day - age - 1] if day > age else np.zeros_like(on_hand)
        older.append(np.maximum(on_hand - (came[:, day] - before), 0) if day >= age else np.zeros_like(on_hand))
    older.append(np.zeros_like(on_hand))
    return np.stack([more - less for more, less in pairwise(older)], axis=-1)
