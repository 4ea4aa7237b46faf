"""Troubles on the way: each does something, to something that is there, on days that are played."""

from collections.abc import Iterable, Iterator
from datetime import timedelta

from scenarios.checks.events import span
from scenarios.checks.findings import Finding
from scenarios.checks.names import dangling, disruptions
from scenarios.checks.sense import consistent
from scenarios.checks.span import calendar
from scenarios.faults import Path
from scenarios.laws import mean
from scenarios.schema import EVERY, LaneTrouble, Scenario, Trouble


def effects(scenario: Scenario) -> Iterator[Finding]:
    """A trouble has one of its four parts, and what customs hold they hold for some time."""
    for path, trouble in disruptions(scenario):
        if all(part is None for part in (trouble.lane, trouble.factory, trouble.customs, trouble.dock)):
            yield Finding(path, "does nothing", "one or more of lane, factory, customs, dock")
        customs = trouble.customs
        if customs is None or not consistent(customs.hold_days):
            continue
        held_days = mean(customs.hold_days)
        if customs.held > 0 and held_days == 0:
            yield Finding((*path, "customs", "held"), "goods are held for no time", "hold_days above 0")
        elif customs.held == 0 and held_days > 0:
            yield Finding((*path, "customs", "hold_days"), "nothing is held", "held above 0")


def dates(scenario: Scenario) -> Iterator[Finding]:
    """A trouble lasts into a day played."""
    if any(calendar(scenario)):
        return
    _, last = span(scenario)
    first = scenario.start - timedelta(days=scenario.warm_up_days)
    for path, trouble in disruptions(scenario):
        if trouble.on > last or (first - trouble.on).days >= trouble.days:
            what = f"{trouble.on} and {trouble.days} days are outside this world"
            yield Finding((*path, "on"), what, f"days of {first} to {last}")


def targets(scenario: Scenario) -> Iterator[Finding]:
    """Troubles name what is there, and find lanes, legs, departures or posts to act on."""
    for path, trouble in disruptions(scenario):
        unknown = list(_unknown(scenario, path, trouble))
        yield from unknown
        for part, what, allowed in () if unknown else _idle(scenario, trouble):
            yield Finding((*path, part), what, allowed)


def _unknown(scenario: Scenario, path: Path, trouble: Trouble) -> Iterator[Finding]:
    """Lanes, legs with a time, factories, posts and warehouses that a trouble names and that are not there."""
    if trouble.lane is not None:
        legs = dict.fromkeys(leg.name for lane in scenario.lane.values() for leg in lane.legs if leg.post is None)
        yield from _named((*path, "lane", "lanes"), trouble.lane.lanes, "lane", scenario.lane)
        yield from _named((*path, "lane", "legs"), trouble.lane.legs, "leg with a time", legs)
    if trouble.factory is not None:
        yield from _named((*path, "factory", "suppliers"), trouble.factory.suppliers, "supplier", scenario.supplier)
    if trouble.customs is not None:
        yield from _named((*path, "customs", "posts"), trouble.customs.posts, "customs post", scenario.customs)
    if trouble.dock is not None:
        yield from _named((*path, "dock", "warehouses"), trouble.dock.warehouses, "warehouse", scenario.warehouse)


def _named(path: Path, names: Iterable[str], kind: str, known: Iterable[str]) -> Iterator[Finding]:
    there = [EVERY, *known]
    for position, name in enumerate(names):
        yield from dangling((*path, position), name, kind, there)


def _idle(scenario: Scenario, trouble: Trouble) -> Iterator[tuple[str, str, str]]:
    """What of a trouble finds nothing to act on: its part, what that lacks, and what there would have to be."""
    if trouble.lane is not None and consistent(trouble.lane.adds_days):
        for kind, allowed in _idle_lane(scenario, trouble.lane):
            yield "lane", f"finds no {kind} to act on", allowed
    if trouble.customs is not None and not _some(trouble.customs.posts, scenario.customs):
        yield "customs", "finds no customs post to act on", "a customs post"
    if trouble.factory is not None and not _some(trouble.factory.suppliers, scenario.supplier):
        yield "factory", "finds no supplier to act on", "a supplier"
    if trouble.dock is not None and not _some(trouble.dock.warehouses, scenario.warehouse):
        yield "dock", "finds no warehouse to act on", "a warehouse"


def _some(names: Iterable[str], known: Iterable[str]) -> bool:
    """Whether any name is known, or all are meant and there are some."""
    there = set(known)
    return bool(there and (EVERY in names or there & set(names)))


def _idle_lane(scenario: Scenario, trouble: LaneTrouble) -> Iterator[tuple[str, str]]:
    """What a trouble of lanes lacks to act on, and what there would have to be."""
    lanes = [lane for key, lane in scenario.lane.items() if trouble.touches(key, lane)]
    if not lanes:
        yield "lane", "a lane of this name and mode"
        return
    timed = [leg for lane in lanes for leg in lane.legs if leg.post is None and trouble.is_on(leg.name)]
    if slows(trouble) and not timed:
        yield "leg", "a leg of its lanes that is no customs post"
    if trouble.cancelled > 0 and all(lane.departs is None for lane in lanes):
        yield "departure", "a lane that departs"


def slows(trouble: LaneTrouble) -> bool:
    """Whether it makes the legs it is on take longer, or shorter."""
    return trouble.times != 1 or mean(trouble.adds_days) > 0


CHECKS = (effects, dates, targets)
