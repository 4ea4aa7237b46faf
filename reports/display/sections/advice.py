"""The answer first: what to use, and what it brings."""

from reports.comparison import Comparison, Row
from reports.display.cells import meaning
from reports.display.numbers import full_style
from reports.display.section import Cell, Head, Line, Section, Table, Words
from reports.language.speaking import say
from reports.scores import SCORES
from reports.verdict.advice import advise
from reports.verdict.sentences import goal_told

TILES = ("stockout_rate", "holding_cost", "turnover", "profit")


def advice(comparison: Comparison) -> Section:
    """What the recommended row brings in the scores that come first; the sentence itself is the report's headline."""
    row = advise(comparison).row
    goal = say("page.goal", goal=goal_told(comparison.goal))
    sure = say("page.intervals" if len(comparison.runs) > 1 else "page.no_interval")
    notes = (f"{goal} {sure}",)
    parts = (Words(notes),) if row is None else (_tiles(comparison, comparison.rows[row], notes),)
    return Section("advice", say("page.advice"), parts)


def _tiles(comparison: Comparison, row: Row, notes: tuple[str, ...]) -> Table:
    heads, cells = zip(*(_tile(comparison, row, name) for name in TILES), strict=True)
    line = Line(row.name, cells, marked="chosen")
    return Table("tiles", say("page.tiles"), Head(say("page.policy")), heads, (line,), notes, look="tiles")


def _tile(comparison: Comparison, row: Row, name: str) -> tuple[Head, Cell]:
    score, known = SCORES[name], row.estimates[name]
    written = full_style(score.unit, known.mean, comparison.setting.currency)
    value = None if known.count == 0 else known.mean * written.factor
    cell = Cell(written.number(known.mean), value, written.interval(known))
    return Head(score.label, written.unit, meaning(name)), cell
