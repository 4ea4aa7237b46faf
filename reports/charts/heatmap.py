"""Where demand met too little stock: SKU by week, the share of wanted units that was short."""

from collections.abc import Sequence
from dataclasses import dataclass
from typing import TYPE_CHECKING

import numpy as np

from reports.charts.picture import Picture
from reports.charts.season import day_said
from reports.charts.style import INK, MUTED, WARN, drawing, figure, shortened
from reports.language.speaking import say
from reports.record import FloatArray, Setting

if TYPE_CHECKING:
    from matplotlib.axes import Axes

LEVELS = ((0.0, 0.1), (0.05, 0.22), (0.15, 0.35), (0.3, 0.48), (0.5, 0.62))
"""From which share on a cell is how strongly coloured; one hue, so that it is read without telling hues apart."""
LEAST_TOLD = 0.005
"""A smaller share is a square without a number."""
LETTERS = 22
"""Of a SKU's name, so many are drawn."""


@dataclass(frozen=True)
class Grid:
    """What is drawn: units by line and column, and what they are called."""

    names: Sequence[str]  # [line]
    firsts: Sequence[int]  # [column] scored day on which it begins
    wanted: FloatArray  # [line, column] mean units
    short: FloatArray  # [line, column] of those

    @property
    def share(self) -> FloatArray:
        """The share of wanted units that was short, [line, column]; 0 where nothing was wanted."""
        return np.asarray(np.divide(self.short, self.wanted, out=np.zeros(self.wanted.shape), where=self.wanted > 0))


def heatmap(grid: Grid, setting: Setting) -> Picture:
    """The picture of a grid."""
    with drawing():
        drawn = figure(7.6, 0.75 + 0.19 * len(grid.names))
        axes = drawn.subplots()
        tips = _cells(axes, grid, setting)
        axes.set_yticks(range(len(grid.names)), [shortened(name, LETTERS) for name in grid.names], fontsize=8)
        named = range(0, len(grid.firsts), max(1, -(-len(grid.firsts) // 10)))
        axes.set_xticks([*named], [day_said(setting.day(grid.firsts[i])) for i in named], fontsize=8)
        axes.set_xlim(-0.5, len(grid.firsts) - 0.5)
        axes.set_ylim(len(grid.names) - 0.5, -0.5)
        axes.tick_params(length=0)
        axes.grid(visible=False)
        axes.spines[["left", "bottom"]].set_visible(False)
    return Picture(drawn, "heatmap", say("closeup.heat_title"), tips)


def _cells(axes: "Axes", grid: Grid, setting: Setting) -> dict[str, str]:
    """A square where anything was short, its percent in it, a dot where nothing was; says what hovering tells."""
    from matplotlib.patches import Rectangle

    share, tips = grid.share, dict[str, str]()
    quiet = np.argwhere((share == 0) & (grid.wanted > 0))
    axes.plot(quiet[:, 1], quiet[:, 0], ls="", marker="o", ms=1.2, color=MUTED, mew=0, alpha=0.6)
    for line, column in np.argwhere(share > 0).tolist():
        part, gid = share[line, column], f"part-{line}-{column}"
        strength = next(alpha for least, alpha in reversed(LEVELS) if part >= least)
        axes.add_patch(Rectangle((column - 0.47, line - 0.45), 0.94, 0.9, color=WARN, alpha=strength, lw=0, gid=gid))
        if part >= LEAST_TOLD:
            axes.text(column, line, percents(part), ha="center", va="center_baseline", fontsize=6.5, color=INK)
        tips[gid] = say(
            "closeup.heat_tip", sku=grid.names[line], day=day_said(setting.day(grid.firsts[column])),
            short=f"{grid.short[line, column]:,.0f}", wanted=f"{grid.wanted[line, column]:,.0f}",
        )  # fmt: skip
    return tips


def percents(share: float) -> str:
    """A share in whole percent, never 0 where there is some and never 100 where some is left."""
    if share >= 1:
        return "100"
    return "<1" if share < LEAST_TOLD else f"{min(round(share * 100), 99)}"
