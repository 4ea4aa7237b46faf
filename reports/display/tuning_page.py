"""The page of a search: one self-contained HTML file, in the style of the page of a comparison."""

from collections.abc import Mapping

from reports.charts.frontier import frontier
from reports.comparison import Row
from reports.display.limits import NOT_MODELLED
from reports.display.numbers import Cell, Style
from reports.display.page import template
from reports.display.tuning import columns, ends, move_told, searched_told, style_of, value_told
from reports.scores import SCORES
from reports.tuning import Reach, Tuning
from reports.verdict.regret import UNKNOWN
from reports.verdict.tuned import sentences

WIDTH = 6
"""Columns of scores."""


def tuning_page(tuning: Tuning) -> str:
    """The page as text."""
    names = columns(tuning, WIDTH)
    styles = {name: style_of(tuning, name) for name in names}
    rows = tuning.frontier if tuning.front else tuning.finalists
    first, *rest = sentences(tuning)
    return template("tuning.html.j2").render(
        setting=tuning.comparison.setting,
        comparison=tuning.comparison,
        not_modelled=NOT_MODELLED,
        tuning=tuning,
        last=tuning.comparison.setting.day(tuning.comparison.setting.days - 1),
        sentence=first.replace(" %", "\u00a0%"),
        rest=[sentence.replace(" %", "\u00a0%") for sentence in rest],
        searched=searched_told(tuning),
        heads=[(SCORES[name].label, styles[name].unit, SCORES[name].formula) for name in names],
        rows=[(row.name, row is tuning.best and not tuning.front, _cells(row, styles)) for row in rows],
        default=_cells(tuning.default, styles),
        gaps=[] if tuning.front else _gaps(tuning, styles),
        picture=frontier(tuning),
        reaches=[] if tuning.front else [_reach(tuning, reach) for reach in tuning.reaches],
        objective=SCORES[tuning.goal.objective.score].label,
        unit=style_of(tuning, tuning.goal.objective.score).unit,
    )


def _cells(row: Row, styles: Mapping[str, Style]) -> list[Cell]:
    return [Cell.of(row.estimates[name], written) for name, written in styles.items()]


def _gaps(tuning: Tuning, styles: Mapping[str, Style]) -> list[Cell]:
    """The chosen row less the spec as given, in the scores that are compared."""
    gaps = {gap.score: gap.estimate for gap in tuning.differences}
    cells = []
    for name, written in styles.items():
        known = gaps.get(name, UNKNOWN)
        cells.append(Cell(written.signed(known.mean), written.signed_interval(known)))
    return cells


def _reach(tuning: Tuning, reach: Reach) -> tuple[str, ...]:
    """A line about one parameter: its name, the chosen value, from where to where it is as good, what moves change."""
    written = style_of(tuning, tuning.goal.objective.score)
    moves = [move_told(tuning, one, written) for one in tuning.moves(reach.parameter)]
    return reach.parameter, value_told(reach.best), *ends(reach), "; ".join(moves)
