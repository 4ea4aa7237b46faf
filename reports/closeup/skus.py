"""The stock of single SKUs, day by day."""

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Annotated

from reports.closeup.part import Part
from reports.closeup.slots import ends_of_days, kept_series, scored_days
from reports.record import IntArray, Record, Setting


@dataclass(frozen=True)
class Skus(Part):
    """The chosen SKUs over scored days; units of all warehouses, or of all markets."""

    on_hand: Annotated[IntArray, "run", "day", "chosen"]  # at the end of the day
    received: Annotated[IntArray, "run", "day", "chosen"]
    wanted: Annotated[IntArray, "run", "day", "chosen"]
    short: Annotated[IntArray, "run", "day", "chosen"]  # of the wanted, units that were not delivered at once

    @classmethod
    def of(cls, record: Record, setting: Setting, chosen: Sequence[int]) -> "Skus":
        """The chosen SKUs of a record all of whose replications were kept."""
        series, those = kept_series(record), list(chosen)
        flows = (series.received, series.wanted, series.short)
        return cls(
            ends_of_days(series.on_hand[..., those], setting).sum(axis=2),
            *(scored_days(units[..., those], setting).sum(axis=2) for units in flows),
        )
