"""The textbook's (r,nQ) policy: always the same lot."""

from dataclasses import dataclass
from typing import ClassVar

import numpy as np

from policies.formulas import whole_lots
from policies.one_lane import OneLane
from policies.parameters import check_parameters, choice, parameter
from policies.protocol import FloatArray, LaneFacts, Observation, Orders, PolicyError
from policies.quantity import expected_paces, lots

USUAL_SAFETY_DAYS, USUAL_LOT_DAYS = 14.0, 30


@dataclass(frozen=True)
class FixedLot(OneLane):
    """Waits until the stock position has fallen to r or below, then orders the fewest lots of Q that lift it above r.

    Both r and Q are given in units or follow the sales: r is then what sells during the lead time and `safety_days`
    more, Q what sells in `lot_days`. A lot is rounded up to the lane's smallest order and packs, so every order is a
    whole number of equal lots.

    Formula: position <= r: order = n Q, n the least with position + n Q > r; otherwise 0;
        r = r_units, or pace x (lead_days + safety_days); Q = lot_units, or pace x lot_days
    Source: (r,nQ) policy; Zipkin 2000, Foundations of Inventory Management, section 6.2; (r,Q) where sales come one by
        one and are watched all the time
    Example: fixed-lot:r_units=3,lot_units=5,review_days=1
    """

    name: ClassVar[str] = "fixed-lot"
    r_units: float | None = parameter(None, 0, 1e9, "units", "order at or below this position, the same for every SKU")
    lot_units: float | None = parameter(None, 1, 1e9, "units", "lot in units, the same for every SKU")
    safety_days: float = parameter(
        USUAL_SAFETY_DAYS, 0, 730, "days", "days of sales in r beside the lead time", tune=(0, 60), serves=True
    )
    lot_days: int = parameter(USUAL_LOT_DAYS, 1, 730, "days", "lot in days of sales", tune=(7, 90))
    pace_days: int = parameter(28, 1, 365, "days", "window of past sales that gives the pace", tune=(14, 90))
    lane: str = choice("cheapest", None, "lane to order by: a name, cheapest or fastest")
    review_days: int = parameter(7, 1, 365, "days", "days from one review to the next")

    def __post_init__(self) -> None:
        check_parameters(self)
        for units, days, usual in (
            ("r_units", "safety_days", USUAL_SAFETY_DAYS),
            ("lot_units", "lot_days", USUAL_LOT_DAYS),
        ):
            given, other = getattr(self, units), getattr(self, days)
            if given is not None and other != usual:
                raise PolicyError(f"{self.name}: {units} = {given} and {days} = {other}: give one of them")

    @property
    def sees(self) -> frozenset[str]:
        in_units = self.r_units is not None and self.lot_units is not None
        return frozenset({"stock"} if in_units else {"stock", "sales", "calendar"})

    def orders(self, seen: Observation) -> Orders:
        lane, position = seen.lane(self.lane), seen.stock.position
        why = self._point(seen, lane)
        lot = lots(self._lot(seen, lane), lane)
        return Orders({lane.name: whole_lots(lot, position, why["reorder_point"])}, {**why, "lot": lot})

    def _point(self, seen: Observation, lane: LaneFacts) -> dict[str, FloatArray]:
        """The order point r and what it is made of, [..., sku] by name."""
        if self.r_units is not None:
            return {"reorder_point": np.full(seen.stock.position.shape, float(self.r_units))}
        pace, _ = expected_paces(seen, self.pace_days, lane, 0)
        safety = pace * self.safety_days
        return {"reorder_point": pace * lane.lead_days + safety, "safety_stock": safety, "forecast": pace}

    def _lot(self, seen: Observation, lane: LaneFacts) -> FloatArray:
        """The lot Q before packs, [..., sku]."""
        if self.lot_units is not None:
            return np.full(seen.stock.position.shape, float(self.lot_units))
        _, later_pace = expected_paces(seen, self.pace_days, lane, self.lot_days)
        return later_pace * self.lot_days
