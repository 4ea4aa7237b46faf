"""One parameter that is searched: over a range, or over values that are listed."""

import math
import re
from dataclasses import dataclass
from typing import Any

import numpy as np

from policies.parameters import check_value
from policies.plugins.spec import Value
from policies.protocol import FloatArray, PolicyError

RANGE = re.compile(r"(?P<low>.+?)\.\.(?P<high>.+)")
FINEST = 500
"""A range is searched in steps of at most this part of it, so that what is found can be read and typed."""
STEPS = 10
"""Steps that a range counts when it is asked how much a step changes."""
FARTHEST = 2
"""Steps that are tried away from the best, at most."""


@dataclass(frozen=True)
class Axis:
    """A parameter of one policy of a spec, and where its good values are looked for."""

    name: str  # as it is told; `policy.parameter` where several policies of the spec have it
    key: str  # `policy.parameter`, its luck's name
    part: int  # position of its policy in the spec
    field: str
    default: Value  # what the spec, as given, has
    low: float
    high: float
    whole: bool
    listed: tuple[Value, ...] = ()  # the values, instead of a range

    def holds(self, value: Value) -> bool:
        """Whether a value lies where it is searched."""
        if self.listed:
            return value in self.listed
        return isinstance(value, int | float) and self.low <= value <= self.high

    def at(self, shares: FloatArray) -> list[Value]:
        """Values at some shares, in [0, 1], of the range or of the list."""
        if self.listed:
            places = np.minimum((shares * len(self.listed)).astype(np.int64), len(self.listed) - 1)
            return [self.listed[place] for place in places]
        if self.whole:
            return [int(low) for low in np.minimum(self.low + shares * (self.high - self.low + 1) // 1, self.high)]
        return [self._rounded(self.low + float(share) * (self.high - self.low)) for share in shares]

    def share(self, value: Value) -> float:
        """Where a value stands in the range or in the list, in [0, 1]; the middle for one that is not given."""
        if self.listed:
            return (self.listed.index(value) + 0.5) / len(self.listed) if value in self.listed else 0.5
        if not isinstance(value, int | float):
            return 0.5
        return (value - self.low + (0.5 if self.whole else 0.0)) / (self.high - self.low + self.whole)

    def spread(self, count: int) -> list[Value]:
        """So many values evenly over the range, its ends among them; all that are listed."""
        if self.listed:
            return list(self.listed)
        ends = np.linspace(self.low, self.high, count)
        return list(dict.fromkeys(round(end) if self.whole else self._rounded(end) for end in ends.tolist()))

    def moves(self, value: Value) -> tuple[list[Value], list[Value]]:
        """Values below one and above it, the nearest first: `FARTHEST` steps, or so many of the list, either way.

        What is no number has no neighbours: all other values stand above it.
        """
        if self.listed and value in self.listed:
            place = self.listed.index(value)
            return list(self.listed[:place][::-1][:FARTHEST]), list(self.listed[place + 1 :][:FARTHEST])
        if not isinstance(value, int | float):
            return [], [one for one in self.spread(STEPS // 2) if one != value]
        step = max((self.high - self.low) / STEPS, 1.0 if self.whole else 0.0)
        ways: list[list[Value]] = []
        for sign, end in ((-1, min(self.low, value)), (1, max(self.high, value))):
            places = [sign * min(sign * (value + sign * n * step), sign * end) for n in range(1, FARTHEST + 1)]
            found = [round(place) if self.whole else self._rounded(place) for place in places]
            ways.append([one for one in dict.fromkeys(found) if one != value])
        return ways[0], ways[1]

    def _rounded(self, value: float) -> float:
        width = self.high - self.low
        decimals = math.ceil(-math.log10(width / FINEST)) if width > 0 else 12
        return min(max(round(value, max(decimals, 0)), self.low), self.high)


def tuned_axis(policy: Any, field: Any, part: int, name: str) -> Axis:
    """The axis of a parameter with `tune` metadata."""
    low, high = field.metadata["tune"]
    whole = isinstance(field.default, int)
    return Axis(name, f"{policy.name}.{field.name}", part, field.name, getattr(policy, field.name), low, high, whole)


def varied_axis(policy: Any, field: Any, part: int, name: str, text: str) -> Axis:
    """The axis that a text says: `low..high`, or values divided by commas.

    Raises PolicyError when it says neither, or what is outside the parameter's range.
    """
    told = f"--vary {name}={text}"
    whole, number = isinstance(field.default, int), "low" in field.metadata
    between = RANGE.fullmatch(text.strip()) if number else None
    listed = [] if between else [_value(each.strip(), number, told) for each in text.split(",")]
    ends = [_value(between[end].strip(), True, told) for end in ("low", "high")] if between else []
    for value in (*listed, *ends):
        check_value(policy.name, field, value)
    low, high = ends or (0.0, 0.0)
    if between and not low < high:  # type: ignore[operator]
        raise PolicyError(f"{told}: {low} is not below {high}")
    values = tuple(dict.fromkeys(listed))
    default = getattr(policy, field.name)
    return Axis(name, f"{policy.name}.{field.name}", part, field.name, default, low, high, whole, values)  # type: ignore[arg-type]


def _value(text: str, number: bool, told: str) -> Value:
    if not text:
        raise PolicyError(f"{told}: an empty value; write NAME=a,b,c or NAME=low..high")
    if not number:
        return text
    for read in (int, float):
        try:
            value = read(text)
        except ValueError:
            continue
        if math.isfinite(value):
            return value
    raise PolicyError(f"{told}: {text!r} is not a number; write NAME=a,b,c or NAME=low..high")
