"""Tiny worlds whose shipments' times and bills can be worked out on paper, and a policy that orders by a list.

The first day is a Monday. What is ordered on day d is placed as day d ends, on day d + 1.
"""

from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import ClassVar

import numpy as np

from policies.playbook import Levers, Watch
from policies.protocol import Observation, Orders
from reports.record import Record, Shipment
from tests.worlds import played, scenario_of

PAPER = """
title = "Two lanes, one of everything"
start = 2026-01-05
days = 100
[[sku]]
id = "A"
unit_cost = 1
price = 0
volume_m3 = 1
weight_kg = 10
[supplier.f]
make_days = 3
[lane.road]
from = "f"
to = "w"
legs = [{ name = "road", days = 5 }]
[lane.track]
from = "f"
to = "w"
legs = [{ name = "track", days = 5 }]
[warehouse.w]
opening = { units = 0 }
[market.m]
served_by = ["w"]
[market.m.demand.A]
organic = { law = "fixed", mean = 1 }
"""
"""Three days of production and five of road, nothing else; nobody pays for what is sold."""
CERTAIN = 0.999999999
"""A chance that may not be 1, and as good as is."""


@dataclass(frozen=True)
class Script:
    """Orders what it is told: day, lane, units of each SKU."""

    name: ClassVar[str] = "script"
    review_days: ClassVar[int] = 1
    sees: ClassVar[frozenset[str]] = frozenset()
    lines: tuple[tuple[int, str, tuple[int, ...]], ...] = ()

    def orders(self, seen: Observation) -> Orders:
        """The lines of the day that lead to this warehouse."""
        here = {lane.name for lane in seen.lanes}
        return Orders({lane: np.array(units) for day, lane, units in self.lines if day == seen.day and lane in here})


@dataclass(frozen=True)
class Mover:
    """Moves what it is told: day, lane, units of each SKU; they leave in the slot after."""

    name: ClassVar[str] = "mover"
    reaction_hours: ClassVar[float] = 0.0
    lines: tuple[tuple[int, str, tuple[int, ...]], ...] = ()

    def act(self, seen: Watch) -> Levers:
        """The lines of the day whose lane leaves here."""
        here = {there.lane.name for there in seen.elsewhere}
        today: Mapping[str, np.ndarray[tuple[int, ...], np.dtype[np.int64]]] = {
            lane: np.array(units) for day, lane, units in self.lines if day == seen.day and lane in here
        }
        return Levers(move=today)


def but(text: str, **tables: str) -> str:
    """A text with lines added under tables; `supplier__f` stands for `[supplier.f]`, `sku` for the first `[[sku]]`."""
    for name, lines in tables.items():
        head = "[[sku]]\n" if name == "sku" else f"[{name.replace('__', '.')}]\n"
        assert head in text, head
        key = lines.split(" =")[0]
        body = text.split(head, 1)[1].split("\n[", 1)[0]
        kept = "\n".join(line for line in body.splitlines() if not line.startswith(f"{key} ="))
        text = text.replace(head + body, f"{head}{lines}\n{kept}", 1)
    return text


def shipped(text: str, tmp_path: Path, *lines: tuple[int, str, int | tuple[int, ...]], **how: object) -> Record:
    """What happens to some orders (day, lane, units) in one replication."""
    whole = tuple((day, lane, units if isinstance(units, tuple) else (units,)) for day, lane, units in lines)
    (record,) = played(scenario_of(text, tmp_path), Script(whole), **({"runs": 1} | how))  # type: ignore[arg-type]
    return record


def shipments(record: Record) -> list[Shipment]:
    """The shipments in the order they were sent."""
    assert record.series is not None
    return list(record.series.shipments)


def taken(record: Record) -> list[float]:
    """Days from the order to the shelf of each shipment."""
    return [one.shelved - one.ordered for one in shipments(record)]


def made(record: Record) -> list[float]:
    """Days from the order until each is made."""
    return [one.ready - one.ordered for one in shipments(record)]


def waited(record: Record) -> list[float]:
    """Days that each waited for its departure."""
    return [one.departed - one.ready for one in shipments(record)]


def bill(record: Record, account: str) -> float:
    """What the only replication paid on an account."""
    return float(record.money[account][0])
