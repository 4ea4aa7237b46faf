"""The demand of some replications, put into the arrays of the world."""

from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from sim.luck import Luck
from sim.world.demand.campaigns import CampaignSampler
from sim.world.demand.hours import HOURS, spread
from sim.world.demand.sampler import DemandSampler
from sim.world.demand.slumps import Slumps
from sim.world.demand.stops import spendable
from sim.world.demand.streams import AdStream, OrderStream, Stream, StreamKind, Wants
from sim.world.network import Network

IntArray = NDArray[np.int64]
FloatArray = NDArray[np.float64]
KeyArray = NDArray[np.uint64]


@dataclass(frozen=True)
class ShapedStream:
    """A stream that levers or weights may thin while time passes, drawn at the most it can be; its orders are units."""

    name: str  # what ads bring as planned, and what more a raised spend brings, are two streams of one name
    kind: StreamKind
    units: IntArray  # [slot, run, market, sku] at the most, but without what a stopped ad account misses
    usual: bool  # whether it comes when nobody acts
    keys: KeyArray  # [run, market, sku] luck of thinning


@dataclass(frozen=True)
class AdTraffic:
    """Advertising as the world has it: the plan, the account, the signals."""

    planned: FloatArray  # [day, market, sku] money a day
    paced: FloatArray  # [slot of the day, market, sku] share of a day's money spent in it
    hourly: FloatArray  # [hour, market, sku] share of a day's money spent in each hour
    most: FloatArray  # [market, sku] factor on the plan to which spend can be raised; 1 where no ads are
    running: FloatArray  # [slot, run, market, sku] share of the slot's money that the account can spend
    ctr: FloatArray  # [day, run, market, sku] clicks / views
    cvr: FloatArray  # [day, run, market, sku] orders / clicks


class DemandBatch:
    """The demand of the replications `runs`; streams are kept apart for those of them in `kept`. Arrays as in World."""

    def __init__(
        self, network: Network, luck: Luck, runs: Sequence[int], kept: Sequence[int], levers: bool = False
    ) -> None:
        self.network, self.luck, self.runs, self.kept = network, luck, runs, kept
        self.clock, self.sampler, self.slumps = (
            network.clock,
            DemandSampler(network, luck, levers),
            Slumps(network, luck),
        )
        past, skus = self.sampler.past, (len(network.markets), len(network.skus))
        self.wanted = np.zeros((self.clock.slots, len(runs), *skus), np.int64)
        self.orders = np.zeros_like(self.wanted) if _orders_differ(network) else None
        self.past = np.zeros((past, len(runs), *skus), np.int64)
        self.streams: dict[str, IntArray] = {}
        self.shaped: dict[tuple[str, ...], ShapedStream] = {}
        self.ads = _ad_traffic(self.sampler.ads, len(runs)) if self.sampler.ads.campaigns else None
        # One replication at a time in [market, sku, slot], so that a stream is written in one stretch.
        self._split = self.clock.slots_per_day > 1
        self._days = np.zeros((*skus, self.sampler.days), np.int64)
        self._slots = np.zeros((*skus, self.clock.slots), np.int64) if self._split else self._days[..., past:]
        self._order_slots = np.zeros_like(self._slots)
        for i, run in enumerate(runs):
            self._draw(i, run)

    def _draw(self, i: int, run: int) -> None:
        past = self.sampler.past
        for m, k, wants in self.sampler.of(run):
            self._days[m, k] = wants.units
            if self._split:
                luck = self.luck.stream(run, "slots", self.network.markets[m], self.network.skus[k])
                shares = self.sampler.shares[m]
                self._slots[m, k] = spread(wants.units[past:], shares, self.clock.slots_per_day, luck)
            if self.orders is not None:
                self._order_slots[m, k] = _slot_orders(wants, past, self._slots[m, k], self.clock.slots_per_day)
            kept = {name: units[past:] for name, units in wants.streams.items()} if run in self.kept else None
            if self.slumps.touch(m, k):
                self._slump(run, m, k, wants, kept)
            for stream in wants.apart:
                self._place(i, m, k, stream, kept)
            if kept is not None:
                self._keep(self.kept.index(run), m, k, kept)
        self.past[:, i] = self._days[..., :past].transpose(2, 0, 1)
        self.wanted[:, i] = self._slots.transpose(2, 0, 1)
        if self.orders is not None:
            self.orders[:, i] = self._order_slots.transpose(2, 0, 1)

    def _slump(self, run: int, m: int, k: int, wants: Wants, kept: dict[str, IntArray] | None) -> None:
        """Take what stays away from everyday wants, and from what comes when they do."""
        before = self._slots[m, k].copy()
        # Spread over slots there is one stream at most; of days, each is thinned by itself.
        streams = {name: before if self._split else units[self.sampler.past :] for name, units in wants.streams.items()}
        left = {name: self.slumps.left(run, m, k, (name,), units) for name, units in streams.items()}
        self._slots[m, k] = sum(left.values(), start=np.zeros_like(before))
        if self.orders is not None:
            orders = self._order_slots[m, k]
            self._order_slots[m, k] = -(-orders * self._slots[m, k] // np.maximum(before, 1))
        if kept is not None:
            kept.update({name: units.reshape(self.clock.days, -1).sum(axis=1) for name, units in left.items()})

    def _place(self, i: int, m: int, k: int, stream: Stream, kept: dict[str, IntArray] | None) -> None:
        """Put a stream that is spread by itself where it belongs: to what nothing thins, or among the shaped ones."""
        run, market, sku = self.runs[i], self.network.markets[m], self.network.skus[k]
        luck = self.luck.stream(run, "slots", market, sku, stream.name, *stream.part)
        slump = self.slumps.touch(m, k)
        if slump and isinstance(stream, OrderStream):
            stream, slump = self.slumps.fewer(run, m, k, stream, self.sampler.past), False
        units, orders = stream.in_slots(self.sampler.past, self.clock.slots_per_day, luck)
        if slump:
            units = orders = self.slumps.left(run, m, k, (stream.name, *stream.part), units)
        before = stream.before(self.sampler.past)
        if stream.kind is None:
            self._slots[m, k] += units
            self._order_slots[m, k] += orders
        else:
            self._shape(i, m, k, stream, stream.kind, units)
            before, units = before * stream.usual, units * stream.usual
        self._days[m, k, : self.sampler.past] += before
        if kept is not None and units.any():
            kept[stream.name] = kept.get(stream.name, 0) + units.reshape(self.clock.days, -1).sum(axis=1)

    def _shape(self, i: int, m: int, k: int, stream: Stream, kind: StreamKind, units: IntArray) -> None:
        """Enter a stream among those that may be thinned, its units as [slot]."""
        name = (stream.name, *stream.part)
        if name not in self.shaped:
            shape = self.wanted.shape
            nothing, keys = np.zeros(shape, np.int64), np.zeros(shape[1:], np.uint64)
            self.shaped[name] = ShapedStream(stream.name, kind, nothing, stream.usual, keys)
        shaped = self.shaped[name]
        key = self.luck.key(self.runs[i], "thinned", self.network.markets[m], self.network.skus[k], *name)
        shaped.units[:, i, m, k], shaped.keys[i, m, k] = units, key
        if self.ads is not None and isinstance(stream, AdStream) and stream.usual:
            self._advertise(self.ads, i, m, k, stream)

    def _advertise(self, ads: AdTraffic, i: int, m: int, k: int, stream: AdStream) -> None:
        """Enter the signals of an account, and how far its ads run."""
        past = self.sampler.past
        ads.ctr[:, i, m, k], ads.cvr[:, i, m, k] = stream.ctr[past:], stream.cvr[past:]
        if stream.running is not None:
            hours = stream.running[past * HOURS :]
            ads.running[:, i, m, k] = spendable(hours, stream.shares, self.clock.slots_per_day)

    def _keep(self, i: int, m: int, k: int, kept: dict[str, IntArray]) -> None:
        for name, units in kept.items():
            if name not in self.streams:
                shape = (self.clock.days, len(self.kept), *self.wanted.shape[2:])
                self.streams[name] = np.zeros(shape, np.int64)
            self.streams[name][:, i, m, k] = units


def _orders_differ(network: Network) -> bool:
    return any(
        (market.history is not None and bool(market.history.orders))
        or any(wanted.business is not None for wanted in market.demand.values())
        for market in network.market_parts
    )


def _slot_orders(wants: Wants, past: int, slots: IntArray, slots_per_day: int) -> IntArray:
    """Orders of each slot, [slot]: an order comes with its first unit, the orders of a day being alike in size."""
    orders = (wants.units if wants.orders is None else wants.orders)[past:]
    if slots_per_day == 1:
        return orders
    so_far = np.cumsum(slots.reshape(len(orders), slots_per_day), axis=1)
    made = -(-so_far * orders[:, None] // np.maximum(so_far[:, -1:], 1))
    return np.diff(made, axis=1, prepend=0).ravel()


def _ad_traffic(ads: CampaignSampler, runs: int) -> AdTraffic:
    """Traffic before any replication is drawn."""
    clock, past = ads.network.clock, ads.past
    skus = ads.paced.shape[1:]
    planned = np.zeros((clock.days, *skus))
    for (m, k), campaign in ads.campaigns.items():
        planned[:, m, k] = campaign.planned[past:]
    rates = (clock.days, runs, *skus)
    running = np.broadcast_to(1.0, (clock.slots, runs, *skus))
    if ads.stops:
        running = running.copy()
    return AdTraffic(planned, ads.paced, ads.hourly, ads.most(), running, np.zeros(rates), np.zeros(rates))
