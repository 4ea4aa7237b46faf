"""What is going to happen, for a policy that sees the future."""

from collections.abc import Sequence

import numpy as np
from numpy.typing import NDArray

from policies.protocol import FutureSight, LaneFacts
from scenarios.schema import MINUTES_PER_DAY
from sim.play.due import Due, quoted_day
from sim.play.journey import Journeys
from sim.play.orders import NO_LANE, PurchaseOrder
from sim.play.traffic import usual_demand
from sim.world.network import still
from sim.world.sample import World
from sim.world.supply.tables import NEVER

IntArray = NDArray[np.int64]


class Foresight:
    """Knows every buyer and every journey of one batch, but no queue."""

    def __init__(self, world: World, lanes: Sequence[Sequence[LaneFacts]]) -> None:
        """`lanes` into each warehouse."""
        self.world, self.network, self.lanes = world, world.network, lanes
        self._arrivals: dict[str, IntArray] = {}
        self._wanted: dict[int, IntArray] = {}
        self._due: dict[int, Due] = {}

    def sight(self, day: int, warehouse: int, journeys: Journeys) -> FutureSight:
        """What is going to happen at a warehouse after a day."""
        if warehouse not in self._due:
            shape = (len(self.world.runs), len(self.network.skus))
            self._due[warehouse] = Due(self.network.clock.days, shape, self._certain_day)
        due = self._due[warehouse].days(day, journeys.bound(warehouse))
        return FutureSight(
            wanted=self._wanted_from(warehouse)[day + 1 :],
            arrivals={lane.name: self._arrival_days(lane.name)[day:] - (day + 1) for lane in self.lanes[warehouse]},
            due=still(due[: self.network.clock.days - day - 1]),
        )

    def _wanted_from(self, warehouse: int) -> IntArray:
        """Units wanted from a warehouse on every day, [day, run, sku]: by the buyers it is the first of, and by the
        warehouses it supplies, on the day on which goods must leave to be there in time."""
        if warehouse not in self._wanted:
            homes, clock = list(self.network.markets_at(warehouse)), self.network.clock
            slots = usual_demand(self.world)[:, :, homes].sum(axis=2)
            days = slots.reshape(clock.days, -1, *slots.shape[1:]).sum(axis=1)
            for place, lanes in enumerate(self.lanes):
                cheapest = min(lanes, key=lambda lane: float(lane.landed_cost.mean()), default=None)
                if cheapest is not None and cheapest.start == self.network.warehouses[warehouse]:
                    days += self._sent_for(self._wanted_from(place), self._arrival_days(cheapest.name))
            self._wanted[warehouse] = still(days)
        return self._wanted[warehouse]

    def _sent_for(self, wanted: IntArray, arrivals: IntArray) -> IntArray:
        """Units wanted, [day, run, sku], on the days on which they must leave for it.

        `arrivals` are the days on which an order of each day could first be sold, [day, run].
        """
        sent = np.zeros_like(wanted)
        for run in range(wanted.shape[1]):
            ordered = _first_orders(arrivals[:, run])
            known = ordered != NEVER
            np.add.at(sent[:, run], np.minimum(ordered[known] + 1, len(wanted) - 1), wanted[known, run])
        return sent

    def _certain_day(self, order: PurchaseOrder) -> int:
        """The day an order could first be sold, were there no queue."""
        if order.lane == NO_LANE:
            return quoted_day(order)
        return int(self._arrival_days(self.network.lanes[order.lane])[(order.placed - 1) // MINUTES_PER_DAY, order.run])

    def _arrival_days(self, lane: str) -> IntArray:
        """The day an order of each day could first be sold, were there no queue, [day, run]."""
        if lane not in self._arrivals:
            index, passage = self.network.lanes.index(lane), self.world.passage
            minutes = np.array([[*passage.arrivals(index, run)] for run in range(len(self.world.runs))], np.int64).T
            self._arrivals[lane] = np.where(minutes >= NEVER, NEVER, -(-minutes // MINUTES_PER_DAY))
        return self._arrivals[lane]


def _first_orders(arrivals: IntArray) -> IntArray:
    """The first day whose order serves each day, [day]: from its arrival until that of a later order; or NEVER."""
    days = len(arrivals)
    later = np.triu(np.ones((days, days), bool), 1) & (arrivals >= arrivals[:, np.newaxis])
    until = np.where(later, arrivals, days).min(axis=1)
    first = np.full(days, NEVER)
    for day in range(days - 1, -1, -1):
        first[min(int(arrivals[day]), days) : min(int(until[day]), days)] = day
    return first
