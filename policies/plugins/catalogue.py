"""The named classes of one kind, and how a text such as `reorder-point:safety_days=10` becomes one of them.

Three grammars: `NAME:key=value,...` for a named class, `BASE+WRAPPER:key=value,...` for one that wraps another, and
`path/to/file.py:Class(key=value,...)` for a class in a file of one's own. Values are read as literals; nothing in the
text is evaluated.
"""

import dataclasses
import difflib
import re
from collections.abc import Mapping
from dataclasses import dataclass
from importlib.metadata import entry_points
from typing import Any, Generic

from policies.parameters import wrapped_field
from policies.plugins.file import class_in_file, split_file_spec
from policies.plugins.shape import Kind, Plugin, check_class, made
from policies.protocol import PolicyError

WRAPPERS_BEGIN = re.compile(r"\+(?!rush(?:\+|$))(?=[A-Za-z][\w-]*(?:[:+]|$))")
"""A `+` before a name; in `lane=sea+rush` it belongs to the name of a lane."""


@dataclass(frozen=True)
class Catalogue(Generic[Plugin]):
    """The classes of one kind that go by a name: those that ship, and those that other packages register."""

    kind: Kind[Plugin]
    shipped: tuple[type[Plugin], ...]
    group: str  # of entry points

    def ships(self, name: str) -> bool:
        """Whether a class of this name ships."""
        return name in self._shipped()

    def named(self) -> dict[str, type[Plugin]]:
        """Every class by its name: those that ship, in their order, then those that other packages register."""
        return self._shipped() | self._registered()

    def class_of(self, spec: str) -> type[Plugin]:
        """The class of a name without parameters, or of a class in a file. Raises PolicyError when there is none."""
        in_file = split_file_spec(spec)
        return self.class_named(spec) if in_file is None else type(class_in_file(in_file, self.kind))

    def class_named(self, name: str) -> type[Plugin]:
        """The class of this name. Raises PolicyError with the nearest names when there is none."""
        known = self._shipped()
        if name not in known:  # only then other packages are looked at, one of which may be broken
            known = self.named()
        if name in known:
            return known[name]
        near = difflib.get_close_matches(name, known, n=1)
        hint = f"did you mean {near[0]!r}? " if near else ""
        raise PolicyError(
            f"no {self.kind.word} {name!r}; {hint}allowed: {', '.join(known)}, or path/to/file.py:Class(key=value,...)"
        )

    def made(self, spec: str) -> Plugin:
        """What a text names.

        Raises PolicyError naming what is allowed when there is no such name or parameter, or a value is out of range.
        """
        base, *wrappers = (part.strip() for part in WRAPPERS_BEGIN.split(spec.strip()))
        built = self._plain(base)
        for wrapper in wrappers:
            cls, texts = self._read(wrapper)
            field = wrapped_field(cls)
            if field is None:
                raise PolicyError(f"{spec}: {cls.name} does not wrap another {self.kind.word}; write it alone")
            if field in texts:
                raise PolicyError(f"{cls.name}: no parameter {field!r}; it stands before the +")
            built = made(cls, {field: built, **_values(cls, texts)}, self.kind)
        return built

    def _plain(self, spec: str) -> Plugin:
        in_file = split_file_spec(spec)
        if in_file is not None:
            return class_in_file(in_file, self.kind)
        cls, texts = self._read(spec)
        if wrapped_field(cls) is not None:
            raise PolicyError(f"{spec}: {cls.name} wraps another {self.kind.word}; write BASE+{cls.name}")
        return made(cls, _values(cls, texts), self.kind)

    def _read(self, spec: str) -> tuple[type[Plugin], dict[str, str]]:
        name, _, rest = spec.partition(":")
        cls, texts = self.class_named(name.strip()), {}
        for pair in rest.split(",") if rest.strip() else []:
            key, equals, text = (part.strip() for part in pair.partition("="))
            if not equals or not key or not text:
                raise PolicyError(f"{spec}: {pair.strip()!r} is not key=value")
            if key in texts:
                raise PolicyError(f"{spec}: {key} is given twice")
            texts[key] = text
        return cls, texts

    def _shipped(self) -> dict[str, type[Plugin]]:
        return {cls.name: cls for cls in self.shipped}

    def _registered(self) -> dict[str, type[Plugin]]:
        """Classes of other installed packages, loaded late. A name that ships is never replaced."""
        found: dict[str, type[Plugin]] = {}
        for entry in sorted(entry_points(group=self.group), key=lambda entry: entry.name):
            try:
                cls = check_class(entry.load(), self.kind)
            except Exception as error:
                raise PolicyError(f"entry point {entry.name!r} of {self.group} ({entry.value}): {error}") from error
            found.setdefault(cls.name, cls)
        return {name: cls for name, cls in found.items() if name not in self._shipped()}


def _values(cls: Any, texts: Mapping[str, str]) -> dict[str, Any]:
    """The texts as values of the class's fields; names that are no field are left to `made`, which refuses them."""
    words = {field.name for field in dataclasses.fields(cls) if isinstance(field.default, str)}
    return {key: text if key in words else _literal(text) for key, text in texts.items()}


def _literal(text: str) -> Any:
    """A number, yes-or-no, nothing, or else the text itself, which the parameter's own check then judges."""
    for read in (int, float):
        try:
            return read(text)
        except ValueError:
            continue
    return {"true": True, "false": False, "none": None}.get(text.lower(), text)
