"""A sensitivity study as a report."""

from reports.charts.tornado import MOST, tornado
from reports.display.cells import estimated, number, words
from reports.display.numbers import Style, style
from reports.display.section import Cell, Head, Line, Report, Section, Shown, Table, Words
from reports.display.sections import notes
from reports.language.naming import named
from reports.language.speaking import say
from reports.scores import SCORES
from reports.sensitivity.result import HIGH, LOW, Sensitivity
from reports.sensitivity.words import factor_named, facts, score_said, verdict
from reports.verdict.estimates import Estimate


def sensitivity_report(study: Sensitivity) -> Report:
    """The report, in the language that is spoken."""
    told = verdict(study)
    sections = (
        Section("advice", say("sensitivity.answer"), (Words(told[1:], listed=True),) if told[1:] else ()),
        Section("tornado", say("sensitivity.tornado"), (Shown(tornado(study), caption=_caption(study)),)),
        Section("factors", say("sensitivity.table"), (table(study), Words((say("sensitivity.note"),)))),
        Section("choice", say("sensitivity.choice"), (choices(study),) if study.flips else ()),
        notes.assumed(study),
        notes.not_modelled(study),
        notes.sources(study),
    )
    return Report(
        say("sensitivity.title", score=score_said(study), world=named(study.setting.title)),
        (notes.season_said(study), *facts(study)),
        told[0],
        tuple(section for section in sections if section is not None and section.parts),
        notes.reproduction(study),
    )


def change_style(study: Sensitivity) -> Style:
    """How changes of the score are written."""
    unit = SCORES[study.score].unit
    changes = [study.change(place, end).mean for place in range(len(study.factors)) for end in (LOW, HIGH)]
    written = style(unit, changes, study.setting.currency)
    return Style(say("page.points"), written.factor, written.decimals) if unit == "share" else written


def table(study: Sensitivity) -> Table:
    """Every factor, the one with the largest swing first."""
    written = change_style(study)
    change = say("sensitivity.change", score=SCORES[study.score].label)
    heads = [Head(say("sensitivity.low"), written.unit, change), Head(say("sensitivity.high"), written.unit, change)]
    if study.effects:
        heads.append(Head(say("sensitivity.size"), written.unit, say("sensitivity.size_meaning")))
        heads.append(Head(say("sensitivity.spread"), written.unit, say("sensitivity.spread_meaning")))
    if study.shares:
        heads.append(Head(say("sensitivity.alone"), "%", say("sensitivity.alone_meaning")))
        heads.append(Head(say("sensitivity.together"), "%", say("sensitivity.together_meaning")))
    lines = tuple(_line(study, place, written) for place in study.order)
    return Table("factors", say("sensitivity.table"), Head(say("sensitivity.factor_head")), tuple(heads), lines)


def choices(study: Sensitivity) -> Table:
    """Where another row is the best, and by how much at that end."""
    written = change_style(study)
    lines = []
    for flip in study.flips:
        factor = study.factors[flip.factor]
        end = factor.low if flip.end == LOW else factor.high
        cells = (words(factor.said(end)), words(study.rows[flip.row]), words(factor.said(flip.at)))
        lines.append(Line(factor_named(factor), (*cells, _change(flip.gap, written))))
    heads = (
        Head(say("sensitivity.end")), Head(say("sensitivity.best")), Head(say("sensitivity.from")),
        Head(say("sensitivity.gain"), written.unit),
    )  # fmt: skip
    return Table("choice", say("sensitivity.choice"), Head(say("sensitivity.factor_head")), heads, tuple(lines))


def _line(study: Sensitivity, place: int, written: Style) -> Line:
    factor = study.factors[place]
    cells = [_change(study.change(place, end), written) for end in (LOW, HIGH)]
    if study.effects:
        known = study.effects[place]
        cells += [estimated(known.size, written), number(known.spread, written)]
    if study.shares:
        share = Style("%", 100.0, 0)
        cells += [estimated(study.shares[place].alone, share), estimated(study.shares[place].together, share)]
    ends = say("number.from_to", low=factor.said(factor.low), high=factor.said(factor.high))
    keys = [] if not factor.kind else list(factor.keys)
    return Line(factor_named(factor), tuple(cells), "\n".join([ends, *keys]))


def _change(known: Estimate, written: Style) -> Cell:
    cell = estimated(known, written)
    return Cell(written.signed(known.mean), cell.value, written.signed_interval(known), low=cell.low, high=cell.high)


def _caption(study: Sensitivity) -> str:
    caption = say("sensitivity.tornado_caption", score=score_said(study), row=study.rows[study.leader])
    more = say("sensitivity.tornado_more", count=MOST) if len(study.factors) > MOST else ""
    return say("list.sentences").join(filter(None, (caption, more)))
