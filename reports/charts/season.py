"""The days of the season along a picture's axis, and its events marked over them."""

from collections.abc import Sequence
from datetime import date, timedelta
from typing import TYPE_CHECKING

from reports.charts.labels import lanes
from reports.charts.style import EVENT, shortened, text_width
from reports.language.naming import named
from reports.language.speaking import date_said, say
from reports.record import EventMark, Setting

if TYPE_CHECKING:
    from matplotlib.artist import Artist
    from matplotlib.axes import Axes
    from matplotlib.legend import Legend

MONTHS = ("Jan", "Feb", "Mar", "Apr", "May", "Jun", "Jul", "Aug", "Sep", "Oct", "Nov", "Dec")
NAMED_LINES = 3
"""Lines of event names above the picture."""
LINE_POINTS = 11
"""How high such a line is."""
PICTURE_POINTS = 500.0  # about how wide the plot is


def mark_events(panels: Sequence["Axes"], setting: Setting) -> int:
    """Shade promotions in every panel, point at the other events above the first; says how many lines names took."""
    shown = [(i, event) for i, event in enumerate(setting.events) if _seen(event, setting)]
    for i, event in shown:
        begin = max(event.first_day, 0) - 0.5
        end = min(event.first_day + event.days, setting.days) - 0.5
        if event.kind == "promotion":
            for axes in panels:
                gid = f"event-{i}" if axes is panels[0] else None
                axes.axvspan(begin, end, color=EVENT, alpha=0.22, lw=0, gid=gid, zorder=0)
        else:
            panels[0].plot(
                (begin + end) / 2, 1.0, marker=7, ms=5, color=EVENT, mew=0, ls="", clip_on=False,
                gid=f"event-{i}", transform=panels[0].get_xaxis_transform(),
            )  # fmt: skip
    return _name(panels[0], [event for _, event in shown], setting)


def event_tips(setting: Setting) -> dict[str, str]:
    """What hovering over an event says, by its gid."""
    return {f"event-{i}": _event_tip(event, setting) for i, event in enumerate(setting.events)}


def legend_above(axes: "Axes", lines: int, columns: int, handles: "Sequence[Artist]") -> "Legend":
    """A legend above so many lines of event names."""
    from matplotlib.transforms import ScaledTranslation

    inches = (8 + LINE_POINTS * lines) / 72
    above = axes.transAxes + ScaledTranslation(0, inches, axes.figure.dpi_scale_trans)
    return axes.legend(
        handles=list(handles), loc="lower left", bbox_to_anchor=(0, 1), bbox_transform=above, ncols=columns,
        fontsize=8, borderpad=0, borderaxespad=0,
    )  # fmt: skip


def mark_days(axes: "Axes", setting: Setting) -> None:
    """Mark Mondays in a short season, first days of months in a longer one, so that at most about ten are named."""
    dates = [setting.day(i) for i in range(setting.days)]
    if setting.days <= 70:
        marks = [i for i, day in enumerate(dates) if day.weekday() == 0]
        names = [day_said(dates[i]) for i in marks]
    else:
        step = next(months for months in (1, 2, 3, 6, 12, 60, 600, 6000) if setting.days <= 330 * months)
        marks = [i for i, day in enumerate(dates) if day.day == 1 and (day.year * 12 + day.month - 1) % step == 0]
        names = [month_said(dates[i].month) for i in marks]
    years = {dates[i].year: n for n, i in reversed(list(enumerate(marks)))}
    for year, first in years.items():
        names[first] += "\n" + say("date.year", year=year)
    axes.set_xticks(marks, names)
    axes.set_xlim(-0.5, setting.days - 0.5)


def month_said(month: int) -> str:
    """A month below a picture, by its number."""
    return say(f"date.month.{month}")


def day_said(when: date) -> str:
    """A day of a year that is known."""
    return say("date.short", month=month_said(when.month), day=when.day)


def _name(axes: "Axes", shown: list[EventMark], setting: Setting) -> int:
    """Promotions by name, and a livestream series by its name once; says how many lines that took."""
    firsts = {(event.name, event.kind): event for event in reversed(shown)}
    kept = [e for e in shown if e.kind == "promotion" or firsts[e.name, e.kind] is e]
    kept.sort(key=lambda event: event.first_day)
    day_points = PICTURE_POINTS / setting.days
    texts = [shortened(named(event.name), 26) for event in kept]
    spans: list[tuple[float, float]] = []
    for event, text in zip(kept, texts, strict=True):
        width = text_width(text, 8) + 6
        left = min(max(event.first_day, 0) * day_points, PICTURE_POINTS - width)
        spans.append((left, left + width))
    chosen = lanes(spans, NAMED_LINES)
    for text, (left, _), line in zip(texts, spans, chosen, strict=True):
        if line is not None:
            axes.annotate(
                text, (left / PICTURE_POINTS, 1.0), xycoords="axes fraction", xytext=(0, 6 + LINE_POINTS * line),
                textcoords="offset points", fontsize=8, color=EVENT, va="bottom",
            )  # fmt: skip
    return max((line + 1 for line in chosen if line is not None), default=0)


def _seen(event: EventMark, setting: Setting) -> bool:
    return event.first_day < setting.days and event.first_day + event.days > 0


def _event_tip(event: EventMark, setting: Setting) -> str:
    first, kind = setting.day(event.first_day), say(f"chart.event.{event.kind}")
    if event.days == 1:
        return say("chart.event_tip", kind=kind, name=named(event.name), when=date_said(first))
    last = first + timedelta(days=event.days - 1)
    when = say("page.from_to", first=date_said(first), last=date_said(last))
    return say("chart.event_tip", kind=kind, name=named(event.name), when=when)
