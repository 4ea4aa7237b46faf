"""How much of what could be sold had been sold, day by day."""

import numpy as np

from reports.charts.picture import Picture
from reports.charts.season import event_tips, mark_days, mark_events
from reports.charts.style import ACCENT, TIDE, drawing, figure
from reports.language.speaking import say
from reports.record import FloatArray, Setting

BAND = (10, 90)
"""Percentiles of futures between which the band lies."""


def sellthrough(share: FloatArray, setting: Setting, policy: str) -> Picture:
    """The picture of shares, [run, day]; NaN where there was nothing to sell yet."""
    days = np.flatnonzero(~np.isnan(share).all(axis=0))
    low, middle, high = np.nanpercentile(share[:, days] * 100, (BAND[0], 50, BAND[1]), axis=0)
    with drawing():
        drawn = figure(7.6, 2.3)
        axes = drawn.subplots()
        mark_events([axes], setting)
        axes.fill_between(days, low, high, color=TIDE, alpha=0.45, lw=0, gid="band-0", label=say("earned.most_futures"))
        axes.plot(days, middle, color=ACCENT, lw=1.6, gid="median", label=say("earned.middle_future"))
        mark_days(axes, setting)
        axes.set_ylim(0, 103)
        axes.set_ylabel(say("sellthrough.axis"))
        axes.legend(loc="upper left", fontsize=8, ncols=2, borderpad=0)
        return Picture(drawn, "sellthrough", say("sellthrough.picture_title", policy=policy), event_tips(setting))
