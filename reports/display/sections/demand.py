"""Where demand came from: streams, week by week and over the season."""

import numpy as np

from reports.charts.story import stream_said
from reports.charts.streams import streams
from reports.closeup.closeup import Closeup
from reports.closeup.futures import row_looked_at
from reports.comparison import Comparison
from reports.display.cells import number
from reports.display.numbers import style
from reports.display.section import Head, Line, Section, Shown, Table
from reports.display.spread import spread
from reports.language.speaking import say, say_count
from reports.passage import week_days
from reports.record import Setting


def demand(comparison: Comparison) -> Section | None:
    """The section; None where no row was looked at, or nobody wanted anything."""
    closeup, setting = comparison.closeup, comparison.setting
    if closeup is None or not closeup.streams.wanted:
        return None
    wanted = closeup.streams.wanted
    futures = say_count("closeup.futures", len(closeup.runs))
    picture = streams({name: units.mean(axis=0) for name, units in wanted.items()}, setting)
    caption = say("demand.caption", futures=futures, days=week_days(setting))
    if comparison.rows[row_looked_at(comparison)].scores["forgone_by_promise"].any():
        caption += say("demand.by_promise")
    return Section("demand", say("demand.title"), (Shown(picture, caption=caption), _table(closeup, setting)))


def _table(closeup: Closeup, setting: Setting) -> Table:
    totals = {name: units.sum(axis=1) for name, units in closeup.streams.wanted.items()}
    whole = np.sum(list(totals.values()), axis=0)
    share = style("share", [1.0], setting.currency)
    ranked = sorted(totals, key=lambda name: -float(totals[name].mean()))
    lines = tuple(
        Line(
            stream_said(name),
            (
                number(float(totals[name].sum() / whole.sum()), share),
                spread(totals[name]),
                spread(closeup.streams.wanted[name].max(axis=1)),
            ),
        )
        for name in ranked
    )
    heads = (
        Head(say("demand.share"), share.unit),
        Head(say("demand.season"), say("closeup.units"), say("demand.season_meaning")),
        Head(say("demand.peak"), say("closeup.units"), say("demand.peak_meaning", days=week_days(setting))),
    )
    return Table("demand", say("demand.table"), Head(say("demand.stream")), heads, lines, look="narrow")
