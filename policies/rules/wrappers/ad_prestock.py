"""Article one: before a push in advertising, stock for what it will sell."""

from dataclasses import dataclass
from typing import ClassVar

import numpy as np

from policies.parameters import parameter
from policies.prestock import Prestock
from policies.protocol import FloatArray, IntArray, Observation
from policies.signals import ADS


@dataclass(frozen=True)
class AdPrestock(Prestock):
    """Lets another policy order, and has it stock for what planned ad spend will sell more than ads sell now.

    Sales have a part that ads bring, and that part grows as the spend does. Nobody sees which sales came from ads, so
    their share is estimated: clicks and orders per click go up and down from day to day, and sales follow as far as
    ads bring them. The slope of daily sales over daily spend x CTR x CVR, days without stock left out, tells the units
    that ads bring. Where fewer than `least_days` days are known, or spend and rates stand still, `ad_share` is taken.

    What the planned spend then sells above the pace until an order of the next review arrives, and a few days longer,
    is set aside: the other policy counts it neither as stock nor as on order, and so orders it by its own rule. Where
    less is planned than was spent, that policy orders less. What no order can bring in time is set aside only as far
    as stock is there for it. Where nothing is spent now, nothing is known and nothing is set aside. No policy that
    ships looks at planned spend, so nothing is ordered twice.

    Formula: position that the other policy sees = position - pace x share x sum of (planned spend / mean spend - 1);
        share = slope of sales over z x mean z / mean sales, from 0 to 1, z = spend x CTR x CVR
    Source: replenishment cycle of TikTok sellers with an overseas warehouse (before a large campaign the peak is
        estimated from clicks and conversions and stocked first); the estimate of the share is a judgement
    Example: reorder-point+ad-prestock:ad_share=0.7
    """

    name: ClassVar[str] = "ad-prestock"
    looks_at: ClassVar[frozenset[str]] = frozenset({"stock", "sales", "ads", "calendar"})
    needs: ClassVar[frozenset[str]] = frozenset({ADS})
    ad_share: float = parameter(0.5, 0, 1, "of sales", "what ads bring now, where it cannot be told", tune=(0, 1))
    least_days: int = parameter(14, 3, 365, "days", "days with stock, at least, for an estimate")

    def moved(self, seen: Observation, pace: FloatArray) -> FloatArray:
        return pace * self._share(seen)

    def extra(self, seen: Observation, moved: FloatArray, first: int, days: int) -> FloatArray:
        known = min(self.pace_days, seen.day + 1)
        usual = seen.ads.planned[seen.day + 1 - known : seen.day + 1].sum(axis=0) / known
        coming = seen.ads.planned[seen.day + first : seen.day + first + days]
        above = coming.sum(axis=0) / np.where(usual > 0, usual, 1.0) - len(coming)
        return np.asarray(moved * np.where(usual > 0, above, 0.0))

    def _share(self, seen: Observation) -> FloatArray:
        """Share of present sales that ads bring, [..., sku]."""
        sold, drive, counted = self._days_with_stock(seen)
        days = np.maximum(_total(counted), 1)
        mean_sold, mean_drive = _total(sold * counted) / days, _total(drive * counted) / days
        off = (drive - mean_drive) * counted
        spread, together = _total(off * off), _total(off * (sold - mean_sold))
        tells = (_total(counted) >= self.least_days) & (spread > 1e-12 * mean_drive**2) & (mean_sold > 0)
        slope = np.divide(together, spread, out=np.zeros(spread.shape), where=tells)
        share = np.divide(slope * mean_drive, mean_sold, out=np.zeros(spread.shape), where=tells)
        return np.where(tells, np.clip(share, 0.0, 1.0), self.ad_share)

    def _days_with_stock(self, seen: Observation) -> tuple[IntArray, FloatArray, IntArray]:
        """Units sold, spend x CTR x CVR, and 1 where there was stock, on each day known, [day, ..., sku]."""
        ads = seen.ads
        days = min(self.pace_days, seen.day + 1, len(ads.ctr), len(seen.sales.open_days) - 1)
        begin, end = seen.day + 1 - days, seen.day + 1
        rates = np.nan_to_num(ads.ctr[len(ads.ctr) - days :] * ads.cvr[len(ads.cvr) - days :])
        spent = ads.planned[begin:end].reshape((days, *(1,) * (rates.ndim - 2), len(seen.skus)))
        sold, counted = seen.sales.with_stock(days)
        return sold, spent * rates, counted


def _total(rows: FloatArray | IntArray) -> FloatArray:
    """Sum over days, [..., sku]; row by row, so that one run alone and many at once give the same bits."""
    return np.asarray(sum(rows, start=np.zeros(rows.shape[1:])))
