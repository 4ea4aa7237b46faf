"""A part of the close look: named arrays over replications, which are joined, stored and read back in one way."""

from collections.abc import Mapping, Sequence
from typing import Any, Self, get_type_hints

import numpy as np
from numpy.typing import NDArray

from reports.passage import weeks
from reports.record import Setting

Array = NDArray[Any]


class Part:
    """The base of every part: a frozen dataclass of arrays, or mappings of arrays by name, `Annotated` with their axes.

    The first axis is `run`; of `day`, `week`, `warehouse`, `market`, `sku`, `lane` and `chosen` the length is known.
    """

    @classmethod
    def joined(cls, parts: Sequence[Self], runs: Sequence[int]) -> Self:
        """Batches as one part, in the order given; `runs` are how many replications each is of."""
        return cls(**{name: _joined([getattr(part, name) for part in parts], runs) for name in _axes(cls)})

    @property
    def names(self) -> dict[str, list[str]]:
        """The names of each mapping's arrays, by field."""
        held = {name: getattr(self, name) for name in _axes(type(self))}
        return {name: list(value) for name, value in held.items() if isinstance(value, Mapping)}

    def arrays(self) -> dict[str, Array]:
        """Every array by its field; those of a mapping by field and number, in the order of its names."""
        flat: dict[str, Array] = {}
        for name in _axes(type(self)):
            value = getattr(self, name)
            if isinstance(value, Mapping):
                flat |= {f"{name}_{i}": array for i, array in enumerate(value.values())}
            else:
                flat[name] = value
        return flat

    @classmethod
    def kept(cls, arrays: Mapping[str, Array], names: Mapping[str, Sequence[str]], sizes: Mapping[str, int]) -> Self:
        """The part of some arrays and names as it gave them. ValueError when they do not fit each other or the world.

        `sizes` are the lengths of known axes; the others must agree within the part. KeyError when one is missing.
        """
        known, held = dict(sizes), dict[str, Any]()
        for name, along in _axes(cls).items():
            if name in names:
                flat = {text: arrays[f"{name}_{i}"] for i, text in enumerate(names[name])}
                held[name] = {text: _fitting(array, along, known) for text, array in flat.items()}
            else:
                held[name] = _fitting(arrays[name], along, known)
        return cls(**held)


def sizes(setting: Setting, runs: int, chosen: int) -> dict[str, int]:
    """The lengths of the axes that a world decides."""
    return {
        "run": runs,
        "day": setting.days,
        "week": weeks(setting),
        "warehouse": len(setting.warehouses),
        "market": len(setting.markets),
        "sku": len(setting.skus),
        "lane": len(setting.lanes),
        "chosen": chosen,
    }


def _axes(part: type[Part]) -> dict[str, tuple[str, ...]]:
    hints = get_type_hints(part, include_extras=True)
    return {name: hint.__metadata__ for name, hint in hints.items()}


def _joined(values: Sequence[Any], runs: Sequence[int]) -> Any:
    """One field over batches; a batch without a name, such as a stream that never came, has nothing of it."""
    if not isinstance(values[0], Mapping):
        return np.concatenate(values)
    names = sorted({name for value in values for name in value})
    return {name: np.concatenate(_filled([value.get(name) for value in values], runs)) for name in names}


def _filled(arrays: Sequence[Array | None], runs: Sequence[int]) -> list[Array]:
    """Arrays, or as many replications of 0 (of NaN, where numbers are fractions) as the batch has."""
    known = next(array for array in arrays if array is not None)
    nothing = np.nan if known.dtype.kind == "f" else 0
    return [
        np.full((count, *known.shape[1:]), nothing, known.dtype) if array is None else array
        for array, count in zip(arrays, runs, strict=True)
    ]


def _fitting(array: Array, along: Sequence[str], known: dict[str, int]) -> Array:
    if array.dtype.kind not in "bif" or array.ndim != len(along):
        raise ValueError(f"a close look holds an array that is not one of [{', '.join(along)}]")
    for axis, size in zip(along, array.shape, strict=True):
        if known.setdefault(axis, size) != size:
            raise ValueError(f"a close look holds {size} of {axis}, not {known[axis]}")
    return array
