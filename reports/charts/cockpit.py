"""What each warehouse had at the end of the season, and what was coming to it, at cost: stacked bars."""

from collections.abc import Sequence
from typing import TYPE_CHECKING

from reports.charts.style import ACCENT, MUTED, PAPER, TIDE, drawing, figure, shortened, svg_text, thousands
from reports.charts.style import PARTS as INKS
from reports.display.numbers import phrase

if TYPE_CHECKING:
    from matplotlib.axes import Axes

PARTS = {"on hand": ACCENT, "in transit": TIDE, "planned": INKS[-1]}
"""The parts of a bar, from left to right, and their inks."""


def cockpit(values: Sequence[tuple[str, Sequence[float]]], currency: str, policy: str) -> str:
    """The picture: warehouses and the cost of each part; empty where there is nothing to show."""
    if not any(any(sizes) for _, sizes in values):
        return ""
    with drawing():
        drawn = figure(7.6, 0.95 + 0.34 * len(values))
        axes = drawn.add_subplot()
        tips: dict[str, str] = {}
        for line, (warehouse, sizes) in enumerate(values):
            tips |= _bar(axes, line, warehouse, sizes, currency)
        axes.set_yticks(range(len(values)), [shortened(name, 30) for name, _ in values], fontsize=8.5)
        axes.set_ylim(len(values) - 0.45, -0.55)
        axes.grid(axis="y", visible=False)
        axes.tick_params(axis="y", length=0)
        axes.set_xlabel(f"{currency} at cost, mean over replications")
        axes.set_xlim(0, max(sum(sizes) for _, sizes in values) * 1.22)
        thousands(axes, "x")
        _legend(axes)
        return svg_text(drawn, "cockpit", f"Stock on hand, in transit and planned by warehouse: {policy}", tips)


def _bar(axes: "Axes", line: int, warehouse: str, sizes: Sequence[float], currency: str) -> dict[str, str]:
    tips: dict[str, str] = {}
    left = 0.0
    for part, (size, (name, ink)) in enumerate(zip(sizes, PARTS.items(), strict=True)):
        gid = f"part-{line}-{part}"
        axes.barh(line, size, left=left, height=0.6, color=ink, edgecolor=PAPER, linewidth=0.7)[0].set_gid(gid)
        tips[gid] = f"{warehouse}: {name} {phrase('money', size, currency)}"
        left += size
    total = phrase("money", left, currency).removesuffix(f" {currency}")
    axes.annotate(total, (left, line), xytext=(5, 0), textcoords="offset points", va="center", fontsize=8, color=MUTED)
    return tips


def _legend(axes: "Axes") -> None:
    from matplotlib.patches import Patch

    keys = [Patch(facecolor=ink, lw=0, label=name) for name, ink in PARTS.items()]
    axes.legend(handles=keys, loc="lower left", bbox_to_anchor=(0, 1.0), ncols=3, fontsize=8, borderpad=0.2)
