"""Paired differences against the reference row, score by score, each with its interval."""

import math
from typing import TYPE_CHECKING

from reports.charts.labels import row_label
from reports.charts.picture import Picture
from reports.charts.style import ACCENT, INK, MUTED, PAPER, WARN, drawing, figure
from reports.comparison import Comparison
from reports.display.numbers import Style, style
from reports.language.speaking import say
from reports.scores import SCORES
from reports.verdict.estimates import Difference

if TYPE_CHECKING:
    from matplotlib.axes import Axes

SHOWN = ("stockout_rate", "holding_cost", "profit")


def differences(comparison: Comparison) -> Picture | None:
    """The picture; None when there is nothing to compare or one replication only."""
    if len(comparison.rows) < 2 or len(comparison.runs) < 2:
        return None
    with drawing():
        others = [index for index in comparison.order if index != comparison.reference]
        # Yardsticks lie far off and would press the rules together; the table beside the picture has them.
        others = [index for index in others if not comparison.rows[index].yardstick] or others
        drawn = figure(7.6, 1.0 + 0.32 * len(others))
        panels = drawn.subplots(1, len(SHOWN), sharey=True, squeeze=False)[0]
        tips: dict[str, str] = {}
        for number, (axes, score) in enumerate(zip(panels, SHOWN, strict=True)):
            found = comparison.differences(score)
            gaps = [found[index] for index in others]
            tips.update(_panel(axes, comparison, gaps, number))
        names = [row_label(comparison.rows[index], 30) for index in others]
        panels[0].set_yticks(range(len(others)), names, fontsize=8.5)
        panels[0].set_ylim(len(others) - 0.5, -0.5)
        return Picture(drawn, "differences", say("chart.differences_title"), tips)


def _panel(axes: "Axes", comparison: Comparison, gaps: list[Difference], number: int) -> dict[str, str]:
    from matplotlib.ticker import FuncFormatter, MaxNLocator

    score = SCORES[gaps[0].score]
    written = style(score.unit, [gap.estimate.mean for gap in gaps], comparison.setting.currency)
    axes.axvline(0, color=MUTED, lw=0.9)
    tips: dict[str, str] = {}
    for line, gap in enumerate(gaps):
        gid = f"difference-{number}-{line}"
        _mark(axes, gap, line, gid)
        tips[gid] = say(
            "chart.difference_tip", policy=gap.policy, score=score.label, unit=written.unit,
            difference=written.signed(gap.estimate.mean),
        )  # fmt: skip
    axes.set_title(score.label, fontsize=9, color=INK, loc="left")
    unit = say("chart.points") if written.unit == "%" else written.unit
    axes.set_xlabel(unit, fontsize=8)
    axes.grid(axis="y", visible=False)
    axes.tick_params(axis="y", length=0)
    axes.margins(x=0.1)
    axes.xaxis.set_major_locator(MaxNLocator(nbins=4))
    axes.xaxis.set_major_formatter(FuncFormatter(lambda value, _: _tick(written, value)))
    return tips


def _tick(written: Style, value: float) -> str:
    return f"{value * written.factor:+,.10g}" if abs(value * written.factor) > 1e-9 else "0"


def _mark(axes: "Axes", gap: Difference, line: int, gid: str) -> None:
    known = gap.estimate
    better = SCORES[gap.score].better
    good = known.mean < 0 if better == "less" else known.mean > 0
    ink = MUTED if not gap.sure else ACCENT if good else WARN
    if not math.isnan(known.low):
        axes.plot([known.low, known.high], [line, line], color=ink, lw=1.6, solid_capstyle="round")
    axes.plot(known.mean, line, "o", ms=5.5, mec=ink, mew=1.3, mfc=ink if gap.sure else PAPER, gid=gid, zorder=3)
