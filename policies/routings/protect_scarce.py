"""Stock is lent to other markets only as far as one's own can spare it."""

from dataclasses import dataclass
from typing import ClassVar

import numpy as np

from policies.parameters import check_parameters, parameter
from policies.quantity import EDGE
from policies.routing import Crossroads, Routes
from policies.routings.preference import Preference


@dataclass(frozen=True)
class ProtectScarce:
    """Serves in the order of `served_by`, but each warehouse keeps some days of sales for its own markets.

    Its own markets are those that name it first. Others are served from it by what stands there beyond that.

    Formula: keeps = keep_days x pace of the markets whose first warehouse it is, rounded up
    Source: direct mail and bonded stock of a cross-border agent (orders are allocated by forecast); inventory rationing
        by a protection level: Topkis 1968, Optimal ordering and rationing policies; the days are a judgement
    Example: protect-scarce:keep_days=14
    """

    name: ClassVar[str] = "protect-scarce"
    keep_days: float = parameter(7.0, 0, 730, "days", "own sales that are lent to nobody")
    review_days: int = parameter(1, 1, 365, "days", "days until it is reckoned anew")

    def __post_init__(self) -> None:
        check_parameters(self)

    def routes(self, seen: Crossroads) -> Routes:
        keeps = np.ceil(seen.pace * self.keep_days - EDGE).astype(np.int64)
        return Routes(Preference().routes(seen).order, np.maximum(keeps, 0))
