"""The world of some replications, complete before a policy acts: who wants what, and what every journey meets."""

from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from sim.luck import Luck
from sim.world.demand.sampler import DemandSampler, Wants
from sim.world.network import Network
from sim.world.passage import Passage, sample_passage

IntArray = NDArray[np.int64]
KeyArray = NDArray[np.uint64]
PLACED = 5
"""Units a slot up to which it is cheaper to place each of them than to draw how many there are."""


@dataclass(frozen=True)
class World:
    """Everything outside the seller's control, for the replications `runs`."""

    network: Network
    runs: tuple[int, ...]
    wanted: IntArray  # [slot, run, market, sku] units
    orders: IntArray | None  # [slot, run, market, sku] customer orders; None where every order is one unit
    past: IntArray  # [day, run, market, sku] units of the history days, which a policy sees as sales
    streams: dict[str, IntArray]  # [day, kept run, market, sku] units wanted by stream, for the kept runs
    passage: Passage
    tie_keys: KeyArray  # [run, market, sku] luck of who is served where markets share a shelf
    wait_keys: KeyArray  # [run, market, sku] luck of who waits


def sample_world(network: Network, runs: Sequence[int], kept: Sequence[int] = ()) -> World:
    """Draw the world of the replications `runs`; streams are kept apart for those of them in `kept`."""
    luck = Luck(network.scenario.seed)
    demand = _sample_demand(network, luck, runs, [run for run in runs if run in kept])
    return World(
        network=network,
        runs=tuple(runs),
        wanted=demand.wanted,
        orders=demand.orders,
        past=demand.past,
        streams=demand.streams,
        passage=sample_passage(network, luck, runs),
        tie_keys=_keys(network, luck, runs, "tie", any(len(turn.markets) > 1 for turn in network.rounds)),
        wait_keys=_keys(network, luck, runs, "wait", bool((network.waits % 1 > 0).any())),
    )


@dataclass
class _Demand:
    """The demand of a batch while it is being drawn; arrays as in World."""

    wanted: IntArray
    orders: IntArray | None
    past: IntArray
    streams: dict[str, IntArray]


def _sample_demand(network: Network, luck: Luck, runs: Sequence[int], kept: Sequence[int]) -> _Demand:
    sampler, clock = DemandSampler(network, luck), network.clock
    skus = (len(network.markets), len(network.skus))
    past = sampler.past
    wanted = np.zeros((clock.slots, len(runs), *skus), np.int64)
    orders = np.zeros_like(wanted) if _orders_differ(network) else None
    drawn = _Demand(wanted, orders, np.zeros((past, len(runs), *skus), np.int64), {})
    # One replication at a time in [market, sku, slot], so that a stream is written in one stretch.
    days, split = np.zeros((*skus, sampler.days), np.int64), clock.slots_per_day > 1
    slots = np.zeros((*skus, clock.slots), np.int64) if split else days[..., past:]
    order_slots = np.zeros_like(slots)
    for i, run in enumerate(runs):
        for m, k, wants in sampler.of(run):
            days[m, k] = wants.units
            if split:
                slots[m, k] = _slot_units(network, luck, run, m, k, wants.units[past:])
            if orders is not None:
                order_slots[m, k] = _slot_orders(wants, past, slots[m, k], clock.slots_per_day)
            if run in kept:
                _keep_streams(drawn.streams, wants, past, (clock.days, len(kept), *skus), (kept.index(run), m, k))
        drawn.past[:, i] = days[..., :past].transpose(2, 0, 1)
        wanted[:, i] = slots.transpose(2, 0, 1)
        if orders is not None:
            orders[:, i] = order_slots.transpose(2, 0, 1)
    return drawn


def _orders_differ(network: Network) -> bool:
    return any(market.history is not None and market.history.orders for market in network.market_parts)


def _slot_units(network: Network, luck: Luck, run: int, m: int, k: int, days: IntArray) -> IntArray:
    """Day totals spread over the slots of their day, [slot]: an hourly and a daily run want the same units a day."""
    count = network.clock.slots_per_day
    stream, total = luck.stream(run, "slots", network.markets[m], network.skus[k]), int(days.sum())
    if total > PLACED * days.size * count:
        return stream.multinomial(days, np.full(count, 1 / count)).ravel()
    placed = np.repeat(np.arange(days.size) * count, days) + stream.integers(count, size=total)
    return np.bincount(placed, minlength=days.size * count)


def _slot_orders(wants: Wants, past: int, slots: IntArray, slots_per_day: int) -> IntArray:
    """Orders of each slot, [slot]: an order comes with its first unit, the orders of a day being alike in size."""
    orders = (wants.units if wants.orders is None else wants.orders)[past:]
    if slots_per_day == 1:
        return orders
    so_far = np.cumsum(slots.reshape(len(orders), slots_per_day), axis=1)
    made = -(-so_far * orders[:, None] // np.maximum(so_far[:, -1:], 1))
    return np.diff(made, axis=1, prepend=0).ravel()


def _keep_streams(
    streams: dict[str, IntArray], wants: Wants, past: int, shape: tuple[int, ...], at: tuple[int, int, int]
) -> None:
    for name, units in wants.streams.items():
        if name not in streams:
            streams[name] = np.zeros(shape, np.int64)
        streams[name][(slice(None), *at)] = units[past:]


def _keys(network: Network, luck: Luck, runs: Sequence[int], use: str, needed: bool) -> KeyArray:
    """Keys of hashed luck, [run, market, sku]; empty in worlds that have no use for it."""
    if not needed:
        return np.zeros((0, 0, 0), np.uint64)
    keys = [[[luck.key(run, use, m, k) for k in network.skus] for m in network.markets] for run in runs]
    return np.array(keys, np.uint64)
