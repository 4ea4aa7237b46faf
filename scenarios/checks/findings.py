"""What a check finds, and the walk over all tables of a scenario."""

from collections.abc import Iterator
from dataclasses import dataclass

from scenarios.faults import Path
from scenarios.schema import Part


@dataclass(frozen=True)
class Finding:
    """What is wrong with the value at a path of the scenario."""

    path: Path
    what: str
    allowed: str = ""
    did_you_mean: str = ""


def every_part(part: Part, path: Path = ()) -> Iterator[tuple[Path, Part]]:
    """All tables of a scenario, the outer before the inner, by the names used in files."""
    yield path, part
    for name, field in type(part).model_fields.items():
        value = getattr(part, name)
        here = (*path, field.alias or name)
        if isinstance(value, Part):
            yield from every_part(value, here)
        elif isinstance(value, dict):
            for key, item in value.items():
                if isinstance(item, Part):
                    yield from every_part(item, (*here, key))
        elif isinstance(value, tuple):
            for position, item in enumerate(value):
                if isinstance(item, Part):
                    yield from every_part(item, (*here, position))
