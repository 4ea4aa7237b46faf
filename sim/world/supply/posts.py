"""What shipments meet at a customs post: opening days, clearance, examinations, the tariff, other people."""

from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from scenarios.schema import EVERY, MINUTES_PER_DAY, CustomsPost, Inspection
from sim.world import laws
from sim.world.network import Network, money
from sim.world.supply.sailings import WEEKDAYS
from sim.world.supply.tables import NEVER, Tables, whole_minutes
from sim.world.supply.troubles import customs_troubles
from sim.world.supply.ways import Way

BoolArray = NDArray[np.bool_]
FloatArray = NDArray[np.float64]
IntArray = NDArray[np.int64]


@dataclass(frozen=True)
class PostPassage:
    """What a lane's shipments meet at a customs post, by day of arrival there."""

    name: str
    opens: IntArray  # [day] the first working day from that day on
    clear: IntArray  # [run, day] minutes at a desk
    hold: IntArray  # [run, day] minutes of examination, 0 for most
    fee: FloatArray  # [run, day] what examinations cost
    refused: BoolArray | None  # [run, day] whether it is not let in; None where none is refused
    duty: FloatArray  # [step, sku] as a share of the declared value
    tariff: IntArray  # [day] the step that holds
    alike: bool  # whether every SKU pays the same share, on every day

    @property
    def working(self) -> FloatArray:
        """1 on working days, 0 on others, [day]."""
        return np.asarray(self.opens == np.arange(len(self.opens)), np.float64)

    def opening(self, at: int) -> int:
        """The first minute from `at` on at which the post works, or NEVER."""
        day = at // MINUTES_PER_DAY
        if day >= len(self.opens):
            return NEVER
        opens = int(self.opens[day])
        return at if opens == day else min(opens * MINUTES_PER_DAY, NEVER)

    def duty_of(self, day: int, units: IntArray, unit_cost: FloatArray, value: float) -> float:
        """The duty on units that arrive on a day, [sku] each, worth `value` in all."""
        step = self.tariff.item(day)
        if self.alike:
            return value * self.duty.item(step, 0)
        return float((units * unit_cost * self.duty[step]).sum())

    def through(self, run: int, at: int) -> int:
        """When a shipment that comes at a minute leaves, were there no queue, or NEVER."""
        day, at = at // MINUTES_PER_DAY, self.opening(at)
        return at if at == NEVER else at + self.clear.item(run, day) + self.hold.item(run, day)


def post(tables: Tables, way: Way, name: str) -> PostPassage:
    """Draw what a lane's shipments meet at a post."""
    network, days = tables.network, tables.days
    part = network.scenario.customs[name]
    hold, fee = _examined(tables, part, name, way)
    clear = tables.minutes(part.clear_days, days, "clear", name, way.lane)
    for disruption, trouble in customs_troubles(network, name):
        within = network.within(disruption.on, disruption.days)
        if trouble.held > 0:
            key = ("disruption", disruption.name, name, way.lane)
            held = tables.happens(trouble.held, days, *key, "held") & within
            hold = hold + np.where(held, tables.minutes(trouble.hold_days, days, *key, "days"), 0)
            fee = fee + np.where(held, money(trouble.fee, network.scenario), 0.0)
    duty, tariff = duty_steps(network, name)
    refused = part.refused
    return PostPassage(
        name=name,
        opens=opening_days(network, name),
        clear=np.rint(clear * slower_days(network, name)).astype(np.int64),
        hold=hold,
        fee=fee,
        refused=None if refused is None else tables.happens(refused.chance, days, "refused", name, way.lane),
        duty=duty,
        tariff=tariff,
        alike=bool((duty == duty[:, :1]).all()),
    )


# --- examinations -----------------------------------------------------------------------------------------------


def _examined(tables: Tables, part: CustomsPost, name: str, way: Way) -> tuple[IntArray, FloatArray]:
    """Minutes that shipments of each day are held, and what it costs, [run, day]: ours, and our neighbours'."""
    days = tables.days
    hold, fee = np.zeros((len(tables.runs), days), np.int64), np.zeros((len(tables.runs), days))
    if not part.inspections:
        return hold, fee
    first = _kind(tables.rows(days, lambda stream: stream.random(days), "inspection", name, way.lane), part.inspections)
    for i, inspection in enumerate(part.inspections):
        examined = _reaches(tables, part.inspections, first, i, name, way.lane)
        held = tables.minutes(inspection.days, days, "hold", name, way.lane, str(i))
        hold = hold + np.where(examined, held, 0)
        fee = fee + np.where(examined, money(inspection.fee, tables.network.scenario), 0.0)
    if way.part.shares_box_with:
        hold = hold + _neighbours(tables, part, name, way)
    return hold, fee


def _kind(drawn: FloatArray, inspections: Sequence[Inspection]) -> IntArray:
    """The kind of examination that each number from 0 to 1 stands for; their count for none."""
    edges = np.cumsum([inspection.chance for inspection in inspections])
    return np.searchsorted(edges, drawn, side="right")


def _reaches(tables: Tables, inspections: Sequence[Inspection], first: IntArray, i: int, *name: str) -> BoolArray:
    """Whether a shipment is examined in the i-th way: at first, or escalated from the one before, [run, day]."""
    reached = first == i
    if i and inspections[i - 1].escalates > 0:
        before = _reaches(tables, inspections, first, i - 1, *name)
        reached |= before & tables.happens(inspections[i - 1].escalates, tables.days, "escalates", *name, str(i - 1))
    return np.asarray(reached)


def _neighbours(tables: Tables, part: CustomsPost, name: str, way: Way) -> IntArray:
    """Minutes that a box is held since other consignments in it are examined, [run, day]: one kind after another."""
    days, hold = tables.days, np.zeros((len(tables.runs), tables.days), np.int64)
    for i, inspection in enumerate(part.inspections):
        key = ("neighbour", name, way.lane, str(i))
        some = 1.0 - (1.0 - reached_share(part.inspections, i)) ** way.part.shares_box_with
        held = tables.minutes(inspection.days, days, *key, "days")
        hold += np.where(tables.happens(some, days, *key), held, 0)
    return hold


def reached_share(inspections: Sequence[Inspection], i: int) -> float:
    """Share of shipments examined in the i-th way, at first or escalated."""
    before = reached_share(inspections, i - 1) * inspections[i - 1].escalates if i else 0.0
    return min(inspections[i].chance + before, 1.0)


# --- calendar and tariff ----------------------------------------------------------------------------------------


def opening_days(network: Network, name: str) -> IntArray:
    """The first working day of a post from each day on, [day]; NEVER when there is none within the horizon."""
    part = network.scenario.customs[name]
    dates = [network.date(day) for day in range(network.clock.days)]
    shut = np.array([WEEKDAYS[when.weekday()] in part.closed_weekdays for when in dates], bool)
    for closure in part.closures:
        shut[network.window(closure.on, closure.days)] = True
    for disruption, trouble in customs_troubles(network, name):
        if trouble.closed:
            shut[network.window(disruption.on, disruption.days)] = True
    opens = np.where(shut, NEVER, np.arange(len(dates)))
    return np.minimum.accumulate(opens[::-1])[::-1]


def slower_days(network: Network, name: str) -> FloatArray:
    """How many times as long clearance takes of what comes to a post on each day, [day]."""
    times = np.ones(network.clock.days)
    for disruption, trouble in customs_troubles(network, name):
        times[network.window(disruption.on, disruption.days)] *= trouble.times
    return times


def duty_steps(network: Network, name: str, known_on: int | None = None) -> tuple[FloatArray, IntArray]:
    """The duties of a post, [step, sku], and which step holds on each day; beyond the horizon the last.

    With `known_on`, only what has been announced by that day, and no troubles.
    """
    part, days = network.scenario.customs[name], network.clock.days
    base = np.array([part.duty_by_sku.get(sku, part.duty) for sku in network.skus])
    table = [base]
    tariff = np.zeros(days, np.int64)
    for step in sorted(part.duty_steps, key=lambda step: step.on):
        if known_on is not None and network.day(step.on) - step.announced_days > known_on:
            continue
        touched = np.array([bool({EVERY, sku} & set(step.skus)) for sku in network.skus])
        table.append(np.where(touched, step.duty, table[-1]))
        tariff[network.window(step.on, days + max(-network.day(step.on), 0))] = len(table) - 1
    for disruption, trouble in customs_troubles(network, name) if known_on is None else ():
        window = network.window(disruption.on, disruption.days)
        for step_now in np.unique(tariff[window]) if trouble.duty > 0 else ():
            table.append(table[step_now] + trouble.duty)
            tariff[window] = np.where(tariff[window] == step_now, len(table) - 1, tariff[window])
    return np.array(table), tariff


# --- other people -----------------------------------------------------------------------------------------------

Others = list[tuple[list[int], list[int]]]
"""Other people's shipments at a post by run: minutes of arrival in order, minutes at a desk."""


def others(tables: Tables, name: str) -> Others:
    """Draw other people's shipments: they come at any minute of a day, and are cleared as ours are."""
    part = tables.network.scenario.customs[name]
    drawn, slower = [], slower_days(tables.network, name)
    for run in tables.runs:
        count = tables.luck.stream(run, "others", name).poisson(part.others_per_day, tables.days)
        begins = np.repeat(np.arange(tables.days) * MINUTES_PER_DAY, count)
        at = begins + tables.luck.stream(run, "others at", name).integers(0, MINUTES_PER_DAY, len(begins))
        clear = laws.draws(part.clear_days, tables.luck.stream(run, "others clear", name), len(begins))
        at = np.sort(at)
        drawn.append((at.tolist(), whole_minutes(clear * slower[at // MINUTES_PER_DAY]).tolist()))
    return drawn
