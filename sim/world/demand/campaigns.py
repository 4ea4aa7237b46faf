"""The ads of every market and SKU, and what stops them."""

from collections.abc import Iterable
from dataclasses import replace

import numpy as np
from numpy.typing import NDArray

from scenarios.schema import EVERY, BalanceOutage, Suspension
from sim.luck import Luck
from sim.world.demand.ads import Campaign, paced
from sim.world.demand.hours import HOURS
from sim.world.demand.stops import running_shares, stop_times
from sim.world.demand.streams import AdStream
from sim.world.network import Network, demand_of, money

FloatArray = NDArray[np.float64]


class CampaignSampler:
    """Draws what ads bring over the history and the days played; with `levers`, what a raised spend brings too."""

    def __init__(self, network: Network, luck: Luck, levers: bool) -> None:
        self.network, self.luck, self.levers = network, luck, levers
        self.past = network.scenario.history_days
        self.campaigns = self._all()
        surprise = network.scenario.surprise
        self.stops: tuple[Suspension | BalanceOutage, ...] = (*surprise.suspension, *surprise.balance_outage)
        self.paced, self.hourly = self._paced(network.clock.slots_per_day), self._paced(HOURS)

    def streams(self, run: int, m: int, k: int, running: FloatArray | None) -> list[AdStream]:
        """What the ads of a market and SKU bring in one replication; `running` is its market's.

        What comes as planned, and what comes on top where the spend can be raised: with one stream for both, thinned
        to what is spent, the planned units would vary less than Poisson.
        """
        campaign, market, sku = self.campaigns[m, k], self.network.markets[m], self.network.skus[k]

        def stream(quantity: str) -> np.random.Generator:
            return self.luck.stream(run, "ads", market, sku, quantity)

        ctr, cvr = campaign.rates(stream)
        planned = AdStream(
            name="ads",
            units=campaign.units(ctr, cvr, stream),
            shares=self.hourly[:, m, k],
            kind="ads",
            ctr=ctr,
            cvr=cvr,
            running=running,
            key=np.array([self.luck.key(run, "stopped", market, sku)], np.uint64),
        )
        if not self.levers or campaign.ads.most == 1:
            return [planned]
        units = campaign.more_units(ctr, cvr, stream)
        key = np.array([self.luck.key(run, "stopped", market, sku, "raised")], np.uint64)
        return [planned, replace(planned, units=units, kind="raised-ads", usual=False, part=("raised",), key=key)]

    def running(self, run: int, m: int) -> FloatArray | None:
        """Share of each hour, history first, in which a market's ads run, [hour]; None where nothing stops them."""
        stopped = np.concatenate([np.zeros((0, 2)), *self._stops(run, m)])
        if not len(stopped):
            return None
        return running_shares(stopped, np.arange((self.past + self.network.clock.days) * HOURS + 1.0))

    def most(self) -> FloatArray:
        """Factor on the plan to which spend can be raised, [market, sku]; 1 where no ads are."""
        most = np.ones((len(self.network.markets), len(self.network.skus)))
        for at, campaign in self.campaigns.items():
            most[at] = campaign.ads.most
        return most

    def _stops(self, run: int, m: int) -> Iterable[FloatArray]:
        market, quality = self.network.markets[m], self.network.market_parts[m].ad_account.quality
        for stop in self.stops:
            if EVERY not in stop.markets and market not in stop.markets:
                continue

            def stream(quantity: str, stop: Suspension | BalanceOutage = stop) -> np.random.Generator:
                return self.luck.stream(run, type(stop).__name__, stop.name, market, quantity)

            first_day = None if stop.on is None else self.network.day(stop.on) + self.past
            yield stop_times(stop, first_day, quality, self.past + self.network.clock.days, stream)

    def _all(self) -> dict[tuple[int, int], Campaign]:
        campaigns = {}
        scenario, first = self.network.scenario, self.network.date(-self.past)
        for m, market in enumerate(self.network.market_parts):
            for k, sku in enumerate(self.network.skus):
                wanted = demand_of(market, sku)
                if wanted is not None and wanted.ads is not None:
                    spend = money(wanted.ads.spend_per_day, scenario)
                    price = money(wanted.ads.per_thousand_views, scenario)
                    days = self.past + self.network.clock.days
                    campaigns[m, k] = Campaign(wanted.ads, market.ad_account, spend, price, first, days)
        return campaigns

    def _paced(self, slots: int) -> FloatArray:
        """Share of a day's money spent in each of its slots, [slot of the day, market, sku]; 0 where no ads are."""
        shares = np.zeros((slots, len(self.network.markets), len(self.network.skus)))
        for (m, k), campaign in self.campaigns.items():
            hours = self.network.market_parts[m].hours
            shares[:, m, k] = paced(campaign.ads, np.ones(HOURS) if hours is None else np.array(hours), slots)
        return shares
