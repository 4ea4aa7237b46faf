"""The world of some replications, complete before a policy acts: who wants what, and what every journey meets."""

from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from sim.luck import Luck
from sim.world.demand.batch import AdTraffic, DemandBatch, ShapedStream
from sim.world.network import Network
from sim.world.supply.passage import Passage, sample_passage

__all__ = ["AdTraffic", "ShapedStream", "World", "sample_world"]

IntArray = NDArray[np.int64]
KeyArray = NDArray[np.uint64]


@dataclass(frozen=True)
class World:
    """Everything outside the seller's control, for the replications `runs`."""

    network: Network
    runs: tuple[int, ...]
    wanted: IntArray  # [slot, run, market, sku] units of the streams that nothing thins
    shaped: tuple[ShapedStream, ...]  # the others
    ads: AdTraffic | None  # None where nobody advertises
    orders: IntArray | None  # [slot, run, market, sku] orders that make up `wanted`; None where every one is a unit
    past: IntArray  # [day, run, market, sku] units of the history days, which a policy sees as sales
    streams: dict[str, IntArray]  # [day, kept run, market, sku] units by stream, shaped ones at their usual share
    passage: Passage
    tie_keys: KeyArray  # [run, market, sku] luck of who is served where markets share a shelf
    wait_keys: KeyArray  # [run, market, sku] luck of who waits


def sample_world(network: Network, runs: Sequence[int], kept: Sequence[int] = (), levers: bool = False) -> World:
    """Draw the world of the replications `runs`; streams are kept apart for those of them in `kept`.

    With `levers`, what a seller may steer, call off or clear is shaped; at its usual share it is wanted to the unit as
    without.
    """
    luck = Luck(network.scenario.seed)
    demand = DemandBatch(network, luck, runs, [run for run in runs if run in kept], levers)
    return World(
        network=network,
        runs=tuple(runs),
        wanted=demand.wanted,
        shaped=tuple(demand.shaped.values()),
        ads=demand.ads,
        orders=demand.orders,
        past=demand.past,
        streams=demand.streams,
        passage=sample_passage(network, luck, runs),
        tie_keys=_keys(network, luck, runs, "tie", any(len(turn.markets) > 1 for turn in network.rounds)),
        wait_keys=_keys(network, luck, runs, "wait", _waiting_by_luck(network)),
    )


def _waiting_by_luck(network: Network) -> bool:
    """Whether a share of buyers waits, usually or while a restock is announced, so that luck says who."""
    return any(share % 1 > 0 for part in network.market_parts for share in (part.waits, part.preorders or 0.0))


def _keys(network: Network, luck: Luck, runs: Sequence[int], use: str, needed: bool) -> KeyArray:
    """Keys of hashed luck, [run, market, sku]; empty in worlds that have no use for it."""
    if not needed:
        return np.zeros((0, 0, 0), np.uint64)
    return luck.keys(runs, use, network.markets, network.skus)
