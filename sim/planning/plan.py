"""The whole plan of an event: lanes, order dates, last safe ones, and the cash calendar of each."""

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import date

import numpy as np
from numpy.typing import NDArray

from policies.back_plan import BackPlan
from policies.protocol import LaneFacts
from policies.quantity import lots
from reports.comparison import installed_versions
from reports.plan import LanePlan, Plan
from scenarios.faults import shown
from scenarios.reader import scenario_hash
from scenarios.schema import Scenario
from sim.planning.alone import LoneOrders, Order
from sim.planning.cash import cash
from sim.planning.chances import in_time, order_days
from sim.planning.event import PlanError, Target, extra_units, target
from sim.world.network import Network
from sim.world.supply.quotes import lanes_into

FloatArray = NDArray[np.float64]
IntArray = NDArray[np.int64]


def make_plan(
    scenario: Scenario,
    name: str,
    event: str,
    *,
    runs: int,
    every: int = 7,
    units: int | None = None,
    on: date | None = None,
    command: str = "",
    progress: Callable[[int], None] | None = None,
) -> Plan:
    """The plan for an announced event of a scenario called `name`; raises PlanError.

    `units` are those of each order, what the event is expected to want there where None; `on` is as in `target`.
    """
    network = Network.of(scenario)
    aim = target(network, event, on)
    extra = extra_units(network, aim)
    lanes = _lanes(network, aim, extra, units)
    ways = {lane.way: lane.units for lane in lanes}
    launch, asked = network.date(aim.first_day), None if aim.asked is None else network.date(aim.asked)
    guide = BackPlan.of(launch)
    besides = [network.day(day) for day in (guide.first_order, guide.last_order, asked) if day is not None]
    days = order_days(aim.first_day, every, besides)
    trials = LoneOrders.batches(network, runs)
    hits = in_time(trials, ways, aim.first_day, days, progress)
    return Plan(
        title=scenario.title,
        scenario=name,
        scenario_hash=scenario_hash(scenario),
        seed=scenario.seed,
        runs=runs,
        currency=scenario.currency,
        event=event,
        kind=aim.kind,
        first=launch,
        last=network.date(aim.end_day - 1),
        examined_from=network.date(days[0]),
        expected_units=float(extra.sum()),
        window=(guide.first_order, guide.last_order),
        target=guide.arrival,
        asked=asked,
        late=asked is not None and guide.late(asked),
        lanes=tuple(_with_cash(trials, lane, _lane_plan(network, lane, hits[lane.way], runs), extra) for lane in lanes),
        versions=tuple(installed_versions().items()),
        command=command,
    )


@dataclass(frozen=True)
class _Lane:
    """A lane into a warehouse that serves the event's markets."""

    way: int  # its position
    facts: LaneFacts
    warehouse: str
    units: IntArray  # [sku] of an order
    left_out: tuple[str, ...]


def _lanes(network: Network, aim: Target, extra: FloatArray, units: int | None) -> list[_Lane]:
    """Every lane that carries something the event wants, and an order by it."""
    found = []
    for w, warehouse in enumerate(network.warehouses):
        wanted = extra[:, network.serving[w] > 0].sum(axis=(0, 1))
        if not wanted.any():
            continue
        asked = wanted if units is None else _shared_out(units, wanted)
        for facts in lanes_into(network, warehouse):
            ordered = lots(asked, facts)
            missing = (asked > 0) & (ordered == 0) & ~network.bought_in[w]
            left_out = tuple(sku for sku, left in zip(network.skus, missing, strict=True) if left)
            if ordered.any():
                found.append(_Lane(network.lanes.index(facts.name), facts, warehouse, ordered, left_out))
    if not extra.any():
        raise PlanError(f"{shown(aim.event.name)} is expected to want nothing more than every day")
    if not found:
        raise PlanError(f"no lane brings what {shown(aim.event.name)} wants to a warehouse that serves its markets")
    return found


def _shared_out(units: int, wanted: FloatArray) -> IntArray:
    """Units as whole numbers in the proportions of what is wanted, [sku]; the largest remainders get the odd ones."""
    ideal = units * wanted / wanted.sum()
    whole: IntArray = np.floor(ideal).astype(np.int64)
    odd = np.argsort(whole - ideal, kind="stable")[: units - int(whole.sum())]
    whole[odd] += 1
    return whole


def _lane_plan(network: Network, lane: _Lane, hits: Mapping[int, int], runs: int) -> LanePlan:
    days = sorted(hits)
    return LanePlan(
        lane=lane.facts.name,
        warehouse=lane.warehouse,
        start=lane.facts.start,
        units=int(lane.units.sum()),
        left_out=lane.left_out,
        dates=tuple(map(network.date, days)),
        arrived=tuple(hits[day] for day in days),
        runs=runs,
    )


def _with_cash(trials: Sequence[LoneOrders], lane: _Lane, plan: LanePlan, extra: FloatArray) -> LanePlan:
    """The plan with the money of an order at its last safe date: at the highest level at which there is one."""
    if plan.safest is None:
        return plan
    level, index = plan.safest
    order = Order(lane.way, trials[0].network.day(plan.dates[index]), lane.units)
    return replace(plan, cash=cash(trials, order, level, extra))
