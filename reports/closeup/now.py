"""What the policy saw, ordered and why, at its first review of the season: what to do now."""

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Annotated

import numpy as np

from reports.closeup.part import Part
from reports.closeup.slots import kept_series, scored_days
from reports.record import FloatArray, IntArray, Record, Series, Setting


@dataclass(frozen=True)
class Now(Part):
    """The first review on or after the first scored day; where no reason was ever given, the first scored day."""

    day: Annotated[IntArray, "run"]  # scored day of that review, the same for all
    on_hand: Annotated[IntArray, "run", "warehouse", "sku"]  # as the seller has it
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
        ordered, played = scored_days(series.ordered, setting), setting.warm_up_days + day
        return cls(
            np.full(len(record.runs), day),
            series.seen_on_hand[played],
            series.seen_position[played],
            ordered[:, day],
            series.ordered_by_lane[played],
            _next(ordered, day),
            {name: values[played] for name, values in series.why.items()},
        )


def _review(series: Series, setting: Setting) -> int:
    """The scored day of the first review with a reason."""
    given = [~np.isnan(values[setting.warm_up_days :]).all(axis=(1, 2, 3)) for values in series.why.values()]
    return int(np.argmax(np.any(given, axis=0))) if given else 0


def _next(ordered: IntArray, day: int) -> FloatArray:
    """The first day after one on which something was ordered, [run, warehouse, sku]; inf where there is none."""
    later = ordered[:, day + 1 :] > 0
    if later.shape[1] == 0:
        return np.full(ordered[:, 0].shape, np.inf)
    return np.where(later.any(axis=1), day + 1.0 + later.argmax(axis=1), np.inf)
