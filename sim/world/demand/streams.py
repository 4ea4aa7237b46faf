"""What a stream is while the world is being drawn. Days are those of the history first, then those played."""

from dataclasses import dataclass, field
from typing import Literal

import numpy as np
from numpy.typing import NDArray

from sim.luck import thinned
from sim.world.demand.hours import HOURS, slots_of, spread
from sim.world.demand.stops import spendable

IntArray = NDArray[np.int64]
FloatArray = NDArray[np.float64]
KeyArray = NDArray[np.uint64]
StreamKind = Literal["organic", "promotion", "seller-promotion", "livestream", "ads", "raised-ads", "clearance"]


@dataclass(frozen=True, kw_only=True)
class Stream:
    """One stream of one market and SKU in one replication, spread over the hours by itself; its orders are units."""

    name: str
    units: IntArray  # [day] at the most it can be
    shares: FloatArray | None  # [slot of the day] share that comes in it; None where all are alike
    kind: StreamKind | None = None  # None where nothing thins it
    usual: bool = True  # whether it comes when nobody acts
    part: tuple[str, ...] = ()  # which of the streams of its name it is, where there are several

    def before(self, past: int) -> IntArray:
        """Units of each of so many days of history, at the most, [day]."""
        return self.units[:past]

    def in_slots(self, past: int, slots: int, luck: np.random.Generator) -> tuple[IntArray, IntArray]:
        """Units and orders of each slot after the history, [slot]; `slots` is how many a day has."""
        units = self.units[past:] if slots == 1 else spread(self.units[past:], self.shares, slots, luck)
        return units, units


@dataclass(frozen=True, kw_only=True)
class OrderStream(Stream):
    """A stream of orders for many units that come whole."""

    day: IntArray  # [order] the earlier first
    size: IntArray  # [order] units; 0 of an order that does not come

    @classmethod
    def of(cls, name: str, day: IntArray, size: IntArray, days: int, shares: FloatArray | None) -> "OrderStream":
        """The stream of some orders on so many days."""
        return cls(name=name, units=_summed(day, size, days), shares=shares, day=day, size=size)

    def in_slots(self, past: int, slots: int, luck: np.random.Generator) -> tuple[IntArray, IntArray]:
        """Units and orders of each slot after the history, [slot]; `slots` is how many a day has."""
        played = self.day >= past
        at = self.day[played] - past
        if slots > 1:
            at = slots_of(at, self.shares, slots, luck)
        length = (len(self.units) - past) * slots
        size = self.size[played]
        return _summed(at, size, length), np.bincount(at[size > 0], minlength=length)


@dataclass(frozen=True, kw_only=True)
class AdStream(Stream):
    """What ads bring, with the signals of the account."""

    shares: FloatArray  # [hour of the day] share of a day's money spent in it, however long a slot is
    ctr: FloatArray  # [day] clicks / views
    cvr: FloatArray  # [day] orders / clicks
    running: FloatArray | None  # [hour] share of it in which the account can spend; None where nothing stops it
    key: KeyArray  # luck of what a stopped account misses

    def before(self, past: int) -> IntArray:
        """Units of each of so many days of history, at the most, [day]."""
        if self.running is None:
            return super().before(past)
        left = spendable(self.running[: past * HOURS], self.shares, 1)
        return thinned(self.units[:past], left, self.key, np.arange(-past, 0))

    def in_slots(self, past: int, slots: int, luck: np.random.Generator) -> tuple[IntArray, IntArray]:
        """Units and orders of each slot after the history, [slot]; `slots` is how many a day has.

        They come by the hour, however long a slot is, so that a stop takes the same units of a day from every run.
        """
        if slots == 1 and self.running is None:
            return super().in_slots(past, slots, luck)
        came = spread(self.units[past:], self.shares, HOURS, luck)
        if self.running is not None:
            came = thinned(came, self.running[past * HOURS :], self.key, np.arange(len(came)))
        units = came.reshape(-1, HOURS // slots).sum(axis=1)
        return units, units


@dataclass
class Wants:
    """Units and orders of one market and SKU in one replication, [day], while streams are added."""

    units: IntArray
    orders: IntArray | None = None  # None while an order is one unit
    streams: dict[str, IntArray] = field(default_factory=dict)
    apart: list[Stream] = field(default_factory=list)  # streams that are not in `units`

    def add(self, stream: str, units: IntArray) -> None:
        """Add a stream whose orders are single units, and come when everyday ones do."""
        if units.any():
            self.units = self.units + units
            self.orders = None if self.orders is None else self.orders + units
            self.streams[stream] = self.streams.get(stream, 0) + units

    def thin(self, units: IntArray) -> None:
        """Leave so many of the everyday units, [day], and of the orders as many as they make up."""
        if self.orders is not None:
            self.orders = -(-self.orders * units // np.maximum(self.units, 1))
        self.units, self.streams = units, dict.fromkeys(self.streams, units)


def _summed(positions: IntArray, units: IntArray, length: int) -> IntArray:
    """Units at each position, [position]."""
    total = np.zeros(length, np.int64)
    np.add.at(total, positions, units)
    return total
