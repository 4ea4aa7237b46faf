"""All streams of a replication put together: what every market wants of every SKU, day by day."""

from collections.abc import Iterator

import numpy as np

from scenarios.schema import Business
from sim.luck import Luck
from sim.world.demand.business import business_orders
from sim.world.demand.campaigns import CampaignSampler
from sim.world.demand.events import EventSampler
from sim.world.demand.everyday import EverydaySampler
from sim.world.demand.hours import market_shares
from sim.world.demand.streams import OrderStream, Stream, Wants
from sim.world.network import Network, demand_of


class DemandSampler:
    """Draws the demand of one network. Every stream of every market and SKU has luck of its own.

    With `levers`, what a seller may steer, call off or clear can be thinned while time passes.
    """

    def __init__(self, network: Network, luck: Luck, levers: bool) -> None:
        self.network, self.luck = network, luck
        self.everyday = EverydaySampler(network, luck)
        self.past, self.days = self.everyday.past, self.everyday.days
        self.events = EventSampler(network, luck, self.everyday, levers)
        self.ads = CampaignSampler(network, luck, levers)
        self._business = {
            (m, k): wanted.business
            for m, market in enumerate(network.market_parts)
            for k, sku in enumerate(network.skus)
            if (wanted := demand_of(market, sku)) is not None and wanted.business is not None
        }
        self.shares = [market_shares(market, network.clock.slots_per_day) for market in network.market_parts]

    def of(self, run: int) -> Iterator[tuple[int, int, Wants]]:
        """Every market and SKU of a replication, by position, with what it wants."""
        self.events.begin()
        for m, weighted in enumerate(self.network.weighted):
            repeated = self.everyday.repeated_days(run, m)
            advertised = any((m, k) in self.ads.campaigns for k in range(len(self.network.skus)))
            running = self.ads.running(run, m) if advertised else None
            for k in range(len(self.network.skus)):
                wants = self.everyday.wants(run, m, k, repeated)
                self.events.dip(run, m, k, wants)
                if weighted:
                    self._set_apart(m, wants)
                self.events.happen(run, m, k, wants)
                if self.events.clears:
                    self.events.clear(run, m, k, wants)
                if (m, k) in self._business:
                    self._buy_for_business(run, m, k, self._business[m, k], wants)
                if (m, k) in self.ads.campaigns:
                    wants.apart.extend(self.ads.streams(run, m, k, running))
                yield m, k, wants

    def _set_apart(self, m: int, wants: Wants) -> None:
        """Make a stream of its own of everyday wants, since the weight of the page or a platform's limit acts on it."""
        for name, units in wants.streams.items():
            wants.apart.append(Stream(name=name, units=units, shares=self.shares[m], kind="organic"))
        wants.units, wants.orders, wants.streams = np.zeros(self.days, np.int64), None, {}

    def _buy_for_business(self, run: int, m: int, k: int, business: Business, wants: Wants) -> None:
        market, sku = self.network.markets[m], self.network.skus[k]

        def stream(quantity: str) -> np.random.Generator:
            return self.luck.stream(run, "business", market, sku, quantity)

        day, size = business_orders(business, self.days, stream)
        wants.apart.append(OrderStream.of("business", day, size, self.days, self.shares[m]))
