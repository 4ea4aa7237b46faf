"""All streams of a replication put together: what every market wants of every SKU, day by day."""

from collections.abc import Iterator
from dataclasses import dataclass, field
from datetime import date

import numpy as np
from numpy.typing import NDArray

from scenarios.schema import Event, Livestream, Market, Promotion, Video
from sim.luck import Luck
from sim.world.demand import events, history, organic
from sim.world.network import Network, demand_of

IntArray = NDArray[np.int64]
FloatArray = NDArray[np.float64]


@dataclass
class Wants:
    """Units and orders of one market and SKU in one replication, [day], history first, while streams are added."""

    units: IntArray
    orders: IntArray | None = None  # None while an order is one unit
    streams: dict[str, IntArray] = field(default_factory=dict)

    def add(self, stream: str, units: IntArray) -> None:
        """Add a stream whose orders are single units."""
        if units.any():
            self.units = self.units + units
            self.orders = None if self.orders is None else self.orders + units
            self.streams[stream] = self.streams.get(stream, 0) + units


class DemandSampler:
    """Draws the demand of one network. Every stream of every market and SKU has luck of its own."""

    def __init__(self, network: Network, luck: Luck) -> None:
        self.network, self.luck = network, luck
        self.past = network.scenario.history_days
        self.days = self.past + network.clock.days
        self.first = network.date(-self.past)
        planned, surprise = network.scenario.planned, network.scenario.surprise
        self._events = [
            (event, frozenset(network.touched(event)))
            for event in (*planned.promotion, *planned.livestream, *surprise.video)
        ]
        self._observed = self._observed_days()
        self._everyday = self._everyday_streams()

    def of(self, run: int) -> Iterator[tuple[int, int, Wants]]:
        """Every market and SKU of a replication, by position, with what it wants."""
        for m, market in enumerate(self.network.market_parts):
            repeated = self._repeated_days(run, self.network.markets[m], market)
            for k in range(len(self.network.skus)):
                wants = self._usual(run, m, k, repeated)
                for event, touched in self._events:
                    if (m, k) in touched:
                        wants.add(event.name, self._event_units(run, event, m, k))
                yield m, k, wants

    def _everyday_streams(self) -> dict[tuple[int, int], organic.Everyday]:
        streams = {}
        for m, market in enumerate(self.network.market_parts):
            for k, sku in enumerate(self.network.skus):
                wanted = demand_of(market, sku)
                if wanted is not None and wanted.organic is not None and (m, k) not in self._observed:
                    means = organic.day_means(wanted.organic, self.first, self.days)
                    streams[m, k] = organic.Everyday(wanted.organic, means, self.days)
        return streams

    def _observed_days(self) -> dict[tuple[int, int], tuple[IntArray, IntArray | None]]:
        """Units and orders of each observed series, [day]; no orders where one is a unit."""
        observed = {}
        for m, market in enumerate(self.network.market_parts):
            for k, sku in enumerate(self.network.skus):
                if market.history is not None and sku in market.history.units:
                    orders = market.history.orders.get(sku)
                    observed[m, k] = (
                        np.array(market.history.units[sku], np.int64),
                        None if orders is None else np.array(orders, np.int64),
                    )
        return observed

    def _repeated_days(self, run: int, name: str, market: Market) -> IntArray | None:
        if market.history is None:
            return None
        if market.history.play == "replay":
            return history.replayed_days(market.history, self.first, self.days)
        luck = self.luck.stream(run, "weeks", name)
        return history.bootstrapped_days(market.history, self.first, self.past, self.days, luck)

    def _usual(self, run: int, m: int, k: int, repeated: IntArray | None) -> Wants:
        """What is wanted before events: the observed days, or the everyday stream."""
        if repeated is not None and (m, k) in self._observed:
            units, orders = self._observed[m, k]
            units = units[repeated]
            return Wants(units, None if orders is None else orders[repeated], {"history": units})
        if (m, k) not in self._everyday:
            return Wants(np.zeros(self.days, np.int64))
        luck = self.luck.stream(run, "organic", self.network.markets[m], self.network.skus[k])
        units = self._everyday[m, k].units(luck)
        return Wants(units, None, {"organic": units})

    def _event_units(self, run: int, event: Event, m: int, k: int) -> IntArray:
        market, sku = self.network.markets[m], self.network.skus[k]

        def stream(quantity: str) -> np.random.Generator:
            return self.luck.stream(run, type(event).__name__, event.name, market, sku, quantity)

        means = self._event_means(event, m, k, stream)
        return stream("units").poisson(means) if means.any() else np.zeros(self.days, np.int64)

    def _event_means(self, event: Event, m: int, k: int, stream: events.Streams) -> FloatArray:
        pace = float(self.network.pace[m, k])
        match event:
            case Promotion():
                means = np.broadcast_to(self._everyday[m, k].means if (m, k) in self._everyday else pace, self.days)
                return organic.promotion_means(event, means, self._day(event.on))
            case Livestream():
                return events.livestream_means(event, self._day(event.first_on), self.days, pace, stream)
            case Video():
                start = -events.lingers_days(event.fades) if event.starts_on is None else self._day(event.starts_on)
                return events.video_means(event, start, self.days, pace, stream)
            case _:
                raise TypeError(f"{type(event).__name__} moves no demand")

    def _day(self, when: date) -> int:
        return self.network.day(when) + self.past
