"""What changes are worth as a report: a sentence each, and every score side by side."""

from collections.abc import Iterator

from reports.display.cells import difference, estimated, meaning, words
from reports.display.numbers import style as style_for
from reports.display.section import Choice, Head, Line, Report, Section, Table, Words
from reports.display.sections import notes
from reports.language.naming import named
from reports.language.speaking import say
from reports.scores import SCORES
from reports.stress.worth import MONEY, SCORES_TOLD, Worth
from reports.stress.worth_words import change_said, sentences


def worth_report(worth: Worth) -> Report:
    """The report, in the language that is spoken."""
    told = tuple(sentences(worth))
    parts = (
        Section("advice", say("worth.answer"), (Words(told[1:], listed=True),) if told[1:] else ()),
        *(_section(worth, place) for place in range(len(worth.changes))),
        _definitions(worth),
        notes.assumed(worth),
        notes.not_modelled(worth),
        notes.sources(worth),
    )
    return Report(
        say("worth.title", title=named(worth.setting.title)),
        notes.facts(worth),
        told[0],
        tuple(part for part in parts if part is not None and part.parts),
        notes.reproduction(worth),
    )


def _definitions(worth: Worth) -> Section:
    """How worth is measured, and each score's formula."""
    lines = tuple(Line(SCORES[score].label, (words(meaning(score)),)) for score in SCORES_TOLD)
    heads, title = (Head(say("page.definition")),), say("stress.define.title")
    table = Table("definitions", title, Head(say("page.score")), heads, lines, look="meaning", folded=True)
    return Section("measured", title, (Words(tuple(worth_notes(worth))), table))


def _section(worth: Worth, place: int) -> Section:
    change = worth.changes[place]
    shown = tuple((worth.rows[row].name, (worth_table(worth, place, row),)) for row in range(len(worth.rows)))
    parts = shown[0][1] if len(shown) == 1 else (Choice(f"worth-{place}", shown),)
    return Section(f"change-{place}", change_said(change, worth.setting.currency), parts)


def worth_table(worth: Worth, place: int, row: int) -> Table:
    """Every score of a row without a change, with it, and the difference."""
    change = worth.changes[place]
    heads = (Head(say("worth.without")), Head(say("worth.with")), Head(say("worth.difference")))
    lines = []
    for score in SCORES_TOLD:
        sides = change.sides(row, score)
        written = style_for(SCORES[score].unit, [known.mean for known in sides], worth.setting.currency)
        gap = worth.differences(change, score)[row]
        label = say("page.with_unit", label=SCORES[score].label, unit=written.unit)
        cells = (*(estimated(known, written) for known in sides), difference(gap, written))
        lines.append(Line(label, cells, marked="chosen" if score == MONEY else ""))
    return Table(f"worth-{place}-{row}", worth.rows[row].name, Head(say("page.score")), heads, tuple(lines))


def worth_notes(worth: Worth) -> Iterator[str]:
    """How worth is measured, and what notice is held against."""
    yield say("worth.note")
    if any(step.kind == "notice" for change in worth.changes for step in change.steps):
        yield say("worth.against_no_notice")
