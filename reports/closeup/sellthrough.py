"""How much of what could be sold by a day had been sold by then."""

from dataclasses import dataclass
from typing import Annotated

import numpy as np

from reports.closeup.part import Part
from reports.closeup.slots import kept_series, scored_days
from reports.record import IntArray, Record, Setting


@dataclass(frozen=True)
class Sellthrough(Part):
    """Running totals over scored days, all SKUs and places."""

    sold: Annotated[IntArray, "run", "day"]  # units delivered to buyers
    available: Annotated[IntArray, "run", "day"]  # on hand before the first scored day, and received so far

    @classmethod
    def of(cls, record: Record, setting: Setting) -> "Sellthrough":
        """The curve of a record all of whose replications were kept."""
        series = kept_series(record)
        sold, received = (
            np.cumsum(scored_days(units, setting).sum(axis=(2, 3)), axis=1) for units in (series.sold, series.received)
        )
        return cls(sold, record.opening.sum(axis=(1, 2))[:, np.newaxis] + received)
