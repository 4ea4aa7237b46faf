"""The cheapest warehouse that still keeps the promise."""

from dataclasses import dataclass
from typing import ClassVar

import numpy as np

from policies.parameters import check_parameters, parameter
from policies.routing import Crossroads, Routes


@dataclass(frozen=True)
class LeastCost:
    """Serves each SKU from where bringing one unit to the buyer costs least, among routes that are fast enough.

    Slower routes come after all that are fast enough, the fastest of them first. It treats all buyers alike.

    Formula: promise <= within_days: least cost first; the others after them: shortest promise first
    Source: direct mail and bonded stock of a cross-border agent (orders are allocated by product, logistics cost and
        promised time); the days are a judgement
    Example: least-cost:within_days=5
    """

    name: ClassVar[str] = "least-cost"
    within_days: float = parameter(10.0, 0, 365, "days", "promise that is fast enough")
    review_days: int = parameter(7, 1, 365, "days", "days until routes are chosen anew, as costs move")

    def __post_init__(self) -> None:
        check_parameters(self)

    def routes(self, seen: Crossroads) -> Routes:
        order = seen.nowhere()
        for market in range(len(seen.markets)):
            promises, costs = seen.promises(market), seen.costs(market)
            after = np.where(promises > self.within_days, promises, 0.0)
            order[:, :, market] = seen.by(market, after, costs)
        return Routes(order)
