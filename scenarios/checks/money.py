"""Money: every currency has a rate."""

from collections.abc import Iterator

from scenarios.checks.findings import Finding, every_part
from scenarios.faults import Path
from scenarios.schema import Amount, Name, Part, Scenario


def currencies(scenario: Scenario) -> Iterator[Finding]:
    """Every currency in use is the scenario's own or has a rate."""
    known = {scenario.currency, *scenario.fx}
    for path, part in every_part(scenario):
        if isinstance(part, Scenario):
            continue
        for place, amount in _amounts(part):
            currency = next(iter(amount)) if isinstance(amount, dict) else scenario.currency
            if currency not in known:
                what = f"no rate for {currency}"
                yield Finding((*path, *place), what, f"fx = {{ {currency} = units for one {scenario.currency} }}")


def _amounts(part: Part) -> Iterator[tuple[Path, Amount]]:
    """The amounts of a table, and where in it they stand."""
    for name, field in type(part).model_fields.items():
        value = getattr(part, name)
        if field.annotation in (Amount, Amount | None) and value is not None:
            yield (name,), value
        elif field.annotation == dict[Name, Amount]:
            for key, amount in value.items():
                yield (name, key), amount


def charged(amount: Amount) -> bool:
    """Whether an amount, in whatever currency, is above 0."""
    return any(amount.values()) if isinstance(amount, dict) else amount > 0


CHECKS = (currencies,)
