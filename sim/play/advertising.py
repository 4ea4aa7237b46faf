"""What ads cost while time passes, what of it is wasted, and what the seller reads off the account."""

from collections.abc import Sequence

import numpy as np
from numpy.typing import NDArray

from policies.protocol import AdsSight
from sim.play.levers import Switchboard
from sim.play.money import Money
from sim.play.sales import LOOK_BACK
from sim.play.serving.router import Router
from sim.play.stock import Stock
from sim.world.network import Network, still
from sim.world.sample import AdTraffic, World

BoolArray = NDArray[np.bool_]
FloatArray = NDArray[np.float64]
IntArray = NDArray[np.int64]


class Advertising:
    """Spends the ad budget of one batch, slot by slot."""

    def __init__(
        self, world: World, ads: AdTraffic, router: Router, levers: Switchboard | None, kept: Sequence[int]
    ) -> None:
        self.network, self.ads, self.router, self.levers, self._kept = world.network, ads, router, levers, list(kept)
        shape = world.wanted.shape[1:]
        self.most = ads.most
        self.spent = np.zeros(shape)  # [run, market, sku] since the first day played, state
        self.scored = np.zeros(shape)  # [run, market, sku] on scored days, record
        self.wasted = np.zeros(shape)  # [run, market, sku] of that, while nothing was there to sell, record
        self.sold = np.zeros(shape)  # [run, market, sku] units sold because of ads, record
        self.series = np.zeros((world.network.clock.slots, len(kept), *shape[1:]))  # [slot, kept, market, sku]
        days, runs, places, skus = world.network.clock.days, shape[0], len(world.network.warehouses), shape[2]
        self._ctr = np.full((places, days, runs, skus), np.nan)
        self._cvr = np.full_like(self._ctr, np.nan)
        homes = [list(world.network.markets_at(place)) for place in range(places)]
        self._planned = [still(ads.planned[:, markets].sum(axis=1)) for markets in homes]

    def begin(self) -> None:
        """Start every total anew."""
        self.scored[:], self.wasted[:], self.sold[:] = 0, 0, 0

    def spend(self, slot: int, stock: Stock, money: Money) -> None:
        """Spend a slot's money, before its sales: what is spent while the shelves are empty is wasted."""
        clock = self.network.clock
        day, slot_of_day = clock.day(slot), slot % clock.slots_per_day
        factor = 1.0 if self.levers is None else self.levers.ads(slot_of_day * self.network.scenario.slot_hours)
        planned = self.ads.planned[day] * self.ads.paced[slot_of_day]
        spent = planned * self.ads.running[slot] * np.minimum(factor, self.most)
        self.spent += spent
        self.scored += spent
        self.wasted += spent * self.router.out_of_stock(stock.on_hand)
        money.book("ads", day, np.ascontiguousarray(spent).sum(axis=-1).sum(axis=-1))
        self._read(day, spent > 0)
        if self._kept:
            self.series[slot] = spent[self._kept]

    def sell(self, asked: IntArray, from_ads: IntArray | None, served: IntArray) -> None:
        """Enter a slot's sales: what ads brought is served like everything else, [run, market, sku]."""
        if from_ads is not None:
            self.sold += served * (from_ads / np.maximum(asked, 1))

    def _read(self, day: int, ran: BoolArray) -> None:
        """Note the day's rates where ads ran, [run, market, sku]: means over the markets of a warehouse with a plan."""
        for place in range(len(self.network.warehouses)):
            homes = list(self.network.markets_at(place))
            planned = self.ads.planned[day, homes] > 0
            markets = np.maximum(planned.sum(axis=0), 1)
            for rates, today in ((self._ctr, self.ads.ctr[day]), (self._cvr, self.ads.cvr[day])):
                mean = (today[:, homes] * planned).sum(axis=1) / markets
                np.copyto(rates[place, day], mean, where=ran[:, homes].any(axis=1))

    def sight(self, day: int, warehouse: int) -> AdsSight:
        """What is seen of the ads of a warehouse's buyers at the end of a slot of a day."""
        homes = list(self.network.markets_at(warehouse))
        return AdsSight(
            planned=self._planned[warehouse],
            spent=still(self.spent[:, homes].sum(axis=1)),
            ctr=still(self._ctr[warehouse, max(0, day + 1 - LOOK_BACK) : day + 1]),
            cvr=still(self._cvr[warehouse, max(0, day + 1 - LOOK_BACK) : day + 1]),
            most=still(self.most[homes].max(axis=0, initial=1.0)),
        )


def no_ads(network: Network, runs: int, day: int) -> AdsSight:
    """What is seen of ads where nobody advertises."""
    skus = len(network.skus)
    rates = np.broadcast_to(np.nan, (min(day + 1, LOOK_BACK), runs, skus))
    nothing = np.broadcast_to(0.0, (network.clock.days, skus))
    return AdsSight(nothing, np.broadcast_to(0.0, (runs, skus)), rates, rates, np.broadcast_to(1.0, (skus,)))


def ad_totals(advertising: Advertising | None, shape: tuple[int, int, int]) -> dict[str, FloatArray]:
    """What a record tells of ads on scored days, [run, market, sku] by its names; nothing where nobody advertises."""
    if advertising is None:
        return {name: np.zeros(shape) for name in ("ad_spend", "wasted_ad_spend", "ad_sold")}
    return {"ad_spend": advertising.scored, "wasted_ad_spend": advertising.wasted, "ad_sold": advertising.sold}
