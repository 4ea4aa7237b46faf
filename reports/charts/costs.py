"""What each policy pays beside the goods: stacked bars, and the profit that is left."""

from collections.abc import Collection
from typing import TYPE_CHECKING

from reports.charts.style import MUTED, PAPER, PARTS, drawing, figure, shortened, svg_text, thousands
from reports.comparison import Comparison, Row
from reports.display.numbers import phrase

if TYPE_CHECKING:
    from matplotlib.axes import Axes

STACK: dict[str, tuple[str, ...]] = {
    "freight": ("freight",),
    "duty and customs": ("duty", "inspection_fees", "customs_fees"),
    "selling fees": ("fees",),
    "ads and clearance": ("ad_spend", "markdown"),
    "returned goods": ("refunds", "returns_cost"),
    "holding": ("holding_cost",),
    "lost margin": ("lost_margin",),
}
"""The parts and the scores they add up. The goods themselves are left out: they would dwarf the rest."""


def costs(comparison: Comparison) -> str:
    """The picture. Lost margin is hatched: it is not paid, but it is gone."""
    with drawing():
        count = len(comparison.rows)
        drawn = figure(7.6, 1.1 + 0.36 * count)
        axes = drawn.add_subplot()
        tips: dict[str, str] = {}
        for line, index in enumerate(comparison.order):
            tips.update(_bar(axes, comparison, line, index))
        names = [shortened(comparison.rows[index].name, 30) for index in comparison.order]
        axes.set_yticks(range(count), names, fontsize=8.5)
        axes.set_ylim(count - 0.45, -0.55)
        axes.grid(axis="y", visible=False)
        axes.tick_params(axis="y", length=0)
        axes.set_xlabel(f"{comparison.setting.currency}, mean over replications")
        axes.margins(x=0.0)
        axes.set_xlim(left=0, right=axes.get_xlim()[1] * 1.22)
        thousands(axes, "x")
        _legend(axes, [name for name, scores in STACK.items() if any(_size(row, scores) for row in comparison.rows)])
        return svg_text(drawn, "costs", "Costs beside the goods, by policy", tips)


def _bar(axes: "Axes", comparison: Comparison, line: int, index: int) -> dict[str, str]:
    row, currency = comparison.rows[index], comparison.setting.currency
    tips: dict[str, str] = {}
    left = 0.0
    for part, (name, scores) in enumerate(STACK.items()):
        size = _size(row, scores)
        gid = f"part-{index}-{part}"
        axes.barh(
            line, size, left=left, height=0.62, color=PARTS[part], edgecolor=PAPER, linewidth=0.7,
            hatch="////" if name == "lost margin" else None, gid=gid,
        )[0].set_gid(gid)  # fmt: skip
        tips[gid] = f"{row.name}: {name} {phrase('money', size, currency)}"
        left += size
    profit = f"profit {phrase('money', row.means['profit'], currency)}".removesuffix(f" {currency}")
    axes.annotate(
        profit, (left, line), xytext=(5, 0), textcoords="offset points",
        va="center", fontsize=8, color=MUTED,
    )  # fmt: skip
    return tips


def _size(row: Row, scores: tuple[str, ...]) -> float:
    return max(sum(row.means[score] for score in scores), 0.0)


def _legend(axes: "Axes", present: Collection[str]) -> None:
    """Name the parts that any row has."""
    from matplotlib.patches import Patch

    keys = [
        Patch(facecolor=ink, edgecolor=PAPER, label=name, hatch="////" if name == "lost margin" else None)
        for name, ink in zip(STACK, PARTS, strict=True)
        if name in present
    ]
    axes.legend(handles=keys, loc="lower left", bbox_to_anchor=(0, 1.0), ncols=4, fontsize=8, borderpad=0.2)
