"""Business buyers (B2B): few orders, some of them large. A compound Poisson stream whose orders come whole."""

import numpy as np
from numpy.typing import NDArray

from scenarios.schema import Business
from sim.world import laws
from sim.world.demand.shows import Streams

IntArray = NDArray[np.int64]


def business_orders(business: Business, days: int, stream: Streams) -> tuple[IntArray, IntArray]:
    """Day and units of each order of so many days, [order], the earlier days first."""
    counts = stream("count").poisson(business.orders_per_day, days)
    sizes = laws.draws(business.units_per_order, stream("size"), int(counts.sum()))
    return np.repeat(np.arange(days), counts), np.maximum(np.ceil(sizes), 1).astype(np.int64)
