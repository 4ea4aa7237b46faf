"""How promotions went: a block a promotion, a line a policy; and of the row that is looked at, in all futures."""

import numpy as np

from reports.closeup.closeup import Closeup
from reports.closeup.reviews import AMOUNTS, OUTCOMES, ended
from reports.comparison import Comparison
from reports.display.cells import number as share_cell
from reports.display.numbers import Style
from reports.display.promotions import heads, rule
from reports.display.promotions import promotions as told_of
from reports.display.section import Cell, Head, Line, Section, Table
from reports.display.spread import spread
from reports.language.naming import named
from reports.language.speaking import date_said, say, say_count
from reports.scores.score import ratio


def promotions(comparison: Comparison) -> Section | None:
    """The promotions of all futures looked at, and of the first replication; None where none was kept."""
    told, tables = told_of(comparison), _futures(comparison)
    if not told:
        return Section("promotions", say("page.promotions"), tables) if tables else None
    lines: list[Line] = []
    for promotion in told:
        lines.append(Line(promotion.name, (), promotion.when))
        lines += [Line(policy, tuple(map(_units, cells))) for policy, cells in promotion.lines]
    columns = tuple(Head(label, unit) for label, unit in heads())
    title = say("page.promotions")
    table = Table("promotions", title, Head(say("page.policy")), columns, tuple(lines), (rule(),))
    return Section("promotions", title, (*tables, table))


def _futures(comparison: Comparison) -> tuple[Table, ...]:
    """How often each promotion was hit or missed, and why; none where no promotion ended or nothing was looked at."""
    closeup, setting = comparison.closeup, comparison.setting
    if closeup is None or not ended(setting):
        return ()
    lines = tuple(
        Line(named(event.name), _cells(closeup, number), date_said(setting.day(event.first_day)))
        for number, event in enumerate(ended(setting))
    )
    heads = (
        *(Head(say(f"promotion.head.{name}"), "%") for name in OUTCOMES),
        *(Head(say(f"promotion.head.{name}"), say("unit.units")) for name in AMOUNTS),
        Head(say("promotion.left_share"), "%", say("promotion.left_share_meaning")),
    )
    futures = say_count("closeup.futures", len(closeup.runs))
    notes = (say("promotion.futures_note", policy=closeup.policy, futures=futures),)
    title = say("promotion.in_futures", futures=futures)
    return (Table("promotions-futures", title, Head(say("promotion.promotion")), heads, lines, notes),)


def _cells(closeup: Closeup, number: int) -> tuple[Cell, ...]:
    """One promotion over all futures: shares of SKUs and futures, units of the middle future, what was left of all."""
    outcomes, units = closeup.promotions.outcomes[:, number], closeup.promotions.units[:, number]
    percent = Style("%", 100.0, 1)
    shares = ratio(outcomes.sum(axis=0).astype(float), np.full(len(OUTCOMES), float(outcomes.sum())))
    available, left = (float(units[:, AMOUNTS.index(name)].sum()) for name in ("available", "left"))
    return (
        *(share_cell(float(share), percent) for share in shares),
        *(spread(amounts) for amounts in units.T),
        share_cell(left / available if available else np.nan, percent),
    )


def _units(written: str) -> Cell:
    return Cell(written, int(written.replace(",", "")))
