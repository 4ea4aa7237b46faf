"""Every event of the scenario, drawn for one market and SKU in one replication. A stream each."""

from datetime import date

import numpy as np
from numpy.typing import NDArray

from scenarios.calendar import held
from scenarios.schema import Event, Influencer, Livestream, Promotion, Video
from sim.luck import Luck, thinned
from sim.world.demand import promotions, shows, videos
from sim.world.demand.everyday import EverydaySampler
from sim.world.demand.hours import hours_live, livestream_shares, market_shares
from sim.world.demand.streams import Stream, StreamKind, Wants
from sim.world.network import Network

IntArray = NDArray[np.int64]
FloatArray = NDArray[np.float64]
Place = tuple[int, int]
"""Positions of a market and a SKU."""


class EventSampler:
    """Draws what events bring. With `levers`, what a seller may steer or call off can be thinned while time passes."""

    def __init__(self, network: Network, luck: Luck, everyday: EverydaySampler, levers: bool) -> None:
        self.network, self.luck, self.everyday, self.levers = network, luck, everyday, levers
        self.past, self.days = everyday.past, everyday.days
        planned, surprise = network.scenario.planned, network.scenario.surprise
        self._touched = {
            event.name: frozenset(network.touched(event))
            for event in (*planned.promotion, *planned.livestream, *planned.influencer, *surprise.video)
        }
        self._held = {promotion.name: self._first_days(promotion) for promotion in planned.promotion}
        self._at = self._events_at()
        self._dips = self._dips_at()
        self._hours = [market_shares(market, network.clock.slots_per_day) for market in network.market_parts]
        self._shows = {show.name: livestream_shares(show, network.clock.slots_per_day) for show in planned.livestream}
        self._live = {
            (show.name, m): hours_live(show, market)
            for show in planned.livestream
            for m, market in enumerate(network.market_parts)
        }
        self.clears = levers and any(market.clearance is not None for market in network.market_parts)
        self._video_means: dict[tuple[int, str, Place], FloatArray] = {}

    def begin(self) -> None:
        """Forget what was drawn for the replication before."""
        self._video_means.clear()

    def dip(self, run: int, m: int, k: int, wants: Wants) -> None:
        """Take from everyday wants what promotions have pulled forward."""
        if (m, k) in self._dips:
            key = self.luck.key(run, "dip", self.network.markets[m], self.network.skus[k])
            when = np.arange(self.days) - self.past
            wants.thin(thinned(wants.units, self._dips[m, k], np.array([key], np.uint64), when))

    def happen(self, run: int, m: int, k: int, wants: Wants) -> None:
        """Add what every event brings."""
        for event in self._at.get((m, k), ()):
            match event:
                case Promotion():
                    self._promote(run, event, m, k, wants)
                case Livestream():
                    units = self._units(run, event, m, k, self._livestream_means(run, event, m, k))
                    self._put(wants, event, units, self._shows[event.name], "livestream" if self.levers else None)
                case Influencer():
                    units = self._units(run, event, m, k, self._influencer_means(run, event, m, k))
                    self._put(wants, event, units, self._hours[m])
                case Video():
                    self._go_viral(run, event, m, k, wants)

    def clear(self, run: int, m: int, k: int, wants: Wants) -> None:
        """Add what a markdown would bring on each day, were it one; only asked where one is possible."""
        clearance = self.network.market_parts[m].clearance
        if clearance is None:
            return
        luck = self.luck.stream(run, "clearance", self.network.markets[m], self.network.skus[k])
        units = luck.poisson(promotions.clearance_means(clearance, self.everyday.means(m, k)))
        stream = Stream(name="clearance", units=units, shares=self._hours[m], kind="clearance", usual=False)
        wants.apart.append(stream)

    def _promote(self, run: int, event: Promotion, m: int, k: int, wants: Wants) -> None:
        means = promotions.promotion_means(event, self.everyday.means(m, k), self._held[event.name])
        units, weighted = self._units(run, event, m, k, means), self.network.weighted[m]
        kind: StreamKind | None = "promotion" if weighted else None
        if event.by_seller and (self.levers or weighted):
            kind = "seller-promotion"
        self._put(wants, event, units, self._hours[m], kind)

    def _put(
        self,
        wants: Wants,
        event: Event,
        units: IntArray,
        shares: FloatArray | None,
        kind: StreamKind | None = None,
        quantity: str | None = None,
    ) -> None:
        """Add a stream that is spread over the hours by itself; `quantity` tells several of an event apart."""
        if kind is None and self.network.clock.slots_per_day == 1:
            wants.add(event.name, units)
        elif units.any() or kind is not None:
            part = () if quantity is None else (quantity,)
            wants.apart.append(Stream(name=event.name, units=units, shares=shares, kind=kind, part=part))

    def _go_viral(self, run: int, event: Video, m: int, k: int, wants: Wants) -> None:
        """Videos of the SKU itself, those they breed, and what spills over from siblings; of each luck of its own."""
        brought = {}
        if (m, k) in self._touched[event.name]:
            brought["units"], brought["units of bred"] = self._videos(run, event, m, k)
        if event.spills > 0:
            means = np.zeros(self.days)
            for sibling in self.network.siblings(k):
                if (m, sibling) in self._touched[event.name]:
                    means += event.spills * self._remembered_means(run, event, m, sibling)
            brought["units spilled"] = means
        for quantity, means in brought.items():
            units = self._units(run, event, m, k, means, quantity)
            self._put(wants, event, units, self._hours[m], quantity=quantity)

    def _videos(self, run: int, event: Video, m: int, k: int) -> tuple[FloatArray, FloatArray]:
        """Expected units of each day of videos that come by themselves, and of bred ones."""
        starts = None if event.starts_on is None else self._day(event.starts_on)
        pace, stream = float(self.network.pace[m, k]), self._streams(run, event, m, k)
        first = videos.video_means(event, starts, self.days, pace, stream)
        return first, videos.bred_means(event, starts, self.days, pace, stream)

    def _remembered_means(self, run: int, event: Video, m: int, k: int) -> FloatArray:
        """Expected units of each day of all videos of a SKU: its siblings ask for them again and again."""
        at = (run, event.name, (m, k))
        if at not in self._video_means:
            first, bred = self._videos(run, event, m, k)
            self._video_means[at] = first + bred
        return self._video_means[at]

    def _livestream_means(self, run: int, event: Livestream, m: int, k: int) -> FloatArray:
        pace, stream = float(self.network.pace[m, k]), self._streams(run, event, m, k)
        live, everyday = self._live[event.name, m], self.everyday.means_and_next(m, k)
        return shows.livestream_means(event, self._day(event.first_on), pace, live, everyday, stream)

    def _influencer_means(self, run: int, event: Influencer, m: int, k: int) -> FloatArray:
        pace, stream = float(self.network.pace[m, k]), self._streams(run, event, m, k)
        return shows.influencer_means(event, self._day(event.on), self.days, pace, stream)

    def _units(self, run: int, event: Event, m: int, k: int, means: FloatArray, quantity: str = "units") -> IntArray:
        if not means.any():
            return np.zeros(self.days, np.int64)
        return self._streams(run, event, m, k)(quantity).poisson(means)

    def _streams(self, run: int, event: Event, m: int, k: int) -> shows.Streams:
        market, sku = self.network.markets[m], self.network.skus[k]

        def stream(quantity: str) -> np.random.Generator:
            return self.luck.stream(run, type(event).__name__, event.name, market, sku, quantity)

        return stream

    def _events_at(self) -> dict[Place, list[Event]]:
        """The events of every market and SKU, in the order of the file."""
        planned, surprise = self.network.scenario.planned, self.network.scenario.surprise
        at: dict[Place, list[Event]] = {}
        for event in (*planned.promotion, *planned.livestream, *planned.influencer, *surprise.video):
            places = self._touched[event.name]
            if isinstance(event, Video) and event.spills > 0:
                places |= {(m, s) for m, k in places for s in self.network.siblings(k) if self.network.sells(m, s)}
            for place in places:
                at.setdefault(place, []).append(event)
        return at

    def _dips_at(self) -> dict[Place, FloatArray]:
        """What promotions that pull demand forward leave of each day, [day], where some do; dips multiply."""
        at: dict[Place, FloatArray] = {}
        for promotion in sorted(self.network.scenario.planned.promotion, key=lambda promotion: promotion.name):
            left = promotions.left_in_dips(promotion, self.days, self._held[promotion.name])
            if (left < 1).any():
                for place in self._touched[promotion.name]:
                    at[place] = at.get(place, 1.0) * left
        return at

    def _first_days(self, promotion: Promotion) -> list[int]:
        """The first day of every time it is held that is felt in these days, its dip included."""
        first, last = self.network.date(-self.past), self.network.date(self.network.clock.days - 1)
        return [self._day(day) for day in held(promotion, first, last, promotions.dip_days(promotion))]

    def _day(self, when: date) -> int:
        return self.network.day(when) + self.past
