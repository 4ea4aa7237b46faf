"""The world of some replications, complete before a policy acts: who wants what, and what every journey meets."""

from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from sim.demand.sampler import DemandSampler, Wants
from sim.luck import Luck
from sim.network import Network
from sim.passage import Passage, sample_passage

IntArray = NDArray[np.int64]
KeyArray = NDArray[np.uint64]


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
    sampler = DemandSampler(network, luck)
    shape = (len(runs), len(network.markets), len(network.skus))
    clock, past = network.clock, sampler.past
    wanted = np.zeros((clock.slots, *shape), np.int64)
    history = np.zeros((past, *shape), np.int64)
    orders = np.zeros_like(wanted) if _orders_differ(network) else None
    kept_positions = {run: i for i, run in enumerate(run for run in runs if run in kept)}
    streams: dict[str, IntArray] = {}
    block = np.zeros((*shape[1:], sampler.days), np.int64)
    slots = np.zeros((*shape[1:], clock.slots), np.int64)
    order_slots = np.zeros_like(slots)
    for i, run in enumerate(runs):
        for m, k, wants in sampler.of(run):
            block[m, k] = wants.units
            if clock.slots_per_day > 1:
                slots[m, k] = _split_over_slots(network, luck, run, m, k, wants.units[past:])
            if orders is not None:
                order_slots[m, k] = _slot_orders(wants, past, slots[m, k] if clock.slots_per_day > 1 else None)
            if run in kept_positions:
                _keep_streams(streams, wants, past, (clock.days, len(kept_positions), *shape[1:]), kept_positions[run], m, k)
        history[:, i] = block[..., :past].transpose(2, 0, 1)
        wanted[:, i] = (slots if clock.slots_per_day > 1 else block[..., past:]).transpose(2, 0, 1)
        if orders is not None:
            orders[:, i] = order_slots.transpose(2, 0, 1)
    return World(
        network,
        tuple(runs),
        wanted,
        orders,
        history,
        streams,
        sample_passage(network, luck, runs),
        _keys(network, luck, runs, "tie"),
        _keys(network, luck, runs, "wait"),
    )


def _orders_differ(network: Network) -> bool:
    return any(market.history is not None and market.history.orders for market in network.market_parts)


def _split_over_slots(network: Network, luck: Luck, run: int, m: int, k: int, days: IntArray) -> IntArray:
    """Day totals spread over the slots of their day, [slot]: an hourly and a daily run want the same units a day."""
    count = network.clock.slots_per_day
    stream = luck.stream(run, "slots", network.markets[m], network.skus[k])
    return stream.multinomial(days, np.full(count, 1 / count)).ravel()


def _slot_orders(wants: Wants, past: int, slots: IntArray | None) -> IntArray:
    """Orders of each slot, [slot]: as many as the units that came so far make, orders of a day being alike in size."""
    orders = wants.units[past:] if wants.orders is None else wants.orders[past:]
    if slots is None:
        return orders
    so_far = np.cumsum(slots.reshape(len(orders), -1), axis=1)
    total = np.maximum(so_far[:, -1:], 1)
    return np.diff(so_far * orders[:, None] // total, axis=1, prepend=0).ravel()


def _keep_streams(
    streams: dict[str, IntArray], wants: Wants, past: int, shape: tuple[int, ...], i: int, m: int, k: int
) -> None:
    for name, units in wants.streams.items():
        if name not in streams:
            streams[name] = np.zeros(shape, np.int64)
        streams[name][:, i, m, k] = units[past:]


def _keys(network: Network, luck: Luck, runs: Sequence[int], use: str) -> KeyArray:
    """Keys of hashed luck, [run, market, sku], for a use that only some worlds have; elsewhere empty."""
    needed = {"tie": any(len(turn.markets) > 1 for turn in network.rounds), "wait": bool(((network.waits % 1) > 0).any())}
    if not needed[use]:
        return np.zeros((0, 0, 0), np.uint64)
    return np.array(
        [
            [[luck.key(run, use, market, sku) for sku in network.skus] for market in network.markets]
            for run in runs
        ],
        np.uint64,
    )
