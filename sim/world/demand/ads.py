"""Advertising: a spend plan buys views, views become clicks at the CTR, clicks become orders at the CVR."""

import math
from datetime import date

import numpy as np
from numpy.typing import NDArray

from scenarios.schema import AdAccount, Ads
from sim.world.demand.hours import HOURS
from sim.world.demand.shows import Streams

IntArray = NDArray[np.int64]
FloatArray = NDArray[np.float64]
NEGLIGIBLE = 1e-17
"""Correlation below which a day forgets another."""


class Campaign:
    """The ads of one market and SKU over so many days from `first` on. `price` is that of a thousand views."""

    def __init__(self, ads: Ads, account: AdAccount, spend: float, price: float, first: date, days: int) -> None:
        self.ads, self.account, self.days = ads, account, days
        self.planned = _planned(ads, spend, first, days)  # [day] money
        self._views = self.planned / price * 1000 if price > 0 else np.zeros(days)

    def rates(self, stream: Streams) -> tuple[FloatArray, FloatArray]:
        """CTR and CVR of each day, [day]: shares, so never above 1; the account's quality is in the CVR."""
        ads = self.ads
        ctr = ads.ctr * swings(stream("ctr"), ads.ctr_cv, ads.memory_days, self.days)
        cvr = ads.cvr * self.account.quality * swings(stream("cvr"), ads.cvr_cv, ads.memory_days, self.days)
        return np.minimum(ctr, 1.0), np.minimum(cvr, 1.0)

    def units(self, ctr: FloatArray, cvr: FloatArray, stream: Streams) -> IntArray:
        """Units of each day as it is planned, [day]."""
        return stream("units").poisson(self._views * ctr * cvr)

    def more_units(self, ctr: FloatArray, cvr: FloatArray, stream: Streams) -> IntArray:
        """Units of each day that come on top if the spend is raised to the most it can be, [day]."""
        return stream("more units").poisson((self.ads.most - 1) * self._views * ctr * cvr)


def swings(luck: np.random.Generator, cv: float, memory_days: float, days: int) -> FloatArray:
    """Factors of mean 1, [day]: lognormal, their logs an AR(1) with correlation e^(-lag / memory_days), stationary."""
    variance = math.log1p(cv**2)
    carried = math.exp(-1 / memory_days) if memory_days > 0 else 0.0
    logs = luck.standard_normal(days)
    logs[1:] *= math.sqrt(1 - carried**2)
    lag = 1
    while lag < days and carried**lag > NEGLIGIBLE:  # by doubling: afterwards each day carries 2 x lag days before it
        logs[lag:] += carried**lag * logs[:-lag]
        lag *= 2
    return np.asarray(np.exp(math.sqrt(variance) * logs - variance / 2))


def paced(ads: Ads, hours: FloatArray, slots: int) -> FloatArray:
    """Share of a day's money spent in each slot, [slot of the day]: as buyers come, `hours`, while the budget lasts."""
    spent = np.where(np.arange(HOURS) < ads.spent_within_hours, hours, 0.0).reshape(slots, -1).sum(axis=1)
    return np.asarray(spent / spent.sum())


def _planned(ads: Ads, spend: float, first: date, days: int) -> FloatArray:
    planned = np.full(days, spend)
    for push in ads.pushes:
        begins = (push.on - first).days
        planned[max(begins, 0) : max(begins + push.days, 0)] *= push.factor
    return planned
