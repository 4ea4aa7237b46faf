"""From factory to shelf, as the page tells it: which stage takes the time, where it spreads, when goods waited."""

import math
from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np

from reports.charts.passage import passage
from reports.charts.picture import Picture
from reports.charts.season import month_said
from reports.charts.through import through
from reports.comparison import Comparison, Row
from reports.display.numbers import UNDEFINED, percentage
from reports.language.naming import named
from reports.language.speaking import say
from reports.passage import MEASURES, USES, Passage, is_wait, months, week_days
from reports.record import FloatArray, Setting

MOST_LANES = 8
"""Lanes that are pictured, those with most orders; the table has all."""
WORTH_TELLING = 0.05
"""Days that a stage must take on average in some month to stand in a table of waiting times."""
WORSE_DAYS = 0.5
"""Days a month must be worse than the best one to be called congested."""
BUSY = 0.85
"""Share of time in use above which queues grow fast: where times are exponential, waiting goes with 1 / (1 - use)."""


@dataclass(frozen=True)
class Month:
    """The head of a column of waiting times."""

    name: str
    year: str


@dataclass(frozen=True)
class Cell:
    """Mean days of waiting in a month."""

    written: str
    shade: float  # how much worse than the row's best month, 0 to 1


@dataclass(frozen=True)
class Wait:
    """One queue of one lane: a cell and its shade a month."""

    lane: str
    stage: str
    best: str  # mean days of the month with least
    cells: tuple[Cell, ...]


@dataclass(frozen=True)
class Use:
    """How busy a place was."""

    place: str
    kind: str
    share: float
    written: str
    interval: str
    busy: bool


@dataclass(frozen=True)
class Passages:
    """The section of the page."""

    policy: str
    answers: tuple[tuple[str, str], ...]  # of what, and what is said of it
    picture: Picture | None
    through: Picture | None
    through_days: int
    left_out: int  # lanes that are not pictured
    groups: tuple[tuple[str, str, tuple[tuple[str, tuple[str, ...]], ...]], ...]  # lane, orders, lines of the table
    months: tuple[Month, ...]
    waits: tuple[Wait, ...]
    uses: tuple[Use, ...]


def heads() -> tuple[str, ...]:
    """What stands over the columns of the table of stages."""
    return tuple(say(f"passage.head.{measure}") for measure in MEASURES)


def passages(comparison: Comparison, index: int) -> Passages | None:
    """The section about one row; None where no time passed between order and shelf, and nothing was busy."""
    row, setting = comparison.rows[index], comparison.setting
    known = [one for one in row.passages if one.takes_time]
    uses = _uses(row, setting, len(comparison.runs))
    if not known and not uses:
        return None
    pictured = sorted(sorted(known, key=lambda one: -one.orders)[:MOST_LANES], key=known.index)
    varied = [one for one in pictured if _varies(one)]
    waits, seasons = _waits(row.passages, setting), months_told(setting)
    return Passages(
        row.name,
        (*(_answer(one, setting) for one in known), *_congestion(waits, seasons)),
        passage([(one, setting.stages[one.lane]) for one in pictured], row.name) if pictured else None,
        through(varied, setting, row.name) if varied else None,
        week_days(setting),
        len(known) - len(pictured),
        tuple((named(one.lane), _orders(one), _lines(one, setting)) for one in known),
        seasons,
        waits,
        uses,
    )


def _varies(one: Passage) -> bool:
    """Whether a picture of its lead times would show more than one number."""
    return len(np.unique(one.through[np.isfinite(one.through)])) > 1


def months_told(setting: Setting) -> tuple[Month, ...]:
    """The heads of the season's columns by month, or by several."""
    firsts = months(setting)
    ends = [*firsts[1:], setting.days]
    return tuple(_month(setting, first, end - 1) for first, end in zip(firsts, ends, strict=True))


def _month(setting: Setting, first_day: int, last_day: int) -> Month:
    first, last = setting.day(first_day), setting.day(last_day)
    alone, year = (first.year, first.month) == (last.year, last.month), f"{first.year}"
    name = month_said(first.month)
    return Month(
        name if alone else say("number.between", low=name, high=month_said(last.month)),
        year if first.year == last.year else f"{year}–{last.year}",
    )


def _answer(one: Passage, setting: Setting) -> tuple[str, str]:
    """Which stage of a lane takes the time, and where it spreads."""
    mean, low, high = (one.spread[:, MEASURES.index(name)] for name in ("mean", "p5", "p95"))
    width = high - low
    told = [
        say(
            "passage.answer_spread" if width[-1] >= WORTH_TELLING else "passage.answer",
            mean=f"{mean[-1]:,.1f}",
            low=f"{low[-1]:,.1f}",
            high=f"{high[-1]:,.1f}",
        )
    ]
    if np.count_nonzero(high[:-1]) > 1:
        longest, widest, stages = int(mean[:-1].argmax()), int(width[:-1].argmax()), setting.stages[one.lane]
        spreads = "widest" if widest == longest else "other"
        stage = named(stages[longest])
        told.append(
            say(
                f"passage.longest_{spreads}" if width[widest] >= WORTH_TELLING else "passage.longest",
                stage=f"{stage[:1].upper()}{stage[1:]}",
                days=f"{mean[longest]:,.1f}",
                other=named(stages[widest]),
                low=f"{low[widest]:,.1f}",
                high=f"{high[widest]:,.1f}",
            )
        )
    return named(one.lane), say("list.sentences").join(told)


def _congestion(waits: Sequence[Wait], heads: Sequence[Month]) -> list[tuple[str, str]]:
    """When it was congested most; nothing where no month was much worse than another."""
    cells = [(cell.shade, cell, head, wait) for wait in waits for cell, head in zip(wait.cells, heads, strict=True)]
    shade, cell, head, wait = max(cells, key=lambda known: known[0], default=(0.0, None, None, None))
    if cell is None or head is None or wait is None or shade == 0:
        return []
    told = say(
        "passage.congested_when",
        stage=wait.stage,
        lane=wait.lane,
        month=head.name,
        year=head.year,
        days=cell.written,
        best=wait.best,
    )
    return [(say("passage.congested"), told)]


def _orders(one: Passage) -> str:
    gone = one.orders - one.arrived
    return say("passage.orders_gone" if gone else "passage.orders", orders=f"{one.orders:,}", gone=f"{gone:,}")


def _lines(one: Passage, setting: Setting) -> tuple[tuple[str, tuple[str, ...]], ...]:
    names = (*map(named, setting.stages[one.lane]), say("passage.whole"))
    return tuple(
        (name, tuple(f"{number:,.1f}" for number in measures))
        for name, measures in zip(names, one.spread, strict=True)
        if measures.any()
    )


def _waits(known: Sequence[Passage], setting: Setting) -> tuple[Wait, ...]:
    """Queues in which goods waited, lane by lane."""
    rows = [
        (one.lane, stage, days)
        for one in known
        for stage, days in zip(setting.stages[one.lane], one.waits, strict=True)
        if is_wait(stage) and (days >= WORTH_TELLING).any()
    ]
    excess = [days - np.nanmin(days) for _, _, days in rows]
    most = max((float(np.nanmax(over)) for over in excess), default=0.0)
    return tuple(
        Wait(
            named(lane),
            named(stage),
            f"{np.nanmin(days):,.1f}",
            tuple(_cell(*both, most) for both in zip(days, over, strict=True)),
        )
        for (lane, stage, days), over in zip(rows, excess, strict=True)
    )


def _cell(days: float, over: float, most: float) -> Cell:
    if math.isnan(days):
        return Cell(UNDEFINED, 0.0)
    return Cell(f"{days:,.1f}", round(over / most, 2) if over >= WORSE_DAYS else 0.0)


def _uses(row: Row, setting: Setting, runs: int) -> tuple[Use, ...]:
    names = (setting.suppliers, setting.posts, setting.warehouses)
    return tuple(
        _use(named(place), say(f"passage.place.{kind}"), shares, runs)
        for kind, places in zip(USES, names, strict=True)
        for place, shares in zip(places, row.place_use[kind], strict=True)
        if shares.any()
    )


def _use(place: str, kind: str, shares: FloatArray, runs: int) -> Use:
    mean, low, high = shares.tolist()
    ends = say("number.between", low=f"{low * 100:.0f}", high=f"{high * 100:.0f}")
    interval = percentage(ends) if runs > 1 else ""
    return Use(place, kind, min(mean, 1.0), percentage(f"{mean * 100:.0f}"), interval, mean >= BUSY)
