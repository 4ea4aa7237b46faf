"""Setting a value of a scenario document by the names in its key: keys, ids, positions, and `*` for every entry."""

from collections.abc import Iterator
from typing import Any

from scenarios.changing.sizes import NotMultiplied, multiplied
from scenarios.changing.texts import Times, change_fault, parts_of
from scenarios.faults import Fault, Path, ScenarioError, key_text, listed, nearest, shown
from scenarios.reading.overlay import AMOUNTS, silenced
from scenarios.reading.shape import keys_of, shapes_at
from scenarios.schema import EVERY, Scenario

_ABSENT = object()


def set_by_key(document: dict[str, Any], whole: Scenario, key: str, value: object) -> list[Path]:
    """Change a document in place; the paths that were set. `whole` says what holds where the document is silent.

    Raises `ScenarioError` when the key means nothing there, or when its value cannot be multiplied.
    """
    paths = list(_meant(document, key, parts_of(key), ()))
    if isinstance(value, Times):
        found = {path: held for path in paths if (held := _held(document, whole, path)) not in (None, _ABSENT)}
        if not found:
            raise ScenarioError([change_fault(key, "nothing is there that a factor could multiply", "a value")])
        for path, held in found.items():
            _put(document, path, _times(document, key, path, held, value.factor))
        return list(found)
    if not paths:
        raise ScenarioError([change_fault(key, "names no entry of this world")])
    for path in paths:
        _put(document, path, value)
    return paths


def takes_whole(document: dict[str, Any], key: str) -> bool:
    """Whether whole numbers alone may stand at a key. Raises `ScenarioError` when it means nothing there."""
    paths = list(_meant(document, key, parts_of(key), ()))
    kinds = {shape.get("type") for path in paths for shape in shapes_at(Scenario, document, path)}
    return "integer" in kinds and "number" not in kinds


def _meant(document: dict[str, Any], key: str, parts: tuple[str, ...], path: Path) -> Iterator[Path]:
    """Every path that a key means. A last name may be new in a table of names, and any key that the schema knows."""
    if not parts:
        yield path
        return
    here = _at(document, path)
    known = keys_of(shapes_at(Scenario, document, path))
    names = _entries(here)
    if here is not _ABSENT and not isinstance(here, dict | list) and path[-1] not in AMOUNTS:
        raise ScenarioError([change_fault(key, f"{_named(document, path)} has no parts: {shown(here)}")])
    if parts[0] == EVERY and not known:
        for step in names.values():
            yield from _meant(document, key, parts[1:], (*path, step))
    elif parts[0] in names:
        yield from _meant(document, key, parts[1:], (*path, names[parts[0]]))
    elif parts[0] in known or _may_be_new(document, path, here, last=len(parts) == 1):
        yield from _meant(document, key, parts[1:], (*path, parts[0]))
    else:
        raise ScenarioError([_unknown(document, key, path, parts[0], list(dict.fromkeys((*known, *names))))])


def _entries(here: object) -> dict[str, str | int]:
    """What stands in a table or a list, by the name that a key calls it: its key, its id or name, its position."""
    if isinstance(here, dict):
        return {name: name for name in here}
    if not isinstance(here, list):
        return {}
    named = {_name(item): position for position, item in enumerate(here)}
    unnamed = {str(position): position for position, item in enumerate(here) if not _name(item)}
    return {**unnamed, **{name: position for name, position in named.items() if name}}


def _name(item: object) -> str:
    said = item.get("id", item.get("name", "")) if isinstance(item, dict) else ""
    return said if isinstance(said, str) else ""


def _may_be_new(document: dict[str, Any], path: Path, here: object, last: bool) -> bool:
    """Whether a table of names can take a further one, such as the price of another SKU; money, another currency."""
    shapes = [shape for shape in shapes_at(Scenario, document, path) if not keys_of([shape])]
    takes_names = any("additionalProperties" in shape or "patternProperties" in shape for shape in shapes)
    return last and takes_names and (here is _ABSENT or isinstance(here, dict) or path[-1] in AMOUNTS)


def _unknown(document: dict[str, Any], key: str, path: Path, part: str, allowed: list[str]) -> Fault:
    where = _named(document, path) or "a scenario"
    near = nearest(part, allowed)
    return change_fault(key, f"{where} has no {shown(part)}", "" if near else listed(allowed, most=40), near)


def _named(document: dict[str, Any], path: Path) -> str:
    """A path as keys name it: entries of lists by id or name."""
    steps: Path = ()
    for length, step in enumerate(path):
        item = _at(document, path[: length + 1])
        steps = (*steps, _name(item) or str(step)) if isinstance(step, int) else (*steps, step)
    return key_text(steps)


def _at(document: Any, path: Path) -> Any:
    for step in path:
        try:
            document = document[step]
        except (TypeError, KeyError, IndexError):
            return _ABSENT
    return document


def _held(document: dict[str, Any], whole: Scenario, path: Path) -> Any:
    """What the document says at a path, or else what the scenario takes for it."""
    said = _at(document, path)
    return said if said is not _ABSENT else _at(whole.model_dump(by_alias=True, include={str(path[0])}), path)


def _times(document: dict[str, Any], key: str, path: Path, held: Any, factor: float) -> object:
    try:
        return multiplied(held, factor, shapes_at(Scenario, document, path), str(path[-1]))
    except NotMultiplied:
        what = f"{_shown(held)} cannot be multiplied"
        raise ScenarioError([change_fault(key, what, "a number, a list of numbers, money or a law")]) from None


def _shown(held: Any) -> str:
    return "a table" if isinstance(held, dict) else "a list" if isinstance(held, list | tuple) else shown(held)


def _put(document: dict[str, Any], path: Path, value: object) -> None:
    """Set a value, with the tables that lead to it; what speaks for the same thing is dropped."""
    here: Any = document
    for step in path[:-1]:
        if isinstance(here, dict) and not isinstance(here.get(str(step)), dict | list):
            here[step] = {}
        here = here[step]
    last = path[-1]
    if isinstance(here, dict):
        amount = len(path) > 1 and path[-2] in AMOUNTS
        for rival in [name for name in here if amount or name in silenced((str(last),))]:
            del here[rival]
    here[last] = value
