"""Parameters of policies: dataclass fields that declare their range, checked in one place."""

import dataclasses
from typing import Any

from policies.protocol import PolicyError


def parameter(default: Any, low: float, high: float, unit: str, about: str) -> Any:
    """A dataclass field for a number within [low, high], with its unit and one line about it."""
    return dataclasses.field(default=default, metadata={"low": low, "high": high, "unit": unit, "about": about})


def choice(default: str, allowed: tuple[str, ...] | None, about: str) -> Any:
    """A dataclass field for a word: one of `allowed`, or any when None."""
    return dataclasses.field(default=default, metadata={"allowed": allowed, "about": about})


def check_parameters(policy: Any) -> None:
    """Refuse a parameter of the wrong type or outside its range.

    Raises PolicyError naming policy, parameter, value and what is allowed.
    """
    for field in dataclasses.fields(policy):
        value, rule = getattr(policy, field.name), field.metadata
        where = f"{policy.name}: {field.name} = {value!r}"
        if "low" in rule:
            whole = isinstance(field.default, int)
            if isinstance(value, bool) or not isinstance(value, int if whole else (int, float)):
                raise PolicyError(f"{where}: must be a {'whole ' if whole else ''}number of {rule['unit']}")
            if not rule["low"] <= value <= rule["high"]:
                raise PolicyError(f"{where}: allowed {rule['low']} to {rule['high']} {rule['unit']}")
        elif rule.get("allowed") and value not in rule["allowed"]:
            raise PolicyError(f"{where}: allowed {', '.join(rule['allowed'])}")
        elif "about" in rule and not isinstance(value, type(field.default)):
            raise PolicyError(f"{where}: must be a {type(field.default).__name__}")


def label(policy: Any) -> str:
    """How tables and files name a policy: its name, and every parameter that is not at its default."""
    changed = [
        f"{field.name}={getattr(policy, field.name)}"
        for field in dataclasses.fields(policy)
        if getattr(policy, field.name) != field.default
    ]
    return policy.name + (f":{','.join(changed)}" if changed else "")
