"""Orders played alone: what would become of an order of one date, had the seller ordered nothing else.

Each is a real purchase order of its real size, which the engine makes, ships, clears and puts away: closures, troubles,
cancelled and full departures, examinations, refusals, appointments and other people's goods at customs are met as in
any run of the same seed and replication. Orders of several dates cannot share a run, since they would queue for one
another's lines, desks and docks; so each has an engine of its own, in a world in which nobody buys. Other people's
queues are the same for all of them, so they are worked through once, and entered on the morning an order comes.
"""

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from policies.rules.yardsticks.never import Never
from scenarios.schema import MINUTES_PER_DAY
from sim.luck import Luck
from sim.planning.desks import Desks, Mornings
from sim.play.engine import Engine
from sim.play.money import Money
from sim.world.network import Network
from sim.world.sample import World
from sim.world.supply.passage import sample_passage
from sim.world.supply.posts import PostPassage
from sim.world.supply.tables import NEVER

IntArray = NDArray[np.int64]
BATCH = 250
"""Replications that share an engine, to bound its memory."""


@dataclass(frozen=True)
class Order:
    """What is ordered."""

    lane: int  # position of the way
    day: int  # [day] placed as it ends
    units: IntArray  # [sku]


@dataclass(frozen=True)
class Outcome:
    """What became of an order."""

    shelved: IntArray  # [run] minute at which all of it that came was on the shelf; NEVER where it was not
    money: Money


class LoneOrders:
    """Plays orders of one network over some replications, each as if there were no other."""

    def __init__(self, network: Network, runs: Sequence[int]) -> None:
        self.network, self.world = network, _deserted(network, runs)
        self._mornings = {
            name: [Mornings(desks, opening, drawn, network.clock.days) for drawn in self.world.passage.others[name]]
            for name, (desks, opening) in _desks(self.world).items()
        }

    @classmethod
    def batches(cls, network: Network, runs: int) -> "list[LoneOrders]":
        """Replications 0, 1, ..., some at a time."""
        return [cls(network, range(first, min(first + BATCH, runs))) for first in range(0, runs, BATCH)]

    def play(self, order: Order) -> Outcome:
        """Let an order make its journey in every replication."""
        engine, clock = Engine(self.world, Never()), self.network.clock
        engine.journeys.customs.desks |= {
            name: [Desks(mornings) for mornings in known] for name, known in self._mornings.items()
        }
        units = np.broadcast_to(order.units, (len(self.world.runs), len(order.units))).copy()
        slot = (order.day + 1) * clock.slots_per_day - 1
        self._stock_start(engine, order, units)
        engine.purchasing.order(slot, order.lane, units)
        engine.purchasing.supply(slot, (slot + 1) * clock.slot_minutes)
        engine.env.run(until=clock.days * MINUTES_PER_DAY)
        return Outcome(self._shelved(engine, order), engine.money)

    def _stock_start(self, engine: Engine, order: Order, units: IntArray) -> None:
        """A lane that starts at a warehouse finds there what it is to bring."""
        way = self.network.ways[order.lane]
        if way.start is not None:
            here = self.network.warehouses.index(way.start)
            there = np.zeros_like(engine.stock.on_hand)
            there[:, here] = units
            engine.stock.commit(here, units)
            engine.stock.receive(there)

    def _shelved(self, engine: Engine, order: Order) -> IntArray:
        """The last of the factories' parts counts, [run]."""
        stages, shelved = len(self.network.ways[order.lane].stages), np.zeros(len(self.world.runs), np.int64)
        for part in engine.journeys.sent:
            came = part.count > 0 and len(part.stamps) == stages
            shelved[part.run] = max(int(shelved[part.run]), part.stamps[-1] if came else NEVER)
        return shelved


def _desks(world: World) -> Mapping[str, tuple[int, Callable[[int], int]]]:
    """Desks and opening of every post at which other people queue."""
    parts = world.network.scenario.customs
    passages = {leg.name: leg for lane in world.passage.lanes for leg in lane.legs if isinstance(leg, PostPassage)}
    return {
        name: (desks, passages[name].opening)
        for name in world.passage.others
        if name in passages and (desks := parts[name].desks) is not None
    }


def _deserted(network: Network, runs: Sequence[int]) -> World:
    """The world of some replications without its buyers: every journey meets what it meets in `sample_world`."""
    markets = (len(runs), len(network.markets), len(network.skus))
    nobody, keys = np.zeros((0, *markets), np.int64), np.zeros((0, 0, 0), np.uint64)
    return World(
        network=network,
        runs=tuple(runs),
        wanted=np.broadcast_to(np.int64(0), (network.clock.slots, *markets)),
        shaped=(),
        ads=None,
        orders=None,
        past=nobody,
        streams={},
        passage=sample_passage(network, Luck(network.scenario.seed), runs),
        tie_keys=keys,
        wait_keys=keys,
    )
