"""What a factor makes of a value: a number, a series, money, or a law of chance whose sizes it multiplies."""

from collections.abc import Mapping
from typing import Any

from scenarios.reading.overlay import AMOUNTS
from scenarios.reading.shape import Shape, keys_of

SIZES = ("value", "values", "low", "mode", "high", "mean", "sd", "usual", "bad")
"""Parameters of laws that are sizes; the others are shares of them, or chances, which a factor leaves alone."""


class NotMultiplied(ValueError):
    """Raised when a factor means nothing for a value."""


def multiplied(value: object, factor: float, shapes: list[Shape], key: str) -> object:
    """The value times a factor, where `shapes` says what may stand at `key`: whole numbers stay whole, rounded.

    Raises `NotMultiplied`.
    """
    if isinstance(value, Mapping):
        return _table(value, factor, shapes, key)
    if isinstance(value, list | tuple):
        inner = [shape["items"] for shape in shapes if "items" in shape]
        return [multiplied(item, factor, inner, key) for item in value]
    if isinstance(value, bool) or not isinstance(value, int | float):
        raise NotMultiplied
    kinds = {shape.get("type") for shape in shapes}
    return round(value * factor) if "integer" in kinds and "number" not in kinds else value * factor


def _table(value: Mapping[str, Any], factor: float, shapes: list[Shape], key: str) -> dict[str, object]:
    """Money, numbers by id, or a law; any other table holds numbers of many kinds."""
    if "law" in value or {"usual", "bad"} & set(value):
        return {name: multiplied(item, factor, [], name) if name in SIZES else item for name, item in value.items()}
    if key in AMOUNTS or not keys_of(shapes):
        inner = [item for shape in shapes if isinstance(item := shape.get("additionalProperties"), Mapping)]
        return {name: multiplied(item, factor, inner, name) for name, item in value.items()}
    raise NotMultiplied
