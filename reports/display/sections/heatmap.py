"""Where demand met too little stock: SKU by week."""

import numpy as np

from reports.charts.heatmap import Grid, percents
from reports.charts.heatmap import heatmap as heatmap_picture
from reports.closeup.closeup import Closeup
from reports.comparison import Comparison
from reports.display.cells import shown_name
from reports.display.section import Cell, Head, Line, Part, Section, Shown, Table, Words
from reports.language.speaking import date_said, say, say_count
from reports.passage import week_days
from reports.record import FloatArray, IntArray, Setting

MOST_SKUS = 40
"""SKUs that have a line of their own in the picture; the others are summed."""
MOST_COLUMNS = 30
"""Columns that numbers have room in; more weeks are told in stretches of several."""


def heatmap(comparison: Comparison) -> Section | None:
    """Which SKUs were short in which week; None where no row was looked at."""
    closeup, setting = comparison.closeup, comparison.setting
    if closeup is None:
        return None
    grid, others = heat_grid(closeup, setting, MOST_SKUS)
    futures = say_count("closeup.futures", len(closeup.runs))
    if not grid.short.any():
        return Section("heatmap", say("closeup.heat"), (Words((say("closeup.heat_none", futures=futures),)),))
    caption = say(
        "closeup.heat_caption", policy=shown_name(comparison), futures=futures, days=_stretch(closeup, setting)
    )
    caption = f"{caption} {say_count('closeup.heat_others', others)}" if others else caption
    parts: tuple[Part, ...] = (Shown(heatmap_picture(grid, setting), caption=caption), _table(closeup, setting))
    return Section("heatmap", say("closeup.heat"), parts)


def heat_grid(closeup: Closeup, setting: Setting, most: int) -> tuple[Grid, int]:
    """What is told, and how many SKUs are summed in the last line: most short units first, means over futures."""
    step = _step(closeup)
    firsts = list(range(0, closeup.heat.wanted.shape[1], step))
    wanted, short = (_condensed(units, firsts) for units in (closeup.heat.wanted, closeup.heat.short))
    ranked = np.argsort(-short.sum(axis=1), kind="stable")
    own = ranked if len(ranked) <= most else ranked[: most - 1]
    others = ranked[len(own) :]
    names = [setting.skus[sku] for sku in own.tolist()]
    if len(others):
        names.append(say("closeup.others"))
        wanted, short = (np.vstack((units[own], units[others].sum(axis=0))) for units in (wanted, short))
    else:
        wanted, short = wanted[own], short[own]
    return Grid(names, [first * week_days(setting) for first in firsts], wanted, short), len(others)


def _condensed(units: IntArray, firsts: list[int]) -> FloatArray:
    """Units of weeks, [run, week, sku], as means over futures of each column, [sku, column]."""
    return np.asarray(np.add.reduceat(units.mean(axis=0), firsts, axis=0).T)


def _step(closeup: Closeup) -> int:
    """Weeks that are told together."""
    return -(-len(closeup.heat.wanted[0]) // MOST_COLUMNS)


def _stretch(closeup: Closeup, setting: Setting) -> int:
    return _step(closeup) * week_days(setting)


def _table(closeup: Closeup, setting: Setting) -> Table:
    """Every SKU in numbers."""
    grid, _ = heat_grid(closeup, setting, len(setting.skus))
    share = grid.share
    heads = tuple(Head(date_said(setting.day(first)), "%") for first in grid.firsts)
    strongest = share.max()
    lines = tuple(
        Line(name, tuple(_cell(share[line, i], grid.wanted[line, i], strongest) for i in range(len(heads))))
        for line, name in enumerate(grid.names)
    )
    first, title = Head(say("closeup.sku")), say("closeup.heat_table")
    return Table("heatmap", title, first, heads, lines, look="heat", folded=True, most=MOST_SKUS)


def _cell(share: float, wanted: float, strongest: float) -> Cell:
    if wanted == 0:
        return Cell("")
    text = percents(share) if share else "0"
    return Cell(text, float(share) * 100, shade=float(share / strongest) if strongest else 0.0)
