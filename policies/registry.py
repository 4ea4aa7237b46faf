"""Which policies there are, and how a text such as `reorder-point:safety_days=10` becomes one.

Three grammars: `NAME:key=value,...` for a named policy, `BASE+WRAPPER:key=value,...` for one that wraps another, and
`path/to/file.py:Class(key=value,...)` for a class in a file of one's own. Values are read as literals; nothing in the
text is evaluated.
"""

import dataclasses
import difflib
import re
from collections.abc import Mapping
from importlib.metadata import entry_points
from typing import Any

from policies.parameters import wrapped_field
from policies.plugins.description import Description, description
from policies.plugins.file import policy_in_file, split_file_spec
from policies.plugins.shape import check_class, made
from policies.protocol import Policy, PolicyError
from policies.rules.air_rescue import AirRescue
from policies.rules.base_plus_burst import BasePlusBurst
from policies.rules.base_stock import BaseStock
from policies.rules.lead_cover import LeadCover
from policies.rules.min_max import MinMax
from policies.rules.never import Never
from policies.rules.oracle import Oracle
from policies.rules.reorder_point import ReorderPoint
from policies.rules.service_level import ServiceLevel

ENTRY_POINTS = "stocktide.policies"
SHIPPED: tuple[type[Policy], ...] = (
    Never,
    Oracle,
    ReorderPoint,
    LeadCover,
    BasePlusBurst,
    ServiceLevel,
    MinMax,
    BaseStock,
    AirRescue,
)
WRAPPERS_BEGIN = re.compile(r"\+(?=[A-Za-z][\w-]*(?:[:+]|$))")


def default_field() -> tuple[str, ...]:
    """The policies that are compared when nobody names one."""
    return (
        "never",
        "oracle",
        "reorder-point",
        "reorder-point+air-rescue",
        "base-plus-burst",
        "lead-cover",
        "service-level",
        "min-max",
        "base-stock",
    )


def policies() -> list[tuple[str, type[Policy]]]:
    """Every named policy: those that ship, in their order, then those that other packages register."""
    return [(cls.name, cls) for cls in SHIPPED] + list(_registered().items())


def policy(spec: str) -> Policy:
    """The policy that a text names.

    Raises PolicyError naming what is allowed when there is no such policy or parameter, or a value is out of range.
    """
    base, *wrappers = (part.strip() for part in WRAPPERS_BEGIN.split(spec.strip()))
    built = _plain(base)
    for wrapper in wrappers:
        cls, texts = _named(wrapper)
        field = wrapped_field(cls)
        if field is None:
            raise PolicyError(f"{spec}: {cls.name} does not wrap another policy; write it alone")
        if field in texts:
            raise PolicyError(f"{cls.name}: no parameter {field!r}; it stands before the +")
        built = made(cls, {field: built, **_values(cls, texts)})
    return built


def describe(name: str) -> Description:
    """What a named policy, or a class in a file, says about itself. Raises PolicyError when there is none."""
    in_file = split_file_spec(name)
    return description(named_class(name) if in_file is None else type(policy_in_file(in_file)))


def named_class(name: str) -> type[Policy]:
    """The class of a named policy. Raises PolicyError with the nearest names when there is none."""
    shipped = {cls.name: cls for cls in SHIPPED}
    if name in shipped:
        return shipped[name]
    registered = _registered()
    if name in registered:
        return registered[name]
    names = [*shipped, *registered]
    near = difflib.get_close_matches(name, names, n=1)
    hint = f"did you mean {near[0]!r}? " if near else ""
    raise PolicyError(f"no policy {name!r}; {hint}allowed: {', '.join(names)}, or path/to/file.py:Class(key=value,...)")


def _plain(spec: str) -> Policy:
    in_file = split_file_spec(spec)
    if in_file is not None:
        return policy_in_file(in_file)
    cls, texts = _named(spec)
    if wrapped_field(cls) is not None:
        raise PolicyError(
            f"{spec}: {cls.name} wraps another policy; write BASE+{cls.name}, as in reorder-point+{cls.name}"
        )
    return made(cls, _values(cls, texts))


def _named(spec: str) -> tuple[type[Policy], dict[str, str]]:
    name, _, rest = spec.partition(":")
    cls, texts = named_class(name.strip()), {}
    for pair in rest.split(",") if rest.strip() else []:
        key, equals, text = (part.strip() for part in pair.partition("="))
        if not equals or not key or not text:
            raise PolicyError(f"{spec}: {pair.strip()!r} is not key=value")
        if key in texts:
            raise PolicyError(f"{spec}: {key} is given twice")
        texts[key] = text
    return cls, texts


def _values(cls: type[Policy], texts: Mapping[str, str]) -> dict[str, Any]:
    """The texts as values of the class's fields; names that are no field are left to `made`, which refuses them."""
    words = {field.name for field in dataclasses.fields(cls) if isinstance(field.default, str)}  # type: ignore[arg-type]
    return {key: text if key in words else _literal(text) for key, text in texts.items()}


def _literal(text: str) -> Any:
    """A number, yes-or-no, nothing, or else the text itself, which the parameter's own check then judges."""
    for read in (int, float):
        try:
            return read(text)
        except ValueError:
            continue
    return {"true": True, "false": False, "none": None}.get(text.lower(), text)


def _registered() -> dict[str, type[Policy]]:
    """Policies of other installed packages, loaded late. A name that ships is never replaced."""
    found: dict[str, type[Policy]] = {}
    for entry in sorted(entry_points(group=ENTRY_POINTS), key=lambda entry: entry.name):
        try:
            cls = check_class(entry.load())
        except Exception as error:
            raise PolicyError(f"entry point {entry.name!r} of {ENTRY_POINTS} ({entry.value}): {error}") from error
        found.setdefault(cls.name, cls)
    return {name: cls for name, cls in found.items() if all(name != shipped.name for shipped in SHIPPED)}
