"""Article five: fast warehouses for those in a hurry, cheap ones for those who can wait."""

from dataclasses import dataclass
from typing import ClassVar

from policies.parameters import check_parameters, parameter
from policies.routing import PATIENT, USUAL, Crossroads, Routes


@dataclass(frozen=True)
class ByUrgency:
    """Serves usual buyers from where it is fastest, and patient or remote ones from where it costs least.

    Formula: usual buyers: shortest promise first, the cheaper one on a tie; patient ones: least cost first, the
        shorter promise on a tie
    Source: direct mail and bonded stock of a cross-border agent (big city or fast delivery: bonded; remote or patient:
        direct mail although bonded has stock)
    Example: by-urgency
    """

    name: ClassVar[str] = "by-urgency"
    review_days: int = parameter(7, 1, 365, "days", "days until routes are chosen anew, as costs move")

    def __post_init__(self) -> None:
        check_parameters(self)

    def routes(self, seen: Crossroads) -> Routes:
        order = seen.nowhere()
        for market in range(len(seen.markets)):
            promises, costs = seen.promises(market), seen.costs(market)
            order[USUAL, :, market] = seen.by(market, promises, costs)
            order[PATIENT, :, market] = seen.by(market, costs, promises)
        return Routes(order)
