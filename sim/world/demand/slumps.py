"""Slumps: times when a share of buyers stays away. Every stream is thinned by luck of its own, after it was drawn."""

import numpy as np
from numpy.typing import NDArray

from sim.luck import Luck, thinned, uniforms
from sim.world.demand.streams import OrderStream
from sim.world.network import Network

IntArray = NDArray[np.int64]
FloatArray = NDArray[np.float64]


class Slumps:
    """What slumps leave of the demand of one network, over the days played."""

    def __init__(self, network: Network, luck: Luck) -> None:
        self.network, self.luck = network, luck
        self._left = self._left_at()

    def touch(self, m: int, k: int) -> bool:
        """Whether some units of a SKU may stay away."""
        return (m, k) in self._left

    def left(self, run: int, m: int, k: int, stream: tuple[str, ...], units: IntArray) -> IntArray:
        """What is left of a stream's units in each slot, [slot]; never more in a deeper slump."""
        share = np.repeat(self._left[m, k], self.network.clock.slots_per_day)
        return thinned(units, share, self._key(run, m, k, stream), np.arange(len(units)))

    def fewer(self, run: int, m: int, k: int, stream: OrderStream, past: int) -> OrderStream:
        """A stream of orders in which those that stay away are of no units; orders stay whole."""
        share = np.concatenate([np.ones(past), self._left[m, k]])[stream.day]
        comes = uniforms(self._key(run, m, k, (stream.name, *stream.part)), np.arange(len(stream.day))) < share
        sizes = np.where(comes, stream.size, 0)
        return OrderStream.of(stream.name, stream.day, sizes, len(stream.units), stream.shares)

    def _key(self, run: int, m: int, k: int, stream: tuple[str, ...]) -> NDArray[np.uint64]:
        key = self.luck.key(run, "slump", self.network.markets[m], self.network.skus[k], *stream)
        return np.array([key], np.uint64)

    def _left_at(self) -> dict[tuple[int, int], FloatArray]:
        """Share of each day's demand that is left, [day] by market and SKU, where it is not all; slumps multiply."""
        left: dict[tuple[int, int], FloatArray] = {}
        for slump in sorted(self.network.scenario.surprise.slump, key=lambda slump: slump.name):
            gone = min(slump.missing * slump.scale, 1.0)
            days = np.where(self.network.within(slump.on, slump.days), 1.0 - gone, 1.0)
            for place in self.network.named(slump):
                left[place] = left.get(place, 1.0) * days
        return left
