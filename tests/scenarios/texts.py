"""A small valid world as text, and how tests write, change and read it."""

from pathlib import Path

from scenarios.faults import Fault, ScenarioError
from scenarios.reader import read_scenario
from scenarios.schema import Scenario

SMALL = """\
title = "A small world"
start = 2026-03-01
days = 60
history_days = 10
currency = "USD"
fx = { CNY = 7.1 }

[[sku]]
id = "LAMP"
unit_cost = { CNY = 44.0 }
price = 29.90

[[sku]]
id = "BULB"
unit_cost = 1.5
price = 4

[supplier.zhongshan]
make_days = { law = "gamma", low = 5, mean = 22, cv = 0.3 }

[lane.sea]
from = "zhongshan"
to = "los-angeles"
legs = [
  { name = "ocean", days = { law = "triangular", low = 13, mode = 17, high = 30 } },
  { name = "customs", post = "us" },
]

[customs.us]
clear_days = { usual = 1, bad = 3 }
inspections = [{ chance = 0.05, days = 3, fee = 300 }]

[warehouse.los-angeles]
opening = { cover_days = 60 }

[market.us]
served_by = ["los-angeles"]
fees = { platform = 0.06 }
demand.LAMP.organic = { law = "negative-binomial", mean = 20, dispersion = 1.4 }
demand."*".organic = { law = "poisson", mean = 5 }

[[planned.promotion]]
name = "Sale"
on = 2026-03-20
lift = 2

[[planned.livestream]]
name = "Live"
first_on = 2026-03-05
days_of_pace = 3

[[surprise.video]]
name = "Viral"
skus = ["LAMP"]
per_day = 0.1
orders = { law = "lognormal", mean = 100, cv = 2 }
fades = { law = "exponential", mean_days = 5 }
"""


def changed(old: str, new: str, text: str = SMALL) -> str:
    """The text with one place changed, which must be there."""
    assert old in text, old
    return text.replace(old, new, 1)


def written(folder: Path, text: str = SMALL, **tables: str) -> str:
    """The path of a world file and its tables (`demand="..."` becomes demand.csv) in a folder."""
    for name, table in tables.items():
        (folder / f"{name}.csv").write_text(table, encoding="utf-8")
    path = folder / "world.toml"
    path.write_text(text, encoding="utf-8")
    return str(path)


def read(folder: Path, text: str = SMALL, **tables: str) -> Scenario:
    """The scenario of a text."""
    return read_scenario(written(folder, text, **tables))


def faults(folder: Path, text: str, **tables: str) -> tuple[Fault, ...]:
    """What is wrong with a text; nothing when it can be read."""
    try:
        read(folder, text, **tables)
    except ScenarioError as error:
        return error.faults
    return ()


def line_of(text: str, part: str) -> int:
    """The line on which a part of a text stands, counted from 1."""
    return text[: text.index(part)].count("\n") + 1
