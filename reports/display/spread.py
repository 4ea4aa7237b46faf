"""Cells that tell what differs between futures: the middle one, and between which most of them lie."""

import math
from datetime import timedelta

import numpy as np

from reports.display.numbers import UNDEFINED
from reports.display.section import Cell
from reports.language.naming import named
from reports.language.speaking import date_said, say
from reports.record import FloatArray, IntArray, Setting

LOW, HIGH = 10, 90
"""Percentiles of futures between which eight of ten lie."""


def spread(values: FloatArray | IntArray, decimals: int = 0) -> Cell:
    """The median of some futures' numbers, [run], below it P10 to P90 where they differ; NaN are left out."""
    known = values[~np.isnan(values)]
    if len(known) == 0:
        return Cell(UNDEFINED)
    low, middle, high = (float(part) for part in np.percentile(known, (LOW, 50, HIGH)))
    text, least, most = (f"{part:,.{decimals}f}" for part in (middle, low, high))
    if least == most:
        return Cell(text, middle)
    return Cell(text, middle, say("number.between", low=least, high=most), low=low, high=high)


def when(days: FloatArray, setting: Setting) -> Cell:
    """The date of the median of some futures' scored days, [run]; inf is after the season."""
    known = np.sort(days[~np.isnan(days)])
    if len(known) == 0:
        return Cell(UNDEFINED)
    middle = float(known[(len(known) - 1) // 2])
    if not math.isfinite(middle):
        return Cell(say("closeup.after_season"))
    date = setting.start + timedelta(days=math.floor(middle))
    return Cell(date_said(date), date, marked="day")


def ordered_by(by_lane: IntArray, place: int, setting: Setting) -> str:
    """The lanes that take an order of one SKU to a warehouse, [run, lane]; of several, mean units of each."""
    into = [lane for lane, end in enumerate(setting.leads_to) if end == place]
    units = {named(setting.lanes[lane]): float(by_lane[:, lane].mean()) for lane in into}
    used = {lane: count for lane, count in units.items() if count >= 0.5}
    if len(used) < 2:
        return "".join(used)
    return say("closeup.comma").join(say("closeup.down_lane", lane=lane, units=f"{n:,.0f}") for lane, n in used.items())
