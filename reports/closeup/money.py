"""What the seller had in and out, day by day."""

from dataclasses import dataclass
from typing import Annotated

from reports.closeup.part import Part
from reports.record import FloatArray, Record, Setting


@dataclass(frozen=True)
class Cash(Part):
    """Money in less money out since the first day played, warm-up included; below 0 where it is out of pocket."""

    balance: Annotated[FloatArray, "run", "played"]  # at the end of the day

    @classmethod
    def of(cls, record: Record, setting: Setting) -> "Cash":
        """The cash of a record all of whose replications are pictured."""
        return cls(record.daily_cash.T.copy())
