"""Lead times through the year: for each lane, from order to shelf by the week of the order."""

from collections.abc import Sequence
from typing import TYPE_CHECKING

import numpy as np

from reports.charts.picture import Picture
from reports.charts.season import mark_days
from reports.charts.style import ACCENT, INK, TIDE, drawing, figure, shortened, thousands
from reports.language.naming import named
from reports.language.speaking import say
from reports.passage import Passage, week_days
from reports.record import Setting

if TYPE_CHECKING:
    from matplotlib.axes import Axes

PANEL_INCHES = 1.15


def through(shown: Sequence[Passage], setting: Setting, policy: str) -> Picture:
    """The picture: a panel for each lane, the median and P5 to P95. An end is cut off where it had not arrived."""
    with drawing():
        drawn = figure(7.6, 0.75 + PANEL_INCHES * len(shown))
        panels = drawn.subplots(len(shown), 1, sharex=True, squeeze=False)[:, 0]
        for number, (axes, one) in enumerate(zip(panels, shown, strict=True)):
            _panel(axes, one, setting, number)
        mark_days(panels[-1], setting)
        panels[0].legend(loc="lower right", bbox_to_anchor=(1, 1), ncols=2, fontsize=8, borderpad=0)
        drawn.align_ylabels()
        return Picture(drawn, "through", say("chart.through_title", policy=policy))


def _panel(axes: "Axes", one: Passage, setting: Setting, number: int) -> None:
    ordered = ~np.isnan(one.through).all(axis=1)
    low, middle, high = one.through[ordered].T
    days = (np.flatnonzero(ordered) + 0.5) * week_days(setting) - 0.5
    axes.fill_between(
        days, low, high, color=TIDE, alpha=0.45, lw=0, label=say("chart.most_orders"), gid=f"band-{number}"
    )
    axes.plot(days, middle, color=ACCENT, lw=1.8, marker="o", ms=2.6, label=say("chart.median"), gid=f"median-{number}")
    axes.set_title(shortened(named(one.lane), 40), fontsize=9, color=INK, loc="left")
    axes.set_ylabel(say("chart.days"))
    axes.set_ylim(0, float(np.nanmax(one.through)) * 1.12)
    thousands(axes, "y", 4)
