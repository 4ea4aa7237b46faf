"""What a policy, playbook or routing says about itself, taken apart for lists and pages."""

import dataclasses
import inspect
import re
import sys
from collections.abc import Mapping
from typing import Any, cast

from policies.parameters import wrapped_field
from policies.playbook import WATCHED, Playbook
from policies.plugins.shape import PLAYBOOK, ROUTING
from policies.protocol import SIGHTS, Policy, PolicyError
from policies.routing import DIRECTED, Routing
from policies.rules.yardsticks.never import Never

SECTION = re.compile(r"^(Formula|Source|Example):\s*(.*)$")


@dataclasses.dataclass(frozen=True)
class ParameterFacts:
    """One parameter; what does not apply to its kind is None or empty."""

    name: str
    default: Any
    low: float | None
    high: float | None
    unit: str
    allowed: tuple[str, ...]  # words that may be given; empty where any may
    about: str
    tune: tuple[float, float] | None  # where a search looks for good values
    serves: bool  # whether it is the one that is turned for more service


@dataclasses.dataclass(frozen=True)
class Description:
    """One policy, playbook or routing as a list or page shows it."""

    name: str
    summary: str  # the first sentence
    about: str  # the whole behaviour
    formula: str
    source: str
    example: str
    parameters: tuple[ParameterFacts, ...]
    sees: tuple[str, ...]  # at default parameters
    needs: tuple[str, ...]  # what a world must have for it to be of use
    wraps: bool
    kin: str  # the folder of rules that it stands in, and what that says of itself; empty for what is no shipped rule


def description(cls: type[Policy] | type[Playbook] | type[Routing]) -> Description:
    """The docstring, parameters and sights of a class."""
    sections = _sections(inspect.getdoc(cls) or "")
    base = wrapped_field(cls)
    return Description(
        name=cls.name,
        summary=re.split(r"(?<=[.])\s", sections["about"], maxsplit=1)[0],
        about=sections["about"],
        formula=sections["Formula"],
        source=sections["Source"],
        example=sections["Example"],
        parameters=tuple(_facts(field) for field in dataclasses.fields(cast(Any, cls)) if field.name != base),
        sees=_sees(cls, base),
        needs=_needs(cls, base),
        wraps=base is not None,
        kin=_kin(cls),
    )


def _sections(doc: str) -> Mapping[str, str]:
    """Paragraphs of behaviour, then `Formula:`, `Source:`, `Example:`, each possibly over several lines."""
    parts: dict[str, list[str]] = {"about": [], "Formula": [], "Source": [], "Example": []}
    current = "about"
    for line in doc.splitlines():
        found = SECTION.match(line)
        if found:
            current, line = found[1], found[2]
        parts[current].append(line.strip())
    return {name: re.sub(r"\s*\n\s*\n\s*", "\n", "\n".join(lines).strip()) for name, lines in parts.items()} | {
        "about": "\n\n".join(" ".join(p.split()) for p in "\n".join(parts["about"]).split("\n\n")).strip()
    }


def _facts(field: Any) -> ParameterFacts:
    rule = field.metadata
    numbers = rule.get("each", rule)
    default = None if field.default is dataclasses.MISSING else field.default
    return ParameterFacts(
        name=field.name,
        default=default,
        low=numbers.get("low"),
        high=numbers.get("high"),
        unit=numbers.get("unit", ""),
        allowed=rule.get("allowed") or (),
        about=rule.get("about", ""),
        tune=rule.get("tune"),
        serves=rule.get("serves", False),
    )


def _kin(cls: type[Any]) -> str:
    if not cls.__module__.startswith("policies.rules."):
        return ""
    folder = cls.__module__.rpartition(".")[0]
    doc = inspect.getdoc(sys.modules[folder]) or ""
    return f"{folder.rpartition('.')[2].replace('_', ' ').capitalize()}: {doc[:1].lower()}{doc[1:].rstrip('.')}"


def _sees(cls: Any, base: str | None) -> tuple[str, ...]:
    if hasattr(cls, PLAYBOOK.method):
        return WATCHED
    if hasattr(cls, ROUTING.method):
        return DIRECTED
    usual = _at_defaults(cls, base)
    return () if usual is None else tuple(sight for sight in SIGHTS if sight in usual.sees)


def _needs(cls: Any, base: str | None) -> tuple[str, ...]:
    return tuple(sorted(getattr(_at_defaults(cls, base), "needs", ())))


def _at_defaults(cls: Any, base: str | None) -> Any:
    """One of a class with every parameter at its default, around `never` where it wraps; None where it has to be told
    more."""
    try:
        return cls(**({} if base is None else {base: Never()}))
    except (PolicyError, TypeError):
        return None
