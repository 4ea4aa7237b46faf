"""What makes a class a policy, and how one is made from its parameters."""

import dataclasses
import difflib
from collections.abc import Mapping
from typing import Any, cast

from policies.parameters import label, wrapped_field
from policies.protocol import SIGHTS, Policy, PolicyError


def check_class(cls: Any) -> type[Policy]:
    """The class itself, when it is a frozen dataclass with a name, `sees`, `review_days` and `orders`.

    Raises PolicyError saying what is missing.
    """
    if not isinstance(cls, type):
        raise PolicyError(f"{cls!r} is not a class")
    if not dataclasses.is_dataclass(cls) or not cls.__dataclass_params__.frozen:  # type: ignore[attr-defined]
        raise PolicyError(f"{cls.__name__} is not a frozen dataclass; write @dataclass(frozen=True) above it")
    if not isinstance(getattr(cls, "name", None), str) or not cls.name:  # type: ignore[attr-defined]
        raise PolicyError(f'{cls.__name__} has no name; add `name: ClassVar[str] = "..."`')
    fields = {field.name for field in dataclasses.fields(cls)}
    missing = [part for part in ("sees", "review_days", "orders") if part not in fields and not hasattr(cls, part)]
    if missing:
        raise PolicyError(f"{cls.__name__} lacks {', '.join(missing)}; a policy has name, sees, review_days and orders")
    if not callable(getattr(cls, "orders", None)):
        raise PolicyError(f"{cls.__name__}.orders is not a method; write `def orders(self, seen)`")
    return cast("type[Policy]", cls)


def made(cls: type[Policy], values: Mapping[str, Any]) -> Policy:
    """A policy of this class. Raises PolicyError on an unknown, missing or refused parameter, or an unusable answer."""
    fields = {field.name: field for field in dataclasses.fields(cls) if field.init}  # type: ignore[arg-type]
    for key in values:
        if key not in fields:
            near = difflib.get_close_matches(key, list(fields), n=1)
            hint = f"did you mean {near[0]!r}? " if near else ""
            raise PolicyError(f"{cls.name}: no parameter {key!r}; {hint}allowed: {allowed_parameters(cls)}")
    try:
        policy = cls(**values)
        check_declarations(policy)
    except PolicyError:
        raise
    except Exception as error:
        raise PolicyError(f"{cls.name}: cannot be made: {type(error).__name__}: {error}") from error
    return policy


def check_declarations(policy: Policy) -> None:
    """Refuse a policy whose `sees` or `review_days` the engine cannot use. Raises PolicyError."""
    unknown = sorted(map(str, set(policy.sees) - set(SIGHTS)))
    if unknown:
        raise PolicyError(f"{label(policy)}: sees {', '.join(unknown)}; allowed: {', '.join(SIGHTS)}")
    days = policy.review_days
    if isinstance(days, bool) or not isinstance(days, int) or days < 1:
        raise PolicyError(f"{label(policy)}: review_days = {days!r}; must be a whole number of days, 1 or more")


def allowed_parameters(cls: Any) -> str:
    """The parameters of a class in one line, with their ranges."""
    parts = []
    for field in dataclasses.fields(cls):
        rule = field.metadata
        if field.name == wrapped_field(cls):
            continue
        if "low" in rule:
            parts.append(f"{field.name} ({rule['low']} to {rule['high']} {rule['unit']})")
        elif rule.get("allowed"):
            parts.append(f"{field.name} ({' or '.join(rule['allowed'])})")
        else:
            parts.append(field.name)
    return ", ".join(parts) or "none"
