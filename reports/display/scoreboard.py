"""The scoreboard in the terminal: one row a policy, the interval under each mean, the advice at the end."""

import math
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from typing import TYPE_CHECKING

from reports.comparison import Comparison, Row
from reports.display.equal import equal_told, left_out_told
from reports.display.numbers import UNDEFINED, Style, style
from reports.display.regret import hindsight_told, regret_style
from reports.display.terminal import bare_table, world_told
from reports.language.naming import named
from reports.language.speaking import date_said, say
from reports.scores import SCORES
from reports.verdict.advice import advise
from reports.verdict.estimates import Estimate
from reports.verdict.regret import hindsight
from reports.verdict.sentences import goal_told, runs

if TYPE_CHECKING:
    from rich.console import Console, ConsoleOptions, RenderableType
    from rich.table import Table

COLUMNS = (
    "stockout_rate",
    "holding_cost",
    "turnover",
    "profit",
    "fill_rate",
    "freight",
    "duty",
    "lost_margin",
    "peak_cash",
)
"""Scores in the order in which they get room."""
ALWAYS = 3  # columns, whatever the width
WIDTH = 13  # characters a column may take, with its gap
POLICY = 24  # the same for the first column
REGRET = 4  # columns beyond which the last is regret


@dataclass(frozen=True)
class Scoreboard:
    """A comparison as rich draws it, fitted to the width of the terminal."""

    comparison: Comparison

    def __rich_console__(self, console: "Console", options: "ConsoleOptions") -> "Iterator[RenderableType]":
        from rich.text import Text

        setting = self.comparison.setting
        yield Text(named(setting.title), style="bold")
        season = say("board.season", days=setting.days, start=date_said(setting.start), luck=_luck(self.comparison))
        yield Text(season, style="dim")
        room = max(ALWAYS, (options.max_width - POLICY) // WIDTH)
        hind = hindsight(self.comparison)
        regrets = hind.regrets if hind is not None and room > REGRET else None
        names = _shown(self.comparison)[: room - (regrets is not None)]
        yield self._table(names, regrets)
        for note in _notes(self.comparison, names):
            yield Text(note, style="dim")
        yield Text()
        yield Text(advise(self.comparison).sentence, style="bold")

    def _table(self, names: Sequence[str], regrets: Sequence[Estimate] | None) -> "Table":
        from rich.text import Text

        styles = {name: self._style(name) for name in names}
        table = bare_table(say("board.policy"), 16)
        for name in names:
            table.add_column(Text(f"{head(name)}\n{styles[name].unit}"), justify="right", no_wrap=True)
        written = regret_style(self.comparison, regrets or ())
        if regrets is not None:
            table.add_column(Text(say("board.regret", unit=written.unit)), justify="right", no_wrap=True)
        for index in self.comparison.order:
            row = self.comparison.rows[index]
            last = [] if regrets is None else [_number(regrets[index], written)]
            table.add_row(_who(row), *(_number(row.estimates[name], styles[name]) for name in names), *last)
        return table

    def _style(self, name: str) -> Style:
        values = [row.means[name] for row in self.comparison.rows if not row.yardstick] or [0.0]
        return style(SCORES[name].unit, values, self.comparison.setting.currency)


def scoreboard(comparison: Comparison) -> Scoreboard:
    """What a rich console prints."""
    return Scoreboard(comparison)


def scoreboard_text(comparison: Comparison, width: int = 100) -> str:
    """The same as plain text."""
    from rich.console import Console

    console = Console(width=width, color_system=None, force_terminal=False, legacy_windows=False)
    with console.capture() as shown:
        console.print(Scoreboard(comparison))
    return "\n".join(line.rstrip() for line in shown.get().splitlines()) + "\n"


def _who(row: Row) -> "RenderableType":
    from rich.text import Text

    # A long label breaks where its parameters begin, and between them.
    label = row.name if len(row.name) <= POLICY else row.name.replace(":", "\n", 1).replace(",", ", ")
    return Text.assemble((label, "bold"), "\n", (sees_told(row), "dim"))


def sees_told(row: Row) -> str:
    """What a row sees."""
    sights = say("list.items").join(say(f"sight.{sight}") for sight in row.sees) or say("sight.nothing")
    return say("board.yardstick" if row.yardstick else "board.sees", sights=sights)


def _shown(comparison: Comparison) -> tuple[str, ...]:
    """Scores in the order in which they get room: what rows were made equal in comes first."""
    asked = [] if comparison.equal is None else [comparison.equal.target.score]
    return tuple(dict.fromkeys([*asked, *COLUMNS]))


def head(name: str) -> str:
    """What stands over a score's column, in two lines."""
    return say(f"board.head.{name}") if name in COLUMNS else f"{SCORES[name].label}\n"


def _number(known: Estimate, written: Style) -> "RenderableType":
    from rich.text import Text

    if not known.count and math.isnan(known.mean) and not known.undefined:
        return Text(UNDEFINED)
    mark = "*" if known.undefined and known.count else ""
    return Text.assemble(f"{written.number(known.mean)}{mark}", "\n", (written.interval(known), "dim"))


def _luck(comparison: Comparison) -> str:
    luck = comparison.setting.luck
    return say("board.luck", runs=runs(comparison), luck=named(luck)) if luck else runs(comparison)


def _notes(comparison: Comparison, names: Sequence[str]) -> Iterator[str]:
    setting = comparison.setting
    if len(comparison.runs) > 1:
        yield say("board.intervals")
    shown = (row.estimates[name] for row in comparison.rows for name in names)
    if any(known.undefined and known.count for known in shown):
        yield say("board.partly")
    if comparison.equal is not None:
        yield equal_told(comparison.equal, int(comparison.runs[0]), comparison.setting.currency)
        for sentence in left_out_told(comparison.equal, comparison.setting.currency):
            yield say("board.left_out", told=sentence)
    if (told := hindsight_told(comparison)) is not None:
        yield told
    if any(row.yardstick for row in comparison.rows):
        yield say("board.yardsticks")
    yield say("board.goal", goal=goal_told(comparison.goal))
    yield world_told(setting.scenario, setting.scenario_hash, setting.seed)
