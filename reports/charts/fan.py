"""The stock of one SKU day by day over the futures: their bands, what came, and the days on which it was short."""

from typing import TYPE_CHECKING

import numpy as np

from reports.charts.picture import Picture
from reports.charts.season import mark_days
from reports.charts.style import ACCENT, EVENT, MUTED, TIDE, WARN, drawing, figure, thousands
from reports.closeup.onerun import stretches
from reports.closeup.skus import Skus
from reports.language.naming import named
from reports.language.speaking import say
from reports.record import FloatArray, IntArray, Setting

if TYPE_CHECKING:
    from matplotlib.axes import Axes

BANDS = ((5, 95, 0.35), (10, 90, 0.55))
"""Percentiles of futures between which a band lies, and how strong it is."""
STRENGTHS = ((0.05, 0.35), (0.25, 0.65), (0.5, 1.0))
"""From which share of futures on days are marked short, and how strongly; arrivals, week by week, alike."""
ROOM = 0.11
"""The share of the picture's height below zero, where days short and arrivals are marked."""


def fan(skus: Skus, index: int, setting: Setting, sku: str) -> Picture:
    """The picture of one of the chosen SKUs, by its position among them."""
    on_hand, received, short = (values[:, :, index] for values in (skus.on_hand, skus.received, skus.short))
    with drawing():
        drawn = figure(3.7, 2.0)
        axes = drawn.subplots()
        tips = _events(axes, setting)
        high = _stock(axes, on_hand)
        tips |= _short(axes, short, high)
        _arrivals(axes, received, high)
        axes.axhline(0, color=MUTED, lw=0.6)
        axes.set_ylim(-ROOM * high, high * 1.08)
        thousands(axes, "y", 4)
        axes.set_yticks([tick for tick in axes.get_yticks() if 0 <= tick <= high * 1.08])
        mark_days(axes, setting)
        axes.tick_params(length=0)
        axes.spines[["left", "bottom"]].set_visible(False)
    return Picture(drawn, f"fan-{index}", say("closeup.fan_title", sku=sku), tips)


def _stock(axes: "Axes", on_hand: IntArray) -> float:
    """The bands and the median; answers the top of the outer band."""
    days = np.arange(on_hand.shape[1])
    for number, (low, high, strength) in enumerate(BANDS):
        below, above = np.percentile(on_hand, (low, high), axis=0)
        axes.fill_between(days, below, above, color=TIDE, alpha=strength, lw=0, gid=f"band-{number}")
    axes.plot(days, np.median(on_hand, axis=0), color=ACCENT, lw=1.4, gid="median")
    return max(float(np.percentile(on_hand, BANDS[0][1], axis=0).max()), 1.0)


def _short(axes: "Axes", short: IntArray, high: float) -> dict[str, str]:
    """A red line under the days on which some futures were short."""
    share = (short > 0).mean(axis=0)
    tips: dict[str, str] = {}
    for number, (least, strength) in enumerate(STRENGTHS):
        spans = [(begin - 0.5, end - begin) for begin, end in stretches(share >= least)]
        if spans:
            bar = (-0.05 * high, 0.045 * high)
            axes.broken_barh(spans, bar, color=WARN, alpha=strength, lw=0, gid=f"alert-{number}")
            tips[f"alert-{number}"] = say("closeup.fan_short", percent=f"{least:.0%}".rstrip("%"))
    return tips


def _arrivals(axes: "Axes", received: IntArray, high: float) -> None:
    """A mark for each week in which some futures received goods."""
    share, middles = _by_week(received)
    for least, strength in STRENGTHS:
        weeks = middles[share >= least]
        axes.plot(
            weeks, np.full(len(weeks), -0.085 * high), marker="^", ms=3.2, color=ACCENT, mew=0, ls="", alpha=strength
        )


def _by_week(received: IntArray) -> tuple[FloatArray, FloatArray]:
    """The share of futures that received something in each stretch of seven days, and the day in its middle."""
    firsts = np.arange(0, received.shape[1], 7)
    came = np.logical_or.reduceat(received > 0, firsts, axis=1)
    lasts = np.minimum(firsts + 7, received.shape[1]) - 1
    return came.mean(axis=0), (firsts + lasts) / 2


def _events(axes: "Axes", setting: Setting) -> dict[str, str]:
    """Promotions, shaded."""
    tips: dict[str, str] = {}
    for number, event in enumerate(setting.events):
        begin, end = max(event.first_day, 0), min(event.first_day + event.days, setting.days)
        if event.kind == "promotion" and begin < end:
            axes.axvspan(begin - 0.5, end - 0.5, color=EVENT, alpha=0.22, lw=0, gid=f"event-{number}", zorder=0)
            tips[f"event-{number}"] = named(event.name)
    return tips
