"""A spec taken apart into the policies that stand in it, and written again with more parameters given."""

import dataclasses
from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

from policies.parameters import wrapped_field
from policies.plugins.catalogue import WRAPPERS_BEGIN
from policies.plugins.file import given_in_file, split_file_spec
from policies.protocol import Policy

Value = int | float | str | None
"""Of a parameter; None is `not given`."""


@dataclass(frozen=True)
class Part:
    """One policy of a spec: the innermost comes first, then what wraps it."""

    head: str  # its name, or path/to/file.py:Class
    arguments: str  # as written, without brackets
    given: frozenset[str]  # the parameters among them
    in_file: bool

    @classmethod
    def of(cls, text: str) -> "Part":
        """The part a text says; whether it can be made is not asked."""
        in_file = split_file_spec(text)
        if in_file is not None:
            inner = in_file.arguments.strip()[1:-1]
            return cls(f"{in_file.path}:{in_file.cls}", inner.strip(), given_in_file(in_file), True)
        head, _, rest = text.partition(":")
        names = frozenset(pair.partition("=")[0].strip() for pair in rest.split(",") if pair.strip())
        return cls(head.strip(), rest.strip(), names, False)

    def text(self, more: Mapping[str, Value]) -> str:
        """The part as a spec, with more parameters given; None leaves one alone."""
        write = repr if self.in_file else str
        added = [f"{name}={write(value)}" for name, value in more.items() if value is not None]
        inside = ",".join([self.arguments, *added] if self.arguments else added)
        if self.in_file:
            return f"{self.head}({inside})"
        return f"{self.head}:{inside}" if inside else self.head


def parts_of(spec: str) -> tuple[Part, ...]:
    """The parts of a spec."""
    return tuple(Part.of(text.strip()) for text in WRAPPERS_BEGIN.split(spec.strip()))


def chain(policy: Policy) -> tuple[Any, ...]:
    """A policy and all it wraps, the innermost first, as the parts of its spec stand."""
    held: list[Any] = [policy]
    while (field := wrapped_field(held[-1])) is not None:
        held.append(getattr(held[-1], field))
    return tuple(reversed(held))


def numbers_and_words(policy: Any) -> tuple[Any, ...]:
    """The dataclass fields of one policy that a search can turn."""
    return tuple(field for field in dataclasses.fields(policy) if {"low", "allowed"} & set(field.metadata))
