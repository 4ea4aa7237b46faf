"""What rules share that order by one lane."""

from collections.abc import Sequence
from typing import ClassVar

import numpy as np

from policies.protocol import LaneFacts, lane_named

MOST_NAMED = 5


class OneLane:
    """A rule that orders by one lane, and so never what that lane does not carry."""

    name: ClassVar[str]
    lane: str

    def warnings(self, lanes: Sequence[LaneFacts]) -> tuple[str, ...]:
        """Which SKUs are never ordered, by their places in the catalogue, the first being 1."""
        lane = lane_named(self.lane, lanes)
        carried = np.broadcast_to(lane.carries, lane.at_least.shape)
        refused = [str(place + 1) for place in np.nonzero(~carried)[0]]
        if not refused:
            return ()
        more = f" and {len(refused) - MOST_NAMED} more" if len(refused) > MOST_NAMED else ""
        return (
            f"{self.name}: lane {lane.name} does not carry SKU {', '.join(refused[:MOST_NAMED])}{more} of "
            f"{len(carried)} in the catalogue, so none is ever ordered",
        )
