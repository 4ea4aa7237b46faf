"""One future of a row, day by day: demand by stream, stock, the worst alert, and the levers that were pulled."""

from collections.abc import Mapping, Sequence
from typing import TYPE_CHECKING

import numpy as np
from numpy.typing import NDArray

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
    svg_text,
    thousands,
)
from reports.comparison import Comparison
from reports.record import FloatArray, IntArray
from reports.story import SWITCHES, Story

if TYPE_CHECKING:
    from matplotlib.axes import Axes
    from matplotlib.legend import Legend

REST = "all other streams"
ALERTS = (("yellow", YELLOW), ("red", WARN), ("black", BLACK))
"""Levels from 1 up, and their inks; a band is as high as its level, so that colour is not all that tells."""
HEIGHTS = {"demand": 1.9, "stock": 1.3, "alert": 0.75, "ads": 0.75}
"""Inches of each panel; `switches` take a line each."""
SWITCH_HEIGHT = 0.19


def story(comparison: Comparison, index: int) -> str | None:
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
        return svg_text(drawn, f"story-{index}", f"{_subject(heights)} day by day in one future: {row.name}", tips)


def _heights(told: Story) -> dict[str, float]:
    """The panels that have something to show, and how high they are."""
    shown = {name: inches for name, inches in HEIGHTS.items() if name in ("demand", "stock", *told.levers)}
    pulled = sum(name in told.levers for name in SWITCHES)
    return {**shown, "switches": SWITCH_HEIGHT * (pulled + 0.5)} if pulled else shown


def _subject(panels: Mapping[str, float]) -> str:
    words = {
        "demand": "demand by stream",
        "stock": "stock",
        "alert": "alerts",
        "ads": "ad factor",
        "switches": "levers",
    }
    *first, last = (words[panel] for panel in panels)
    return f"{', '.join(first)} and {last}".capitalize()


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
        tips[f"part-{part}"] = f"{name}: {units.sum():,} units, {units.sum() / whole:.0%} of demand"
        below = below + units
    axes.set_ylabel("units wanted")
    axes.set_ylim(0, max(float(below.max()), 1.0) * 1.08)
    thousands(axes, "y")
    keys = [
        Patch(color=ink, lw=0, label=f"stream {part}") for part, ink in zip(range(len(streams)), PARTS, strict=False)
    ]
    _rename(legend_above(axes, lines, 3, keys), [shortened(name, 28) for name, _ in streams])
    return tips


def _largest(streams: Mapping[str, IntArray], most: int) -> list[tuple[str, IntArray]]:
    """So many streams, the largest first; the last of them is the sum of those that are too many."""
    ranked = sorted(streams.items(), key=lambda stream: -int(stream[1].sum()))
    if len(ranked) <= most:
        return ranked
    rest: IntArray = np.sum([units for _, units in ranked[most - 1 :]], axis=0)
    return [*ranked[: most - 1], (REST, rest)]


def _rename(legend: "Legend", names: Sequence[str]) -> None:
    """Give a legend its words once it is made: before, a name that begins with an underscore would be left out."""
    for text, name in zip(legend.get_texts(), names, strict=True):
        text.set_text(name)


def _stock(axes: "Axes", told: Story) -> None:
    days = np.arange(len(told.on_hand))
    axes.plot(days, told.on_hand, color=ACCENT, lw=1.5, drawstyle="steps-mid", gid="future")
    axes.set_ylabel("on hand")
    axes.set_ylim(0, max(float(told.on_hand.max()), 1.0) * 1.1)
    thousands(axes, "y", 4)


def _alerts(axes: "Axes", worst: FloatArray) -> dict[str, str]:
    """A band for every stretch of days at one level, as high as the level."""
    tips: dict[str, str] = {}
    for level, (name, ink) in enumerate(ALERTS, start=1):
        at = worst == level
        axes.broken_barh(_stretches(at), (0, level), color=ink, lw=0, gid=f"alert-{level}")
        tips[f"alert-{level}"] = f"worst alert {name}: {_counted(at)}"
    axes.set_yticks(range(1, len(ALERTS) + 1), [name for name, _ in ALERTS], fontsize=8)
    axes.set_ylim(0, len(ALERTS) + 0.2)
    axes.set_ylabel("alert")
    return tips


def _ads(axes: "Axes", factor: FloatArray) -> None:
    axes.axhline(1, color=MUTED, lw=0.6)
    axes.plot(np.arange(len(factor)), factor, color=ACCENT, lw=1.5, drawstyle="steps-mid", gid="lever")
    axes.set_ylabel("ad factor")
    axes.set_ylim(0, max(float(factor.max()), 1.0) * 1.15)
    axes.locator_params(axis="y", nbins=3, steps=(1, 2, 5, 10))


def _switches(axes: "Axes", levers: Mapping[str, FloatArray]) -> dict[str, str]:
    """A line a lever, with a bar over the days on which it was pulled."""
    pulled = [name for name in SWITCHES if name in levers]
    tips: dict[str, str] = {}
    for line, name in enumerate(pulled):
        axes.broken_barh(_stretches(levers[name] > 0), (line - 0.3, 0.6), color=ACCENT, lw=0, gid=f"lever-{line}")
        tips[f"lever-{line}"] = f"{_words(name)}: {_counted(levers[name] > 0)}"
    axes.set_yticks(range(len(pulled)), [_words(name) for name in pulled], fontsize=8)
    axes.set_ylim(len(pulled) - 0.4, -0.6)
    axes.grid(axis="y", visible=False)
    axes.tick_params(axis="y", length=0)
    return tips


def _words(lever: str) -> str:
    return lever.replace("_", " ")


def _counted(days: NDArray[np.bool_]) -> str:
    return f"{days.sum():,} of {len(days):,} days"


def _stretches(days: NDArray[np.bool_]) -> list[tuple[float, int]]:
    """Days in a row, as where they begin and how many they are."""
    turns = np.flatnonzero(np.diff(days, prepend=False, append=False))
    return [(begin - 0.5, int(end - begin)) for begin, end in turns.reshape(-1, 2)]
