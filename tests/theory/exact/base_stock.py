"""Periodic base stock with full backlog and a fixed lead time.

Each review lifts the position to S. Net stock k days after goods of a review came (k = 0 .. R-1) is S less the demand
of L + 1 + k days.
"""

from dataclasses import dataclass

import numpy as np

from tests.theory.exact.chances import Chances, at_most, excess, mean, room, total


@dataclass(frozen=True)
class BaseStockRow:
    """What a case is asked for."""

    on_hand: float  # units at the end of a day
    backlog: float  # units owed at the end of a day
    no_backlog: float  # share of days that end owing nothing
    fill: float  # share of units delivered at once
    cycle_service: float  # share of review intervals that end owing nothing
    pipeline: float  # units between an order's clock start and the shelf


def base_stock(day: Chances, lead_days: int, review_days: int, level: int) -> BaseStockRow:
    """The row of a case, for the law of one day's demand."""
    ends = [total(day, lead_days + 1 + k) for k in range(review_days)]
    owed_before, owed_after = excess(total(day, lead_days), level), excess(ends[-1], level)
    return BaseStockRow(
        on_hand=float(np.mean([room(law, level) for law in ends])),
        backlog=float(np.mean([excess(law, level) for law in ends])),
        no_backlog=float(np.mean([at_most(law, level) for law in ends])),
        fill=1 - (owed_after - owed_before) / (review_days * mean(day)),
        cycle_service=at_most(ends[-1], level),
        pipeline=lead_days * mean(day),
    )


def receipt_cycle_service(day: Chances, lead_days: int, level: int) -> float:
    """Share of the cycles between two receipts in which no unit came short, at daily review.

    A day without demand orders nothing, so nothing comes L + 1 days later and a cycle spans k days with chance
    p0^(k-1) (1 - p0): it starts and ends with a receipt, so the k - 1 orders in between were of days without demand and
    the order that ends it was of a day with some. The demand from the first of those days to the end of the cycle is
    then one day's that is not zero, and L days more. A cycle comes short when this exceeds S and somebody asked during
    the cycle; the cycle lies among those L days when k <= L, and then may be k days without demand.
    """
    none = float(day[0])
    some = np.append(0.0, day[1:]) / (1 - none)

    def exceeds(days: int) -> float:
        return 1 - at_most(np.convolve(some, total(day, days)), level)

    unasked = sum(none ** (k - 1) * (1 - none) * none**k * exceeds(lead_days - k) for k in range(1, lead_days + 1))
    return 1 - (exceeds(lead_days) - unasked)
