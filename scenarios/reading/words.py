"""What pydantic finds wrong, said in our words and at the line of the file."""

from typing import Any

from pydantic import ValidationError

from scenarios.faults import Fault, Path, listed, nearest, shown
from scenarios.reading import shape
from scenarios.reading.document import Node, fault_at, place_of
from scenarios.reading.tables import BROKEN
from scenarios.schema import Part

_WRONG_KIND = {
    "float_type": "is not a number",
    "int_type": "is not a whole number",
    "string_type": "is not text",
    "bool_type": "is neither true nor false",
    "date_type": "is not a date",
    "tuple_type": "is not a list",
    "dict_type": "is not a table",
    "model_type": "is not a table",
    "model_attributes_type": "is not a table",
    "finite_number": "is not a finite number",
    "literal_error": "is not known",
    "string_pattern_mismatch": "is not a currency",
}


def translated(error: ValidationError, model: type[Part], document: dict[str, Any], node: Node) -> list[Fault]:
    """Every fault of a validation, one per key, those of a broken CSV table left out (they are told already)."""
    found: dict[Path, Fault] = {}
    for item in error.errors(include_url=False, include_context=True):
        path = _real_path(item["loc"], document, item["type"])
        if item["input"] is BROKEN or _is_echo(item, path, document):
            continue
        fault = _fault(item, path, model, document, node)
        fits = isinstance(item["input"], dict) and item["type"] not in _WRONG_KIND
        if path not in found or fits:  # of a union, the branch that fits the value best
            found[path] = fault
    deep = {path[:-1] for path in found if len(path) > 1}
    return [fault for path, fault in found.items() if path not in deep]


def _real_path(loc: tuple[str | int, ...], document: Any, kind: str) -> Path:
    """The path in the document: pydantic also names the branches of a union on the way, which are no keys."""
    path: Path = ()
    here = document
    for position, part in enumerate(loc):
        last = position == len(loc) - 1
        known = part in here if isinstance(here, dict) else isinstance(here, list) and part in range(len(here))
        if known:
            here = here[part]
            path = (*path, part)
        elif last and kind in ("missing", "extra_forbidden"):
            path = (*path, part)
    return path


def _is_echo(item: Any, path: Path, document: Any) -> bool:
    """A list said to be too short only because entries in it are wrong."""
    return bool(item["type"] == "too_short" and len(_value(document, path)) >= item["ctx"]["min_length"])


def _value(document: Any, path: Path) -> Any:
    for part in path:
        document = document[part]
    return document


def _fault(item: Any, path: Path, model: type[Part], document: Any, node: Node) -> Fault:
    kind, value = item["type"], item["input"]
    if kind in ("missing", "extra_forbidden"):
        keys = shape.keys_of(shape.shapes_at(model, document, path[:-1]))
        place = place_of(node, path)
        if kind == "missing":
            return fault_at(place, path, "missing", shape.words(shape.shapes_at(model, document, path)))
        near = nearest(str(path[-1]), keys)
        return fault_at(place, path, "unknown key", "" if near else listed(keys, most=40), near)
    if kind == "union_tag_invalid":
        laws = [tag for tag in _laws(item) if tag not in ("number", "percentiles")]
        here = (*path, "law")
        law = value.get("law") if isinstance(value, dict) else value
        return fault_at(place_of(node, here), here, f"unknown law {shown(law)}", listed(laws), nearest(str(law), laws))
    if item["loc"][-1] == "[key]":
        known = ("a currency", "three capital letters") if kind == "string_pattern_mismatch" else ("a name", "text")
        return fault_at(place_of(node, path), path, f"{shown(value)} is not {known[0]}", known[1])
    allowed = shape.shapes_at(model, document, path)
    near = nearest(value, _choices(allowed)) if kind == "literal_error" and isinstance(value, str) else ""
    what = f"{shown(value)} {_WRONG_KIND.get(kind, 'is out of range')}"
    if kind in ("too_short", "too_long"):
        what = f"has {len(value)} entries"
    return fault_at(place_of(node, path), path, what, shape.words(allowed), near)


def _laws(item: Any) -> list[str]:
    return [tag.strip(" '") for tag in item["ctx"]["expected_tags"].split(",")]


def _choices(shapes: list[shape.Shape]) -> list[str]:
    return [str(value) for one in shapes for value in one.get("enum", [])]
