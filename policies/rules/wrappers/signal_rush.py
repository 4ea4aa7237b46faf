"""Article three: when ads convert far better than usual and stock is low, goods are rushed in at once."""

from dataclasses import dataclass
from typing import ClassVar

import numpy as np

from policies.parameters import choice, parameter
from policies.playbook import BoolArray
from policies.protocol import FloatArray, Observation, Orders
from policies.quantity import EDGE
from policies.rescue import Wrapped, Wrapper
from policies.signals import ADS

NOISE = 1e-9
"""Share of a mean that rounding may move it by."""


@dataclass(frozen=True)
class SignalRush(Wrapper):
    """Lets another policy order, and rushes in goods when an advertising signal stands out while stock is low.

    The signal is today's click-through or conversion rate, strictly above `above` times its mean of the days before.
    Stock is low when on hand it covers strictly less than `cover_days` of sales. A rush is then ordered at once by the
    fastest lane: so much that stock on hand and planned lasts until the rush is in and `cover_days` longer. The other
    policy's order shrinks by as much.

    Formula: (CTR > 1.5 x mean CTR or CVR > 1.5 x mean CVR) and on hand / pace < cover_days:
        rush = pace x (lead_days + cover_days) + backlog - on hand - planned(lead_days + cover_days)
    Source: safety stock of a seal factory (激进触发机制: CTR or CVR above 150 % of its mean, cover below 10 days); the
        window of the mean and the size of the rush are judgements
    Example: base-plus-burst+signal-rush:cover_days=14
    """

    name: ClassVar[str] = "signal-rush"
    looks_at: ClassVar[frozenset[str]] = frozenset({"stock", "sales", "ads"})
    needs: ClassVar[frozenset[str]] = frozenset({ADS})
    above: float = parameter(1.5, 1, 100, "times the mean", "rate that stands out", tune=(1.2, 3))
    mean_days: int = parameter(28, 1, 90, "days", "window of the mean, without today")
    least_days: int = parameter(7, 1, 90, "days", "days with ads in the window, at least, for a mean to count")
    cover_days: float = parameter(10.0, 0, 365, "days", "cover below which a signal starts a rush", tune=(3, 30))
    pace_days: int = parameter(28, 1, 365, "days", "window of past sales that gives the pace")
    lane: str = choice("fastest", None, "lane of the rush: a name, cheapest or fastest")

    def orders(self, seen: Observation) -> Orders:
        wrapped, lane = Wrapped.of(self.base, seen), seen.lane(self.lane)
        stock, pace = seen.stock, seen.sales.pace(self.pace_days)
        low = stock.on_hand < self.cover_days * pace - EDGE
        signal = self._stands_out(seen.ads.ctr) | self._stands_out(seen.ads.cvr)
        days = lane.lead_days + self.cover_days
        missing = np.maximum(pace * days + stock.backlog - stock.on_hand - stock.planned(int(days)), 0.0)
        return wrapped.with_rescue(np.where(low & signal, missing, 0.0), lane)

    def _stands_out(self, rates: FloatArray) -> BoolArray:
        """Whether today's rate is far above its mean of the days before, [..., sku]; days without ads do not count."""
        today, before = rates[-1], rates[-1 - self.mean_days : -1]
        counted = (~np.isnan(before)).sum(axis=0)
        # Row by row, so that one run alone and many at once give the same bits.
        total = sum(np.nan_to_num(before), start=np.zeros(today.shape))
        usual = total / np.maximum(counted, 1)
        return np.asarray((counted >= self.least_days) & (today > self.above * usual * (1 + NOISE)))
