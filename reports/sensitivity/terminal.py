"""A sensitivity study in the terminal: every assumption, the one that matters most on top, the answer at the end."""

from collections.abc import Iterator
from dataclasses import dataclass
from typing import TYPE_CHECKING

from reports.display.section import Table
from reports.display.terminal import bare_table, world_told
from reports.language.naming import named
from reports.language.speaking import say
from reports.sensitivity.result import Sensitivity
from reports.sensitivity.sections import choices, table
from reports.sensitivity.words import facts, verdict

if TYPE_CHECKING:
    from rich.console import Console, ConsoleOptions, RenderableType
    from rich.table import Table as Drawn


@dataclass(frozen=True)
class SensitivityTables:
    """A study as rich draws it."""

    study: Sensitivity

    def __rich_console__(self, console: "Console", options: "ConsoleOptions") -> "Iterator[RenderableType]":
        from rich.text import Text

        study, setting = self.study, self.study.setting
        yield Text(named(setting.title), style="bold")
        yield Text(say("list.facts").join(facts(study)), style="dim")
        yield _drawn(table(study))
        if study.flips:
            yield _drawn(choices(study))
        yield Text(world_told(setting.scenario, setting.scenario_hash, setting.seed), style="dim")
        yield Text()
        for place, sentence in enumerate(verdict(study)):
            yield Text(sentence, style="bold" if place == 0 else "")


def _drawn(told: Table) -> "Drawn":
    """A table of the report: means, their intervals below."""
    from rich.text import Text

    drawn = bare_table(told.first.label)
    for head in told.heads:
        drawn.add_column("\n".join(filter(None, (head.label, head.unit))), justify="right", overflow="fold")
    for line in told.lines:
        cells = [Text.assemble(cell.text, ("\n" + cell.under if cell.under else "", "dim")) for cell in line.cells]
        ends = line.under.split("\n")[0]
        drawn.add_row(Text.assemble(line.name, ("\n" + ends if ends else "", "dim")), *cells)
    return drawn
