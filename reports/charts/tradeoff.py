"""Stockout rate against holding cost: one mark a policy, its intervals as a cross, the Pareto front."""

from collections.abc import Sequence
from typing import TYPE_CHECKING

import numpy as np

from reports.charts.labels import placed, row_label
from reports.charts.picture import Picture
from reports.charts.style import (
    ACCENT,
    INK,
    MUTED,
    PAPER,
    TIDE,
    WARN,
    drawing,
    figure,
    money_axis,
    text_width,
)
from reports.comparison import Comparison, Row
from reports.display.numbers import percentage, phrase_with_interval
from reports.language.speaking import say
from reports.verdict.estimates import pareto_front
from reports.verdict.goal import Constraint

if TYPE_CHECKING:
    from matplotlib.axes import Axes

TICKS = (0, 0.001, 0.005, 0.01, 0.02, 0.05, 0.1, 0.2, 0.3, 0.4, 0.5, 0.6, 0.8, 1.0)
APART = 0.09
"""Share of the axis that labels of ticks keep between them."""
LABEL_SIZE = 8.5
SIGNS = {"<=": "at_most", ">=": "at_least", "<": "below", ">": "above"}
"""Messages of `[chart.sign]`."""


def tradeoff(comparison: Comparison, chosen: int | None) -> Picture:
    """The picture. Rows with an undefined score have no mark. The front is that of rules a seller can use."""
    with drawing():
        drawn = figure(7.6, 4.6)
        axes = drawn.add_subplot()
        rows = [row for row in comparison.rows if np.isfinite(_point(row)).all()]
        _front(axes, rows)
        _goal(axes, comparison)
        for index, row in enumerate(comparison.rows):
            if np.isfinite(_point(row)).all():
                _mark(axes, index, row, index == chosen)
        _scales(axes, rows, comparison)
        drawn.draw_without_rendering()
        _label(axes, rows, None if chosen is None else comparison.rows[chosen])
        tips = {f"policy-{i}": _tip(row, comparison.setting.currency) for i, row in enumerate(comparison.rows)}
        return Picture(drawn, "tradeoff", say("chart.tradeoff_title"), tips)


def _point(row: Row) -> tuple[float, float]:
    return row.means["stockout_rate"], row.means["holding_cost"]


def _mark(axes: "Axes", index: int, row: Row, chosen: bool) -> None:
    rate, cost = row.estimates["stockout_rate"], row.estimates["holding_cost"]
    ink = ACCENT if chosen else MUTED if row.yardstick else INK
    if np.isfinite([rate.low, cost.low]).all():
        axes.plot([rate.low, rate.high], [cost.mean, cost.mean], color=ink, lw=1.1, alpha=0.6)
        axes.plot([rate.mean, rate.mean], [cost.low, cost.high], color=ink, lw=1.1, alpha=0.6)
    axes.plot(
        rate.mean, cost.mean, "D" if row.yardstick else "o", ms=10 if chosen else 7, mec=ink, mew=1.3,
        mfc=PAPER if row.yardstick else ink, gid=f"policy-{index}", zorder=4, clip_on=False,
    )  # fmt: skip


def _front(axes: "Axes", rows: list[Row]) -> None:
    points = np.array([_point(row) for row in rows if not row.yardstick]).reshape(-1, 2)
    front = points[pareto_front(points[:, 0], points[:, 1])]
    if len(front):
        front = front[np.argsort(front[:, 0])]
        axes.plot(front[:, 0], front[:, 1], color=TIDE, lw=5, alpha=0.55, solid_capstyle="round", gid="front", zorder=1)


def _goal(axes: "Axes", comparison: Comparison) -> None:
    for limit in comparison.goal.constraints:
        if limit.score == "stockout_rate":
            axes.axvline(limit.limit, color=WARN, lw=1, ls=(0, (4, 3)), gid="goal", zorder=0)
            axes.annotate(
                goal_said(limit), (limit.limit, 1.0), xycoords=("data", "axes fraction"), xytext=(0, 3),
                textcoords="offset points", ha="center", va="bottom", color=WARN, fontsize=8,
            )  # fmt: skip


def goal_said(limit: Constraint) -> str:
    """What a goal asks of a share, beside the line that stands for it."""
    return say("chart.goal", limit=say(f"chart.sign.{SIGNS[limit.sign]}", percent=f"{limit.limit * 100:g}"))


def _scales(axes: "Axes", rows: list[Row], comparison: Comparison) -> None:
    # Root scale: rates near zero, where the choice is made, stay apart beside a row that is out of stock half the time.
    axes.set_xscale("function", functions=(lambda x: np.sign(x) * np.sqrt(np.abs(x)), lambda x: np.sign(x) * x**2))
    limits = [limit.limit for limit in comparison.goal.constraints if limit.score == "stockout_rate"]
    ends = [row.estimates["stockout_rate"].high for row in rows]
    widest = np.nanmax([*ends, *(row.means["stockout_rate"] for row in rows), *limits, 0.01])
    axes.set_xlim(-0.0006 * widest / 0.05, min(1.02, widest * 1.25))
    ticks = ticks_up_to(min(1.0, widest * 1.25))
    axes.set_xticks(ticks, [percentage(f"{tick * 100:g}") for tick in ticks])
    axes.set_xlabel(say("chart.stockout_axis"))
    axes.margins(y=0.12)
    axes.set_ylim(bottom=max(0.0, axes.get_ylim()[0]))
    axes.set_ylabel(say("chart.holding_axis", currency=money_axis(axes, "y", comparison.setting.currency).unit))


def ticks_up_to(end: float) -> list[float]:
    """Shares to be named on a root scale from 0 to `end`, so far apart that their labels do not touch."""
    ticks: list[float] = []
    for tick in TICKS:
        if tick <= end and (not ticks or np.sqrt(tick) - np.sqrt(ticks[-1]) >= APART * np.sqrt(end)):
            ticks.append(tick)
    return ticks


def _label(axes: "Axes", rows: list[Row], chosen: Row | None) -> None:
    # The chosen row is labelled first, so that its label has the best place.
    rows = sorted(rows, key=lambda row: row is not chosen)
    to_points = 72.0 / axes.figure.dpi
    places = [tuple(axes.transData.transform(_point(row)) * to_points) for row in rows]
    names = [row_label(row, 34) for row in rows]
    sizes = [_size(name.split("\n")) for name in names]
    window = axes.get_window_extent()
    frame = tuple(edge * to_points for edge in (window.x0, window.y0, window.x1, window.y1))
    for row, name, point, box in zip(rows, names, places, placed(places, sizes, frame), strict=True):
        anchor = (box[0], (box[1] + box[3]) / 2)
        right = box[2] <= point[0]
        near = (min(max((point[0] - box[0]) / (box[2] - box[0]), 0.0), 1.0), 0.0 if anchor[1] > point[1] else 1.0)
        far = abs(anchor[1] - point[1]) > 12
        axes.annotate(
            name, _point(row), xytext=((box[2] if right else box[0]) - point[0], anchor[1] - point[1]),
            textcoords="offset points", ha="right" if right else "left", va="center", fontsize=LABEL_SIZE,
            color=ACCENT if row is chosen else MUTED if row.yardstick else INK,
            fontweight="bold" if row is chosen else "normal", zorder=5, annotation_clip=False,
            arrowprops={"arrowstyle": "-", "color": TIDE, "lw": 0.8, "shrinkA": 1, "shrinkB": 5, "relpos": near}
            if far else None,
        )  # fmt: skip


def _size(lines: Sequence[str]) -> tuple[float, float]:
    return max(text_width(line, LABEL_SIZE) for line in lines), len(lines) * LABEL_SIZE * 1.35


def _tip(row: Row, currency: str) -> str:
    rate = phrase_with_interval("share", row.estimates["stockout_rate"], currency)
    cost = phrase_with_interval("money", row.estimates["holding_cost"], currency)
    return say("chart.tradeoff_tip", policy=row.name, rate=rate, cost=cost)
