"""What a package of somebody else's adds to Stocktide: a rule, a playbook and a routing."""

from dataclasses import dataclass
from typing import ClassVar

import numpy as np

from policies.parameters import check_parameters, parameter
from policies.playbook import Levers, Watch
from policies.protocol import Observation, Orders
from policies.quantity import order_up_to
from policies.routing import Crossroads, Routes


@dataclass(frozen=True)
class TwoBins:
    """Orders a bin when one of two bins is empty.

    Formula: position <= bin: order up to two bins
    Source: two-bin system, as corner shops run it
    Example: two-bins:bin_units=40
    """

    name: ClassVar[str] = "two-bins"
    sees: ClassVar[frozenset[str]] = frozenset({"stock"})
    bin_units: int = parameter(60, 1, 1_000_000, "units", "what a bin holds", tune=(20, 400), serves=True)
    review_days: int = parameter(1, 1, 365, "days", "days from one review to the next")

    def __post_init__(self) -> None:
        check_parameters(self)

    def orders(self, seen: Observation) -> Orders:
        lane, position = seen.lane("cheapest"), seen.stock.position
        one_bin = np.full(position.shape, float(self.bin_units))
        return Orders({lane.name: order_up_to(2 * one_bin, position, one_bin, lane)}, {"reorder_point": one_bin})


@dataclass(frozen=True)
class DarkShelf:
    """Pauses the ads of what is sold out.

    Formula: ads x 0 where on hand = 0
    Source: common sense
    Example: dark-shelf
    """

    name: ClassVar[str] = "dark-shelf"
    reaction_hours: ClassVar[float] = 0.0

    def act(self, seen: Watch) -> Levers:
        return Levers(ads=np.where(seen.stock.on_hand > 0, 1.0, 0.0))


@dataclass(frozen=True)
class FirstOnly:
    """Serves every market from its first warehouse alone.

    Formula: rank 1 = first warehouse of served_by
    Source: common sense
    Example: first-only
    """

    name: ClassVar[str] = "first-only"
    review_days: ClassVar[int] = 365

    def routes(self, seen: Crossroads) -> Routes:
        order = seen.nowhere()
        for market, routes in enumerate(seen.routes):
            order[:, 0, market] = seen.position(routes[0].warehouse)
        return Routes(order)
