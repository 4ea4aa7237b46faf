"""Each market's warehouses in the order in which its scenario names them."""

from dataclasses import dataclass
from typing import ClassVar

from policies.parameters import check_parameters, parameter
from policies.routing import Crossroads, Routes


@dataclass(frozen=True)
class Preference:
    """Serves each market from its warehouses in the order of `served_by`, whatever the SKU and whoever the buyer.

    With fewer ranks a market turns to fewer warehouses: with 1, to its first alone.

    Formula: rank n of a market = its nth warehouse of served_by, n <= ranks
    Source: fixed preference, a yardstick for other routings
    Example: preference:ranks=1
    """

    name: ClassVar[str] = "preference"
    review_days: ClassVar[int] = 365
    ranks: int = parameter(50, 1, 50, "warehouses", "how many warehouses a market may turn to")

    def __post_init__(self) -> None:
        check_parameters(self)

    def routes(self, seen: Crossroads) -> Routes:
        order = seen.nowhere()
        for market, routes in enumerate(seen.routes):
            for rank, route in enumerate(routes[: self.ranks]):
                order[:, rank, market] = seen.position(route.warehouse)
        return Routes(order)
