"""Stock, arrivals and lost sales over the season: the middle future, the band of the others, the events."""

from datetime import timedelta
from typing import TYPE_CHECKING

import numpy as np

from reports.charts.labels import lanes
from reports.charts.style import (
    ACCENT,
    EVENT,
    MUTED,
    TIDE,
    WARN,
    drawing,
    figure,
    shortened,
    svg_text,
    text_width,
    thousands,
)
from reports.comparison import Comparison, Row
from reports.record import EventMark, Setting

if TYPE_CHECKING:
    from matplotlib.axes import Axes

MONTHS = ("Jan", "Feb", "Mar", "Apr", "May", "Jun", "Jul", "Aug", "Sep", "Oct", "Nov", "Dec")
NAMED_LINES = 3
"""Lines of event names above the picture."""
PICTURE_POINTS = 500.0  # about how wide the plot is


def stock(comparison: Comparison, index: int) -> str:
    """The picture of one row."""
    row, setting = comparison.rows[index], comparison.setting
    with drawing():
        drawn = figure(7.6, 4.2)
        above, below = drawn.subplots(2, 1, sharex=True, height_ratios=(3, 1.1))
        _levels(above, row, setting)
        _flows(below, row, setting)
        _events(above, below, setting)
        _days(below, setting)
        title = f"Stock on hand, arrivals and lost sales day by day: {row.policy}"
        tips = {f"event-{i}": _event_tip(event, setting) for i, event in enumerate(setting.events)}
        return svg_text(drawn, f"stock-{index}", title, tips)


def _levels(axes: "Axes", row: Row, setting: Setting) -> None:
    units = row.daily_on_hand.sum(axis=2)
    low, middle, high = np.percentile(units, (10, 50, 90), axis=1)
    days = np.arange(setting.days)
    axes.fill_between(days, low, high, color=TIDE, alpha=0.45, lw=0, label="10 to 90 % of futures", gid="band")
    if units.shape[1] > 1:
        axes.plot(days, units[:, 0], color=MUTED, lw=0.8, alpha=0.8, label="one future", gid="future")
    axes.plot(days, middle, color=ACCENT, lw=1.8, label="median", gid="median")
    axes.set_ylabel("units on hand")
    axes.set_ylim(0, max(float(high.max()), float(units[:, 0].max()), 1.0) * 1.08)
    thousands(axes, "y")


def _flows(axes: "Axes", row: Row, setting: Setting) -> None:
    received = row.daily_received.sum(axis=2).mean(axis=1)
    lost = row.daily_lost.sum(axis=2).mean(axis=1)
    edges = np.arange(setting.days + 1) - 0.5
    axes.stairs(received, edges, fill=True, color=ACCENT, lw=0, gid="arrival-0")
    axes.stairs(-lost, edges, fill=True, color=WARN, lw=0, gid="arrival-1")
    axes.axhline(0, color=MUTED, lw=0.6)
    axes.set_ylabel("units a day")
    up, down = max(float(received.max()), 1.0), float(lost.max())
    axes.set_ylim(-max(down, up * 0.25) * 1.25, up * 1.25)
    axes.text(0.005, 0.97, "arrived", color=ACCENT, fontsize=8, transform=axes.transAxes, va="top")
    axes.text(0.005, 0.03, "lost", color=WARN, fontsize=8, transform=axes.transAxes, va="bottom")
    thousands(axes, "y", 3)


def _events(above: "Axes", below: "Axes", setting: Setting) -> None:
    shown = [(i, event) for i, event in enumerate(setting.events) if _seen(event, setting)]
    for i, event in shown:
        begin = max(event.first_day, 0) - 0.5
        end = min(event.first_day + event.days, setting.days) - 0.5
        if event.kind == "promotion":
            above.axvspan(begin, end, color=EVENT, alpha=0.22, lw=0, gid=f"event-{i}", zorder=0)
            below.axvspan(begin, end, color=EVENT, alpha=0.22, lw=0, zorder=0)
        else:
            above.plot(
                (begin + end) / 2, 1.0, marker=7, ms=5, color=EVENT, mew=0, ls="", clip_on=False,
                gid=f"event-{i}", transform=above.get_xaxis_transform(),
            )  # fmt: skip
    lines = _names(above, [event for _, event in shown], setting)
    above.legend(
        loc="lower left", bbox_to_anchor=(0, 1.02 + 0.075 * lines), ncols=3, fontsize=8, borderpad=0, borderaxespad=0
    )


def _names(axes: "Axes", shown: list[EventMark], setting: Setting) -> int:
    """Promotions by name, and a livestream series by its name once; says how many lines that took."""
    named = {(event.name, event.kind): event for event in reversed(shown)}
    kept = [e for e in shown if e.kind == "promotion" or named[e.name, e.kind] is e]
    kept.sort(key=lambda event: event.first_day)
    day_points = PICTURE_POINTS / setting.days
    texts = [shortened(event.name, 26) for event in kept]
    spans: list[tuple[float, float]] = []
    for event, text in zip(kept, texts, strict=True):
        width = text_width(text, 8) + 6
        left = min(max(event.first_day, 0) * day_points, PICTURE_POINTS - width)
        spans.append((left, left + width))
    chosen = lanes(spans, NAMED_LINES)
    for text, (left, _), line in zip(texts, spans, chosen, strict=True):
        if line is not None:
            axes.annotate(
                text, (left / PICTURE_POINTS, 1.0), xycoords="axes fraction", xytext=(0, 6 + 11 * line),
                textcoords="offset points", fontsize=8, color=EVENT, va="bottom",
            )  # fmt: skip
    return max((line + 1 for line in chosen if line is not None), default=0)


def _seen(event: EventMark, setting: Setting) -> bool:
    return event.first_day < setting.days and event.first_day + event.days > 0


def _event_tip(event: EventMark, setting: Setting) -> str:
    first = setting.day(event.first_day)
    if event.days == 1:
        return f"{event.kind} {event.name}, {first}"
    return f"{event.kind} {event.name}, {first} to {first + timedelta(days=event.days - 1)}"


def _days(axes: "Axes", setting: Setting) -> None:
    """Mark Mondays in a short season, first days of months in a longer one, so that at most about ten are named."""
    dates = [setting.day(i) for i in range(setting.days)]
    if setting.days <= 70:
        marks = [i for i, day in enumerate(dates) if day.weekday() == 0]
        names = [f"{dates[i].day} {MONTHS[dates[i].month - 1]}" for i in marks]
    else:
        step = next(months for months in (1, 2, 3, 6, 12, 60, 600, 6000) if setting.days <= 330 * months)
        marks = [i for i, day in enumerate(dates) if day.day == 1 and (day.year * 12 + day.month - 1) % step == 0]
        names = [MONTHS[dates[i].month - 1] for i in marks]
    years = {dates[i].year: n for n, i in reversed(list(enumerate(marks)))}
    for year, first in years.items():
        names[first] += f"\n{year}"
    axes.set_xticks(marks, names)
    axes.set_xlim(-0.5, setting.days - 0.5)
