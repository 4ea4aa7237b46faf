"""Two stages in a row, full backlog: a hub that feeds one warehouse, each lifting its echelon position to a level.

Both stages order when a day ends what that day wanted. The hub's orders come after its lead; it sends on what it has,
and owes the rest, first come first served. Fixed leads, so that nothing overtakes.
"""

from dataclasses import dataclass

import numpy as np

from tests.theory.exact.chances import Chances, excess, mean, room, total


@dataclass(frozen=True)
class SerialRow:
    """What a case is asked for."""

    hub_on_hand: float  # units in the morning, after receipts were sent on
    hub_owes: float  # units in the morning that the warehouse ordered and the hub has not sent
    hub_evening: float  # units in the evening, when what the day wanted has been sent
    on_hand_morning: float  # of the warehouse, after receipts
    backlog_morning: float  # owed to its buyers, after receipts
    on_hand: float  # of the warehouse, at the end of a day
    backlog: float  # owed to its buyers at the end of a day
    fill: float  # share of units delivered at once


def serial(day: Chances, hub_days: int, lane_days: int, hub_level: int, level: int) -> SerialRow:
    """The row of a case, for the law of one day's demand.

    `hub_level` is the echelon level: what the hub and the warehouse have and have ordered. In the morning the orders of
    `hub_days` days are on their way to the hub, in the evening those of one day more.
    """
    local = hub_level - level
    coming = total(day, hub_days)
    owed = _beyond(coming, local)
    before, after = (np.convolve(owed, total(day, days)) for days in (lane_days, lane_days + 1))
    return SerialRow(
        hub_on_hand=room(coming, local),
        hub_owes=mean(owed),
        hub_evening=room(total(day, hub_days + 1), local),
        on_hand_morning=room(before, level),
        backlog_morning=excess(before, level),
        on_hand=room(after, level),
        backlog=excess(after, level),
        fill=1 - (excess(after, level) - excess(before, level)) / mean(day),
    )


def _beyond(law: Chances, level: int) -> Chances:
    """The law of what exceeds a level."""
    return np.append(law[: level + 1].sum(), law[level + 1 :])
