"""Where demand came from, week by week."""

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Annotated

import numpy as np

from reports.closeup.heat import by_week
from reports.closeup.part import Part
from reports.closeup.slots import kept_series
from reports.record import IntArray, Record, Setting


@dataclass(frozen=True)
class Streams(Part):
    """Units wanted by stream of demand, all markets and SKUs; a stream that never came is left out.

    Buyers whom a late promise keeps away are counted in.
    """

    wanted: Annotated[Mapping[str, IntArray], "run", "week"]

    @classmethod
    def of(cls, record: Record, setting: Setting) -> "Streams":
        """The streams of a record all of whose replications were kept."""
        scored = {name: units[setting.warm_up_days :] for name, units in kept_series(record).streams.items()}
        daily = {name: np.moveaxis(units.sum(axis=(2, 3)), 0, 1) for name, units in scored.items() if units.any()}
        return cls({name: by_week(units, setting) for name, units in sorted(daily.items())})
