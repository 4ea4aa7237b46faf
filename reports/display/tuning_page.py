"""The report of a search, and the page that is made of it."""

from collections.abc import Mapping

from reports.charts.frontier import frontier
from reports.comparison import Row
from reports.display.cells import estimated, meaning, number, words
from reports.display.html import html
from reports.display.numbers import Style
from reports.display.section import Cell, Head, Line, Report, Section, Shown, Table, Words
from reports.display.sections.notes import assumed, not_modelled, reproduction, season_said, sources
from reports.display.tuning import columns, ends, move_told, searched_told, style_of, value_told
from reports.language.naming import named
from reports.language.speaking import say
from reports.scores import SCORES
from reports.tuning import Reach, Tuning
from reports.verdict.regret import UNKNOWN
from reports.verdict.sentences import goal_told, label
from reports.verdict.tuned import sentences

WIDTH = 6
"""Columns of scores."""


def tuning_page(tuning: Tuning) -> str:
    """The page as text."""
    return html(tuning_report(tuning))


def tuning_report(tuning: Tuning) -> Report:
    """The report, in the language that is spoken."""
    comparison, choosing = tuning.comparison, tuning.choosing
    first, *rest = sentences(tuning)
    notes = [section(comparison) for section in (assumed, not_modelled, sources)]
    return Report(
        say("tuning_page.title", policy=choosing.policy, world=named(comparison.setting.title)),
        (season_said(comparison), say("page.answer", subject=choosing.policy, answer=searched_told(tuning))),
        first,
        tuple(
            section
            for section in (_advice(tuning, rest), _rows(tuning), _frontier(tuning), _reaches(tuning), *notes)
            if section is not None
        ),
        reproduction(comparison),
    )


def _advice(tuning: Tuning, rest: list[str]) -> Section:
    goal = f"{say('page.goal', goal=goal_told(tuning.goal))} {say('tuning_page.intervals')}"
    return Section("advice", say("page.advice"), (Words(tuple(rest), listed=True), Words((goal,))))


def _rows(tuning: Tuning) -> Section:
    """The finalists or the front, what was given, and what the choice gains on it."""
    names = columns(tuning, WIDTH)
    styles = {name: style_of(tuning, name) for name in names}
    rows = tuning.frontier if tuning.front else tuning.finalists
    lines = [_line(row, styles, chosen=row is tuning.best and not tuning.front) for row in rows]
    lines.append(Line(tuning.default.name, _cells(tuning.default, styles), say("chart.as_given"), "yardstick"))
    if not tuning.front:
        lines.append(Line(say("tuning_page.gain"), _gaps(tuning, styles)))
    title = say("tuning_page.front" if tuning.front else "tuning_page.finalists")
    heads = tuple(Head(SCORES[name].label, styles[name].unit, meaning(name)) for name in names)
    table = Table("rows", title, Head(say("page.policy")), heads, tuple(lines), look="board")
    return Section("rows", title, (table,))


def _line(row: Row, styles: Mapping[str, Style], chosen: bool) -> Line:
    return Line(row.name, _cells(row, styles), *((say("tuning_page.chosen"), "chosen") if chosen else ()))


def _cells(row: Row, styles: Mapping[str, Style]) -> tuple[Cell, ...]:
    return tuple(estimated(row.estimates[name], written) for name, written in styles.items())


def _gaps(tuning: Tuning, styles: Mapping[str, Style]) -> tuple[Cell, ...]:
    """The chosen row less the spec as given, in the scores that are compared."""
    gaps = {gap.score: gap.estimate for gap in tuning.differences}
    cells = []
    for name, written in styles.items():
        known = gaps.get(name, UNKNOWN)
        kept = number(known.mean, written, written.signed_interval(known))
        cells.append(Cell(written.signed(known.mean), kept.value, kept.under))
    return tuple(cells)


def _frontier(tuning: Tuning) -> Section:
    title = say("tuning_page.picture", objective=label(tuning.goal.objective.score))
    return Section("frontier", title, (Shown(frontier(tuning), caption=say("tuning_page.picture_caption")),))


def _reaches(tuning: Tuning) -> Section | None:
    """How far each parameter can move; None where there is a front and no one answer."""
    if tuning.front or not tuning.reaches:
        return None
    score = tuning.goal.objective.score
    by_a_move = Head(say("tuning_page.by_a_move", score=SCORES[score].label), style_of(tuning, score).unit)
    heads = tuple(Head(say(f"tuning_page.{key}")) for key in ("value", "good_from", "good_to"))
    lines = tuple(_reach(tuning, reach) for reach in tuning.reaches)
    title, first = say("tuning_page.reaches"), Head(say("tuning_page.parameter"))
    note = (say("tuning_page.reaches_note"),)
    return Section("sensitivity", title, (Table("sensitivity", title, first, (*heads, by_a_move), lines, note),))


def _reach(tuning: Tuning, reach: Reach) -> Line:
    """A line about one parameter: the chosen value, from where to where it is as good, what moves change."""
    written = style_of(tuning, tuning.goal.objective.score)
    moves = [move_told(tuning, one, written) for one in tuning.moves(reach.parameter)]
    texts = (value_told(reach.best), *ends(reach), say("tuning_page.semicolon").join(moves))
    return Line(reach.parameter, tuple(words(text, marked="") for text in texts))
