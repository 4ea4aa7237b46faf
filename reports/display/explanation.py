"""An explanation in the terminal, and as JSON."""

import dataclasses
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date
from typing import TYPE_CHECKING, Any

from reports.display.explanation_words import introduction, title, told
from reports.exchange import strict_json
from reports.explanation import Explanation

if TYPE_CHECKING:
    from rich.console import Console, ConsoleOptions, RenderableType


@dataclass(frozen=True)
class ExplanationText:
    """An explanation as rich draws it."""

    explanation: Explanation

    def __rich_console__(self, console: "Console", options: "ConsoleOptions") -> "Iterator[RenderableType]":
        from rich.padding import Padding
        from rich.text import Text

        yield Text(title(self.explanation), style="bold")
        for line in introduction(self.explanation):
            yield Text(line, style="dim")
        for review in self.explanation.reviews:
            for number, part in enumerate(told(review)):
                yield Text(f"\n{part.heading}" if number == 0 else part.heading, style="bold")
                for line in part.lines:
                    yield Padding(Text(line), (0, 0, 0, 2), expand=False)


def explanation_json(explanation: Explanation) -> str:
    """The explanation as one JSON object; dates as text, and what was sent with what it was planned for."""
    return strict_json(_plain(explanation))


def _plain(value: Any) -> Any:
    if dataclasses.is_dataclass(value) and not isinstance(value, type):
        return {item.name: _plain(getattr(value, item.name)) for item in dataclasses.fields(value)} | _derived(value)
    if isinstance(value, dict):
        return {str(name): _plain(one) for name, one in value.items()}
    if isinstance(value, frozenset):
        return sorted(value)
    if isinstance(value, tuple):
        return [_plain(one) for one in value]
    if isinstance(value, float) and value != value:
        return None
    return value.isoformat() if isinstance(value, date) else value


def _derived(value: Any) -> dict[str, Any]:
    """What follows from the fields of one, for a reader who has no code of ours."""
    names = [name for name in ("position", "over", "days") if isinstance(getattr(type(value), name, None), property)]
    return {name: getattr(value, name) for name in names}
