"""What to do now: what the rule orders at its first review, SKU by SKU, and why; the most urgent first."""

from collections.abc import Callable, Sequence

import numpy as np

from reports.closeup.now import Now
from reports.comparison import Comparison
from reports.display.cells import shown_name, words
from reports.display.numbers import percentage
from reports.display.section import Cell, Head, Line, Section, Table, Words
from reports.display.spread import ordered_by, spread, when
from reports.language.naming import named
from reports.language.speaking import date_said, say, say_count
from reports.record import FloatArray, IntArray, Setting

REASONS = ("reorder_point", "order_up_to", "safety_stock", "forecast")
"""Of a policy's reasons, those that are told here, where it gives them; the first is what urgency is held against."""
STOCK = ("on_hand", "position")
DUE = 0.5
"""The share of futures from which on a line is marked as ordered now."""
PRINTED = 30
"""Lines that are printed; a spreadsheet has all."""


def now(comparison: Comparison) -> Section | None:
    """What the row that was looked at orders first; None where none was."""
    closeup, setting = comparison.closeup, comparison.setting
    if closeup is None:
        return None
    told = closeup.now
    return Section("now", say("closeup.now"), (Words((_sentence(comparison, told),)), _table(told, setting)))


def urgency(now: Now) -> FloatArray:
    """The stock position as a share of the line at which an order is due, [warehouse, sku]; inf where none is given.

    Medians over futures. At or below 1 an order is due.
    """
    position = np.median(now.position, axis=0)
    for name in REASONS[:2]:
        if name in now.why:
            line = median(now.why[name])
            return np.asarray(np.divide(position, line, out=np.full(position.shape, np.inf), where=line > 0))
    return np.full(position.shape, np.inf)


def median(values: FloatArray) -> FloatArray:
    """The median over futures, of those in which there is a number; NaN where there is none in any."""
    known = ~np.isnan(values)
    found = np.full(values.shape[1:], np.nan)
    told = known.any(axis=0)
    found[told] = np.nanmedian(values[:, told], axis=0)
    return found


def _sentence(comparison: Comparison, now: Now) -> str:
    """What is ordered in all: units, or of futures that order differently how many order, and how much."""
    facts = {"policy": shown_name(comparison), "day": date_said(comparison.setting.day(int(now.day[0])))}
    totals = now.ordered.sum(axis=(1, 2))
    if not totals.any():
        return say("closeup.now_nothing", **facts)
    if _differ(now.ordered):
        told = spread(totals[totals > 0])
        amounts = {"units": told.text, "between": say("closeup.between", between=told.under) if told.under else ""}
        share = percentage(f"{(totals > 0).mean() * 100:.0f}")
        return say("closeup.now_differs", share=share, **amounts, **facts)
    return say_count("closeup.now_orders", int((now.ordered[0] > 0).sum()), units=f"{totals[0]:,}", **facts)


def _differ(values: IntArray) -> bool:
    """Whether futures, [run, ...], differ."""
    return bool(np.ptp(values, axis=0).any())


def _table(now: Now, setting: Setting) -> Table:
    told = [name for name in REASONS if name in now.why]
    units, a_day = say("closeup.units"), say("closeup.a_day")
    heads = (
        *(Head(say(f"closeup.{name}"), units, say(f"closeup.{name}_meaning")) for name in STOCK),
        *(Head(say(f"closeup.{name}"), a_day if name == "forecast" else units) for name in told),
        Head(say("closeup.order_now"), units),
        *([Head(say("closeup.ordered_in"), "%", say("closeup.ordered_in_meaning"))] if _differ(now.ordered) else []),
        Head(say("closeup.by_lane")),
        Head(say("closeup.next_order"), meaning=say("closeup.next_order_meaning")),
    )
    ranked = sorted(np.ndindex(len(setting.warehouses), len(setting.skus)), key=_urgent_first(now))
    lines = tuple(_line(now, setting, told, place, sku) for place, sku in ranked)
    return Table(
        "now", say("closeup.now_table"), Head(say("closeup.sku")), heads, lines,
        _notes(now), look="cockpit", most=PRINTED,
    )  # fmt: skip


def _urgent_first(now: Now) -> Callable[[tuple[int, ...]], tuple[float, float]]:
    urgent, ordered = urgency(now), np.median(now.ordered, axis=0)
    return lambda where: (float(urgent[where]), -float(ordered[where]))


def _line(now: Now, setting: Setting, told: Sequence[str], place: int, sku: int) -> Line:
    at = (slice(None), place, sku)
    placed = now.ordered[at] > 0
    share = float(placed.mean())
    cells = (
        spread(now.on_hand[at]),
        spread(now.position[at]),
        *(spread(now.why[name][at], 1 if name == "forecast" else 0) for name in told),
        spread(now.ordered[at][placed]) if share else Cell("0", 0),
        *([Cell(f"{share * 100:.0f}", share * 100)] if _differ(now.ordered) else []),
        words(ordered_by(now.by_lane[placed, :, sku], place, setting) if share else "", "lanes"),
        when(now.next_order[at], setting),
    )
    where = named(setting.warehouses[place]) if len(setting.warehouses) > 1 else ""
    return Line(setting.skus[sku], cells, where, "chosen" if share >= DUE else "")


def _notes(now: Now) -> tuple[str, ...]:
    return (
        say("closeup.now_order"),
        *([say("closeup.ordered_note")] if _differ(now.ordered) else []),
        *([say("closeup.spread_note")] if _differ(now.on_hand) or _differ(now.ordered) else []),
    )
