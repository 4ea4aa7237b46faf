"""What each assumption does to a score by itself: a bar to either side, the longest on top."""

import math
from typing import TYPE_CHECKING

from reports.charts.picture import Picture
from reports.charts.style import ACCENT, INK, MUTED, TIDE, drawing, figure, money_axis, shortened, thousands
from reports.language.speaking import say
from reports.scores import SCORES
from reports.sensitivity.result import HIGH, LOW, Sensitivity
from reports.sensitivity.words import change_said, factor_named

if TYPE_CHECKING:
    from matplotlib.axes import Axes

MOST = 15
"""Factors that are drawn."""
NAME = 34
"""Letters of a factor's name."""
INKS = (TIDE, ACCENT)


def tornado(study: Sensitivity) -> Picture:
    """The picture, of the row that leads."""
    shown = study.order[:MOST]
    with drawing():
        drawn = figure(7.6, 0.9 + 0.34 * len(shown))
        axes = drawn.add_subplot()
        axes.axvline(0, color=MUTED, lw=0.9, zorder=1)
        tips: dict[str, str] = {}
        for line, place in enumerate(shown):
            for end in (LOW, HIGH):
                _bar(axes, study, line, place, end)
                tips[f"part-{line}-{end}"] = _tip(study, place, end)
        _scales(axes, study, shown)
        return Picture(drawn, "tornado", say("sensitivity.tornado"), tips)


def _bar(axes: "Axes", study: Sensitivity, line: int, place: int, end: int) -> None:
    known = study.change(place, end)
    if math.isnan(known.mean):
        return
    offset = -0.17 if end == LOW else 0.17
    axes.barh(line + offset, known.mean, height=0.32, color=INKS[end], lw=0, gid=f"part-{line}-{end}", zorder=2)
    if not math.isnan(known.low):
        axes.plot([known.low, known.high], [line + offset] * 2, color=INK, lw=1.0, solid_capstyle="butt", zorder=3)
    factor = study.factors[place]
    outward = -1 if known.mean < 0 else 1
    edge = min(known.low, known.mean) if outward < 0 else max(known.high, known.mean)
    axes.annotate(
        factor.said(factor.low if end == LOW else factor.high),
        (known.mean if math.isnan(edge) else edge, line + offset),
        xytext=(3 * outward, 0),
        textcoords="offset points",
        ha="right" if outward < 0 else "left",
        va="center",
        fontsize=6.5,
        color=MUTED,
    )


def _scales(axes: "Axes", study: Sensitivity, shown: tuple[int, ...]) -> None:
    axes.set_yticks(range(len(shown)), [shortened(factor_named(study.factors[place]), NAME) for place in shown])
    for tick in axes.get_yticklabels():
        tick.set(fontsize=8.5, color=INK)
    axes.set_ylim(len(shown) - 0.4, -0.6)
    axes.margins(x=0.12)
    axes.tick_params(length=0)
    axes.tick_params(axis="x", labelsize=8)
    axes.grid(axis="y", visible=False)
    unit = SCORES[study.score].unit
    if unit == "money":
        told = money_axis(axes, "x", study.setting.currency).unit
    else:
        share = unit == "share"
        thousands(axes, "x", factor=100.0 if share else 1.0)
        told = say("page.points") if share else say(f"unit.{unit}", currency=study.setting.currency)
    change = say("sensitivity.change", score=SCORES[study.score].label)
    axes.set_xlabel(say("forms.head", label=change, unit=told), fontsize=8.5)


def _tip(study: Sensitivity, place: int, end: int) -> str:
    factor = study.factors[place]
    at = factor.said(factor.low if end == LOW else factor.high)
    return f"{factor_named(factor)}, {at}: {change_said(study, study.change(place, end))}"
