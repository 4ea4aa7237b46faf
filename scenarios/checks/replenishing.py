"""Warehouses that order from warehouses: by lanes that start at one, and never in a circle."""

from collections.abc import Iterator

from scenarios.checks.findings import Finding
from scenarios.faults import shown
from scenarios.schema import Scenario


def starts(scenario: Scenario) -> Iterator[Finding]:
    """Only a lane from a warehouse says whether it replenishes: by those from suppliers all is ordered."""
    suppliers = set(scenario.supplier) - set(scenario.warehouse)
    for key, lane in scenario.lane.items():
        if lane.replenishes and set(lane.sources) <= suppliers:
            what = f"starts at supplier {shown(lane.sources[0])}, by such a lane goods are ordered anyway"
            yield Finding(("lane", key, "replenishes"), what, "false, or from = a warehouse")


def circles(scenario: Scenario) -> Iterator[Finding]:
    """No warehouse orders, through others, from itself; each circle is told once."""
    told: set[str] = set()
    for key, lane in scenario.lane.items():
        start = lane.sources[0]
        if not lane.replenishes or start not in scenario.warehouse or start == lane.to or start in told:
            continue
        back = _way(scenario, lane.to, start)
        if back:
            told.update(back)
            what = "warehouses order from each other in a circle: " + " -> ".join((start, *back))
            yield Finding(("lane", key, "replenishes"), what, "false for one lane of the circle")


def _way(scenario: Scenario, start: str, end: str) -> tuple[str, ...]:
    """The warehouses on a shortest way by lanes that replenish, both ends included; none when there is no way."""
    ways: dict[str, tuple[str, ...]] = {start: (start,)}
    waiting = [start]
    while waiting:
        here = waiting.pop(0)
        if here == end:
            return ways[here]
        for lane in scenario.lane.values():
            if lane.replenishes and here in lane.sources and lane.to not in ways:
                ways[lane.to] = (*ways[here], lane.to)
                waiting.append(lane.to)
    return ()


CHECKS = (starts, circles)
