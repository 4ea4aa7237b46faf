"""What each warehouse had at the end of the season, and what was coming to it, at cost: stacked bars."""

from collections.abc import Sequence
from typing import TYPE_CHECKING

from reports.charts.picture import Picture
from reports.charts.style import ACCENT, MUTED, PAPER, TIDE, drawing, figure, money_axis, shortened
from reports.charts.style import PARTS as INKS
from reports.display.numbers import phrase
from reports.language.naming import named
from reports.language.speaking import say

if TYPE_CHECKING:
    from matplotlib.axes import Axes

PARTS = {"on_hand": ACCENT, "in_transit": TIDE, "planned": INKS[-1]}
"""The parts of a bar, from left to right, and their inks."""


def cockpit(values: Sequence[tuple[str, Sequence[float]]], currency: str, policy: str) -> Picture | None:
    """The picture: warehouses and the cost of each part; None where there is nothing to show."""
    if not any(any(sizes) for _, sizes in values):
        return None
    with drawing():
        drawn = figure(7.6, 0.95 + 0.34 * len(values))
        axes = drawn.add_subplot()
        tips: dict[str, str] = {}
        for line, (warehouse, sizes) in enumerate(values):
            tips |= _bar(axes, line, warehouse, sizes, currency)
        axes.set_yticks(range(len(values)), [shortened(named(name), 30) for name, _ in values], fontsize=8.5)
        axes.set_ylim(len(values) - 0.45, -0.55)
        axes.grid(axis="y", visible=False)
        axes.tick_params(axis="y", length=0)
        axes.set_xlim(0, max(sum(sizes) for _, sizes in values) * 1.22)
        written = money_axis(axes, "x", currency)
        axes.set_xlabel(say("chart.cockpit_axis", currency=written.unit))
        for line, (_, sizes) in enumerate(values):
            _total(axes, line, written.number(sum(sizes)), sum(sizes))
        _legend(axes)
        return Picture(drawn, "cockpit", say("chart.cockpit_title", policy=policy), tips)


def _bar(axes: "Axes", line: int, warehouse: str, sizes: Sequence[float], currency: str) -> dict[str, str]:
    tips: dict[str, str] = {}
    left = 0.0
    for part, (size, (name, ink)) in enumerate(zip(sizes, PARTS.items(), strict=True)):
        gid = f"part-{line}-{part}"
        axes.barh(line, size, left=left, height=0.6, color=ink, edgecolor=PAPER, linewidth=0.7)[0].set_gid(gid)
        tips[gid] = say(
            "chart.part_tip",
            whole=named(warehouse),
            part=say(f"chart.stock.{name}"),
            size=phrase("money", size, currency),
        )
        left += size
    return tips


def _total(axes: "Axes", line: int, written: str, end: float) -> None:
    axes.annotate(written, (end, line), xytext=(5, 0), textcoords="offset points", va="center", fontsize=8, color=MUTED)


def _legend(axes: "Axes") -> None:
    from matplotlib.patches import Patch

    keys = [Patch(facecolor=ink, lw=0, label=say(f"chart.stock.{name}")) for name, ink in PARTS.items()]
    axes.legend(handles=keys, loc="lower left", bbox_to_anchor=(0, 1.0), ncols=3, fontsize=8, borderpad=0.2)
