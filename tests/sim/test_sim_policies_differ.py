"""No two shipped policies order the same in every world that ships: what never differs is one rule, not two."""

from collections import defaultdict
from collections.abc import Hashable, Sequence

from policies.parameters import wrapped_field
from policies.registry import SHIPPED
from reports.record import Record
from scenarios.reader import read_scenario, shipped_worlds
from sim.tournament import play

AROUND = {"calendar-lift": "base-stock", "signal-rush": "never", "analogue": "never"}
"""What these stand around: a rule that leaves them something to do. The other wrappers stand around `reorder-point`."""
IDLE = {"regional-limits": "limits=nuremberg=30"}
"""Wrappers that do nothing until they are told where, and what they are told in `TOLD_IN`."""
TOLD_IN = "jewellery-three-warehouses"
TELLING = (
    "black-friday",
    "account-ban-in-peak",
    "tariff-step",
    "vitamins-repeat",
    "hub-and-regional",
    "bonded-and-direct",
    "livestream-clears-months",
)
"""Worlds that tell most rules apart and are soon played, come first."""


def test_no_two_policies_order_the_same_in_every_world() -> None:
    alike = [[_spec(cls.name, wrapped_field(cls) is not None) for cls in SHIPPED if cls.name not in IDLE]]
    others = (name for name, _ in shipped_worlds() if name not in TELLING)
    for world in (*TELLING, *others):
        alike = _still_alike(world, alike)
        if not alike:
            break
    assert alike == []


def test_those_that_must_be_told_where_then_differ() -> None:
    told = [f"reorder-point+{name}:{where}" for name, where in IDLE.items()]
    assert _still_alike(TOLD_IN, [["reorder-point", *told]]) == []


def _spec(name: str, wraps: bool) -> str:
    return f"{AROUND.get(name, 'reorder-point')}+{name}" if wraps else name


def _still_alike(world: str, groups: Sequence[Sequence[str]]) -> list[list[str]]:
    """The groups of policies split by what they order in one replication of a world; those that stand alone drop out."""
    specs = [spec for group in groups for spec in group]
    records = play(read_scenario(world), specs, 1)
    ordered = dict(zip(specs, map(_orders, records), strict=True))
    split = []
    for group in groups:
        by_orders = defaultdict(list)
        for spec in group:
            by_orders[ordered[spec]].append(spec)
        split += by_orders.values()
    return [group for group in split if len(group) > 1]


def _orders(record: Record) -> Hashable:
    """All that was ordered, when, by which lane."""
    assert record.series is not None
    shipments = tuple((one.lane, one.ordered, one.units.tobytes()) for one in record.series.shipments)
    return record.series.ordered.tobytes(), shipments
