"""What is ordered on a forecast: one way for all rules that have one."""

import math

import numpy as np

from policies.forecasting.forecast import Forecast
from policies.formulas import safety_factor, safety_stock
from policies.protocol import FloatArray, LaneFacts, Observation, Orders
from policies.quantity import order_up_to


def orders_on_forecast(
    seen: Observation,
    forecast: Forecast,
    lane: LaneFacts,
    *,
    service: float,
    review_days: int,
    order_days: int,
    kept: FloatArray | float = 1.0,
) -> Orders:
    """Order when the position no longer covers what is forecast until the next order could arrive, plus safety.

    Everyday sales times what announced events do to them, of which `kept` is expected to come true, [..., sku].
    """
    reach = lane.lead_days + review_days
    whole = math.ceil(reach)
    until = forecast.units(0.0, reach) * (1 + kept * (seen.calendar.lift(1, whole) - 1))
    later = forecast.units(reach, reach + order_days)
    if order_days:
        later = later * (1 + kept * (seen.calendar.lift(1 + whole, order_days) - 1))
    pace = until / reach
    safety = safety_stock(safety_factor(service), reach, forecast.spread, pace, lane.spread_days)
    trigger = until + safety
    level = trigger + later
    why = {"reorder_point": trigger, "safety_stock": safety, "order_up_to": level, "forecast": np.asarray(pace)}
    return Orders({lane.name: order_up_to(level, seen.stock.position, trigger, lane)}, why)
