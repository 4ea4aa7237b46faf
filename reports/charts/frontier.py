"""A search in one picture: stockout rate against the objective, every candidate a dot, the finalists with intervals."""

import re
from collections.abc import Mapping, Sequence
from typing import TYPE_CHECKING

import numpy as np

from reports.charts.labels import Box, placed
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
    printable,
    text_width,
    thousands,
)
from reports.charts.tradeoff import goal_said, ticks_up_to
from reports.comparison import Row
from reports.display.numbers import full_style, percentage, phrase_with_interval
from reports.language.speaking import say
from reports.scores import SCORES
from reports.tuning import SERVICE, Tried, Tuning
from reports.verdict.sentences import label

if TYPE_CHECKING:
    from matplotlib.axes import Axes
    from matplotlib.figure import Figure

LABEL_SIZE = 8.5
FAR = 12
"""[points] between a mark and its label, beyond which a line leads from one to the other."""


def frontier(tuning: Tuning) -> Picture:
    """The picture."""
    with drawing():
        tips = {f"policy-{i}": _tip(tuning, row) for i, row in enumerate(tuning.comparison.rows)}
        return Picture(_drawn(tuning), "frontier", say("chart.frontier_title"), tips)


def _drawn(tuning: Tuning) -> "Figure":
    drawn = figure(7.6, 4.6)
    axes = drawn.add_subplot()
    _candidates(axes, tuning)
    _front(axes, tuning)
    _goal(axes, tuning)
    rows = list(tuning.comparison.rows)
    for index, row in enumerate(rows):
        _mark(axes, index, row, tuning)
    _scales(axes, tuning)
    drawn.draw_without_rendering()
    _label(axes, tuning)
    return drawn


def _objective(tuning: Tuning) -> str:
    return tuning.goal.objective.score


def _candidates(axes: "Axes", tuning: Tuning) -> None:
    """Every candidate where choosing saw it."""
    points = np.array([(one.means[SERVICE], one.means[_objective(tuning)]) for one in tuning.choosing.tried])
    points = points[np.isfinite(points).all(axis=1)]
    axes.plot(points[:, 0], points[:, 1], "o", ms=3.5, mec="none", mfc=MUTED, alpha=0.35, gid="candidates", zorder=1)


def _front(axes: "Axes", tuning: Tuning) -> None:
    points = np.array([(row.means[SERVICE], row.means[_objective(tuning)]) for row in tuning.frontier]).reshape(-1, 2)
    if len(points) > 1:
        axes.plot(*points.T, color=TIDE, lw=5, alpha=0.55, solid_capstyle="round", gid="front", zorder=2)


def _goal(axes: "Axes", tuning: Tuning) -> None:
    for limit in tuning.goal.constraints:
        if limit.score == SERVICE:
            axes.axvline(limit.limit, color=WARN, lw=1, ls=(0, (4, 3)), gid="goal", zorder=0)
            axes.annotate(
                goal_said(limit), (limit.limit, 1.0),
                xycoords=("data", "axes fraction"), xytext=(0, 3), textcoords="offset points", ha="center", va="bottom",
                color=WARN, fontsize=8,
            )  # fmt: skip


def _mark(axes: "Axes", index: int, row: Row, tuning: Tuning) -> None:
    rate, aim = row.estimates[SERVICE], row.estimates[_objective(tuning)]
    ink = _ink(tuning, row)
    if np.isfinite([rate.low, aim.low]).all():
        axes.plot([rate.low, rate.high], [aim.mean, aim.mean], color=ink, lw=1.1, alpha=0.6, zorder=3)
        axes.plot([rate.mean, rate.mean], [aim.low, aim.high], color=ink, lw=1.1, alpha=0.6, zorder=3)
    given, named = row is tuning.default, any(row is one for one in _named(tuning))
    axes.plot(
        rate.mean, aim.mean, "D" if given else "o", ms=9 if named else 5.5, mec=ink, mew=1.3,
        mfc=PAPER if given else ink, gid=f"policy-{index}", zorder=4, clip_on=False,
    )  # fmt: skip


def _named(tuning: Tuning) -> list[Row]:
    """The rows that bear a label: the chosen one, or the ends of the front; and the spec as given. None bears two."""
    front = tuning.frontier
    first = [front[0], *front[-1:]] if tuning.front and front else [tuning.best]
    return list({row.name: row for row in [*first, tuning.default]}.values())


def _ink(tuning: Tuning, row: Row) -> str:
    if row is tuning.default:
        return MUTED
    return ACCENT if row is tuning.best and not tuning.front else INK


def _scales(axes: "Axes", tuning: Tuning) -> None:
    # Root scale, as in the picture of a comparison: the choice is made near zero.
    axes.set_xscale("function", functions=(lambda x: np.sign(x) * np.sqrt(np.abs(x)), lambda x: np.sign(x) * x**2))
    rates = [means[SERVICE] for one in (tuning.choosing.tried, tuning.comparison.rows) for means in _means(one)]
    limits = [limit.limit for limit in tuning.goal.constraints if limit.score == SERVICE]
    widest = float(np.nanmax([*rates, *limits, 0.01]))
    axes.set_xlim(-0.0006 * widest / 0.05, min(1.02, widest * 1.15))
    ticks = ticks_up_to(min(1.0, widest * 1.15))
    axes.set_xticks(ticks, [percentage(f"{tick * 100:g}") for tick in ticks])
    axes.set_xlabel(say("chart.stockout_axis"))
    axes.margins(y=0.12)
    axes.set_ylabel(say("chart.objective_axis", score=label(_objective(tuning)), unit=_count(axes, tuning)))


def _count(axes: "Axes", tuning: Tuning) -> str:
    """Write the objective's numbers along the axis; says in what they count."""
    unit, currency = SCORES[_objective(tuning)].unit, tuning.comparison.setting.currency
    if unit == "money":
        return money_axis(axes, "y", currency).unit
    written = full_style(unit, max(map(abs, axes.get_ylim())), currency)
    thousands(axes, "y", factor=written.factor)
    return written.unit


def _means(seen: Sequence[Tried] | Sequence[Row]) -> list[Mapping[str, float]]:
    return [one.means for one in seen]


def _label(axes: "Axes", tuning: Tuning) -> None:
    rows = _named(tuning)
    to_points = 72.0 / axes.figure.dpi
    points = [(row.means[SERVICE], row.means[_objective(tuning)]) for row in rows]
    places = [tuple(axes.transData.transform(point) * to_points) for point in points]
    names = [_name(tuning, row) for row in rows]
    sizes = [(max(text_width(line, LABEL_SIZE) for line in name), len(name) * LABEL_SIZE * 1.35) for name in names]
    window = axes.get_window_extent()
    frame = (window.x0 * to_points, window.y0 * to_points, window.x1 * to_points, window.y1 * to_points)
    boxes = placed(places, sizes, frame, _taken(axes, tuning, to_points))
    for row, name, point, place, box in zip(rows, names, points, places, boxes, strict=True):
        far = max(box[0] - place[0], place[0] - box[2], box[1] - place[1], place[1] - box[3]) > FAR
        axes.annotate(
            "\n".join(name), point, xytext=(box[0] - place[0], (box[1] + box[3]) / 2 - place[1]),
            textcoords="offset points", ha="left", va="center", fontsize=LABEL_SIZE, color=_ink(tuning, row), zorder=5,
            fontweight="bold" if row is tuning.best and not tuning.front else "normal", annotation_clip=False,
            arrowprops={"arrowstyle": "-", "color": TIDE, "lw": 0.8, "shrinkA": 1, "shrinkB": 5} if far else None,
        )  # fmt: skip


def _taken(axes: "Axes", tuning: Tuning, to_points: float) -> list[Box]:
    """Where marks without a label stand, in points."""
    boxes = []
    for seen, half in ((_means(tuning.comparison.rows), 5.0), (_means(tuning.choosing.tried), 2.0)):
        points = np.array([(means[SERVICE], means[_objective(tuning)]) for means in seen])
        for x, y in axes.transData.transform(points[np.isfinite(points).all(axis=1)]) * to_points:
            boxes.append((x - half, y - half, x + half, y + half))
    return boxes


def _name(tuning: Tuning, row: Row) -> Sequence[str]:
    """A label in lines: the policy, then each parameter."""
    given = [say("chart.as_given")] if row is tuning.default else []
    return [*re.split(r"[:,]|(?=\+)", printable(row.name)), *given]


def _tip(tuning: Tuning, row: Row) -> str:
    currency, score = tuning.comparison.setting.currency, _objective(tuning)
    rate = phrase_with_interval("share", row.estimates[SERVICE], currency)
    aim = phrase_with_interval(SCORES[score].unit, row.estimates[score], currency)
    return say("chart.frontier_tip", policy=row.name, rate=rate, score=label(score), aim=aim)
