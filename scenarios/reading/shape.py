"""The shape of a scenario file as JSON Schema: what may stand at a path, and in words what is allowed there."""

from collections.abc import Iterator, Mapping
from functools import cache
from typing import Any

from scenarios.faults import Path, listed
from scenarios.schema import Part

Shape = Mapping[str, Any]
_NO_LIMIT = 1e12


@cache
def schema_of(model: type[Part]) -> dict[str, Any]:
    """JSON Schema of a model, by the names used in files."""
    return model.model_json_schema(by_alias=True)


def shapes_at(model: type[Part], document: Any, path: Path) -> list[Shape]:
    """What may stand at a path of a document; of several laws only those that the document names."""
    root = schema_of(model)
    shapes = list(_flat(root, root, document))
    for part in path:
        inside = _item(document, part)
        shapes = [option for shape in shapes for step in _steps(shape, part) for option in _flat(root, step, inside)]
        document = inside
    return shapes


def keys_of(shapes: list[Shape]) -> list[str]:
    """The keys a table of one of these shapes may have."""
    return list(dict.fromkeys(key for shape in shapes for key in shape.get("properties", ())))


def words(shapes: list[Shape]) -> str:
    """What is allowed, in words."""
    kinds = list(dict.fromkeys(_words(shape) for shape in shapes if shape.get("type") != "null"))
    laws = [kind for kind in kinds if kind.startswith("{ law")]
    if len(laws) > 1:
        kinds = [kind for kind in kinds if kind not in laws] + ['a law such as { law = "gamma", mean = 8, cv = 0.3 }']
    return " or ".join(kind for kind in kinds if kind)


def _item(value: Any, part: str | int) -> Any:
    try:
        return value[part]
    except (TypeError, KeyError, IndexError):
        return None


def _flat(root: Shape, shape: Shape, value: Any) -> Iterator[Shape]:
    """The alternatives behind references and unions."""
    if "$ref" in shape:
        yield from _flat(root, root["$defs"][shape["$ref"].rsplit("/", 1)[1]], value)
        return
    options = shape.get("anyOf") or shape.get("oneOf")
    if not options:
        yield shape
        return
    found = [flat for option in options for flat in _flat(root, option, value)]
    law = value.get("law") if isinstance(value, dict) else None
    yield from [one for one in found if _law(one) == law] if law in map(_law, found) and law else found


def _law(shape: Shape) -> Any:
    return shape.get("properties", {}).get("law", {}).get("const")


def _steps(shape: Shape, part: str | int) -> Iterator[Shape]:
    if isinstance(part, int):
        if "items" in shape:
            yield shape["items"]
    elif part in shape.get("properties", {}):
        yield shape["properties"][part]
    elif isinstance(shape.get("additionalProperties"), Mapping):
        yield shape["additionalProperties"]
    else:
        yield from shape.get("patternProperties", {}).values()


def _words(shape: Shape) -> str:
    if "enum" in shape or "const" in shape:
        return listed(str(value) for value in shape.get("enum", [shape.get("const")]))
    match shape.get("type"):
        case "number":
            return "a number" + _range(shape)
        case "integer":
            return "a whole number" + _range(shape)
        case "boolean":
            return "true or false"
        case "string":
            return "a date such as 2026-07-31" if shape.get("format") == "date" else _text(shape)
        case "array":
            return "a list" + _length(shape, "minItems", "maxItems")
        case "object":
            law = _law(shape)
            if law:
                return f'{{ law = "{law}", ... }}'
            if "patternProperties" in shape:
                return "one amount in a currency such as { CNY = 44.0 }" if "maxProperties" in shape else "currencies"
            return "a table" + (" of " + listed(keys_of([shape])) if shape.get("properties") else "")
    return ""


def _text(shape: Shape) -> str:
    if "pattern" in shape:
        return "three capital letters such as USD"
    return "text, not empty" + (f", at most {shape['maxLength']} letters" if "maxLength" in shape else "")


def _range(shape: Shape) -> str:
    low, above = shape.get("minimum"), shape.get("exclusiveMinimum")
    high, below = shape.get("maximum", _NO_LIMIT), shape.get("exclusiveMaximum")
    text = f" above {above}" if above is not None else f" from {low}" if low is not None else ""
    if below is not None:
        return f"{text} to below {below}"
    return f"{text} to {high}" if high < _NO_LIMIT else text


def _length(shape: Shape, least: str, most: str) -> str:
    low, high = shape.get(least), shape.get(most)
    if low is not None and low == high:
        return f" of {low}"
    return (f" of at least {low}" if low else "") + (f", at most {high}" if high else "")
