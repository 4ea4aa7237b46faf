"""The seller's cash, day by day: the middle future, most futures, and the deepest point."""

from dataclasses import replace

import numpy as np

from reports.charts.picture import Picture
from reports.charts.season import event_tips, mark_days, mark_events
from reports.charts.style import ACCENT, GRID, MUTED, TIDE, drawing, figure, money_axis
from reports.language.speaking import say
from reports.record import FloatArray, Setting

BAND = (10, 90)
"""Percentiles of futures between which the band lies."""


def cash(balance: FloatArray, setting: Setting, policy: str) -> Picture:
    """The picture of balances, [run, played]; days before the season are shaded."""
    played, days = _from_the_first_day(setting), np.arange(balance.shape[1])
    low, middle, high = np.percentile(balance, (BAND[0], 50, BAND[1]), axis=0)
    with drawing():
        drawn = figure(7.6, 2.5)
        axes = drawn.subplots()
        mark_events([axes], played)
        axes.axhline(0, color=MUTED, lw=0.8)
        axes.fill_between(days, low, high, color=TIDE, alpha=0.45, lw=0, gid="band-0", label=say("earned.most_futures"))
        axes.plot(days, middle, color=ACCENT, lw=1.6, gid="median", label=say("earned.middle_future"))
        mark_days(axes, played)
        if setting.warm_up_days:
            axes.axvspan(-0.5, setting.warm_up_days - 0.5, color=GRID, alpha=0.5, lw=0, zorder=0)
        axes.set_ylabel(say("earned.cash_axis", currency=money_axis(axes, "y", setting.currency).unit))
        axes.legend(loc="upper left", fontsize=8, ncols=2, borderpad=0)
        return Picture(drawn, "cash", say("earned.cash_title", policy=policy), event_tips(played))


def _from_the_first_day(setting: Setting) -> Setting:
    """The world as if the season began with the first day played."""
    before = setting.warm_up_days
    events = tuple(replace(event, first_day=event.first_day + before) for event in setting.events)
    return replace(setting, start=setting.day(-before), days=before + setting.days, warm_up_days=0, events=events)
