"""Worlds for tests: small scenario files, and the way from a file to its records."""

from collections.abc import Sequence
from pathlib import Path

import numpy as np

from policies.protocol import Policy
from reports.record import Record, Shipment
from scenarios.reader import read_scenario
from scenarios.schema import Scenario
from sim.tournament import play

PLAIN = """
title = "Two lamps by sea and by air"
start = 2026-03-01
days = 200
history_days = 60
seed = 7
salvage_share = 0.8
[[sku]]
id = "LAMP"
unit_cost = 6.0
price = 30.0
volume_m3 = 0.004
weight_kg = 0.9
[[sku]]
id = "BULB"
unit_cost = 1.0
price = 5.0
volume_m3 = 0.001
weight_kg = 0.1
[supplier.zhongshan]
make_days = { law = "gamma", mean = 12, cv = 0.3 }
[lane.sea]
from = "zhongshan"
to = "los-angeles"
departs = { every_days = 7, cancelled = 0.1 }
legs = [
  { name = "ocean", days = { law = "gamma", low = 13, mean = 17, cv = 0.2 }, late = { chance = 0.4, days = 5 } },
  { name = "customs", post = "us" },
  { name = "drayage", days = { law = "triangular", low = 1, mode = 2, high = 5 } },
]
cost = { per_m3 = 150 }
[lane.air]
from = "zhongshan"
to = "los-angeles"
legs = [{ name = "flight", days = 6 }, { name = "customs", post = "us" }]
cost = { per_kg = 5.4, per_shipment = 80 }
[customs.us]
clear_days = 1
duty = 0.3
inspections = [{ chance = 0.1, days = { law = "gamma", mean = 4, cv = 0.5 }, fee = 300 }]
[warehouse.los-angeles]
opening = { cover_days = 50 }
rent = { per_m3_day = 0.9, peak_months = [5, 6], peak_factor = 3 }
[market.tiktok]
served_by = ["los-angeles"]
channel = "social"
fees = { platform = 0.06, creator = 0.12, fulfilment_per_order = 3.6 }
[market.tiktok.demand."*"]
organic = { law = "negative-binomial", mean = 12, dispersion = 1.4, weekday = [1, 1, 1, 1, 1, 1, 1] }
"""

QUEUES = (
    PLAIN.replace(
        "clear_days = 1\n", "clear_days = 1\ndesks = 1\nothers_per_day = 0.4\nclosed_weekdays = ['Sat', 'Sun']\n"
    )
    .replace("[supplier.zhongshan]", "[supplier.zhongshan]\nunits_per_day = 150\norder_at_least = 50")
    .replace("[warehouse.los-angeles]", "[warehouse.los-angeles]\ndock_units_per_day = 400")
    .replace("every_days = 7, cancelled = 0.1 }", "every_days = 7, cancelled = 0.1 }\nfifo = true")
)
"""The same with every kind of queue."""

TWO_PLACES = (
    PLAIN
    + """
waits = 0.4
[lane.sea-east]
from = "zhongshan"
to = "new-york"
legs = [{ name = "ocean", days = 30 }]
[warehouse.new-york]
opening = { cover_days = 20 }
[market.shop]
served_by = ["new-york", "los-angeles"]
[market.shop.demand.LAMP]
organic = { law = "poisson", mean = 9 }
[market.business]
served_by = ["los-angeles", "new-york"]
channel = "business"
waits = 1
[market.business.demand.LAMP]
organic = { law = "poisson", mean = 5 }
"""
)
TWO_PLACES = TWO_PLACES.replace("\nwaits = 0.4\n", "\n").replace("[market.tiktok]", "[market.tiktok]\nwaits = 0.4")
"""Two warehouses, three markets that share shelves, and buyers who wait."""


def scenario_of(text: str, folder: Path, shocks: Sequence[str] = ()) -> Scenario:
    """The scenario of a text, through a file, as a user's would be."""
    file = folder / "world.toml"
    file.write_text(text, encoding="utf-8")
    return read_scenario(str(file), shocks)


def played(scenario: Scenario, *policies: str | Policy, runs: int = 3, **how: object) -> list[Record]:
    """Records with every series kept and every ledger checked."""
    settings = {"keep": range(runs), "check": True} | how
    return play(scenario, policies, runs, **settings)  # type: ignore[arg-type]


def same_series(first: Record, second: Record) -> bool:
    """Whether the recorded series of two records are equal to the byte, shipments and reasons included."""
    one, two = first.series, second.series
    assert one is not None and two is not None
    arrays = ("wanted", "sold", "lost", "backlog", "on_hand", "received", "ordered")
    return (
        all(getattr(one, name).tobytes() == getattr(two, name).tobytes() for name in arrays)
        and {name: units.tobytes() for name, units in one.streams.items()}
        == {name: units.tobytes() for name, units in two.streams.items()}
        and {name: values.tobytes() for name, values in one.why.items()}
        == {name: values.tobytes() for name, values in two.why.items()}
        and sorted(map(_facts, one.shipments)) == sorted(map(_facts, two.shipments))
    )


def _facts(shipment: Shipment) -> tuple[object, ...]:
    return (shipment.run, shipment.ordered, shipment.lane, shipment.shelved, shipment.freight, shipment.units.tobytes())


def same_totals(first: Record, second: Record) -> bool:
    """Whether every total of two records is equal to the byte."""
    names = [name for name, value in vars(first).items() if isinstance(value, np.ndarray)]
    return all(getattr(first, name).tobytes() == getattr(second, name).tobytes() for name in names) and all(
        first.money[account].tobytes() == second.money[account].tobytes() for account in first.money
    )
