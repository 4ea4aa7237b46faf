"""One purchase order, what becomes of it, and what is recorded of it."""

from collections.abc import Iterator
from dataclasses import dataclass, field

import numpy as np
import simpy
from numpy.typing import NDArray

from reports.record import Shipment
from scenarios.schema import MINUTES_PER_DAY
from sim.play.pipeline import Stage
from sim.play.storage.ages import Births
from sim.world.network import Network
from sim.world.supply.tables import NEVER

FloatArray = NDArray[np.float64]
IntArray = NDArray[np.int64]
NO_LANE = -1
NO_FACTORY = ""


@dataclass(eq=False, slots=True)
class PurchaseOrder:
    """Goods of one order to one factory down one way, or moved. Minutes count from the first day played."""

    run: int  # position in the batch
    lane: int  # position of the way; NO_LANE for goods that were under way before the first day played
    factory: str  # NO_FACTORY for goods moved or under way before
    warehouse: int
    units: IntArray  # [sku]
    price: FloatArray  # [sku] what the factory charges for one
    count: int  # of them in all
    placed: int  # [minute] end of the review day
    planned: int  # [minute] when the lane's quote says it can be sold
    value: float = 0.0  # at unit cost
    bill: float = 0.0  # what the factory charges
    owed: float = 0.0  # of that, what is paid later
    freight: float = 0.0  # at the usual level until it departs, then what was paid
    births: Births | None = None  # of goods that expire, when they first came to a warehouse
    stamps: list[int] = field(default_factory=list)  # [minute] the end of each stage passed
    lost: tuple[tuple[int, int, int], ...] = ()  # stage, minute, units that will never come
    credit: float = 0.0  # what the factory gave back for goods refused at customs
    previous: simpy.Event | None = None  # on a fifo lane: the order before is ready for the dock
    at_dock: simpy.Event | None = None

    def stays(self, stages: int) -> Iterator[tuple[Stage, int, int, int]]:
        """What its time stamps say of each of its lane's stages: stage, minute of coming and of going, units."""
        left = (len(self.stamps), NEVER, self.count)
        for last, minute, units in (*self.lost, left):
            came = self.placed
            for stage, went in enumerate([*self.stamps[:last], minute][:stages]):
                yield (self.lane, stage), came, went, units
                came = went

    @property
    def departed(self) -> int:
        """The minute of departure, or NEVER."""
        return self.stamps[1] if len(self.stamps) > 1 else NEVER


@dataclass(eq=False, slots=True)
class Outcome:
    """What came of orders since the last slot, [run, warehouse, sku] each; None for nothing."""

    arrived: IntArray | None = None  # put away
    moved: IntArray | None = None  # of that, from another warehouse
    failed: IntArray | None = None  # turned out never to come
    born: list[tuple[int, int, Births]] = field(default_factory=list)  # run and warehouse that goods came to, and ages


def shipment(order: PurchaseOrder, network: Network, replication: int) -> Shipment:
    """The record of one purchase order."""
    way = network.ways[order.lane]
    ends = [minute / MINUTES_PER_DAY for minute in order.stamps]
    begins = [order.placed / MINUTES_PER_DAY, *ends]
    passed = list(zip(way.stages, begins, ends, strict=False))
    done = len(order.stamps) == len(way.stages)
    return Shipment(
        run=replication,
        lane=way.name,
        supplier=order.factory or str(way.start),
        warehouse=network.warehouses[order.warehouse],
        ordered=begins[0],
        ready=ends[0] if ends else np.inf,
        departed=ends[1] if len(ends) > 1 else np.inf,
        legs=tuple(passed[2:]),
        shelved=ends[-1] if done else np.inf,
        units=order.units,
        freight=order.freight,
    )
