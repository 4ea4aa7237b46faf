"""Article five: the bonded warehouse first, direct mail when it is sold out."""

from dataclasses import dataclass
from typing import ClassVar

import numpy as np

from policies.routing import Crossroads, Routes


@dataclass(frozen=True)
class BondedFirst:
    """Serves every buyer from a bonded warehouse while it has stock, then from the others; fast ones before slow ones.

    So a sold-out bonded warehouse does not stop the sale: direct mail takes over, at its own stated date.

    Formula: bonded before not bonded; among these the shorter promise first, then the order of served_by
    Source: direct mail and bonded stock of a cross-border agent (fast delivery: bonded first; out of stock: direct
        mail)
    Example: bonded-first
    """

    name: ClassVar[str] = "bonded-first"
    review_days: ClassVar[int] = 365

    def routes(self, seen: Crossroads) -> Routes:
        order = seen.nowhere()
        for market, routes in enumerate(seen.routes):
            direct = np.array([float(not route.bonded) for route in routes])
            order[:, :, market] = seen.by(market, direct, seen.promises(market))
        return Routes(order)
