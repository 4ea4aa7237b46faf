"""Stock, arrivals and lost sales over the season: the middle future, the band of the others, the events."""

from typing import TYPE_CHECKING

import numpy as np

from reports.charts.picture import Picture
from reports.charts.season import event_tips, legend_above, mark_days, mark_events
from reports.charts.style import ACCENT, MUTED, TIDE, WARN, drawing, figure, thousands
from reports.comparison import Comparison, Row
from reports.language.speaking import say
from reports.record import Setting

if TYPE_CHECKING:
    from matplotlib.axes import Axes


def stock(comparison: Comparison, index: int) -> Picture:
    """The picture of one row."""
    row, setting = comparison.rows[index], comparison.setting
    with drawing():
        drawn = figure(7.6, 4.2)
        above, below = drawn.subplots(2, 1, sharex=True, height_ratios=(3, 1.1))
        _levels(above, row, setting)
        _flows(below, row, setting)
        lines = mark_events((above, below), setting)
        legend_above(above, lines, 3, above.get_legend_handles_labels()[0])
        mark_days(below, setting)
        return Picture(drawn, f"stock-{index}", say("chart.stock_title", policy=row.name), event_tips(setting))


def _levels(axes: "Axes", row: Row, setting: Setting) -> None:
    units = row.daily_on_hand.sum(axis=2)
    low, middle, high = np.percentile(units, (10, 50, 90), axis=1)
    days = np.arange(setting.days)
    axes.fill_between(days, low, high, color=TIDE, alpha=0.45, lw=0, label=say("chart.most_futures"), gid="band")
    if units.shape[1] > 1:
        axes.plot(days, units[:, 0], color=MUTED, lw=0.8, alpha=0.8, label=say("chart.one_future"), gid="future")
    axes.plot(days, middle, color=ACCENT, lw=1.8, label=say("chart.median"), gid="median")
    axes.set_ylabel(say("chart.units_on_hand"))
    axes.set_ylim(0, max(float(high.max()), float(units[:, 0].max()), 1.0) * 1.08)
    thousands(axes, "y")


def _flows(axes: "Axes", row: Row, setting: Setting) -> None:
    received = row.daily_received.sum(axis=2).mean(axis=1)
    lost = row.daily_lost.sum(axis=2).mean(axis=1)
    edges = np.arange(setting.days + 1) - 0.5
    axes.stairs(received, edges, fill=True, color=ACCENT, lw=0, gid="arrival-0")
    axes.stairs(-lost, edges, fill=True, color=WARN, lw=0, gid="arrival-1")
    axes.axhline(0, color=MUTED, lw=0.6)
    axes.set_ylabel(say("chart.units_a_day"))
    up, down = max(float(received.max()), 1.0), float(lost.max())
    axes.set_ylim(-max(down, up * 0.25) * 1.25, up * 1.25)
    axes.text(0.005, 0.97, say("chart.arrived"), color=ACCENT, fontsize=8, transform=axes.transAxes, va="top")
    axes.text(0.005, 0.03, say("chart.lost"), color=WARN, fontsize=8, transform=axes.transAxes, va="bottom")
    thousands(axes, "y", 3)
