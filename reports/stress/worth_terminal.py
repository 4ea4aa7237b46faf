"""What changes are worth, in the terminal."""

from collections.abc import Iterator
from dataclasses import dataclass
from typing import TYPE_CHECKING

from reports.display.sections import notes
from reports.display.terminal import bare_table, world_told
from reports.language.naming import named
from reports.language.speaking import say
from reports.stress.worth import Worth
from reports.stress.worth_sections import worth_notes, worth_table
from reports.stress.worth_words import change_said, sentences

if TYPE_CHECKING:
    from rich.console import Console, ConsoleOptions, RenderableType


@dataclass(frozen=True)
class WorthTables:
    """What changes are worth as rich draws it."""

    worth: Worth

    def __rich_console__(self, console: "Console", options: "ConsoleOptions") -> "Iterator[RenderableType]":
        from rich.text import Text

        worth, setting = self.worth, self.worth.setting
        yield Text(named(setting.title), style="bold")
        yield Text(say("list.facts").join(notes.facts(worth)), style="dim")
        for place, change in enumerate(worth.changes):
            for row in range(len(worth.rows)):
                told = worth_table(worth, place, row)
                yield Text(say("worth.of", change=change_said(change, setting.currency), name=told.title), style="bold")
                table = bare_table(told.first.label)
                for head in told.heads:
                    table.add_column(head.label, justify="right", no_wrap=True)
                for line in told.lines:
                    cells = (Text.assemble(cell.text, "\n", (cell.under, "dim")) for cell in line.cells)
                    table.add_row(line.name, *cells)
                yield table
        for note in worth_notes(worth):
            yield Text(note, style="dim")
        yield Text(world_told(setting.scenario, setting.scenario_hash, setting.seed), style="dim")
        yield Text()
        for told_so in sentences(worth):
            yield Text(told_so, style="bold")
