"""A stress test in the terminal: each rule at its worst, every rule under every case, the verdict at the end."""

import re
from collections.abc import Iterator
from dataclasses import dataclass
from textwrap import fill
from typing import TYPE_CHECKING

from reports.display.numbers import style
from reports.display.terminal import bare_table, world_told
from reports.language.naming import named
from reports.language.speaking import say
from reports.scores import SCORES
from reports.stress.fixes import fixes
from reports.stress.sections import facts
from reports.stress.stress import StressTest
from reports.stress.tables import style_of
from reports.stress.words import (
    breaking_told,
    fix_told,
    refusal_told,
    shocks_said,
    trial_said,
    verdict,
)
from reports.verdict.sentences import goal_told, limits_told

if TYPE_CHECKING:
    from rich.console import Console, ConsoleOptions, RenderableType
    from rich.table import Table
    from rich.text import Text

NAME = 20
"""Letters of a policy's name that are kept in one piece."""
HEAD = 10
"""Letters of a name in a column: with five columns of them a table fits eighty letters."""


@dataclass(frozen=True)
class StressTables:
    """A stress test as rich draws it."""

    test: StressTest

    def __rich_console__(self, console: "Console", options: "ConsoleOptions") -> "Iterator[RenderableType]":
        from rich.text import Text

        test, setting = self.test, self.test.setting
        yield Text(named(setting.title), style="bold")
        yield Text(say("list.facts").join(facts(test)), style="dim")
        if test.trials:
            yield self._rows()
            yield Text(self._shown_title(), style="bold")
            yield self._cases()
        if test.limit is not None and test.breakings:
            yield Text(say("stress.reverse.title", limit=limits_told((test.limit,))), style="bold")
            yield self._reverse()
        for fix in fixes(test) if test.goal.constraints else ():
            yield Text(fix_told(test, fix))
        for one in test.refused:
            yield Text(refusal_told(one), style="dim")
        yield Text(say("board.goal", goal=goal_told(test.goal)), style="dim")
        yield Text(world_told(setting.scenario, setting.scenario_hash, setting.seed), style="dim")
        yield Text()
        for place, sentence in enumerate(verdict(test)):
            yield Text(sentence, style="bold" if place == 0 else "")

    def _rows(self) -> "Table":
        """Each row's limited scores and objective, quiet and at worst, and its largest regret."""
        test = self.test
        names = [test.rows[row].name.replace("+", "\n+") for row in test.order]
        widest = max((len(part) for name in names for part in name.split("\n")), default=0)
        table = bare_table(say("page.policy"), whole=widest <= NAME)
        scores = self._asked()
        for score in scores:
            unit = style_of(test, score).unit
            for which in ("quiet", "worst"):
                head = _with(say(f"stress.board.{which}"), unit)
                table.add_column(_folded(f"{SCORES[score].label}\n{head}"), justify="right", overflow="fold")
        aim = test.goal.objective.score
        known = [regret for regret in test.largest_regrets if regret == regret]
        written = style(SCORES[aim].unit, known, test.setting.currency)
        largest = _with(say("stress.regret.largest"), written.unit)
        table.add_column(_folded(f"{say('stress.measure.regret')}\n{largest}"), justify="right", overflow="fold")
        for row, name in zip(test.order, names, strict=True):
            cells = [cell for score in scores for cell in self._both(row, score)]
            table.add_row(name, *cells, written.number(test.largest_regrets[row]))
        return table

    def _both(self, row: int, score: str) -> "Iterator[Text]":
        from rich.text import Text

        written, worst = style_of(self.test, score), self.test.worst_trial(row, score)
        quiet = self.test.estimated(self.test.quiet, row, score)
        yield Text.assemble(written.number(quiet.mean), "\n", (written.interval(quiet), "dim"))
        if worst is None:
            yield Text("")
            return
        known = self.test.estimated(worst, row, score)
        yield Text.assemble(written.number(known.mean), "\n", (_folded(trial_said(worst)), "dim"))

    def _asked(self) -> list[str]:
        goal = self.test.goal
        return list(dict.fromkeys([*(limit.score for limit in goal.constraints), goal.objective.score]))

    def _shown_title(self) -> str:
        score = self._asked()[0]
        return _with(SCORES[score].label, style_of(self.test, score).unit)

    def _cases(self) -> "Table":
        """The first score of the goal, case by case; red where the goal is broken."""
        from rich.text import Text

        test, score = self.test, self._asked()[0]
        written = style_of(test, score)
        table = bare_table(say("stress.case.case"))
        for row in test.order:
            table.add_column(_folded(test.rows[row].name), justify="right", overflow="fold")
        for trial in (test.quiet, *test.trials):
            cells = []
            for row in test.order:
                number = written.number(test.estimated(trial, row, score).mean)
                cells.append(Text(number) if test.keeps(trial, row) else Text(f"{number}!", "red"))
            table.add_row(say("stress.quiet") if trial is test.quiet else trial_said(trial), *cells)
        return table

    def _reverse(self) -> "Table":
        test = self.test
        table = bare_table(say("stress.case.case"))
        for row in test.order:
            table.add_column(_folded(test.rows[row].name), overflow="fold")
        found = {(one.shock, one.row): breaking_told(one) for one in test.breakings}
        for shock in dict.fromkeys(one.shock for one in test.breakings):
            table.add_row(_folded(shocks_said(shock)), *(found[shock, row] for row in test.order))
        return table


def _folded(name: str) -> str:
    """A name in a narrow column: cut before what wraps a policy and before a Chinese bracket, and behind hyphens."""
    parts = (part for line in name.split("\n") for part in re.split(r"(?<=.)(?=[+（])", line))
    return "\n".join(fill(part, HEAD, break_long_words=False) for part in parts)


def _with(label: str, unit: str) -> str:
    return say("stress.board.with_unit", label=label, unit=unit)
