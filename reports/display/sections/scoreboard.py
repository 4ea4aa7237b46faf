"""The rows and their scores: the ones that matter first, and every one with its formula."""

import math

from reports.comparison import Comparison, Row
from reports.display.cells import estimated, meaning, partly_told, words
from reports.display.equal import equal_told, left_out_told
from reports.display.numbers import UNDEFINED, Style, percent, style
from reports.display.regret import hindsight_told, regret_style
from reports.display.scoreboard import sees_told
from reports.display.section import Cell, Head, Line, Part, Section, Table, Words
from reports.language.speaking import say, say_count
from reports.scores import SCORES
from reports.verdict.advice import Advice, advise
from reports.verdict.regret import Hindsight, hindsight

BOARD = (
    "stockout_rate",
    "holding_cost",
    "turnover",
    "profit",
    "fill_rate",
    "freight",
    "lost_margin",
    "peak_cash",
)


def scoreboard(comparison: Comparison) -> Section:
    """Rows as a reader wants them, and what the columns mean."""
    board = _board(comparison)
    parts: list[Part] = [board, _meanings(board)]
    if equal := _equal(comparison):
        parts.append(Words(equal, listed=True))
    if (told := hindsight_told(comparison)) is not None:
        parts.append(Words((told,)))
    return Section("scoreboard", say("page.scoreboard"), tuple(parts))


def every_score(comparison: Comparison) -> Section:
    """All scores of all rows, for whoever wants to look something up."""
    rows = [comparison.rows[index] for index in comparison.order]
    table = Table(
        "scores",
        say("page.every_score"),
        Head(say("page.score")),
        tuple(Head(row.name) for row in rows),
        tuple(_score_line(comparison, rows, name) for name in SCORES),
        partly_told(row.estimates[name] for row in rows for name in SCORES),
        look="every",
    )
    return Section("scores", say_count("page.every", len(rows), scores=len(SCORES)), (table,), folded=True)


def score_style(comparison: Comparison, name: str) -> Style:
    """How a column of a score is written, so that every row can be read; yardsticks may be far off."""
    values = [row.means[name] for row in comparison.rows if not row.yardstick]
    values = values or [row.means[name] for row in comparison.rows]
    return style(SCORES[name].unit, values, comparison.setting.currency)


def _board(comparison: Comparison) -> Table:
    hind, known = hindsight(comparison), advise(comparison)
    heads = [Head(SCORES[name].label, score_style(comparison, name).unit, meaning(name)) for name in BOARD]
    if hind is not None:
        heads.append(Head(say("page.regret"), regret_style(comparison, hind.regrets).unit, say("page.regret_meaning")))
    heads.append(Head(say("page.right_choice"), say("page.chance"), say("page.right_choice_meaning")))
    return Table(
        "scoreboard",
        say("page.scoreboard"),
        Head(say("page.policy"), say("page.and_sees")),
        tuple(heads),
        tuple(_line(comparison, index, known, hind) for index in comparison.order),
        (say("page.board_note"), *partly_told(row.estimates[name] for row in comparison.rows for name in BOARD)),
        look="board",
    )


def _line(comparison: Comparison, index: int, known: Advice, hind: Hindsight | None) -> Line:
    row = comparison.rows[index]
    cells = [estimated(row.estimates[name], score_style(comparison, name)) for name in BOARD]
    if hind is not None:
        regret, written = hind.regrets[index], regret_style(comparison, hind.regrets)
        cells.append(estimated(regret, written) if regret.count else Cell(UNDEFINED))
    cells.append(_chance(known.chances[index]))
    marked = "chosen" if index == known.row else "yardstick" if row.yardstick else ""
    return Line(row.name, tuple(cells), sees_told(row), marked)


def _chance(chance: float) -> Cell:
    """A chance in few letters, never more certain than it can be known."""
    if math.isnan(chance):
        return Cell(UNDEFINED)
    text = say("page.above_99") if chance > 0.99 else say("page.below_1") if chance < 0.01 else percent(chance)
    return Cell(text, chance * 100)


def _score_line(comparison: Comparison, rows: list[Row], name: str) -> Line:
    written = score_style(comparison, name)
    label = say("page.with_unit", label=SCORES[name].label, unit=written.unit)
    return Line(label, tuple(estimated(row.estimates[name], written) for row in rows), SCORES[name].formula)


def _meanings(board: Table) -> Table:
    lines = tuple(Line(head.label, (words(head.meaning),)) for head in board.heads)
    heads = (Head(say("page.definition")),)
    return Table("meanings", say("page.meanings"), Head(say("page.column")), heads, lines, look="meaning", folded=True)


def _equal(comparison: Comparison) -> tuple[str, ...]:
    """How rows were brought to equal service, a line each; none where they were not."""
    if comparison.equal is None:
        return ()
    currency = comparison.setting.currency
    told = equal_told(comparison.equal, int(comparison.runs[0]), currency)
    left_out = left_out_told(comparison.equal, currency)
    return (told, *(say("page.left_out", line=line) for line in left_out))
