"""The candidates of a spec: which parameters are searched, and with what values."""

import difflib
import itertools
import math
from collections import Counter
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from typing import Any

import numpy as np
from numpy.typing import NDArray

from policies.parameters import label
from policies.plugins.spec import Part, Value, chain, numbers_and_words, parts_of
from policies.protocol import PolicyError
from policies.registry import policy
from sim.luck import Luck, uniforms
from sim.search.axis import Axis, tuned_axis, varied_axis

TRIES = 20
"""Times as many draws as candidates are asked for, before a small space is taken for used up."""
NOISE = 1e-9
"""Rounding of a root: the cube root of 27 is 3."""


@dataclass(frozen=True)
class Candidate:
    """A spec that can be played, and its values by axis."""

    spec: str
    label: str
    values: tuple[Value, ...]


@dataclass(frozen=True)
class Space:
    """A spec and the axes along which it is searched."""

    parts: tuple[Part, ...]
    axes: tuple[Axis, ...]

    def candidate(self, values: Sequence[Value]) -> Candidate:
        """The candidate of some values, one an axis. Raises PolicyError when they contradict each other."""
        more: list[dict[str, Value]] = [{} for _ in self.parts]
        for axis, value in zip(self.axes, values, strict=True):
            if value != axis.default:
                more[axis.part][axis.field] = value
        spec = "+".join(part.text(given) for part, given in zip(self.parts, more, strict=True))
        return Candidate(spec, label(policy(spec)), tuple(values))

    @property
    def combinations(self) -> int:
        """How many values the lists of all axes combine to; 0 where an axis is a range."""
        return math.prod(len(axis.listed) for axis in self.axes)

    @property
    def given(self) -> Candidate:
        """The spec as it was given."""
        return self.candidate([axis.default for axis in self.axes])


@dataclass(frozen=True)
class Drawn:
    """Candidates, and how many were skipped because their parameters contradict each other."""

    candidates: tuple[Candidate, ...]
    skipped: int

    def joined(self, more: "Drawn") -> "Drawn":
        """These and others, those first that were there."""
        known = {one.label for one in self.candidates}
        new = (one for one in more.candidates if one.label not in known)
        return Drawn((*self.candidates, *new), self.skipped + more.skipped)


def space_of(spec: str, vary: Mapping[str, str] | None = None) -> Space:
    """The space of a spec: the parameters that are varied, or else all that declare where to search.

    What the spec itself gives is fixed. Raises PolicyError naming what is allowed.
    """
    parts, rules = parts_of(spec), chain(policy(spec))
    known = _fields(rules)
    if vary:
        axes = tuple(_varied(spec, parts, rules, known, name, text) for name, text in vary.items())
    else:
        free = {name: (part, field) for name, (part, field) in known.items() if field.name not in parts[part].given}
        axes = tuple(
            tuned_axis(rules[part], field, part, name)
            for name, (part, field) in free.items()
            if field.metadata.get("tune")
        )
    if not axes:
        raise PolicyError(f"{spec}: no parameter left to search; allowed with --vary: {', '.join(known) or 'none'}")
    return Space(parts, axes)


def _fields(rules: Sequence[Any]) -> dict[str, tuple[int, Any]]:
    """Every parameter that can be searched, by the name it is told by: its policy's position and its field."""
    each = [(part, field) for part, rule in enumerate(rules) for field in numbers_and_words(rule)]
    often = Counter(field.name for _, field in each)
    named = [
        (field.name if often[field.name] == 1 else f"{rules[part].name}.{field.name}", (part, field))
        for part, field in each
    ]
    twice = [name for name, count in Counter(name for name, _ in named).items() if count > 1]
    if twice:
        raise PolicyError(f"{twice[0].partition('.')[0]} stands in the spec twice; search one that has it once")
    return dict(named)


def _varied(
    spec: str, parts: Sequence[Part], rules: Sequence[Any], known: Mapping[str, tuple[int, Any]], name: str, text: str
) -> Axis:
    if name not in known:
        several = [one for one in known if one.endswith(f".{name}")]
        near = several or difflib.get_close_matches(name, known, n=1)
        hint = f"did you mean {' or '.join(map(repr, near))}? " if near else ""
        raise PolicyError(f"--vary {name}: no such parameter of {spec}; {hint}allowed: {', '.join(known)}")
    part, field = known[name]
    if field.name in parts[part].given:
        raise PolicyError(f"--vary {name}: {spec} gives it already; leave it out of one of the two")
    return varied_axis(rules[part], field, part, name, text)


def on_a_grid(space: Space, count: int) -> Drawn:
    """About `count` candidates, evenly over every axis. Raises PolicyError when none is left."""
    ranges = sum(not axis.listed for axis in space.axes)
    listed = int(np.prod([len(axis.listed) for axis in space.axes if axis.listed]))
    each = max(2, int((count / listed) ** (1 / max(ranges, 1)) + NOISE))
    return _from_the_start(space, itertools.product(*(axis.spread(each) for axis in space.axes)), None)


def at_random(space: Space, count: int, seed: int) -> Drawn:
    """`count` candidates, fewer if the space holds no more. Raises PolicyError when none is left.

    The value of a parameter in a draw depends on the seed, its own name and the draw's number, and on nothing else.
    """
    luck, numbers = Luck(seed), np.arange(TRIES * count)
    columns = [axis.at(uniforms(_key(luck, axis, 0), numbers)) for axis in space.axes]
    return _from_the_start(space, zip(*columns, strict=True), count)


def nearby(space: Space, seeds: Sequence[Candidate], count: int, seed: int, width: float, generation: int) -> Drawn:
    """`count` candidates around some others, in turn, no farther from them than a share of every range.

    Fewer where some contradict themselves or are the same.
    """
    luck, numbers = Luck(seed), np.arange(count)
    columns = []
    for place, axis in enumerate(space.axes):
        centres = np.array([axis.share(seeds[number % len(seeds)].values[place]) for number in numbers.tolist()])
        away = width * (2 * uniforms(_key(luck, axis, generation), numbers) - 1)
        columns.append(axis.at(np.clip(centres + away, 0.0, 1.0)))
    return _built(space, zip(*columns, strict=True), {}, None)[0]


def _key(luck: Luck, axis: Axis, generation: int) -> NDArray[np.uint64]:
    return np.array([luck.key(generation, "candidate", axis.key)], np.uint64)


def _from_the_start(space: Space, values: Iterable[tuple[Value, ...]], most: int | None) -> Drawn:
    """The candidates of some values; the spec as given first, where it lies within what is searched."""
    given = space.given
    within = all(axis.holds(value) for axis, value in zip(space.axes, given.values, strict=True))
    found, refused = _built(space, values, {given.label: given} if within else {}, most)
    if not found.candidates or (found.skipped and found.candidates == (given,)):
        raise PolicyError(f"every candidate contradicts itself ({found.skipped} tried), for example: {refused}")
    return found


def _built(
    space: Space, values: Iterable[tuple[Value, ...]], found: dict[str, Candidate], most: int | None
) -> tuple[Drawn, str]:
    """The candidates of some values until there are `most`, each once; and why one was skipped."""
    skipped, refused = 0, ""
    for chosen in _each_once(values):
        if most is not None and len(found) >= most:
            break
        try:
            candidate = space.candidate(chosen)
        except PolicyError as error:
            skipped, refused = skipped + 1, str(error)
            continue
        found.setdefault(candidate.label, candidate)
    return Drawn(tuple(found.values()), skipped), refused


def _each_once(values: Iterable[tuple[Value, ...]]) -> Iterator[tuple[Value, ...]]:
    met: set[tuple[Value, ...]] = set()
    for chosen in values:
        if chosen not in met:
            met.add(chosen)
            yield chosen
