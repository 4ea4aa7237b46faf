"""What each policy pays beside the goods: stacked bars, and the profit that is left."""

from collections.abc import Sequence
from typing import TYPE_CHECKING

from reports.charts.labels import row_label
from reports.charts.picture import Picture
from reports.charts.style import MORE_PARTS, MUTED, PAPER, PARTS, drawing, figure, money_axis
from reports.comparison import Comparison, Row
from reports.display.numbers import Style, phrase
from reports.language.speaking import say

if TYPE_CHECKING:
    from matplotlib.axes import Axes

STACK: dict[str, tuple[str, ...]] = {
    "freight": ("freight",),
    "duty": ("duty", "inspection_fees", "customs_fees"),
    "tax": ("taxes",),
    "fees": ("fees",),
    "handling": ("handling",),
    "ads": ("ad_spend", "markdown"),
    "returns": ("refunds", "returns_cost"),
    "holding": ("holding_rent", "holding_capital", "holding_risk"),
    "surcharges": ("holding_surcharges", "holding_disposal"),
    "lost_margin": ("lost_margin",),
}
"""The parts, by their message in `[chart.cost]`, and the scores they add up.

The goods themselves are left out: they would dwarf the rest.
"""
INKS = dict(
    zip(
        STACK,
        (*PARTS[:2], MORE_PARTS[0], PARTS[2], MORE_PARTS[1], *PARTS[3:6], MORE_PARTS[2], PARTS[6]),
        strict=True,
    )
)
LEGEND_COLUMNS = 3


def costs(comparison: Comparison) -> Picture:
    """The picture. Lost margin is hatched: it is not paid, but it is gone."""
    parts = [name for name in STACK if any(_size(row, name) for row in comparison.rows)]
    with drawing():
        count, legend_rows = len(comparison.rows), -(-len(parts) // LEGEND_COLUMNS)
        drawn = figure(7.6, 0.7 + 0.2 * legend_rows + 0.36 * count)
        axes = drawn.add_subplot()
        tips: dict[str, str] = {}
        for line, index in enumerate(comparison.order):
            tips.update(_bar(axes, comparison, line, index, parts))
        names = [row_label(comparison.rows[index], 30) for index in comparison.order]
        axes.set_yticks(range(count), names, fontsize=8.5)
        axes.set_ylim(count - 0.45, -0.55)
        axes.grid(axis="y", visible=False)
        axes.tick_params(axis="y", length=0)
        axes.margins(x=0.0)
        axes.set_xlim(left=0, right=axes.get_xlim()[1] * 1.22)
        written = money_axis(axes, "x", comparison.setting.currency)
        axes.set_xlabel(say("chart.costs_axis", currency=written.unit))
        for line, index in enumerate(comparison.order):
            _profit(axes, line, comparison.rows[index], written)
        _legend(axes, parts)
        return Picture(drawn, "costs", say("chart.costs_title"), tips)


def _bar(axes: "Axes", comparison: Comparison, line: int, index: int, parts: Sequence[str]) -> dict[str, str]:
    row, currency = comparison.rows[index], comparison.setting.currency
    tips: dict[str, str] = {}
    left = 0.0
    for part, name in enumerate(parts):
        size = _size(row, name)
        gid = f"part-{index}-{part}"
        axes.barh(
            line, size, left=left, height=0.62, color=INKS[name], edgecolor=PAPER, linewidth=0.7,
            hatch="////" if name == "lost_margin" else None, gid=gid,
        )[0].set_gid(gid)  # fmt: skip
        tips[gid] = say(
            "chart.part_tip", whole=row.name, part=say(f"chart.cost.{name}"), size=phrase("money", size, currency)
        )
        left += size
    return tips


def _profit(axes: "Axes", line: int, row: Row, written: Style) -> None:
    """The profit, written where the bar ends."""
    end = sum(_size(row, part) for part in STACK)
    axes.annotate(
        say("chart.profit", profit=written.number(row.means["profit"])), (end, line), xytext=(5, 0),
        textcoords="offset points", va="center", fontsize=8, color=MUTED,
    )  # fmt: skip


def _size(row: Row, part: str) -> float:
    return max(sum(row.means[score] for score in STACK[part]), 0.0)


def _legend(axes: "Axes", parts: Sequence[str]) -> None:
    """Name the parts."""
    from matplotlib.patches import Patch

    keys = [
        Patch(
            facecolor=INKS[name],
            edgecolor=PAPER,
            label=say(f"chart.cost.{name}"),
            hatch="////" if name == "lost_margin" else None,
        )
        for name in parts
    ]
    axes.legend(
        handles=keys, loc="lower left", bbox_to_anchor=(0, 1.0), ncols=LEGEND_COLUMNS, fontsize=8, borderpad=0.2
    )
