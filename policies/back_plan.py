"""The dates of a plan drawn up backwards from a promotion: when to order for it, and when goods should be there."""

import math
from dataclasses import dataclass
from datetime import date, timedelta

LATEST_DAYS = 90
"""[days] before launch by which the main order should be placed."""
WINDOW_DAYS = 30
"""[days] before that, from which on it may be placed."""
ARRIVE_DAYS_BEFORE = 43
"""[days] before launch on which goods should be there: mid-October for Black Friday."""


@dataclass(frozen=True)
class BackPlan:
    """The dates of one promotion."""

    launch: date
    first_order: date  # the safe window opens
    last_order: date  # and closes, this day included
    arrival: date

    @classmethod
    def of(
        cls,
        launch: date,
        latest_days: int = LATEST_DAYS,
        window_days: int = WINDOW_DAYS,
        arrive_days_before: int = ARRIVE_DAYS_BEFORE,
    ) -> "BackPlan":
        """The plan of a promotion that begins on a date.

        Source: smart inventory of an independent store (hero items are ordered 90 to 120 days ahead, to arrive by
        mid-October for Black Friday).
        """
        last = launch - timedelta(latest_days)
        return cls(launch, last - timedelta(window_days), last, launch - timedelta(arrive_days_before))

    def late(self, ordered: date) -> bool:
        """Whether a main order of a date comes after the safe window."""
        return ordered > self.last_order


def order_lead_days(lead_days: float, latest_days: int, window_days: int, arrive_days_before: int) -> int:
    """Days before launch on which to place the main order, by a lane of so many lead days.

    So early that goods are there `arrive_days_before` days ahead, but within the safe window; earlier only where
    goods would otherwise miss the first day.
    """
    lead = 1 + math.ceil(lead_days)
    return max(min(max(arrive_days_before + lead, latest_days), latest_days + window_days), lead)
