"""How much of what could be sold by a day had been sold by then."""

from dataclasses import dataclass
from typing import Annotated

import numpy as np

from reports.closeup.part import Part
from reports.closeup.slots import ends_of_days, kept_series, scored_days
from reports.record import IntArray, Record, Setting


@dataclass(frozen=True)
class Sellthrough(Part):
    """Running totals over scored days, all SKUs and places."""

    sold: Annotated[IntArray, "run", "day"]  # units delivered to buyers
    available: Annotated[IntArray, "run", "day"]  # those, and what was left on hand at the end of the day

    @classmethod
    def of(cls, record: Record, setting: Setting) -> "Sellthrough":
        """The curve of a record all of whose replications were kept."""
        series = kept_series(record)
        sold = np.cumsum(scored_days(series.sold, setting).sum(axis=(2, 3)), axis=1)
        # What was received would count a unit again that came from another warehouse, or back from a buyer.
        return cls(sold, sold + ends_of_days(series.on_hand, setting).sum(axis=(2, 3)))
