"""What is asked for in a slot: the world's demand, as far as the seller lets it come and has kept it coming."""

from collections.abc import Sequence

import numpy as np
from numpy.typing import NDArray

from sim.luck import thinned
from sim.play.levers import Switchboard
from sim.play.limits import PlatformLimits
from sim.play.serving.router import Router
from sim.play.shop import Trade
from sim.play.siblings import Steering
from sim.play.stock import Stock
from sim.play.weights import Weights
from sim.world.sample import ShapedStream, World

FloatArray = NDArray[np.float64]
IntArray = NDArray[np.int64]


class Traffic:
    """Thins the shaped streams of a world; counts what does not come, and why."""

    def __init__(self, world: World, router: Router, levers: Switchboard | None, kept: Sequence[int]) -> None:
        self.world, self.router, self.levers, self._kept = world, router, levers, list(kept)
        parts, slots = world.network.market_parts, world.network.clock.slots_per_day
        shape = world.wanted.shape[1:]
        listings, accounts = [part.listing for part in parts], [part.ad_account.weight for part in parts]
        self.listing = Weights(listings, shape, slots) if any(listings) else None
        limits = [part.limits for part in parts]
        self.limits = PlatformLimits(limits, shape[0], slots) if any(limits) else None
        self.steering = None if levers is None else Steering(world.network, world.runs)
        self.account = Weights(accounts, shape, slots) if any(accounts) and levers is not None else None
        most = 1.0 if world.ads is None else world.ads.most
        self._raises = np.where(most > 1, most - 1, 1.0)  # [market, sku] by how much of the plan spend can be raised
        self.from_ads: IntArray | None = None  # [run, market, sku] units asked for in this slot because of ads
        days, at_market = world.network.clock.days, world.wanted.shape[1:]
        self._streams = {s.name: np.zeros((days, len(kept), *at_market[1:]), np.int64) for s in world.shaped}
        self.forgone_by_stockout = np.zeros(at_market, np.int64)  # [run, market, sku], record
        self.forgone_by_seller = np.zeros(at_market, np.int64)  # [run, market, sku], record

    def begin(self) -> None:
        """Start every total anew."""
        self.forgone_by_stockout[:] = 0
        self.forgone_by_seller[:] = 0

    def asked(self, slot: int, stock: Stock) -> IntArray:
        """Units asked for in a slot, [run, market, sku]."""
        if not self.world.shaped:
            wanted: IntArray = self.world.wanted[slot]
            return wanted
        total: IntArray = self.world.wanted[slot].copy()
        self.from_ads = None
        day = self.world.network.clock.day(slot)
        for stream in self.world.shaped:
            came = self._came(stream, slot)
            if stream.kind == "livestream" and self.steering is not None and self.levers is not None:
                came = self.steering.steered(came, self.levers.steered(), stock, slot)
            total += came
            if stream.kind in ("ads", "raised-ads"):
                self.from_ads = came if self.from_ads is None else self.from_ads + came
            if self._kept:
                self._streams[stream.name][day] += came[self._kept]
        return total

    def came(self) -> dict[str, IntArray]:
        """Units of every stream that was shaped anywhere, as they came to the kept runs, [day, kept, market, sku]."""
        elsewhere = {
            s.name: np.where(s.keys.any(axis=0), 0, self.world.streams.get(s.name, 0))
            for s in self.world.shaped
            if s.usual
        }
        return {name: came + elsewhere[name] if name in elsewhere else came for name, came in self._streams.items()}

    def pass_slot(self, slot: int, stock: Stock, trade: Trade) -> None:
        """Let a slot tell on tomorrow's demand: pages that are empty, ads paused because they are, limits broken."""
        if self.limits is not None:
            nothing = np.zeros_like(trade.asked)
            cancelled, late = (nothing if units is None else units for units in (trade.failed, trade.late))
            self.limits.update(slot, trade.asked.sum(axis=-1), cancelled.sum(axis=-1), late.sum(axis=-1))
        if self.listing is None and self.account is None:
            return
        empty = self.router.out_of_stock(stock.on_hand)
        if self.listing is not None:
            self.listing.pass_slot(empty)
        if self.account is not None and self.levers is not None:
            self.account.pass_slot(empty & self.levers.paused())

    def orders(self, slot: int, asked: IntArray) -> IntArray | None:
        """Customer orders of the units asked for in a slot, [run, market, sku]; None where every order is a unit.

        What is shaped comes in orders of one unit.
        """
        if self.world.orders is None:
            return None
        return np.asarray(self.world.orders[slot] + (asked - self.world.wanted[slot]), np.int64)

    def _came(self, stream: ShapedStream, slot: int) -> IntArray:
        """Units of a stream that come, the same luck deciding whatever the seller does."""
        units = stream.units[slot]
        lever, weight = self._lever(stream, slot), self._weight(stream)
        if stream.kind == "clearance":
            return thinned(units, weight * lever, stream.keys, slot)
        if stream.kind == "raised-ads":
            return thinned(units, np.clip((weight * lever - 1) / self._raises, 0.0, 1.0), stream.keys, slot)
        came = thinned(units, np.minimum(weight * lever, 1.0), stream.keys, slot)
        weighted = thinned(units, weight, stream.keys, slot) if np.any(lever != 1.0) else came
        self.forgone_by_stockout += units - weighted
        self.forgone_by_seller += np.maximum(weighted - came, 0)
        return came

    def _weight(self, stream: ShapedStream) -> FloatArray | float:
        if stream.kind == "livestream":
            return 1.0
        if stream.kind in ("ads", "raised-ads"):
            return 1.0 if self.account is None else self.account.share
        page = 1.0 if self.listing is None else self.listing.share
        return page if self.limits is None else page * self.limits.share

    def _lever(self, stream: ShapedStream, slot: int) -> FloatArray | float:
        if self.levers is None:
            return 0.0 if stream.kind == "clearance" else 1.0
        match stream.kind:
            case "ads" | "raised-ads":
                return self._ads(self.levers, slot)
            case "seller-promotion":
                return self.levers.promotions()
            case "clearance":
                return self.levers.cleared()
        return 1.0

    def _ads(self, levers: Switchboard, slot: int) -> FloatArray:
        clock = self.world.network.clock
        return levers.ads(slot % clock.slots_per_day * self.world.network.scenario.slot_hours)


def usual_demand(world: World) -> IntArray:
    """Units asked for when nobody acts and nothing loses weight, [slot, run, market, sku]."""
    if not world.shaped:
        return world.wanted
    total = world.wanted.copy()
    for stream in world.shaped:
        if stream.usual:
            total += stream.units
    return total
