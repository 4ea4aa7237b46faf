"""From factory to shelf: where each lane spends its days, stage after stage, and how far each stage spreads."""

from collections.abc import Sequence
from typing import TYPE_CHECKING

from reports.charts.picture import Picture
from reports.charts.style import ACCENT, EVENT, INK, MUTED, PAPER, TIDE, drawing, figure, shortened, thousands
from reports.language.naming import named
from reports.language.speaking import say
from reports.passage import MEASURES, Passage, is_wait
from reports.record import FloatArray

if TYPE_CHECKING:
    from matplotlib.axes import Axes

LINE_INCHES = 0.215
GAP = 0.6
"""Lines left free between two lanes."""
NAMED = 26
"""Letters of a name."""
_MEAN, _LOW, _HIGH = (MEASURES.index(name) for name in ("mean", "p5", "p95"))


def passage(shown: Sequence[tuple[Passage, Sequence[str]]], policy: str) -> Picture:
    """The picture: for each lane, with the names of its stages, a line for the whole and one for each stage."""
    lines = sum(1 + len(_taken(one)) for one, _ in shown) + GAP * (len(shown) - 1)
    with drawing():
        drawn = figure(7.6, 0.95 + LINE_INCHES * lines)
        axes = drawn.add_subplot()
        tips: dict[str, str] = {}
        names: list[tuple[float, str, bool]] = []
        top = 0.0
        for number, (one, stages) in enumerate(shown):
            marks = _lane(axes, one, stages, top, number)
            names += [(line, name, line == top) for line, name, _ in marks]
            tips |= {f"stage-{number}-{i}": tip for i, (_, _, tip) in enumerate(marks)}
            top += len(marks) + GAP
        _name(axes, names)
        axes.set_ylim(top - GAP - 0.4, -0.6)
        axes.set_xlim(0, max(float(one.spread[-1, [_MEAN, _HIGH]].max()) for one, _ in shown) * 1.25)
        axes.set_xlabel(say("chart.days_from_order"))
        thousands(axes, "x", 8)
        _legend(axes, shown)
        return Picture(drawn, "passage", say("chart.passage_title", policy=policy), tips)


def told(measures: FloatArray) -> str:
    """A mean with its spread, in words; without where there is none."""
    mean, low, high = (f"{measures[i]:,.1f}" for i in (_MEAN, _LOW, _HIGH))
    return mean if low == high else f"{mean} ({low}–{high})"


def _taken(one: Passage) -> list[int]:
    """Stages that took any time."""
    return [i for i, measures in enumerate(one.spread[:-1]) if measures[_HIGH] > 0 or measures[_MEAN] > 0]


def _lane(axes: "Axes", one: Passage, stages: Sequence[str], top: float, number: int) -> list[tuple[float, str, str]]:
    """Draw a lane from a line on; says line, name and hover text of each mark."""
    whole = one.spread[-1]
    axes.barh(top, whole[_MEAN], height=0.6, color=ACCENT)[0].set_gid(f"stage-{number}-0")
    _spread(axes, whole, 0.0, top)
    marks = [(top, named(one.lane), say("chart.lane_tip", lane=named(one.lane), days=told(whole)))]
    begin = 0.0
    for i in range(len(stages)):
        measures = one.spread[i]
        if i in _taken(one):
            line, gid = top + len(marks), f"stage-{number}-{len(marks)}"
            ink = EVENT if is_wait(stages[i]) else TIDE
            axes.barh(line, measures[_MEAN], left=begin, height=0.6, color=ink)[0].set_gid(gid)
            _spread(axes, measures, begin, line)
            stage = named(stages[i])
            tip = say("chart.stage_tip", lane=named(one.lane), stage=stage, days=told(measures))
            marks.append((line, stage, tip))
        begin += measures[_MEAN]
    return marks


def _spread(axes: "Axes", measures: FloatArray, begin: float, line: float) -> None:
    """P5 to P95 from where the bar begins, and the numbers beside it."""
    ends = [begin + measures[i] for i in (_LOW, _HIGH)]
    if ends[0] < ends[1]:
        axes.plot(ends, [line, line], color=PAPER, lw=3.2, solid_capstyle="butt")
        axes.plot(ends, [line, line], color=INK, lw=1.1, solid_capstyle="butt", marker="|", ms=5, mew=1.1)
    axes.annotate(
        told(measures), (max(ends[-1], begin + measures[_MEAN]), line), xytext=(6, 0), textcoords="offset points",
        va="center", fontsize=8, color=MUTED,
    )  # fmt: skip


def _name(axes: "Axes", names: Sequence[tuple[float, str, bool]]) -> None:
    """Write lanes bold, and their stages below them."""
    axes.set_yticks([line for line, _, _ in names], [shortened(name, NAMED) for _, name, _ in names], fontsize=8.5)
    for label, (_, _, lane) in zip(axes.get_yticklabels(), names, strict=True):
        label.set_color(INK if lane else MUTED)
        label.set_fontweight("bold" if lane else "normal")
    axes.grid(axis="y", visible=False)
    axes.tick_params(axis="y", length=0)


def _legend(axes: "Axes", shown: Sequence[tuple[Passage, Sequence[str]]]) -> None:
    """Name what there is to see."""
    from matplotlib.artist import Artist
    from matplotlib.lines import Line2D
    from matplotlib.patches import Patch

    keys: list[Artist] = [
        Patch(color=ACCENT, lw=0, label=say("chart.whole_lane")),
        Patch(color=TIDE, lw=0, label=say("chart.a_stage")),
    ]
    if any(is_wait(stages[i]) for one, stages in shown for i in _taken(one)):
        keys.append(Patch(color=EVENT, lw=0, label=say("chart.waiting")))
    if any(measures[_LOW] < measures[_HIGH] for one, _ in shown for measures in one.spread):
        keys.append(Line2D([], [], color=INK, lw=1.1, marker="|", ms=5, label=say("chart.middle_ninety")))
    axes.legend(handles=keys, loc="lower left", bbox_to_anchor=(0, 1.0), ncols=4, fontsize=8, borderpad=0.2)
