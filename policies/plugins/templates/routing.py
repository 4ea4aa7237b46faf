"""My routing for which warehouse serves whom."""

from dataclasses import dataclass
from typing import ClassVar

from policies.parameters import check_parameters, parameter
from policies.routing import Crossroads, Routes


@dataclass(frozen=True)
class MyRule:
    """Serves everybody from the warehouse that promises the shortest time, the cheapest of equally fast ones.

    Say here in plain words whom it sends where, and why.

    Formula: rank n of a market = its route with the nth shortest promise, least cost first where promises are equal
    Source: say where it is from: a book, an article, or your own judgement
    Example: my_rule.py:MyRule(review_days=1)
    """

    name: ClassVar[str] = "my-rule"
    review_days: int = parameter(7, 1, 365, "days", "days until routes are chosen anew")

    def __post_init__(self) -> None:
        check_parameters(self)

    def routes(self, seen: Crossroads) -> Routes:
        order = seen.nowhere()
        for market in range(len(seen.markets)):
            order[:, :, market] = seen.by(market, seen.promises(market), seen.costs(market))
        return Routes(order)
