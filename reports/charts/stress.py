"""Rows by trials: a score in every field, the worse the stronger its ground; a dashed frame where a limit is broken."""

from dataclasses import dataclass, replace
from typing import TYPE_CHECKING

import numpy as np

from reports.charts.picture import Picture
from reports.charts.style import INK, MUTED, WARN, drawing, figure, shortened, text_width
from reports.display.numbers import Style, style
from reports.language.speaking import say
from reports.record import FloatArray
from reports.scores import SCORES
from reports.stress.stress import StressTest
from reports.stress.words import trial_said
from reports.verdict.goal import Constraint

if TYPE_CHECKING:
    from matplotlib.axes import Axes

STRONGEST = 0.5
"""Share of the ink that the worst field has: its number must stay readable by day and by night."""
ROW_HEIGHT, NAME = 0.34, 34
"""[inches] of a row, and letters of its name."""


def heatmap(test: StressTest, score: str, change: bool = False) -> Picture:
    """A score's means, or their paired changes against the quiet world; of rows and trials the more go downwards."""
    trials = (*(() if change else (test.quiet,)), *test.trials)
    known = test.change if change else test.estimated
    values = np.array([[known(trial, row, score).mean for trial in trials] for row in test.order])
    usable = values[[not test.rows[row].yardstick for row in test.order]]
    strength = _strength(values, usable if len(usable) else values, test.worst(score))
    rows = [test.rows[row].name for row in test.order]
    cases = [say("stress.quiet") if trial is test.quiet else trial_said(trial) for trial in trials]
    limits = () if change else tuple(limit for limit in test.goal.constraints if limit.score == score)
    written = style(SCORES[score].unit, usable[np.isfinite(usable)].tolist(), test.setting.currency)
    field = _Grid(rows, cases, values, strength, limits, written, change)
    return _drawn(field if len(rows) >= len(cases) else field.turned(), score)


@dataclass(frozen=True)
class _Grid:
    """What stands in the fields."""

    down: list[str]
    across: list[str]
    values: FloatArray  # [down, across]
    strength: FloatArray  # [down, across] 0 to 1
    limits: tuple[Constraint, ...]  # which a value may break
    written: Style
    change: bool

    def turned(self) -> "_Grid":
        """Rows as columns."""
        return replace(self, down=self.across, across=self.down, values=self.values.T, strength=self.strength.T)

    def number(self, line: int, column: int) -> str:
        """A field's number."""
        value = float(self.values[line, column])
        return self.written.signed(value) if self.change else self.written.number(value)

    def broken(self, line: int, column: int) -> bool:
        """Whether a field breaks a limit of the goal."""
        return not all(limit.holds(float(self.values[line, column])) for limit in self.limits)


def _drawn(grid: _Grid, score: str) -> Picture:
    unit = say("page.points") if grid.change and SCORES[score].unit == "share" else grid.written.unit
    title = SCORES[score].label if not grid.change else say("stress.heatmap.change_of", score=SCORES[score].label)
    with drawing():
        longest = max(text_width(shortened(name, NAME), 8.0) for name in grid.across)
        drawn = figure(7.6, ROW_HEIGHT * len(grid.down) + 0.5 + 0.62 * longest / 72)
        axes = drawn.add_subplot()
        _fields(axes, grid)
        _scales(axes, grid)
        axes.set_title(f"{title}, {unit}", fontsize=9, color=INK, loc="left")
        tips = {
            f"part-{line}-{column}": f"{below}, {beside}: {grid.number(line, column)} {unit}"
            for line, below in enumerate(grid.down)
            for column, beside in enumerate(grid.across)
        }
        kind = "changes" if grid.change else "scores"
        return Picture(drawn, f"stress-{kind}-{score.replace('_', '-')}", title, tips)


def _strength(values: FloatArray, usable: FloatArray, worst: str) -> FloatArray:
    """0 for the best field to 1 for the worst, by rank among rows that can be used: one extreme pales no other."""
    known = np.unique(usable[np.isfinite(usable)])
    ranks = np.clip(np.searchsorted(known, values) / max(len(known) - 1, 1), 0.0, 1.0)
    return np.where(np.isfinite(values), 1 - ranks if worst == "low" else ranks, 0.0)


def _fields(axes: "Axes", grid: _Grid) -> None:
    from matplotlib.patches import Rectangle

    for line, column in np.ndindex(grid.values.shape):
        at, broken = (column - 0.48, line - 0.46), grid.broken(line, column)
        alpha = STRONGEST * float(grid.strength[line, column])
        axes.add_patch(Rectangle(at, 0.96, 0.92, facecolor=WARN, alpha=alpha, lw=0, gid=f"part-{line}-{column}"))
        if broken:
            axes.add_patch(Rectangle(at, 0.96, 0.92, facecolor="none", edgecolor=WARN, lw=1.4, ls=(0, (4, 2))))
        axes.text(
            column, line, grid.number(line, column), ha="center", va="center", fontsize=8, color=INK,
            fontweight="bold" if broken else "normal",
        )  # fmt: skip


def _scales(axes: "Axes", grid: _Grid) -> None:
    axes.set_xlim(-0.5, len(grid.across) - 0.5)
    axes.set_ylim(len(grid.down) - 0.5, -0.5)
    axes.set_yticks(range(len(grid.down)), [shortened(name, NAME) for name in grid.down], fontsize=8.5, color=INK)
    axes.set_xticks(range(len(grid.across)), [shortened(name, NAME) for name in grid.across], fontsize=8, color=MUTED)
    for tick in axes.get_xticklabels():
        tick.set(rotation=35, ha="right", rotation_mode="anchor")
    axes.grid(visible=False)
    axes.tick_params(length=0)
    for side in axes.spines.values():
        side.set_visible(False)
