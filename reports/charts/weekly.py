"""Parts of a whole week by week, stacked over the days of the season."""

from collections.abc import Callable, Mapping, Sequence
from typing import TYPE_CHECKING

import numpy as np

from reports.charts.season import event_tips, legend_above, mark_days, mark_events
from reports.charts.style import drawing, figure, shortened
from reports.passage import week_days
from reports.record import FloatArray, Setting

if TYPE_CHECKING:
    from matplotlib.axes import Axes
    from matplotlib.figure import Figure

HEIGHT_INCHES = 2.5


def stacked_weeks(
    parts: Sequence[tuple[str, FloatArray]],
    inks: Sequence[str],
    setting: Setting,
    measure: "Callable[[Axes], str]",
    tips: Mapping[str, str],
) -> tuple["Figure", dict[str, str]]:
    """The figure of named parts, [week] each, the first at the bottom; and its tips, those of events among them.

    `measure` writes the numbers of the upright axis, and answers what stands beside it.
    """
    from matplotlib.patches import Patch

    with drawing():
        drawn = figure(7.6, HEIGHT_INCHES + 0.17 * -(-len(parts) // 3))
        axes = drawn.subplots()
        edges = week_edges(setting)
        below = np.zeros(len(edges) - 1)
        for number, (_, sizes) in enumerate(parts):
            axes.stairs(below + sizes, edges, baseline=below, fill=True, color=inks[number], lw=0, gid=f"part-{number}")
            below = below + sizes
        axes.set_ylim(0, max(float(below.max()), 1.0) * 1.08)
        axes.set_ylabel(measure(axes))
        lines = mark_events([axes], setting)
        keys = [Patch(color=inks[number], lw=0, label=f"part {number}") for number in range(len(parts))]
        legend = legend_above(axes, lines, 3, keys)
        # Named afterwards: before, a name that begins with an underscore would be left out.
        for text, (name, _) in zip(legend.get_texts(), parts, strict=True):
            text.set_text(shortened(name, 30))
        mark_days(axes, setting)
        return drawn, {**event_tips(setting), **tips}


def week_edges(setting: Setting) -> FloatArray:
    """Where weeks begin along the days of a picture, and where the last ends; the season may cut that off."""
    firsts = np.arange(0, setting.days, week_days(setting))
    return np.append(firsts, setting.days) - 0.5
