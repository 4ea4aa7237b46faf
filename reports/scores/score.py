"""What a score is, and the few ways in which most are worked out."""

from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from typing import Literal

import numpy as np

from reports.language.speaking import say
from reports.record import FloatArray, IntArray, Record, Setting

Unit = Literal["share", "money", "money/unit", "turns/yr", "days", "units", "unit-days", "orders", "times"]
Better = Literal["less", "more", "neither"]
Of = Callable[[Record, Setting], FloatArray]
"""How a score is worked out, -> [run]."""

DAYS_PER_YEAR = 365.0


@dataclass(frozen=True)
class Score:
    """One way to judge a replication."""

    name: str
    unit: Unit
    better: Better
    of: Of
    facts: Mapping[str, object] = field(default_factory=dict)  # that the formula names

    @property
    def label(self) -> str:
        """As printed at the head of a column; says which stockout rate it is."""
        return say(f"score.{self.name}.label")

    @property
    def formula(self) -> str:
        """How it is worked out, in words."""
        return say(f"score.{self.name}.formula", **self.facts)


def per_run(values: IntArray | FloatArray) -> FloatArray:
    """The sum of everything inside each replication, [run]."""
    return np.asarray(values.reshape(len(values), -1).sum(axis=1), dtype=np.float64)


def ratio(part: FloatArray, whole: FloatArray) -> FloatArray:
    """Part over whole, NaN where the whole is zero; of any shape."""
    undefined = np.full(part.shape, np.nan)
    return np.asarray(np.divide(part, whole, out=undefined, where=whole > 0))


def value(units: IntArray | FloatArray, setting: Setting) -> FloatArray:
    """What units cost, [run, place, sku] -> [run]."""
    return per_run(units * setting.unit_cost)


def total(name: str) -> Of:
    """The sum of an array of the record."""
    return lambda record, setting: per_run(getattr(record, name))


def share_of(part: str, whole: str) -> Of:
    """An array of the record over another, sum over sum."""
    return lambda record, setting: ratio(per_run(getattr(record, part)), per_run(getattr(record, whole)))


def complement(share: Of) -> Of:
    """What is left of a share."""
    return lambda record, setting: 1.0 - share(record, setting)


def accounts(*names: str) -> Of:
    """The sum of accounts."""
    return lambda record, setting: sum((record.money[name] for name in names[1:]), start=record.money[names[0]])


def busiest(name: str) -> Of:
    """The largest share of time in use among places, an array of the record of [run, place]."""

    def use(record: Record, setting: Setting) -> FloatArray:
        places: FloatArray = getattr(record, name)
        return np.asarray(places.max(axis=1)) if places.shape[1] else np.full(len(places), np.nan)

    return use
