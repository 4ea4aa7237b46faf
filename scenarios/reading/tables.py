"""CSV tables named in a scenario, put in the place of their names: catalogue, orders, stock, history, observations."""

from collections.abc import Callable, Iterator
from datetime import timedelta
from pathlib import Path as FilePath
from typing import Any

from scenarios.faults import Fault, Path, shown
from scenarios.reading.csvfile import Column, Row, Table, amount, day, number, text, whole, whole_or_nothing
from scenarios.reading.document import Node, Place, fault_at
from scenarios.reading.files import Refused, beside

BROKEN = object()
"""Stands in for a table that could not be read, so that its faults are told once."""

SKU_COLUMNS = (
    Column("id", text),
    Column("unit_cost", number),
    Column("price", number),
    Column("volume_m3", number, required=False),
    Column("weight_kg", number, required=False),
    Column("units_per_carton", whole, required=False),
    Column("shelf_life_days", whole_or_nothing, required=False),
)
HISTORY_COLUMNS = (
    Column("date", day),
    Column("sku", text),
    Column("units", whole),
    Column("orders", whole, required=False),
)
STOCK_COLUMNS = (Column("sku", text), Column("units", whole))
OPEN_ORDER_COLUMNS = (Column("sku", text), Column("warehouse", text), Column("units", whole), Column("due", day))
OBSERVED_COLUMNS = (Column("value", amount),)

_MOST_DAYS = 36_600
_MOST_CELLS = 50_000_000


def expand(world: Node, faults: list[Fault]) -> None:
    """Read every table that the document names, in place."""
    _expand_list(world, "sku", SKU_COLUMNS, faults)
    _expand_list(world, "open_order", OPEN_ORDER_COLUMNS, faults)
    for key, market in _entries(world, "market"):
        _expand_file(market, ("market", key, "history"), HISTORY_COLUMNS, _history, faults)
    for key, warehouse in _entries(world, "warehouse"):
        _expand_file(warehouse, ("warehouse", key, "opening"), STOCK_COLUMNS, _stock, faults)
    for owner, path in list(empirical_laws(world)):
        _expand_file(owner, path, OBSERVED_COLUMNS, _observed, faults)


def _entries(world: Node, name: str) -> list[tuple[str, Node]]:
    group = world.value.get(name)
    if group is None or not isinstance(group.value, dict):
        return []
    return [(key, item) for key, item in group.value.items() if isinstance(item.value, dict)]


def empirical_laws(node: Node, path: Path = ()) -> Iterator[tuple[Node, Path]]:
    """Every law of observed values: the table or list it stands in, and its path."""
    entries = node.value.items() if isinstance(node.value, dict) else enumerate(node.value)
    for key, item in entries:
        if not isinstance(item, Node) or not isinstance(item.value, dict | list):
            continue
        law = item.value.get("law") if isinstance(item.value, dict) else None
        if isinstance(law, Node) and law.value == "empirical":
            yield node, (*path, key)
        else:
            yield from empirical_laws(item, (*path, key))


def _expand_list(world: Node, name: str, columns: tuple[Column, ...], faults: list[Fault]) -> None:
    named = world.value.get(name)
    if named is None or not isinstance(named.value, str):
        return
    table = _table(named.value, named.place, (name,), columns, faults)
    rows = table.rows() if table else None
    if table is None or rows is None:
        named.value = BROKEN
        return
    entries = []
    for row in rows:
        place = Place(table.file, row.line)
        entries.append(Node({key: Node(cell, place) for key, cell in row.cells.items()}, place))
    world.value[name] = Node(entries, named.place)


def _expand_file(
    owner: Node,
    path: Path,
    columns: tuple[Column, ...],
    keys: Callable[[Table, list[Row]], dict[str, Any]],
    faults: list[Fault],
) -> None:
    """Put the keys of a table in the place of `file` in a table such as `history = { file = "demand.csv" }`."""
    there = isinstance(owner.value, list) or path[-1] in owner.value
    node = owner.value[path[-1]] if there else None
    if node is None or not isinstance(node.value, dict) or "file" not in node.value:
        return
    named = node.value.pop("file")
    here = (*path, "file")
    if not isinstance(named.value, str):
        faults.append(fault_at(named.place, here, f"{shown(named.value)} is not text", 'such as "table.csv"'))
        node.value = BROKEN
        return
    rivals = sorted({"first", "units", "orders", "by_sku", "cover_days", "values"} & set(node.value))
    for rival in rivals:
        faults.append(fault_at(node.value[rival].place, (*path, rival), "cannot stand beside `file`"))
    table = _table(named.value, named.place, here, columns, faults)
    rows = table.rows() if table else None
    made = keys(table, rows) if table and rows is not None else {}
    if rivals or table is None or table.known or not made:
        node.value = BROKEN
    else:
        node.value |= {key: Node(value, Place(table.file)) for key, value in made.items()}


def _table(name: str, place: Place, path: Path, columns: tuple[Column, ...], faults: list[Fault]) -> Table | None:
    try:
        file = beside(place.file, name)
    except Refused as error:
        faults.append(fault_at(place, path, str(error)))
        return None
    if not name.endswith((".csv", ".csv.gz")):
        faults.append(fault_at(place, path, f"{shown(name)} is no table", "a .csv or .csv.gz file"))
        return None
    if not _is_there(file):
        faults.append(fault_at(place, path, f"no file {shown(name)} beside {shown(place.file.name)}"))
        return None
    return Table(file, columns, faults)


def _is_there(file: FilePath) -> bool:
    try:
        return file.is_file()
    except OSError:
        return False


def _stock(table: Table, rows: list[Row]) -> dict[str, Any]:
    by_sku: dict[str, int] = {}
    for row in rows:
        sku = row.cells["sku"]
        if sku in by_sku:
            table.blame(row.line, "sku", f"{shown(sku)} has a row already")
        by_sku[sku] = row.cells["units"]
    return {"by_sku": by_sku}


def _observed(table: Table, rows: list[Row]) -> dict[str, Any]:
    return {"values": tuple(row.cells["value"] for row in rows)}


def _history(table: Table, rows: list[Row]) -> dict[str, Any]:
    """Dense series: every day from the first to the last date of the file, 0 where it has no row."""
    first = min(row.cells["date"] for row in rows)
    last = max(row.cells["date"] for row in rows)
    length = (last - first).days + 1
    skus = list(dict.fromkeys(row.cells["sku"] for row in rows))
    if length > _MOST_DAYS or length * len(skus) > _MOST_CELLS:
        what = f"covers {first} to {last} for {len(skus)} SKUs, which is too much; is a date mistyped?"
        table.blame(None, "date", what, f"{_MOST_DAYS} days and {_MOST_CELLS} SKU-days")
        return {}
    units = {sku: [0] * length for sku in skus}
    orders = {sku: [0] * length for sku in skus}
    seen: set[tuple[str, int]] = set()
    for row in rows:
        sku, at = row.cells["sku"], (row.cells["date"] - first) // timedelta(days=1)
        if (sku, at) in seen:
            table.blame(row.line, "sku", f"{shown(sku)} has a row for {row.cells['date']} already")
        seen.add((sku, at))
        wanted = row.cells["units"]
        ordered = row.cells.get("orders", wanted)
        if not min(wanted, 1) <= ordered <= wanted:
            table.blame(row.line, "orders", f"{ordered} orders cannot make {wanted} units", "1 order to 1 per unit")
        units[sku][at], orders[sku][at] = wanted, ordered
    series = {"first": first, "units": units}
    return series | {"orders": orders} if "orders" in rows[0].cells else series
