"""Playing a world from another opening stock, to see whether its start still shows in the scored days."""

from collections.abc import Sequence

from reports.verdict.warm_up import Start, start_is_real, start_shown
from scenarios.schema import Opening, Scenario, Warehouse
from sim.tournament import Entry, play_rows

RUNS = 30
"""Replications that are played twice."""
OF_AN_EMPTY_ONE = Opening(cover_days=30)
"""What a warehouse that opens empty opens with instead; any other opens with half of what it has."""


def start_of(scenario: Scenario, entry: Entry, runs: Sequence[int], jobs: int = 1) -> Start | None:
    """The start that still shows when a row is played; None where none does, or where the start is the world's own."""
    if start_is_real(scenario):
        return None
    chosen = tuple(runs)[:RUNS]
    one, other = (
        play_rows(world, [entry], chosen, jobs=jobs, keep=())[0].daily_on_hand
        for world in (scenario, opened_otherwise(scenario))
    )
    return start_shown(one, other)


def opened_otherwise(scenario: Scenario) -> Scenario:
    """The same world with another opening stock; all of its luck stays."""
    opened = {name: _opened(part) for name, part in scenario.warehouse.items()}
    return scenario.model_copy(update={"warehouse": opened})


def _opened(warehouse: Warehouse) -> Warehouse:
    opening = warehouse.opening
    if opening == Opening(units=0):
        return warehouse if warehouse.ships_after_order else warehouse.model_copy(update={"opening": OF_AN_EMPTY_ONE})
    half = Opening(
        cover_days=opening.cover_days and opening.cover_days / 2,
        units=opening.units and opening.units // 2,
        by_sku=opening.by_sku and {sku: units // 2 for sku, units in opening.by_sku.items()},
    )
    return warehouse.model_copy(update={"opening": half})
