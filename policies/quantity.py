"""How much to order: one rule for all, so that policies differ in *when* they order and in safety stock alone."""

import math

import numpy as np

from policies.protocol import FloatArray, IntArray, LaneFacts, Observation

EDGE = 1e-6
"""[units] Rounding noise: a trigger of 399.9999999 is a trigger of 400."""


def lots(wanted: FloatArray | IntArray, lane: LaneFacts) -> IntArray:
    """Whole units for what is wanted: at least the lane's smallest order, in whole packs; none where none is wanted.

    None either of a SKU that the lane does not carry.
    """
    whole = np.ceil(wanted - EDGE).astype(np.int64)
    enough = np.where((whole > 0) & lane.carries, np.maximum(whole, lane.at_least), 0)
    return np.asarray(-(-enough // lane.pack) * lane.pack)


def order_up_to(level: FloatArray, position: IntArray, trigger: FloatArray, lane: LaneFacts) -> IntArray:
    """Units that lift the position to `level` where it has fallen to `trigger` or below, in the lane's lots."""
    due = position <= trigger + EDGE
    return lots(np.where(due, level - position, 0.0), lane)


def expected_paces(
    seen: Observation, pace_days: int, lane: LaneFacts, order_days: int
) -> tuple[FloatArray, FloatArray]:
    """Units a day expected over the lane's lead time, and over the `order_days` days after it.

    The pace of the last `pace_days` days, times what announced promotions and livestreams do to each stretch.
    """
    lead = max(1, math.ceil(lane.lead_days))
    pace = seen.sales.pace(pace_days)
    return pace * seen.calendar.lift(1, lead), pace * seen.calendar.lift(1 + lead, order_days)
