"""Every shock on every world it fits: it changes what is recorded, from its day on and never before."""

import pytest

from reports.record import Record, Shipment
from scenarios.faults import ScenarioError
from scenarios.reader import read_scenario, read_shock, shipped_shocks, shipped_worlds
from scenarios.schema import CustomsTrouble, Disruption, DockTrouble, FactoryTrouble, LaneTrouble, Scenario
from scenarios.shocks.laying import lay
from tests.worlds import played, same_series, same_totals

RULE = "base-stock:cover_days=60"
STRONG = 10
"""So strong that a few sailings and arrivals show it; what chance decides is then certain, or nearly."""
DAYS = (20, 35, 50, 65, 80, 90, 105)
"""Days after the start on which it is tried to begin: little is on its way in a world that begins without orders."""
LONG_ENOUGH = 120
"""Days played at least, so that goods ordered after the start come by sea before the end."""
ARRAYS = ("wanted", "sold", "lost", "backlog", "returned", "on_hand", "received", "ordered", "ad_spend")


WORLDS = [name for name, _ in shipped_worlds()]


def fitting(world: Scenario) -> list[str]:
    """The shocks that find something."""
    fits = []
    for name, _ in shipped_shocks():
        try:
            lay(world, read_shock(name), name)
        except ScenarioError:
            continue
        fits.append(name)
    assert "dock-closed" in fits, "every world has a door"
    return fits


def past(record: Record, day: int) -> dict[str, object]:
    """All that is recorded of the days before a day, counted from the first day played, by what it is."""
    kept = record.series
    assert kept is not None
    slots = day * (len(kept.wanted) // len(next(iter(kept.streams.values()))))
    found: dict[str, object] = {name: getattr(kept, name)[:slots].tobytes() for name in ARRAYS}
    found |= {f"stream {name}": units[:day].tobytes() for name, units in kept.streams.items() if units[:day].any()}
    found |= {f"why {name}": values[:day].tobytes() for name, values in kept.why.items()}
    found["shipments"] = sorted(stamped(one, day) for one in kept.shipments if one.ordered < day)
    return found


def stamped(one: Shipment, day: int) -> str:
    """What a shipment has been through before a day."""
    entered = [(name, when) for name, *times in one.legs for when in times if when < day]
    stamps = [when for when in (one.ordered, one.ready, one.departed, one.shelved) if when < day]
    freight = one.freight if one.departed < day else None
    return repr((one.run, one.lane, one.supplier, one.units.tolist(), stamps, entered, freight))


@pytest.mark.parametrize("name", WORLDS)
def test_shocks_change_records_from_their_day_on_and_not_at_factor_0(name: str) -> None:
    shipped = read_scenario(name)
    # By the day, since a shock knows no hours, and worlds of hours take twenty times as long.
    world = shipped.model_copy(update={"days": max(shipped.days, LONG_ENOUGH), "slot_hours": 24})
    (before,) = played(world, RULE, runs=1)
    silent = world
    for shock in fitting(world):
        assert any(acted(world, before, shock, day) for day in DAYS), shock
        silent = lay(silent, read_shock(shock), shock, 0)
    (still,) = played(silent, RULE, runs=1)
    assert same_series(before, still)
    assert same_totals(before, still)


def acted(world: Scenario, before: Record, shock: str, day: int) -> bool:
    """Whether a shock that begins on a day after the start changes anything; before its day it may not."""
    (after,) = played(lay(world, read_shock(shock), shock, STRONG, day), RULE, runs=1)
    one, two = (past(record, world.warm_up_days + day) for record in (before, after))
    changed = [name for name in {*one, *two} if one.get(name) != two.get(name)]
    assert changed == [], f"{shock} changes what was before its day {day}"
    return not (same_series(before, after) and same_totals(before, after))


def test_troubles_that_do_nothing_move_no_luck() -> None:
    """They are drawn beside what would have happened, not instead of it."""
    world = read_scenario("black-friday")
    idle = Disruption(
        name="nothing",
        on=world.start,
        days=90,
        lane=LaneTrouble(),
        factory=FactoryTrouble(output=1.0),
        customs=CustomsTrouble(),
        dock=DockTrouble(),
    )
    surprise = world.surprise.model_copy(update={"disruption": (idle,)})
    (before,), (after,) = (
        played(one, RULE, runs=2) for one in (world, world.model_copy(update={"surprise": surprise}))
    )
    assert same_series(before, after)
    assert same_totals(before, after)
