"""Parameters of policies: dataclass fields that declare their range, checked in one place."""

import dataclasses
import re
from collections.abc import Mapping
from typing import Any

from policies.protocol import Policy, PolicyError

AMOUNT = re.compile(r"([^=]*[^=\s])\s*=\s*([^=\s]+)(?:\s+|$)")
"""One `WAREHOUSE=number`."""


def parameter(
    default: Any,
    low: float,
    high: float,
    unit: str,
    about: str,
    *,
    tune: tuple[float, float] | None = None,
    serves: bool = False,
) -> Any:
    """A dataclass field for a number within [low, high], with its unit and one line about it.

    A whole default asks for whole numbers; a default of None means "not given" and takes any number in range. `tune`
    is where a search looks for good values; `serves` marks the one parameter that is turned for more service.
    """
    facts = {"low": low, "high": high, "unit": unit, "about": about, "tune": tune, "serves": serves}
    return dataclasses.field(default=default, metadata=facts)


def choice(default: str, allowed: tuple[str, ...] | None, about: str) -> Any:
    """A dataclass field for a word: one of `allowed`, or any when None."""
    return dataclasses.field(default=default, metadata={"allowed": allowed, "about": about})


def by_warehouse(low: float, high: float, unit: str, about: str) -> Any:
    """A dataclass field for a number within [low, high] by warehouse, written `depot=42 shop=20`; see `amounts`."""
    each = {"low": low, "high": high, "unit": unit}
    return dataclasses.field(default="", metadata={"each": each, "about": about})


def amounts(text: str) -> Mapping[str, float]:
    """The numbers of a text such as `depot=42 shop=20`, by warehouse; the name of one may hold spaces.

    Raises ValueError saying what is wrong.
    """
    found: dict[str, float] = {}
    rest = text.strip()
    while rest:
        pair = AMOUNT.match(rest)
        if pair is None:
            raise ValueError(f"{rest!r} is not WAREHOUSE=number")
        if pair[1] in found:
            raise ValueError(f"{pair[1]} is given twice")
        try:
            found[pair[1]] = float(pair[2])
        except ValueError:
            raise ValueError(f"{pair[2]!r} is no number") from None
        rest = rest[pair.end() :]
    return found


def wraps(about: str) -> dict[str, Any]:
    """Metadata of the dataclass field, without default, that holds the policy this one wraps."""
    return {"wraps": True, "about": about}


def wrapped_field(cls: Any) -> str | None:
    """The name of the field that holds the policy a class wraps, None where it wraps none."""
    return next((field.name for field in dataclasses.fields(cls) if field.metadata.get("wraps")), None)


def check_parameters(policy: Any) -> None:
    """Refuse a parameter of the wrong type or outside its range.

    Raises PolicyError naming policy, parameter, value and what is allowed.
    """
    for field in dataclasses.fields(policy):
        check_value(policy.name, field, getattr(policy, field.name))


def check_value(policy: str, field: Any, value: Any) -> None:
    """Refuse a value for one dataclass field of a policy of this name, as `check_parameters` does."""
    rule, where = field.metadata, f"{policy}: {field.name} = {value!r}"
    if "wraps" in rule:
        if isinstance(value, type) or not isinstance(value, Policy):
            raise PolicyError(f"{where}: must be a policy")
    elif "low" in rule:
        if value is None and field.default is None:
            return
        whole = isinstance(field.default, int)
        if isinstance(value, bool) or not isinstance(value, int if whole else (int, float)):
            raise PolicyError(f"{where}: must be a {'whole ' if whole else ''}number of {rule['unit']}")
        if not rule["low"] <= value <= rule["high"]:
            raise PolicyError(f"{where}: allowed {rule['low']} to {rule['high']} {rule['unit']}")
    elif "each" in rule:
        _check_amounts(value, rule["each"], where)
    elif rule.get("allowed") and value not in rule["allowed"]:
        raise PolicyError(f"{where}: allowed {', '.join(rule['allowed'])}")
    elif "about" in rule and not isinstance(value, type(field.default)):
        raise PolicyError(f"{where}: must be a {type(field.default).__name__}")


def _check_amounts(value: Any, each: Mapping[str, Any], where: str) -> None:
    try:
        if not isinstance(value, str):
            raise ValueError("not a text")
        given = amounts(value)
    except ValueError as error:
        raise PolicyError(f"{where}: {error}; write WAREHOUSE=number WAREHOUSE=number") from None
    for warehouse, number in given.items():
        if not each["low"] <= number <= each["high"]:
            raise PolicyError(f"{where}: {warehouse} allowed {each['low']} to {each['high']} {each['unit']}")


def label(policy: Any) -> str:
    """How tables and files name a policy: its name, and every parameter that is not at its default.

    The label of a built-in is a spec that `policies.registry.policy` reads back.
    """
    base = wrapped_field(policy)
    changed = [
        f"{field.name}={getattr(policy, field.name)}"
        for field in dataclasses.fields(policy)
        if field.name != base and getattr(policy, field.name) != field.default
    ]
    own = policy.name + (f":{','.join(changed)}" if changed else "")
    return own if base is None else f"{label(getattr(policy, base))}+{own}"
