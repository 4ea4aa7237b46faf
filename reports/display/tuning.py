"""A finished search as a table in the terminal, and as JSON."""

import re
from collections.abc import Iterator
from dataclasses import dataclass
from typing import TYPE_CHECKING

from reports.comparison import Row
from reports.display.numbers import Style, style
from reports.display.result import Json, difference_json, estimate_json, number, row_json
from reports.display.scoreboard import head
from reports.display.terminal import bare_table, world_told
from reports.exchange import strict_json
from reports.language.naming import named
from reports.language.speaking import say
from reports.scores import SCORES
from reports.tuning import Neighbour, Reach, Tuning
from reports.verdict.sentences import goal_told
from reports.verdict.tuned import sentences

if TYPE_CHECKING:
    from rich.console import Console, ConsoleOptions, RenderableType
    from rich.table import Table

FILLERS = ("stockout_rate", "holding_cost", "profit", "turnover")
"""Scores shown besides those of the goal, while there is room."""
POLICY, WIDTH = 24, 15
"""Characters that the first column takes, and one of a score."""


@dataclass(frozen=True)
class TuningTable:
    """A search as rich draws it."""

    tuning: Tuning

    def __rich_console__(self, console: "Console", options: "ConsoleOptions") -> "Iterator[RenderableType]":
        from rich.text import Text

        setting, choosing = self.tuning.comparison.setting, self.tuning.choosing
        yield Text(named(setting.title), style="bold")
        yield Text(say("tune.title", policy=choosing.policy, searched=searched_told(self.tuning)), style="dim")
        yield self._rows(options.max_width)
        if self.tuning.neighbours:
            yield Text(say("tune.reaches"), style="bold")
            yield self._reaches()
        yield Text(say("board.goal", goal=goal_told(self.tuning.goal)), style="dim")
        yield Text(world_told(setting.scenario, setting.scenario_hash, setting.seed), style="dim")
        yield Text()
        first, *rest = sentences(self.tuning)
        yield Text(first, style="" if self.tuning.front else "bold")
        yield from map(Text, rest)

    def _rows(self, width: int) -> "Table":
        from rich.text import Text

        names = columns(self.tuning, (width - POLICY) // WIDTH)
        styles = {name: style_of(self.tuning, name) for name in names}
        table = bare_table(say("tune.policy"), POLICY)
        for name in names:
            table.add_column(Text(f"{head(name)}\n{styles[name].unit}"), justify="right", no_wrap=True)
        rows = self.tuning.frontier if self.tuning.front else self.tuning.finalists
        for index, row in enumerate(rows):
            chosen = index == 0 and not self.tuning.front
            told = "chosen" if chosen else "on_front" if self.tuning.front else "finalist"
            table.add_row(_who(row, say(f"tune.{told}"), chosen), *(_cell(row, name, styles[name]) for name in names))
        table.add_row(
            _who(self.tuning.default, say("tune.given"), False),
            *(_cell(self.tuning.default, name, styles[name]) for name in names),
        )
        if not self.tuning.front:
            table.add_row(Text(say("tune.difference")), *self._differences(names, styles))
        return table

    def _differences(self, names: tuple[str, ...], styles: dict[str, Style]) -> "Iterator[RenderableType]":
        from rich.text import Text

        gaps = {gap.score: gap.estimate for gap in self.tuning.differences}
        for name in names:
            if name in gaps:
                yield Text.assemble(
                    styles[name].signed(gaps[name].mean), "\n", (styles[name].signed_interval(gaps[name]), "dim")
                )
            else:
                yield Text("")

    def _reaches(self) -> "Table":
        score = self.tuning.goal.objective.score
        written = style_of(self.tuning, score)
        table = bare_table(say("tune.parameter"), 12)
        for over in ("best", "good_from", "good_to"):
            table.add_column(say(f"tune.{over}"), justify="right", no_wrap=True)
        moved = say("tune.by_a_move", head=head(score), unit=written.unit)
        table.add_column(moved, justify="right", no_wrap=True)
        for reach in self.tuning.reaches:
            told = "\n".join(move_told(self.tuning, one, written) for one in self.tuning.moves(reach.parameter))
            table.add_row(reach.parameter, value_told(reach.best), *ends(reach), told)
        return table


def move_told(tuning: Tuning, one: Neighbour, written: Style) -> str:
    """What a move of one parameter changes."""
    key = "tune.move" if tuning.keeps(one) else "tune.move_breaks"
    return say(key, value=value_told(one.value), step=written.signed(tuning.step(one).mean))


def tuning_json(tuning: Tuning) -> str:
    """The object that `--json` prints, as text. What is undefined is null."""
    return strict_json(_object(tuning))


def columns(tuning: Tuning, most: int) -> tuple[str, ...]:
    """The scores a table shows: those of the goal, then others while there is room."""
    asked = [*(limit.score for limit in tuning.goal.constraints), tuning.goal.objective.score]
    return tuple(dict.fromkeys([*asked, *FILLERS]))[: max(most, len(set(asked)))]


def _object(tuning: Tuning) -> Json:
    setting, choosing, one = tuning.comparison.setting, tuning.choosing, not tuning.front
    exact, good = tuning.chances if one else (float("nan"), float("nan"))
    return {
        "scenario": setting.scenario,
        "hash": setting.scenario_hash,
        "seed": setting.seed,
        "policy": choosing.policy,
        "playbook": choosing.playbook,
        "routing": choosing.routing,
        "search": choosing.search,
        "goal": str(tuning.goal),
        "confidence": choosing.confidence,
        "candidates": len(choosing.tried),
        "skipped": choosing.skipped,
        "parameters": {axis.name: axis.searched for axis in choosing.axes},
        "replications": {
            "choosing": choosing.runs,
            "rounds": [{"candidates": candidates, "replications": runs} for candidates, runs in choosing.rounds],
            "reporting": len(tuning.comparison.runs),
            "reporting_from": int(tuning.comparison.runs[0]),
        },
        "best": _best(tuning) if one else None,
        "default": _row(tuning, tuning.default),
        "difference": {gap.score: difference_json(gap) for gap in tuning.differences} if one else None,
        "finalists": [_row(tuning, row) for row in tuning.finalists],
        "probability_correct": number(exact),
        "probability_good": number(good),
        "sensitivity": [_sensitivity(tuning, reach) for reach in tuning.reaches] if one else [],
        "frontier": [_row(tuning, row) for row in tuning.frontier] if tuning.front else [],
        "advice": list(sentences(tuning)),
        "luck": setting.luck,
        "versions": dict(tuning.comparison.versions),
    }


def _row(tuning: Tuning, row: Row) -> Json:
    values = next((dict(one.values) for one in tuning.choosing.tried if one.policy == row.policy), None)
    return {**row_json(row, ()), "values": values}


def _best(tuning: Tuning) -> Json:
    kept = [{"constraint": str(limit), "bound": number(end), "keeps": keeps} for limit, end, keeps in tuning.kept]
    return {**_row(tuning, tuning.best), "constraints": kept, "held_while_choosing": tuning.choosing.held}


def _sensitivity(tuning: Tuning, reach: Reach) -> Json:
    return {
        "parameter": reach.parameter,
        "best": reach.best,
        "as_good_from": reach.low,
        "as_good_to": reach.high,
        "open_below": reach.open_low,
        "open_above": reach.open_high,
        "moves": [_move(tuning, one) for one in tuning.moves(reach.parameter)],
    }


def _move(tuning: Tuning, one: Neighbour) -> Json:
    return {
        "value": one.value,
        "policy": one.policy,
        "scores": {name: estimate_json(tuning.estimate(one, name)) for name in one.scores},
        "difference": {"score": tuning.goal.objective.score, **estimate_json(tuning.step(one))},
        "as_good": tuning.as_good(one),
    }


def searched_told(tuning: Tuning) -> str:
    """How it was searched, and where."""
    choosing = tuning.choosing
    return say(
        "tune.searched_skipped" if choosing.skipped else "tune.searched",
        search=say(f"tune.search.{choosing.search}"),
        tried=f"{len(choosing.tried):,}",
        skipped=choosing.skipped,
        axes=say("list.clauses").join(
            say("tune.axis", name=axis.name, searched=axis.searched) for axis in choosing.axes
        ),
    )


def style_of(tuning: Tuning, name: str) -> Style:
    """How a score's numbers are written."""
    values = [row.means[name] for row in tuning.comparison.rows]
    return style(SCORES[name].unit, values, tuning.comparison.setting.currency)


def _who(row: Row, told: str, chosen: bool) -> "RenderableType":
    from rich.text import Text

    label = re.sub(r"[:,]|(?=\+)", "\n", row.name) if len(row.name) > POLICY else row.name
    return Text.assemble((label, "bold" if chosen else ""), "\n", (told, "dim"))


def _cell(row: Row, name: str, written: Style) -> "RenderableType":
    from rich.text import Text

    known = row.estimates[name]
    return Text.assemble(written.number(known.mean), "\n", (written.interval(known), "dim"))


def ends(reach: Reach) -> tuple[str, str]:
    """From where to where a parameter is as good."""
    low, high = value_told(reach.low), value_told(reach.high)
    return (
        say("tune.or_less", value=low) if reach.open_low else low,
        say("tune.or_more", value=high) if reach.open_high else high,
    )


def value_told(value: int | float | str | None) -> str:
    """A parameter's value."""
    return say("tune.not_given") if value is None else str(value)
