"""The chance to be in time against the order date: a line a lane, its safe dates marked and named."""

from datetime import date, timedelta
from typing import TYPE_CHECKING

from reports.charts.picture import Picture
from reports.charts.season import day_said
from reports.charts.style import ACCENT, EVENT, INK, MORE_PARTS, MUTED, PAPER, PARTS, WARN, drawing, figure, shortened
from reports.display.numbers import percentage
from reports.display.plan_words import lane_told
from reports.language.naming import named
from reports.language.speaking import say
from reports.plan import LEVELS, LanePlan, Plan

if TYPE_CHECKING:
    from matplotlib.axes import Axes
    from matplotlib.figure import Figure

INKS = (ACCENT, WARN, MORE_PARTS[1], MORE_PARTS[0], PARTS[4], PARTS[5])
"""Of the lanes, in their order; used again when there are more."""
ROOM_DAYS = 20
"""Days shown before the first that matters."""
NAMED = 34
"""Letters of a name."""
WEEKS_UP_TO = 60
"""Days up to which weeks are named below the picture, not half months."""


def plan_picture(plan: Plan) -> Picture:
    """The picture."""
    with drawing():
        return Picture(_drawn(plan), "plan", _title(plan))


def _drawn(plan: Plan) -> "Figure":
    drawn = figure(8.6, 4.8)
    axes = drawn.add_subplot()
    _guide(axes, plan)
    for number, lane in enumerate(plan.lanes):
        _curve(axes, plan, lane, INKS[number % len(INKS)])
        _mark_safe_dates(axes, plan, lane, INKS[number % len(INKS)])
    _axes(axes, plan)
    axes.set_title(_title(plan), fontsize=10, color=INK, loc="left", pad=22)
    axes.legend(loc="upper left", bbox_to_anchor=(0, -0.13), ncols=2, fontsize=8, borderpad=0)
    return drawn


def _title(plan: Plan) -> str:
    event = shortened(named(plan.event), NAMED)
    return say(
        "chart.plan_title", event=event, first=say("date.short_year", day=day_said(plan.first), year=plan.first.year)
    )


def _guide(axes: "Axes", plan: Plan) -> None:
    """The articles' window, the safe levels, the day asked about."""
    begin, end = (_x(plan, when) for when in plan.window)
    axes.axvspan(begin, end, color=EVENT, alpha=0.14, lw=0, zorder=0)
    axes.annotate(say("chart.plan_window"), ((begin + end) / 2, 45), fontsize=8, color=EVENT, ha="center", va="center")
    for level in LEVELS:
        axes.axhline(level * 100, color=MUTED, lw=0.8, ls=(0, (4, 3)), zorder=1)
        axes.annotate(
            percentage(f"{level * 100:.0f}"), (1, level * 100), xycoords=("axes fraction", "data"), xytext=(4, 0),
            textcoords="offset points", va="center", fontsize=8, color=MUTED,
        )  # fmt: skip
    axes.axvline(0, color=EVENT, lw=1.6)
    if plan.asked is not None:
        axes.axvline(_x(plan, plan.asked), color=INK, lw=0.9, ls=(0, (1, 2)))
        axes.annotate(
            say("chart.plan_asked", day=day_said(plan.asked)), (_x(plan, plan.asked), 7), xytext=(3, 0),
            textcoords="offset points", fontsize=8, color=INK, va="center",
        )  # fmt: skip


def _curve(axes: "Axes", plan: Plan, lane: LanePlan, ink: str) -> None:
    """The chance by date, with its interval."""
    days = [_x(plan, when) for when in lane.dates]
    known = [lane.chance(index) for index in range(len(days))]
    low, high = ([100 * getattr(one, end) for one in known] for end in ("low", "high"))
    axes.fill_between(days, low, high, color=ink, alpha=0.18, lw=0)
    axes.plot(days, [100 * one.share for one in known], color=ink, lw=1.8, label=_label(lane))


def _label(lane: LanePlan) -> str:
    """A lane and its last safe dates."""
    safe = [(level, index) for level in reversed(LEVELS) if (index := lane.last_safe(level)) is not None]
    told = say("list.items").join(
        say("chart.plan_until", percent=f"{level * 100:.0f}", day=day_said(lane.dates[index])) for level, index in safe
    )
    lane_named = shortened(lane_told(lane), NAMED)
    return say("page.answer", subject=lane_named, answer=told or say("chart.plan_unsafe"))


def _mark_safe_dates(axes: "Axes", plan: Plan, lane: LanePlan, ink: str) -> None:
    """A mark at each last safe date, a line down, and the date along it: of the higher chance on the left."""
    marked: set[int] = set()
    for level, face, side in ((LEVELS[1], ink, "right"), (LEVELS[0], PAPER, "left")):
        index = lane.last_safe(level)
        if index is None or index in marked:
            continue
        marked.add(index)
        side = "left" if index == 0 else side  # at the edge there is room on one side only
        day, share = _x(plan, lane.dates[index]), 100 * lane.chance(index).share
        axes.plot([day, day], [0, share], color=ink, lw=0.8, ls=(0, (2, 2)))
        axes.plot(day, share, marker="o", ms=6, mfc=face, mec=ink, mew=1.4, ls="", zorder=4)
        axes.annotate(
            day_said(lane.dates[index]), (day, 20), xytext=(-2 if side == "right" else 2, 0),
            textcoords="offset points", ha=side, va="bottom", rotation=90, fontsize=8, color=ink,
        )  # fmt: skip


def _axes(axes: "Axes", plan: Plan) -> None:
    """Months below, days before the event above."""
    first = max(min([_x(plan, plan.window[0]), *_falls(plan)]) - ROOM_DAYS, _x(plan, plan.examined_from))
    axes.set_xlim(first, 3)
    axes.set_ylim(0, 103)
    axes.set_ylabel(say("chart.plan_axis"))
    dates = [plan.first + timedelta(days=day) for day in range(first, 4)]
    weeks = -first <= WEEKS_UP_TO
    firsts = [when for when in dates if (when.weekday() == 0 if weeks else when.day in (1, 15))]
    axes.set_xticks([_x(plan, when) for when in firsts], [day_said(when) for when in firsts])
    axes.set_xlabel(say("chart.plan_ordered"), loc="right")
    above = axes.secondary_xaxis("top")
    step = 7 if weeks else 30
    marks = range(-(-first // step * step), 1, step)
    above.set_xticks(
        list(marks),
        [say("chart.plan_before", days=-day) if day else say("chart.plan_first") for day in marks],
        fontsize=8,
    )
    above.spines["top"].set_visible(False)


def _falls(plan: Plan) -> list[int]:
    """When each lane's chance is no longer sure."""
    return [
        next((_x(plan, when) for when, hits in zip(lane.dates, lane.arrived, strict=True) if hits < lane.runs), 0)
        for lane in plan.lanes
    ]


def _x(plan: Plan, when: date) -> int:
    return (when - plan.first).days
