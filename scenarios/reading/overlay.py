"""`extends`: one file laid over another. Tables merge by key, lists of tables by `id` or `name`."""

from collections.abc import Collection
from pathlib import Path as FilePath
from typing import Any

from scenarios.faults import Fault, Path, listed, nearest, shown
from scenarios.reading import tables
from scenarios.reading.document import Node, fault_at, parsed
from scenarios.reading.files import Refused, beside, label, shipped
from scenarios.schema import Amount, Part

_LONGEST = 20
_RIVALS = (
    ({"days"}, {"post"}),
    ({"orders"}, {"days_of_pace"}),
    ({"usual", "bad"}, {"law", "value", "mean", "cv", "low", "mode", "high", "values", "chances", "file"}),
    ({"cover_days"}, {"units"}, {"by_sku"}, {"file"}),
    ({"file"}, {"first", "units", "orders"}),
    ({"file"}, {"values"}),
    ({"every_days"}, {"weekdays"}),
)
"""Keys that speak for the same thing: saying one of them drops what the base said by another."""

AMOUNTS = frozenset(
    name for part in Part.__subclasses__() for name, field in part.model_fields.items() if field.annotation == Amount
)
"""Keys of money: an overlay's `{ CNY = 44.0 }` replaces the base's amount, whatever its currency."""
_PRICED = "prices"
"""A table whose keys are SKUs and whose values are amounts."""
_SHARED_OUT = "suppliers"
"""Who makes a SKU: shares that sum to 1, which an overlay replaces as a whole."""


def document(path: FilePath, faults: list[Fault], chain: tuple[FilePath, ...] = ()) -> Node | None:
    """The tree of a file laid over the files it extends, with its CSV tables read; or nothing, and faults more."""
    node = parsed(path, faults)
    base = node.value.pop("extends", None) if node is not None else None
    if node is not None and base is not None:
        known = (*chain, path.resolve())
        under = _base_path(base, path, known, faults)
        below = document(under, faults, known) if under is not None else None
        node = merged(below, node, (), faults) if below is not None else None
    if node is not None:
        tables.expand(node, faults)
    return node


def _base_path(base: Node, path: FilePath, chain: tuple[FilePath, ...], faults: list[Fault]) -> FilePath | None:
    """The file that `extends` names; or nothing, and a fault more."""
    what, allowed, near, name = "", "a .toml file of this folder, or the name of a world that ships", "", base.value
    worlds = shipped("worlds")
    try:
        if not isinstance(name, str):
            what = f"{shown(name)} is not text"
        elif name in worlds or name.endswith(".toml"):
            under = worlds[name] if name in worlds else beside(path, name)
            if under.resolve() not in chain and len(chain) < _LONGEST:
                return under
            what, allowed = "files extend each other in a circle: " + " -> ".join(map(label, chain)), ""
        else:
            what, near = f"no world {shown(name)}", nearest(name, worlds)
    except Refused as error:
        what = str(error)
    faults.append(fault_at(base.place, ("extends",), what, allowed, near))
    return None


def merged(base: Node, over: Node, path: Path, faults: list[Fault]) -> Node:
    """What `over` leaves of `base`, and adds to it."""
    if isinstance(over.value, dict) and isinstance(base.value, dict) and not _replaces(base.value, over.value, path):
        kept = {key: item for key, item in base.value.items() if key not in silenced(over.value)}
        return Node(_merged_table(kept, over.value, path, faults), over.place)
    if isinstance(over.value, list) and isinstance(base.value, list):
        names, under = _names(over.value), _names(base.value)
        if names is not None and under is not None:
            entries = _merged_table(
                dict(zip(under, base.value, strict=True)), dict(zip(names, over.value, strict=True)), path, faults
            )
            return Node(list(entries.values()), over.place)
    return over


def _merged_table(base: dict[str, Node], over: dict[str, Node], path: Path, faults: list[Fault]) -> dict[str, Any]:
    result = dict(base)
    for key, item in over.items():
        here = (*path, key)
        if _removes(item):
            if key not in base:
                what = f"nothing of the name {shown(key)} to remove"
                faults.append(fault_at(item.place, here, what, listed(base), nearest(key, base)))
            result.pop(key, None)
        elif key in base and isinstance(base[key], Node):
            result[key] = merged(base[key], item, here, faults)
        else:
            result[key] = item
    return result


def _removes(item: Node) -> bool:
    if not isinstance(item.value, dict) or "remove" not in item.value:
        return False
    return item.value["remove"].value is True and set(item.value) <= {"remove", "id", "name"}


def _replaces(base: dict[str, Node], over: dict[str, Node], path: Path) -> bool:
    """Whether a table is one value, to be replaced and not merged: money, shares, or another law."""
    if path and (path[-1] in AMOUNTS or path[-1] == _SHARED_OUT or path[-2:-1] == (_PRICED,)):
        return True
    law, known = over.get("law"), base.get("law")
    return law is not None and (known is None or law.value != known.value)


def silenced(over: Collection[str]) -> set[str]:
    """The keys that speak for the same thing as those said anew."""
    dropped: set[str] = set()
    for group in _RIVALS:
        if any(keys & set(over) for keys in group):
            dropped |= {key for keys in group if not keys & set(over) for key in keys}
    return dropped


def _names(entries: list[Node]) -> list[str] | None:
    """The names of a list's tables; nothing when one has none, or two the same."""
    names = []
    for entry in entries:
        named = isinstance(entry.value, dict) and (entry.value.get("id") or entry.value.get("name"))
        if not named or not isinstance(named.value, str):
            return None
        names.append(named.value)
    return names if len(set(names)) == len(names) else None
