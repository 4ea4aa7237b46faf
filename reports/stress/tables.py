"""Every measure of a stress test as a table: cases by rows, or rows by scores."""

import math
from collections.abc import Callable, Iterator, Sequence
from functools import partial

from reports.display.cells import estimated, meaning, number
from reports.display.numbers import UNDEFINED, Style, style
from reports.display.section import Cell, Choice, Head, Line, Part, Section, Table
from reports.language.speaking import say
from reports.scores import SCORES
from reports.stress.measures import recovery, survival
from reports.stress.stress import StressTest, Trial
from reports.stress.words import breaking_told, days_told, shocks_said, trial_said
from reports.verdict.estimates import Estimate
from reports.verdict.sentences import label, limits_told

ALWAYS = ("stockout_rate", "holding_cost", "profit")
"""Scores that the first table tells whatever the goal is."""
BROKEN = 0.6
"""How strongly the ground of a score that breaks the goal is coloured."""


def board(test: StressTest) -> Section:
    """Each score in the quiet world and in its worst trial."""
    if not test.trials:
        return Section("board", "", ())
    heads = [
        Head(f"{SCORES[score].label} {say(f'stress.board.{which}')}", style_of(test, score).unit, meaning(score))
        for score in shown_scores(test)
        for which in ("quiet", "worst")
    ]
    lines = [Line(test.rows[row].name, tuple(_both(test, row)), *_looks(test, row)) for row in test.order]
    table = Table("board", say("stress.board.title"), Head(say("page.policy")), tuple(heads), tuple(lines),
                  (say("stress.board.note"),), look="heat")  # fmt: skip
    return Section("board", say("stress.board.title"), (table,))


def _both(test: StressTest, row: int) -> Iterator[Cell]:
    for score in shown_scores(test):
        written = style_of(test, score)
        yield estimated(test.estimated(test.quiet, row, score), written)
        worst = test.worst_trial(row, score)
        if worst is None:
            yield Cell(UNDEFINED)
            continue
        known = test.estimated(worst, row, score)
        broken = any(limit.score == score and not limit.holds(known.mean) for limit in test.goal.constraints)
        under = f"{written.interval(known)}\n{trial_said(worst)}"
        yield number(known.mean, written, under, shade=BROKEN if broken else None)


def tails(test: StressTest) -> Section:
    """The mean of the worst 5 % of futures beside the mean of all."""
    scores = dict.fromkeys([test.goal.objective.score, "stockout_rate"])

    def cell(score: str, trial: Trial, row: int) -> Cell:
        written, known = style_of(test, score), test.tail(trial, row, score)
        mean = say("stress.tail.mean", mean=written.number(test.estimated(trial, row, score).mean))
        return number(known.mean, written, mean if math.isnan(known.low) else f"{mean}\n{written.interval(known)}")

    title, unit = say("stress.tail.title"), {score: style_of(test, score).unit for score in scores}
    trials, note = (test.quiet, *test.trials), (say("stress.tail.note"),)
    tables = tuple(
        _by_trial(test, f"tail-{score}", say("stress.tail.of", score=SCORES[score].label), unit[score], trials,
                  partial(cell, score), note)
        for score in scores
    )  # fmt: skip
    return Section("tail", title, tables if test.trials else ())


def spells(test: StressTest) -> Section:
    """How long each row survives a shock, how many futures it hits, and how long recovery takes."""
    shocks = [trial for trial in test.trials if trial.kind == "shock"]
    share = style("share", [1.0], "")

    def cell(trial: Trial, row: int) -> Cell:
        spell = trial.outcomes[row].spell
        if spell is None:
            return Cell(UNDEFINED)
        survived, back = survival(spell), recovery(spell)
        under = [say("stress.spell.hit", share=share.number(spell.hit), unit=share.unit)]
        under += [] if math.isnan(back.days) else [say("stress.spell.recovers", days=days_told(back))]
        return Cell(days_told(survived), survived.days, "\n".join(under))

    title = say("stress.spell.title")
    table = _by_trial(test, "spells", title, say("unit.days"), shocks, cell, (say("stress.spell.note"),))
    return Section("spells", title, (table,) if shocks else ())


def regret(test: StressTest) -> Section:
    """What each row gives away against the best under each trial."""
    if not test.trials or len(test.usable) < 2:
        return Section("regret", "", ())
    score = test.goal.objective.score
    written = style(SCORES[score].unit, test.regrets[list(test.usable)].ravel().tolist(), test.setting.currency)
    rows = sorted(test.usable, key=lambda row: test.largest_regrets[row])
    lines = [
        Line(trial_said(trial), tuple(_given_away(test, trial, row, written) for row in rows)) for trial in test.trials
    ]
    largest = tuple(
        number(test.largest_regrets[row], written, marked="chosen" if row == test.minimax else "") for row in rows
    )
    lines.append(Line(say("stress.regret.largest"), largest, marked="whole"))
    heads = [Head(test.rows[row].name, written.unit) for row in rows]
    title = say("stress.regret.title", score=label(score))
    table = Table(
        "regret", title, Head(say("stress.case.case")), tuple(heads), tuple(lines), (say("stress.regret.note"),)
    )
    return Section("regret", title, (table,))


def _given_away(test: StressTest, trial: Trial, row: int, written: Style) -> Cell:
    known = test.regret(trial, row)
    return number(0.0, written) if known.mean == 0 else estimated(known, written)


def reverse(test: StressTest) -> Section:
    """How strong each shock must be to break the limit."""
    if test.limit is None or not test.breakings:
        return Section("reverse", "", ())
    shocks = list(dict.fromkeys(one.shock for one in test.breakings))
    found = {(one.shock, one.row): one for one in test.breakings}
    title = say("stress.reverse.title", limit=limits_told((test.limit,)))
    lines = []
    for shock in shocks:
        broken = (found[shock, row] for row in test.order)
        cells = [Cell(breaking_told(one), one.at if math.isfinite(one.at) else None, marked="words") for one in broken]
        lines.append(Line(shocks_said(shock), tuple(cells)))
    heads = tuple(Head(test.rows[row].name, say("stress.reverse.unit")) for row in test.order)
    table = Table("reverse", title, Head(say("stress.case.case")), heads, tuple(lines), (say("stress.reverse.note"),))
    return Section("reverse", title, (table,))


def cases(test: StressTest) -> Section:
    """Every score of every trial with its paired change, one row at a time."""
    if not test.trials:
        return Section("cases", "", ())
    shown: tuple[tuple[str, tuple[Part, ...]], ...] = tuple(
        (test.rows[row].name, (_cases_of(test, row),)) for row in test.order
    )
    return Section("cases", say("stress.case.title"), (Choice("cases", shown),), folded=True)


def _cases_of(test: StressTest, row: int) -> Table:
    heads = []
    for score in test.scores:
        written = style_of(test, score)
        heads.append(Head(SCORES[score].label, written.unit, meaning(score)))
        points = say("page.points") if SCORES[score].unit == "share" else written.unit
        heads.append(Head(say("stress.case.change"), points, say("stress.define.change")))
    lines = []
    for trial in (test.quiet, *test.trials):
        cells = []
        for score in test.scores:
            written = style_of(test, score)
            cells.append(estimated(test.estimated(trial, row, score), written))
            cells.append(Cell("") if trial is test.quiet else _signed(test.change(trial, row, score), written))
        lines.append(Line(_trial_name(test, trial), tuple(cells)))
    name = test.rows[row].name
    return Table(f"cases-{row}", name, Head(say("stress.case.case")), tuple(heads), tuple(lines), look="every")


def style_of(test: StressTest, score: str) -> Style:
    """How a score is written throughout."""
    rows = test.usable or range(len(test.rows))
    values = [test.estimated(trial, row, score).mean for trial in (test.quiet, *test.trials) for row in rows]
    return style(SCORES[score].unit, values, test.setting.currency)


def shown_scores(test: StressTest) -> tuple[str, ...]:
    """The scores that are told first: the goal's, and those beside which it cannot be judged."""
    goal = test.goal
    return tuple(dict.fromkeys([*(limit.score for limit in goal.constraints), goal.objective.score, *ALWAYS]))


def _by_trial(
    test: StressTest,
    name: str,
    title: str,
    unit: str,
    trials: Sequence[Trial],
    cell: Callable[[Trial, int], Cell],
    notes: tuple[str, ...] = (),
) -> Table:
    """A table of trials by rows."""
    heads = tuple(Head(test.rows[row].name, unit) for row in test.order)
    lines = tuple(Line(_trial_name(test, trial), tuple(cell(trial, row) for row in test.order)) for trial in trials)
    return Table(name, title, Head(say("stress.case.case")), heads, lines, notes)


def _trial_name(test: StressTest, trial: Trial) -> str:
    return say("stress.quiet") if trial is test.quiet else trial_said(trial)


def _looks(test: StressTest, row: int) -> tuple[str, str]:
    """What stands under a row's name, and how its line is marked."""
    if test.rows[row].yardstick:
        return say("stress.board.yardstick"), "yardstick"
    kept = say("stress.board.kept", kept=test.kept[row], count=len(test.trials)) if test.goal.constraints else ""
    return kept, "chosen" if row == test.order[0] else ""


def _signed(known: Estimate, written: Style) -> Cell:
    value = known.mean * written.factor if math.isfinite(known.mean) else None
    return Cell(written.signed(known.mean), value, written.signed_interval(known))
