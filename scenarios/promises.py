"""What buyers of a market are promised."""

import math

from scenarios.laws import mean
from scenarios.schema import Market

_ROUNDING = 1e-9


def promised_days(market: Market, warehouse: str) -> float:
    """Days stated to buyers served from a warehouse: as said, or the mean of the last mile, rounded up; else 0."""
    delivery = market.delivery.get(warehouse)
    if delivery is None:
        return 0.0
    if delivery.promise_days is not None:
        return delivery.promise_days
    return float(math.ceil(mean(delivery.days) - _ROUNDING))
