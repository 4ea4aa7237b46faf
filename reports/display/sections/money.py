"""From revenue to profit, and what the seller was out of pocket on the way."""

import numpy as np

from reports.charts.cash import BAND, cash
from reports.charts.waterfall import waterfall
from reports.closeup.closeup import Closeup
from reports.comparison import Comparison, Row
from reports.display.cells import estimated, number, shown_row
from reports.display.numbers import phrase, style
from reports.display.section import Head, Line, Part, Section, Shown, Table
from reports.language.speaking import date_said, say, say_count
from reports.scores import SCORES
from reports.verdict.estimates import Estimate

STEPS: tuple[tuple[str, int], ...] = (
    ("revenue", 1),
    ("sold_off", 1),
    ("goods_bought", -1),
    ("stock_growth", 1),
    ("freight", -1),
    ("duty", -1),
    ("inspection_fees", -1),
    ("customs_fees", -1),
    ("taxes", -1),
    ("fees", -1),
    ("handling", -1),
    ("ad_spend", -1),
    ("markdown", -1),
    ("refunds", -1),
    ("returns_cost", -1),
    ("holding_rent", -1),
    ("holding_surcharges", -1),
    ("holding_disposal", -1),
    ("holding_capital", -1),
    ("holding_risk", -1),
)
"""Scores that add up to profit, each with its sign."""


def money(comparison: Comparison) -> Section:
    """The section of the row that is looked at; without a close look the cash curve is left out."""
    row, currency = comparison.rows[shown_row(comparison)], comparison.setting.currency
    steps = [(SCORES[name].label, sign * row.means[name]) for name, sign in _taken(row)]
    runs = say_count("page.runs", len(comparison.runs))
    caption = say("earned.waterfall_caption", policy=row.name, runs=runs)
    parts: list[Part] = [Shown(waterfall(steps, currency, row.name), caption=caption), _table(row, currency)]
    if comparison.closeup is not None:
        parts.insert(1, _cash(comparison, comparison.closeup, row))
    return Section("money", say("earned.title"), tuple(parts))


def _taken(row: Row) -> list[tuple[str, int]]:
    """The steps that are there: revenue always, the others where they are something."""
    return [(name, sign) for name, sign in STEPS if name == "revenue" or row.means[name] != 0]


def _cash(comparison: Comparison, closeup: Closeup, row: Row) -> Shown:
    balance, setting = closeup.cash.balance, comparison.setting
    lowest = int(np.argmin(np.median(balance, axis=0))) - setting.warm_up_days
    caption = say(
        "earned.cash_caption",
        futures=say_count("closeup.futures", len(closeup.runs)),
        low=BAND[0],
        high=BAND[1],
        peak=phrase("money", row.means["peak_cash"], setting.currency),
        day=date_said(setting.day(lowest)),
    )
    return Shown(cash(balance, setting, row.name), say("earned.cash"), caption)


def _table(row: Row, currency: str) -> Table:
    taken = [*_taken(row), ("profit", 1)]
    written = style("money", [row.means[name] for name, _ in taken], currency)
    share = style("share", [1.0], currency)
    revenue = row.means["revenue"]
    lines = tuple(
        Line(
            SCORES[name].label,
            (
                estimated(_signed(row.estimates[name], sign), written),
                number(sign * row.means[name] / revenue if revenue else np.nan, share),
            ),
            marked="whole" if name == "profit" else "",
        )
        for name, sign in taken
    )
    heads = Head(say("earned.mean"), written.unit), Head(say("earned.of_revenue"), share.unit)
    return Table("money", say("earned.table"), Head(say("earned.account")), heads, lines, look="narrow", folded=True)


def _signed(known: Estimate, sign: int) -> Estimate:
    """An amount as it counts towards profit."""
    if sign > 0:
        return known
    return Estimate(-known.mean, -known.high, -known.low, known.count, known.undefined)
