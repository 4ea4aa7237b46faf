"""Lanes: where they start and end, when they leave, and what fits into what leaves."""

from collections.abc import Iterator

from scenarios.checks.findings import Finding
from scenarios.checks.money import charged
from scenarios.checks.names import dangling, twice
from scenarios.faults import Path, listed, nearest, shown
from scenarios.schema import RUSH, Lane, Scenario, Sku


def starts(scenario: Scenario) -> Iterator[Finding]:
    """A lane starts at suppliers, or at one warehouse that is not the one where it ends."""
    known = [*scenario.supplier, *scenario.warehouse]
    for key, lane in scenario.lane.items():
        here: Path = ("lane", key, "from")
        if not isinstance(lane.source, str):
            yield from twice(here, lane.sources, "start")
        for position, name in enumerate(lane.sources):
            place = here if isinstance(lane.source, str) else (*here, position)
            if name not in known:
                yield Finding(place, f"no supplier {shown(name)}, nor a warehouse", listed(known), nearest(name, known))
            elif name in scenario.supplier and name in scenario.warehouse:
                yield Finding(place, f"{shown(name)} is a supplier and a warehouse", "different names")
            elif name in scenario.warehouse and name == lane.to:
                yield Finding(place, f"warehouse {shown(name)} is also where the lane ends", "another start")
        yield from _mixed(here, scenario, lane)


def _mixed(path: Path, scenario: Scenario, lane: Lane) -> Iterator[Finding]:
    warehouses = {name for name in lane.sources if name in scenario.warehouse and name not in scenario.supplier}
    if warehouses and any(name in scenario.supplier for name in lane.sources):
        yield Finding(path, "starts at suppliers and at a warehouse", "suppliers, or one warehouse")
    elif len(warehouses) > 1:
        yield Finding(path, f"starts at {len(warehouses)} warehouses", "suppliers, or one warehouse")


def ends(scenario: Scenario) -> Iterator[Finding]:
    """A lane ends at a warehouse, and its customs posts are there."""
    for key, lane in scenario.lane.items():
        yield from dangling(("lane", key, "to"), lane.to, "warehouse", scenario.warehouse)
        for position, leg in enumerate(lane.legs):
            if leg.post is not None:
                yield from dangling(("lane", key, "legs", position, "post"), leg.post, "customs post", scenario.customs)


def rush(scenario: Scenario) -> Iterator[Finding]:
    """No lane is called what the hurried twin of another is called."""
    for key, lane in scenario.lane.items():
        hurried = any(name in scenario.supplier and scenario.supplier[name].rush for name in lane.sources)
        if hurried and key + RUSH in scenario.lane:
            what = f"is what lane {shown(key)} is called when its factory hurries"
            yield Finding(("lane", key + RUSH), what, "another name")


def weekdays(scenario: Scenario) -> Iterator[Finding]:
    """A lane leaves once on a weekday."""
    for key, lane in scenario.lane.items():
        if lane.departs is not None:
            yield from twice(("lane", key, "departs", "weekdays"), lane.departs.weekdays, "weekday")


def freight(scenario: Scenario) -> Iterator[Finding]:
    """What a lane charges for is what it carries, and full containers are nobody else's."""
    for key, lane in scenario.lane.items():
        if not lane.takes_batteries and charged(lane.cost.battery_per_kg):
            here: Path = ("lane", key, "cost", "battery_per_kg")
            yield Finding(here, "is charged for goods that the lane refuses", "takes_batteries = true")
        if lane.shares_box_with and lane.cost.container is not None:
            yield Finding(("lane", key, "shares_box_with"), "full containers are not shared", "0")


def rooms(scenario: Scenario) -> Iterator[Finding]:
    """A container, and the room of a departure, hold at least one unit of everything the lane carries."""
    for key, lane in scenario.lane.items():
        largest = max(_carried(scenario, lane), key=lambda sku: sku.volume_m3, default=None)
        if largest is None:
            continue
        container, departs, unit = lane.cost.container, lane.departs, largest.volume_m3
        which = f"less than one unit of SKU {shown(largest.id)} with {unit:g}"
        if container is not None and container.m3 * container.fill < unit:
            here: Path = ("lane", key, "cost", "container", "m3")
            what = f"holds {container.m3 * container.fill:g} m3 of goods, {which}"
            yield Finding(here, what, f"from {unit / container.fill:g}")
        if departs is not None and departs.room_m3 is not None and departs.room_m3 < unit:
            what = f"{departs.room_m3:g} m3 is {which}"
            yield Finding(("lane", key, "departs", "room_m3"), what, f"from {unit:g}")


def _carried(scenario: Scenario, lane: Lane) -> Iterator[Sku]:
    """The SKUs a lane may carry: of its factories, or whatever its warehouse has; batteries where they are taken."""
    moves = any(name in scenario.warehouse for name in lane.sources)
    for sku in scenario.sku:
        made = moves or not sku.suppliers or any(name in lane.sources for name in sku.suppliers)
        if made and (lane.takes_batteries or not sku.battery):
            yield sku


CHECKS = (starts, ends, rush, weekdays, freight, rooms)
