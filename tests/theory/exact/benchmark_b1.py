"""Benchmark B1 by plain NumPy, all replications at once, with random numbers of its own.

Each of 365 days: receive; demand max(0, round(normal(20, 6))); a position of 600 or less is ordered up to 1,100, and
an order of day t is received on day t + lead. It opens with 900 units and nothing on order.
"""

from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

DAYS, OPENING, LOW, HIGH = 365, 900, 600, 1100
Values = NDArray[np.float64]


@dataclass(frozen=True)
class B1:
    """The numbers of the row, one value a replication."""

    fill: Values  # units delivered at once, of all wanted
    short_days: Values  # share of days with unmet units
    empty_days: Values  # share of days that end with a net stock of 0 or less
    on_hand: Values  # mean units at the end of a day
    orders: Values  # in the 365 days


def simulated(replications: int, leads: tuple[int, ...], backlog: bool, seed: int) -> B1:
    """Play B1 with a lead drawn evenly from `leads`; unmet units wait, or are lost."""
    luck = np.random.default_rng(seed)
    net, position = np.full(replications, OPENING), np.full(replications, OPENING)
    due = np.zeros((DAYS + max(leads) + 1, replications), np.int64)
    wanted, unmet, held = (np.zeros(replications, np.int64) for _ in range(3))
    short, empty, orders = (np.zeros(replications, np.int64) for _ in range(3))
    for day in range(DAYS):
        net = net + due[day]
        demand = np.maximum(np.round(luck.normal(20, 6, replications)), 0).astype(np.int64)
        missing = demand - np.clip(net, 0, demand)
        gone = demand if backlog else demand - missing
        net, position = net - gone, position - gone
        wanted, unmet, held = wanted + demand, unmet + missing, held + np.maximum(net, 0)
        short, empty = short + (missing > 0), empty + (net <= 0)
        quantity = np.where(position <= LOW, HIGH - position, 0)
        arrives = day + luck.choice(leads, replications)
        np.add.at(due, (arrives, np.arange(replications)), quantity)
        position, orders = position + quantity, orders + (quantity > 0)
    return B1(1 - unmet / wanted, short / DAYS, empty / DAYS, held / DAYS, orders.astype(float))
