"""What a campaign loop learnt: of each campaign the lift announced, the lift it was planned with, and the evidence."""

from collections.abc import Sequence

import numpy as np

from reports.closeup.reviews import LEARNT, coming
from reports.comparison import Comparison
from reports.display.section import Cell, Head, Line, Section, Table, Words
from reports.display.spread import spread
from reports.language.naming import named
from reports.language.speaking import date_said, say, say_count
from reports.record import EventMark, FloatArray, Setting

PRINTED = 60
"""Lines that are printed; a spreadsheet has all."""
DECIMALS = (2, 2, 2, 0)
"""With how many decimals each of `LEARNT` is printed."""


def parameters(comparison: Comparison) -> Section | None:
    """The section; None where no campaign loop was looked at, or no campaign was planned by it."""
    closeup, setting = comparison.closeup, comparison.setting
    if closeup is None:
        return None
    lines: list[Line] = []
    learnt = closeup.campaigns.learnt
    for number, event in enumerate(coming(setting) if learnt else ()):
        told = _lines([learnt[name][:, number] for name in LEARNT], setting)
        if told:
            lines += [_heading(event, setting), *told]
    if not lines:
        return None
    futures = say_count("closeup.futures", len(closeup.runs))
    heads = tuple(
        Head(say(f"parameters.{name}"), say(f"parameters.{name}_unit"), say(f"parameters.{name}_meaning"))
        for name in LEARNT
    )
    where = Head(say("parameters.where"))
    table = Table("parameters", say("parameters.table"), where, heads, tuple(lines), look="narrow", most=PRINTED)
    return Section("parameters", say("parameters.title"), (Words((say("parameters.meaning", futures=futures),)), table))


def _heading(event: EventMark, setting: Setting) -> Line:
    return Line(say("parameters.campaign", name=named(event.name), day=date_said(setting.day(event.first_day))), ())


def _lines(learnt: Sequence[FloatArray], setting: Setting) -> list[Line]:
    """A line a warehouse and SKU whose lift was announced; `learnt` are [run, warehouse, sku], as `LEARNT` says."""
    announced = learnt[LEARNT.index("lift_announced")]
    told = np.argwhere((np.nan_to_num(announced, nan=1.0) != 1).any(axis=0)).tolist()
    return [Line(_place(at, sku, setting), _cells([said[:, at, sku] for said in learnt])) for at, sku in told]


def _place(place: int, sku: int, setting: Setting) -> str:
    if len(setting.warehouses) == 1:
        return setting.skus[sku]
    return say("parameters.at", sku=setting.skus[sku], warehouse=named(setting.warehouses[place]))


def _cells(learnt: Sequence[FloatArray]) -> tuple[Cell, ...]:
    """What was said of one SKU, [run] each."""
    return tuple(spread(values, decimals) for values, decimals in zip(learnt, DECIMALS, strict=True))
