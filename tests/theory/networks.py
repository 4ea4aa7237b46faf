"""Scenario files of theory tests with several warehouses."""

from collections.abc import Mapping, Sequence

from tests.theory.worlds import sku_names


def base_stock(levels: Mapping[str, int]) -> str:
    """The policy that lifts each warehouse, and all it feeds, to its level every day."""
    told = " ".join(f"{warehouse}={units}" for warehouse, units in levels.items())
    return f"echelon-base-stock:levels={told},review_days=1"


def network(
    *tables: str, days: int, skus: int, warm_up_days: int = 0, slot_hours: int = 24, seed: int = 20260701
) -> str:
    """A scenario of one factory and equal SKUs; `tables` are its lanes, warehouses and markets."""
    catalogue = ", ".join(f'{{ id = "{name}", unit_cost = 1, price = 1 }}' for name in sku_names(skus))
    lines = "\n".join(tables)
    return f"""
title = "A network with a known answer"
start = 2026-01-01
days = {days}
warm_up_days = {warm_up_days}
slot_hours = {slot_hours}
seed = {seed}
sku = [{catalogue}]
[supplier.factory]
{lines}
"""


def warehouse(name: str, opening: int, lead: str | int, start: str = "factory") -> str:
    """A warehouse and the lane into it, whose only leg takes `lead` days; from another warehouse it replenishes."""
    feeds = "" if start == "factory" else "replenishes = true"
    return f"""
[warehouse.{name}]
opening = {{ units = {opening} }}
[lane.to-{name}]
from = "{start}"
to = "{name}"
legs = [{{ name = "lane", days = {lead} }}]
{feeds}
"""


def market(name: str, served_by: Sequence[str], mean: float, lines: str = "") -> str:
    """A market that wants Poisson units of every SKU; `lines` stand under its table."""
    return f"""
[market.{name}]
served_by = {list(served_by)}
{lines}
demand."*".organic = {{ law = "poisson", mean = {mean!r} }}
"""
