"""The calendar of orders: week by week, in how many futures something is ordered, how much, and when it comes."""

import numpy as np

from reports.comparison import Comparison
from reports.display.cells import shown_name
from reports.display.section import Cell, Head, Line, Section, Table, Words
from reports.display.spread import spread, when
from reports.language.naming import named
from reports.language.speaking import date_said, say, say_count
from reports.passage import week_days
from reports.record import FloatArray, IntArray, Setting

WORTH_TELLING = 0.05
"""Share of futures in which something must be ordered in a week for it to be told."""
PRINTED_WEEKS, PRINTED_SKUS = 30, 60
"""Lines that are printed of weeks, and of weeks and SKUs; a spreadsheet has all."""


def orders(comparison: Comparison) -> Section | None:
    """When how much is ordered; None where no row was looked at."""
    closeup, setting = comparison.closeup, comparison.setting
    if closeup is None:
        return None
    placed, futures = closeup.orders, say_count("closeup.futures", len(closeup.runs))
    if not placed.units.any():
        return Section("orders", say("closeup.orders"), (Words((say("closeup.orders_none", futures=futures),)),))
    stretch = say("closeup.orders_stretch", policy=shown_name(comparison), days=week_days(setting), futures=futures)
    weeks = [
        _line(placed.units[:, week, place].sum(axis=1), placed.arrives[:, week, place], week, place, setting)
        for week, place in np.ndindex(placed.units.shape[1:3])
    ]
    skus = [
        _line(placed.units[:, week, place, sku], placed.arrives[:, week, place], week, place, setting, sku)
        for week, place, sku in np.argwhere(placed.units.any(axis=0)).tolist()
    ]
    tables = (
        _table("orders", say("closeup.orders_weeks"), weeks, setting, False),
        _table("orders-by-sku", say("closeup.orders_skus"), skus, setting, True),
    )
    return Section("orders", say("closeup.orders"), (Words((stretch,)), *tables))


def _table(table: str, title: str, told: list[Line | None], setting: Setting, by_sku: bool) -> Table:
    lines = tuple(line for line in told if line is not None)
    heads = (
        *([Head(say("closeup.sku"))] if by_sku else []),
        *([Head(say("closeup.warehouse"))] if len(setting.warehouses) > 1 else []),
        Head(say("closeup.in_futures"), "%", say("closeup.in_futures_meaning")),
        Head(say("closeup.ordered"), say("closeup.units"), say("closeup.ordered_meaning")),
        Head(say("closeup.lands"), meaning=say("closeup.lands_meaning")),
    )
    most = PRINTED_SKUS if by_sku else PRINTED_WEEKS
    week = Head(say("closeup.week"))
    return Table(table, title, week, heads, lines, look="narrow", folded=by_sku, most=most)


def _line(
    units: IntArray, arrives: FloatArray, week: int, place: int, setting: Setting, sku: int | None = None
) -> Line | None:
    """A week's orders for a warehouse, [run]; None where too few futures have one."""
    placed = units > 0
    share = float(placed.mean())
    if share < WORTH_TELLING:
        return None
    name = [] if sku is None else [Cell(setting.skus[sku], setting.skus[sku], marked="words")]
    where = named(setting.warehouses[place])
    cells = (
        *name,
        *([Cell(where, where, marked="words")] if len(setting.warehouses) > 1 else []),
        Cell(f"{share * 100:.0f}", share * 100),
        spread(units[placed]),
        when(arrives[placed], setting),
    )
    day = setting.day(week * week_days(setting))
    return Line(date_said(day), cells, day=day)
