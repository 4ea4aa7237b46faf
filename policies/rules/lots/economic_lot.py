"""Harris's economic order quantity at a reorder point for a wanted service level."""

from dataclasses import dataclass
from typing import ClassVar

import numpy as np

from policies.formulas import (
    DAYS_A_YEAR,
    daily_spread,
    economic_lot,
    reorder_point,
    safety_factor,
    safety_stock,
    whole_lots,
)
from policies.one_lane import OneLane
from policies.parameters import check_parameters, choice, parameter
from policies.protocol import Observation, Orders
from policies.quantity import expected_paces, lots


@dataclass(frozen=True)
class EconomicLot(OneLane):
    """Orders lots at which the cost of ordering and the cost of holding balance.

    It waits until the stock position no longer covers lead time and review period with the wanted probability, then
    orders the fewest lots that lift it above that. What an order costs is told to it, for each SKU alone: where SKUs
    share a shipment, give each its share. A unit held costs a rate on its unit cost and the rent of its volume. The lot
    is no more than what sells in a year; it is rounded to a whole unit, and up to the lane's smallest order and packs.

    Formula: Q = sqrt(2 K D / h), D = 365 x pace, h = unit cost x holding_rate + 365 x volume x rent_per_m3_day;
        trigger = d (L + R) + z sqrt((L + R) sd^2 + d^2 s_L^2), Phi(z) = service
    Source: economic order quantity, Harris 1913, How many parts to make at once; Silver, Pyke, Thomas 2017, chapter 4
        and section 6.7
    Example: economic-lot:order_cost=25,service=0.98
    """

    name: ClassVar[str] = "economic-lot"
    order_cost: float = parameter(100.0, 0, 1e6, "money", "what an order of one SKU costs", tune=(10, 1_000))
    holding_rate: float = parameter(0.2, 0, 10, "of the unit cost a year", "capital and risk of a unit held")
    rent_per_m3_day: float = parameter(0.0, 0, 1_000, "money a m3 and day", "rent of a unit's volume")
    service: float = parameter(
        0.95, 0.5, 0.9999, "probability", "chance of no stockout in a cycle", tune=(0.8, 0.999), serves=True
    )
    history_days: int = parameter(56, 2, 365, "days", "window of past sales that gives pace and spread", tune=(14, 112))
    lane: str = choice("cheapest", None, "lane to order by: a name, cheapest or fastest")
    review_days: int = parameter(7, 1, 365, "days", "days from one review to the next")

    def __post_init__(self) -> None:
        check_parameters(self)

    @property
    def sees(self) -> frozenset[str]:
        return frozenset({"stock", "sales", "calendar"})

    def orders(self, seen: Observation) -> Orders:
        lane, position = seen.lane(self.lane), seen.stock.position
        pace, _ = expected_paces(seen, self.history_days, lane, 0)
        protected_days = lane.lead_days + self.review_days
        spread = daily_spread(*seen.sales.with_stock(self.history_days))
        safety = safety_stock(safety_factor(self.service), protected_days, spread, pace, lane.spread_days)
        trigger = reorder_point(pace, protected_days, safety)
        hold = seen.unit_cost * self.holding_rate + DAYS_A_YEAR * seen.volume_m3 * self.rent_per_m3_day
        usual = seen.sales.pace(self.history_days)
        best = np.minimum(economic_lot(self.order_cost, hold, usual), DAYS_A_YEAR * usual)
        lot = lots(np.where(usual > 0, np.maximum(np.rint(best), 1.0), 0.0), lane)
        why = {"reorder_point": trigger, "safety_stock": safety, "forecast": pace, "economic_lot": best}
        return Orders({lane.name: whole_lots(lot, position, trigger)}, why)
