"""Where demand came from, week by week: streams, stacked."""

from collections.abc import Mapping
from typing import TYPE_CHECKING

import numpy as np

from reports.charts.picture import Picture
from reports.charts.story import stream_said
from reports.charts.style import PARTS, thousands
from reports.charts.weekly import stacked_weeks
from reports.language.speaking import say
from reports.record import FloatArray, Setting

if TYPE_CHECKING:
    from matplotlib.axes import Axes


def streams(wanted: Mapping[str, FloatArray], setting: Setting) -> Picture:
    """The picture of mean units a week by stream, [week]; the largest at the bottom, the smallest summed."""
    parts = _largest(wanted, len(PARTS))
    whole = max(sum(float(units.sum()) for _, units in parts), 1.0)
    tips = {
        f"part-{number}": say(
            "demand.tip", stream=name, units=f"{units.sum():,.0f}", percent=f"{units.sum() / whole * 100:.0f}"
        )
        for number, (name, units) in enumerate(parts)
    }
    drawn, all_tips = stacked_weeks(parts, PARTS, setting, _units, tips)
    return Picture(drawn, "streams", say("demand.picture_title"), all_tips)


def _units(axes: "Axes") -> str:
    thousands(axes, "y")
    return say("demand.axis")


def _largest(wanted: Mapping[str, FloatArray], most: int) -> list[tuple[str, FloatArray]]:
    ranked = sorted(((stream_said(name), units) for name, units in wanted.items()), key=lambda one: -one[1].sum())
    if len(ranked) <= most:
        return ranked
    rest = np.asarray(np.sum([units for _, units in ranked[most - 1 :]], axis=0))
    return [*ranked[: most - 1], (say("chart.other_streams"), rest)]
