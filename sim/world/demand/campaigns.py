"""The ads of every market and SKU, and what stops them."""

from collections.abc import Iterable

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
    """Draws what ads bring over the history and the days played."""

    def __init__(self, network: Network, luck: Luck) -> None:
        self.network, self.luck = network, luck
        self.past = network.scenario.history_days
        self.campaigns = self._all()
        self.paced, self.hourly = self._paced(network.clock.slots_per_day), self._paced(HOURS)

    def stream(self, run: int, m: int, k: int, running: tuple[FloatArray, FloatArray]) -> AdStream:
        """What the ads of a market and SKU bring in one replication; `running` is its market's."""
        campaign, market, sku = self.campaigns[m, k], self.network.markets[m], self.network.skus[k]

        def stream(quantity: str) -> np.random.Generator:
            return self.luck.stream(run, "ads", market, sku, quantity)

        ctr, cvr = campaign.rates(stream)
        return AdStream(
            name="ads",
            units=campaign.most_units(ctr, cvr, stream),
            shares=self.paced[:, m, k],
            kind="ads",
            usual=campaign.usual,
            ctr=ctr,
            cvr=cvr,
            running_before=running[0],
            running=running[1],
            key=np.array([self.luck.key(run, "stopped", market, sku)], np.uint64),
        )

    def running(self, run: int, m: int) -> tuple[FloatArray, FloatArray]:
        """Share of each day of the history, [day], and of each slot played, [slot], in which a market's ads run."""
        stopped = np.concatenate([np.zeros((0, 2)), *self._stops(run, m)])
        clock = self.network.clock
        days = np.linspace(0.0, self.past * HOURS, self.past + 1)
        slots = np.linspace(self.past * HOURS, (self.past + clock.days) * HOURS, clock.slots + 1)
        return running_shares(stopped, days), running_shares(stopped, slots)

    def _stops(self, run: int, m: int) -> Iterable[FloatArray]:
        surprise, market = self.network.scenario.surprise, self.network.markets[m]
        quality = self.network.market_parts[m].ad_account.quality
        stops: tuple[Suspension | BalanceOutage, ...] = (*surprise.suspension, *surprise.balance_outage)
        for stop in stops:
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
