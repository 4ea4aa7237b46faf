"""From revenue to profit: what each account takes away or adds, step by step."""

from collections.abc import Sequence
from typing import TYPE_CHECKING

from reports.charts.picture import Picture
from reports.charts.style import ACCENT, MUTED, PAPER, TIDE, WARN, drawing, figure, money_axis
from reports.display.numbers import phrase
from reports.language.speaking import say

if TYPE_CHECKING:
    from matplotlib.axes import Axes


def waterfall(steps: Sequence[tuple[str, float]], currency: str, policy: str) -> Picture:
    """The picture of named amounts, the first from zero; the last bar is their sum."""
    bars = _bars(steps)
    with drawing():
        drawn = figure(7.6, 0.6 + 0.27 * len(bars))
        axes = drawn.subplots()
        tips: dict[str, str] = {}
        for line, (name, begin, end) in enumerate(bars):
            gid, whole = f"part-{line}", line in (0, len(bars) - 1)
            ink = (ACCENT if whole else TIDE) if end >= begin else WARN
            bar = axes.barh(line, end - begin, left=begin, height=0.6, color=ink, edgecolor=PAPER, lw=0.7)[0]
            bar.set_gid(gid)
            tips[gid] = say("earned.bar_tip", name=name, amount=phrase("money", end - begin, currency))
            if not whole or line == 0:
                axes.plot([end, end], [line, line + 1], color=MUTED, lw=0.7)
        axes.set_yticks(range(len(bars)), [name for name, _, _ in bars], fontsize=8.5)
        axes.set_ylim(len(bars) - 0.45, -0.55)
        axes.axvline(0, color=MUTED, lw=0.8)
        axes.grid(axis="y", visible=False)
        axes.tick_params(axis="y", length=0)
        axes.margins(x=0.16)
        _sizes(axes, bars, currency)
        return Picture(drawn, "waterfall", say("earned.waterfall_title", policy=policy), tips)


def _bars(steps: Sequence[tuple[str, float]]) -> list[tuple[str, float, float]]:
    """Where each bar begins and ends."""
    bars, total = [], 0.0
    for name, amount in steps:
        bars.append((name, total, total + amount))
        total += amount
    return [*bars, (say("earned.profit_left"), 0.0, total)]


def _sizes(axes: "Axes", bars: Sequence[tuple[str, float, float]], currency: str) -> None:
    """The size of each bar, written beside it."""
    written = money_axis(axes, "x", currency)
    axes.set_xlabel(say("earned.waterfall_axis", currency=written.unit))
    for line, (_, begin, end) in enumerate(bars):
        axes.annotate(
            written.signed(end - begin), (max(begin, end), line), xytext=(4, 0), textcoords="offset points",
            va="center", fontsize=8, color=MUTED,
        )  # fmt: skip
