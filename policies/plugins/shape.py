"""What makes a class a policy, a playbook or a routing, and how one is made from its parameters."""

import dataclasses
import difflib
import math
from collections.abc import Callable, Mapping
from dataclasses import dataclass
from typing import Any, Generic, TypeVar, cast

from policies.parameters import label, wrapped_field
from policies.playbook import Playbook
from policies.protocol import SIGHTS, Policy, PolicyError
from policies.routing import Routing

Plugin = TypeVar("Plugin", Policy, Playbook, Routing)


@dataclass(frozen=True)
class Kind(Generic[Plugin]):
    """A contract that a class can keep."""

    word: str  # what messages call it
    parts: tuple[str, ...]  # what its classes have besides a name
    method: str  # which of them is asked
    check: Callable[[Plugin], None]  # refuses what the engine cannot use


def check_declarations(policy: Policy) -> None:
    """Refuse a policy whose `sees` or `review_days` the engine cannot use. Raises PolicyError."""
    unknown = sorted(map(str, set(policy.sees) - set(SIGHTS)))
    if unknown:
        raise PolicyError(f"{label(policy)}: sees {', '.join(unknown)}; allowed: {', '.join(SIGHTS)}")
    check_review(policy)


def check_review(plugin: Policy | Routing) -> None:
    """Refuse a policy or routing whose `review_days` the engine cannot use. Raises PolicyError."""
    days = plugin.review_days
    if isinstance(days, bool) or not isinstance(days, int) or days < 1:
        raise PolicyError(f"{label(plugin)}: review_days = {days!r}; must be a whole number of days, 1 or more")


def check_reaction(playbook: Playbook) -> None:
    """Refuse a playbook whose `reaction_hours` the engine cannot use. Raises PolicyError."""
    hours = playbook.reaction_hours
    if isinstance(hours, bool) or not isinstance(hours, int | float) or not 0 <= hours < math.inf:
        raise PolicyError(f"{label(playbook)}: reaction_hours = {hours!r}; must be a number of hours, 0 or more")


POLICY: Kind[Policy] = Kind("policy", ("sees", "review_days", "orders"), "orders", check_declarations)
PLAYBOOK: Kind[Playbook] = Kind("playbook", ("reaction_hours", "act"), "act", check_reaction)
ROUTING: Kind[Routing] = Kind("routing", ("review_days", "routes"), "routes", check_review)


def check_class(cls: Any, kind: Kind[Plugin]) -> type[Plugin]:
    """The class itself, when it is a frozen dataclass with a name and all that its kind asks for.

    Raises PolicyError saying what is missing.
    """
    if not isinstance(cls, type):
        raise PolicyError(f"{cls!r} is not a class")
    if not dataclasses.is_dataclass(cls) or not cls.__dataclass_params__.frozen:  # type: ignore[attr-defined]
        raise PolicyError(f"{cls.__name__} is not a frozen dataclass; write @dataclass(frozen=True) above it")
    if not isinstance(getattr(cls, "name", None), str) or not cls.name:  # type: ignore[attr-defined]
        raise PolicyError(f'{cls.__name__} has no name; add `name: ClassVar[str] = "..."`')
    fields = {field.name for field in dataclasses.fields(cls)}
    missing = [part for part in kind.parts if part not in fields and not hasattr(cls, part)]
    if missing:
        every = f"{', '.join(('name', *kind.parts[:-1]))} and {kind.parts[-1]}"
        raise PolicyError(f"{cls.__name__} lacks {', '.join(missing)}; a {kind.word} has {every}")
    if not callable(getattr(cls, kind.method, None)):
        raise PolicyError(f"{cls.__name__}.{kind.method} is not a method; write `def {kind.method}(self, seen)`")
    return cast("type[Plugin]", cls)


def made(cls: type[Plugin], values: Mapping[str, Any], kind: Kind[Plugin]) -> Plugin:
    """One of this class. Raises PolicyError on an unknown, missing or refused parameter, or an unusable declaration."""
    fields = {field.name: field for field in dataclasses.fields(cast(Any, cls)) if field.init}
    for key in values:
        if key not in fields:
            near = difflib.get_close_matches(key, list(fields), n=1)
            hint = f"did you mean {near[0]!r}? " if near else ""
            raise PolicyError(f"{cls.name}: no parameter {key!r}; {hint}allowed: {allowed_parameters(cls)}")
    try:
        plugin = cls(**values)
        kind.check(plugin)
    except PolicyError:
        raise
    except Exception as error:
        raise PolicyError(f"{cls.name}: cannot be made: {type(error).__name__}: {error}") from error
    return plugin


def allowed_parameters(cls: Any) -> str:
    """The parameters of a class in one line, with their ranges."""
    parts = []
    for field in dataclasses.fields(cls):
        rule = field.metadata
        if field.name == wrapped_field(cls):
            continue
        if "low" in rule:
            parts.append(f"{field.name} ({rule['low']} to {rule['high']} {rule['unit']})")
        elif each := rule.get("each"):
            parts.append(f"{field.name} (by warehouse, {each['low']} to {each['high']} {each['unit']})")
        elif rule.get("allowed"):
            parts.append(f"{field.name} ({' or '.join(rule['allowed'])})")
        else:
            parts.append(field.name)
    return ", ".join(parts) or "none"
