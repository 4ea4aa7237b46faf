"""From factory to shelf: where the days go, when goods waited, and how busy the places were."""

from collections.abc import Iterable

from reports.comparison import Comparison
from reports.display.cells import shown_row
from reports.display.passage import Passages, Use, heads
from reports.display.passage import passages as told_of
from reports.display.section import Cell, Head, Line, Part, Section, Shown, Table, Words
from reports.language.speaking import say
from reports.tally import WATCHED


def passages(comparison: Comparison) -> Section | None:
    """The ways of goods in the recommended row; None where no time passed and nothing was busy."""
    told = told_of(comparison, shown_row(comparison))
    return None if told is None else Section("passages", say("page.passages"), tuple(_parts(told)))


def _parts(told: Passages) -> Iterable[Part]:
    if told.answers:
        yield Words(
            tuple(say("page.answer", subject=lane, answer=answer) for lane, answer in told.answers), listed=True
        )
    if told.picture:
        left_out = say("page.lanes_left_out") if told.left_out else ""
        caption = say("page.passage_caption", policy=told.policy, watched=WATCHED, left_out=left_out)
        yield Shown(told.picture, say("page.passage_picture"), caption)
    if told.groups:
        yield _stages(told)
    if told.through:
        every = say("page.through_weeks" if told.through_days == 7 else "page.through_months")
        yield Shown(told.through, say("page.through_picture"), say("page.through_caption", stretch=every))
    if told.waits:
        yield _waits(told)
    if told.uses:
        yield _uses(told.uses)


def _stages(told: Passages) -> Table:
    lines: list[Line] = []
    for lane, orders, stages in told.groups:
        lines.append(Line(lane, (), orders))
        for number, (stage, cells) in enumerate(stages, start=1):
            whole = "whole" if number == len(stages) else ""
            lines.append(Line(stage, tuple(map(_days, cells)), marked=whole))
    columns = tuple(Head(label, say("page.days")) for label in heads())
    first = Head(say("page.stage"), say("page.by_lane"))
    return Table("stages", say("page.stages"), first, columns, tuple(lines), look="stages", folded=True)


def _waits(told: Passages) -> Table:
    months = tuple(Head(month.name, month.year) for month in told.months)
    lines = tuple(
        Line(wait.stage, tuple(_days(cell.written, cell.shade) for cell in wait.cells), wait.lane)
        for wait in told.waits
    )
    first = Head(say("page.waiting"), say("page.waiting_unit"))
    return Table("waits", say("page.waits"), first, months, lines, (say("page.waits_note"),), look="heat")


def _uses(uses: Iterable[Use]) -> Table:
    shares = Head(say("page.in_use"), say("page.share_of_time")), Head(say("page.spread"), say("page.of_runs"))
    lines = tuple(
        Line(use.place, (Cell(use.written, use.share * 100), Cell(use.interval), _gauge(use)), use.kind) for use in uses
    )
    first = Head(say("page.place"))
    return Table("uses", say("page.uses"), first, (*shares, Head("")), lines, (say("page.uses_note"),), look="narrow")


def _gauge(use: Use) -> Cell:
    return Cell("", marked="gauge busy" if use.busy else "gauge", shade=use.share)


def _days(written: str, shade: float = 0.0) -> Cell:
    known = written.replace(",", "")
    return Cell(written, float(known) if known[:1].isdigit() else None, shade=shade or None)
