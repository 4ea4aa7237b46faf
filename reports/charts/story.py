"""One future of a row, day by day: demand by stream, stock, the worst alert, and the levers that were pulled."""

from collections.abc import Mapping, Sequence
from typing import TYPE_CHECKING

import numpy as np
from numpy.typing import NDArray

from reports.charts.picture import Picture
from reports.charts.season import event_tips, legend_above, mark_days, mark_events
from reports.charts.style import (
    ACCENT,
    BLACK,
    MUTED,
    PARTS,
    WARN,
    YELLOW,
    drawing,
    figure,
    shortened,
    thousands,
)
from reports.comparison import Comparison
from reports.language.naming import named
from reports.language.speaking import say
from reports.record import FloatArray, IntArray
from reports.story import SWITCHES, Story

if TYPE_CHECKING:
    from matplotlib.axes import Axes
    from matplotlib.legend import Legend

ALERTS = (("yellow", YELLOW), ("red", WARN), ("black", BLACK))
"""Levels from 1 up, and their inks; a band is as high as its level, so that colour is not all that tells."""
HEIGHTS = {"demand": 1.9, "stock": 1.3, "alert": 0.75, "ads": 0.75}
"""Inches of each panel; `switches` take a line each."""
SWITCH_HEIGHT = 0.19
KINDS = ("organic", "history", "ads", "business", "repeat", "clearance")
"""Streams that are no event of the world; no event may bear their name."""


def story(comparison: Comparison, index: int) -> Picture | None:
    """The picture of one row; None where it would show no more than the picture of stock."""
    row, setting = comparison.rows[index], comparison.setting
    if row.story is None or not row.story.worth_telling:
        return None
    told, heights = row.story, _heights(row.story)
    with drawing():
        drawn = figure(7.6, 1.0 + sum(heights.values()))
        column = drawn.subplots(len(heights), 1, sharex=True, height_ratios=tuple(heights.values()), squeeze=False)
        panels = dict(zip(heights, column[:, 0], strict=True))
        lines = mark_events(tuple(panels.values()), setting)
        tips = event_tips(setting) | _demand(panels["demand"], told, lines)
        _stock(panels["stock"], told)
        if "alert" in panels:
            tips |= _alerts(panels["alert"], told.levers["alert"])
        if "ads" in panels:
            _ads(panels["ads"], told.levers["ads"])
        if "switches" in panels:
            tips |= _switches(panels["switches"], told.levers)
        mark_days(column[-1, 0], setting)
        drawn.align_ylabels()
        title = say("chart.story_title", subject=_subject(heights), policy=row.name)
        return Picture(drawn, f"story-{index}", title, tips)


def _heights(told: Story) -> dict[str, float]:
    """The panels that have something to show, and how high they are."""
    shown = {name: inches for name, inches in HEIGHTS.items() if name in ("demand", "stock", *told.levers)}
    pulled = sum(name in told.levers for name in SWITCHES)
    return {**shown, "switches": SWITCH_HEIGHT * (pulled + 0.5)} if pulled else shown


def _subject(panels: Mapping[str, float]) -> str:
    *first, last = (say(f"chart.panel.{panel}") for panel in panels)
    return say("chart.panels", first=say("list.items").join(first), last=last).capitalize()


def _demand(axes: "Axes", told: Story, lines: int) -> dict[str, str]:
    """Stacked streams, the largest at the bottom; says what hovering over each tells."""
    from matplotlib.patches import Patch

    streams = _largest(told.streams, len(PARTS))
    whole = max(sum(int(units.sum()) for _, units in streams), 1)
    edges = np.arange(len(told.on_hand) + 1) - 0.5
    tips: dict[str, str] = {}
    below: IntArray = np.zeros(len(told.on_hand), np.int64)
    for part, (name, units) in enumerate(streams):
        axes.stairs(below + units, edges, baseline=below, fill=True, color=PARTS[part], lw=0, gid=f"part-{part}")
        tips[f"part-{part}"] = say(
            "chart.stream_tip", stream=name, units=f"{units.sum():,}", percent=f"{units.sum() / whole * 100:.0f}"
        )
        below = below + units
    axes.set_ylabel(say("chart.units_wanted"))
    axes.set_ylim(0, max(float(below.max()), 1.0) * 1.08)
    thousands(axes, "y")
    keys = [
        Patch(color=ink, lw=0, label=f"stream {part}") for part, ink in zip(range(len(streams)), PARTS, strict=False)
    ]
    _rename(legend_above(axes, lines, 3, keys), [shortened(name, 28) for name, _ in streams])
    return tips


def _largest(streams: Mapping[str, IntArray], most: int) -> list[tuple[str, IntArray]]:
    """So many streams, the largest first; the last of them is the sum of those that are too many."""
    ranked = sorted(
        ((stream_said(name), units) for name, units in streams.items()), key=lambda stream: -int(stream[1].sum())
    )
    if len(ranked) <= most:
        return ranked
    rest: IntArray = np.sum([units for _, units in ranked[most - 1 :]], axis=0)
    return [*ranked[: most - 1], (say("chart.other_streams"), rest)]


def stream_said(name: str) -> str:
    """A stream of demand: the world's own name for it, or that of its kind."""
    return say(f"chart.stream.{name}") if name in KINDS else named(name)


def _rename(legend: "Legend", names: Sequence[str]) -> None:
    """Give a legend its words once it is made: before, a name that begins with an underscore would be left out."""
    for text, name in zip(legend.get_texts(), names, strict=True):
        text.set_text(name)


def _stock(axes: "Axes", told: Story) -> None:
    days = np.arange(len(told.on_hand))
    axes.plot(days, told.on_hand, color=ACCENT, lw=1.5, drawstyle="steps-mid", gid="future")
    axes.set_ylabel(say("chart.on_hand"))
    axes.set_ylim(0, max(float(told.on_hand.max()), 1.0) * 1.1)
    thousands(axes, "y", 4)


def _alerts(axes: "Axes", worst: FloatArray) -> dict[str, str]:
    """A band for every stretch of days at one level, as high as the level."""
    tips: dict[str, str] = {}
    for level, (name, ink) in enumerate(ALERTS, start=1):
        at = worst == level
        axes.broken_barh(_stretches(at), (0, level), color=ink, lw=0, gid=f"alert-{level}")
        tips[f"alert-{level}"] = say("chart.alert_tip", level=say(f"chart.alert.{name}"), days=_counted(at))
    axes.set_yticks(range(1, len(ALERTS) + 1), [say(f"chart.alert.{name}") for name, _ in ALERTS], fontsize=8)
    axes.set_ylim(0, len(ALERTS) + 0.2)
    axes.set_ylabel(say("chart.alert_axis"))
    return tips


def _ads(axes: "Axes", factor: FloatArray) -> None:
    axes.axhline(1, color=MUTED, lw=0.6)
    axes.plot(np.arange(len(factor)), factor, color=ACCENT, lw=1.5, drawstyle="steps-mid", gid="lever")
    axes.set_ylabel(say("chart.panel.ads"))
    axes.set_ylim(0, max(float(factor.max()), 1.0) * 1.15)
    axes.locator_params(axis="y", nbins=3, steps=(1, 2, 5, 10))


def _switches(axes: "Axes", levers: Mapping[str, FloatArray]) -> dict[str, str]:
    """A line a lever, with a bar over the days on which it was pulled."""
    pulled = [name for name in SWITCHES if name in levers]
    tips: dict[str, str] = {}
    for line, name in enumerate(pulled):
        axes.broken_barh(_stretches(levers[name] > 0), (line - 0.3, 0.6), color=ACCENT, lw=0, gid=f"lever-{line}")
        tips[f"lever-{line}"] = say(
            "chart.lever_tip", lever=say(f"chart.lever.{name}"), days=_counted(levers[name] > 0)
        )
    axes.set_yticks(range(len(pulled)), [say(f"chart.lever.{name}") for name in pulled], fontsize=8)
    axes.set_ylim(len(pulled) - 0.4, -0.6)
    axes.grid(axis="y", visible=False)
    axes.tick_params(axis="y", length=0)
    return tips


def _counted(days: NDArray[np.bool_]) -> str:
    return say("chart.days_of", count=f"{days.sum():,}", whole=f"{len(days):,}")


def _stretches(days: NDArray[np.bool_]) -> list[tuple[float, int]]:
    """Days in a row, as where they begin and how many they are."""
    turns = np.flatnonzero(np.diff(days, prepend=False, append=False))
    return [(begin - 0.5, int(end - begin)) for begin, end in turns.reshape(-1, 2)]
