"""What an order meets at a factory: how long it makes, how it works from day to day, what passes its inspection."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import timedelta

import numpy as np
from numpy.typing import NDArray

from scenarios.calendar import output
from scenarios.schema import Supplier
from sim.world import laws
from sim.world.network import Network
from sim.world.supply.pace import Pace
from sim.world.supply.tables import Tables, whole_minutes
from sim.world.supply.troubles import factory_troubles

FloatArray = NDArray[np.float64]
IntArray = NDArray[np.int64]
KeyArray = NDArray[np.uint64]


@dataclass(frozen=True)
class FactoryPassage:
    """What the orders of each day meet at a factory."""

    make: IntArray  # [run, day] minutes of production, at the usual pace
    hurried: IntArray | None  # [run, day] the same of hurried orders
    start_up: int  # minutes, at the usual pace
    pace: Pace
    good: FloatArray | None  # [run, day] share of units that pass; None where all do
    good_keys: KeyArray | None  # [run, sku] luck of which units pass

    def made(self, run: int, placed: int, day: int, rush: bool) -> tuple[int, int]:
        """When production of an order placed at a minute starts, and when it is over, the line's queue aside."""
        start = self.pace.finish(placed, self.start_up)
        make = self.hurried if rush and self.hurried is not None else self.make
        return start, self.pace.finish(start, make.item(run, day))


def factories(tables: Tables) -> Mapping[str, FactoryPassage]:
    """Every factory's passage."""
    return {name: _factory(tables, name, part) for name, part in sorted(tables.network.scenario.supplier.items())}


def _factory(tables: Tables, name: str, part: Supplier) -> FactoryPassage:
    days, late = tables.days, np.zeros((len(tables.runs), tables.days), np.int64)
    if part.late is not None:
        befalls = tables.happens(part.late.chance, days, "make late chance", name)
        late = np.where(befalls, tables.minutes(part.late.days, days, "make late days", name), 0)
    always_good = laws.mean(part.good_share) == 1.0
    return FactoryPassage(
        make=tables.minutes(part.make_days, days, "make", name) + late,
        hurried=None if part.rush is None else tables.minutes(part.rush.make_days, days, "rush", name) + late,
        start_up=int(whole_minutes(np.array(part.start_up_days))),
        pace=factory_pace(tables.network, name, troubles=True),
        good_keys=None
        if always_good
        else tables.luck.keys(tables.runs, "good units", [name], tables.network.skus)[:, 0],
        good=None if always_good else np.clip(tables.values(part.good_share, days, "good", name), 0.0, 1.0),
    )


def factory_pace(network: Network, name: str, troubles: bool) -> Pace:
    """How a factory works from day to day: its closures, and its troubles too where they are asked for."""
    scenario, days = network.scenario, network.clock.days
    last = network.first_day + timedelta(days=days - 1)
    factors = np.array(output(scenario.supplier[name].closures, network.first_day, last))
    if troubles:
        for disruption, trouble in factory_troubles(network, name):
            window = network.window(disruption.on, disruption.days)
            factors[window] = np.minimum(factors[window], trouble.output)
    return Pace(factors)
