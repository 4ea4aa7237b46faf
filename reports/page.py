"""The page: one self-contained HTML file that needs no network, no script and no font."""

import math
from dataclasses import dataclass
from pathlib import Path

from reports.advice import Advice, advise
from reports.charts.costs import costs
from reports.charts.differences import differences
from reports.charts.stock import stock
from reports.charts.tradeoff import tradeoff
from reports.comparison import Comparison, Row
from reports.estimates import Estimate
from reports.limits import NOT_MODELLED
from reports.numbers import UNDEFINED, Style, percent, style
from reports.scores import SCORES

BOARD = (
    "stockout_rate",
    "holding_cost",
    "turnover",
    "profit",
    "fill_rate",
    "freight",
    "duty",
    "lost_margin",
    "peak_cash",
)
TILES = ("stockout_rate", "holding_cost", "turnover", "profit")


@dataclass(frozen=True)
class Cell:
    """A mean and, in words, its interval."""

    mean: str
    interval: str
    partly: bool = False  # some replications were left out as undefined
    note: str = ""  # how sure a difference is


@dataclass(frozen=True)
class Column:
    """A score, and how its numbers are written."""

    label: str
    unit: str
    formula: str
    better: str


@dataclass(frozen=True)
class Line:
    """A row of a table of policies."""

    policy: str
    sees: str
    yardstick: bool
    chosen: bool
    chance: str
    cells: tuple[Cell, ...]


def page(comparison: Comparison) -> str:
    """The page as text."""
    from jinja2 import Environment, FileSystemLoader, StrictUndefined
    from markupsafe import Markup

    advice = advise(comparison)
    rows = [comparison.rows[i] for i in comparison.order]
    tiled = next((row for row in rows if row.policy == advice.policy), None)
    environment = Environment(
        loader=FileSystemLoader(Path(__file__).parent), autoescape=True, undefined=StrictUndefined,
        trim_blocks=True, lstrip_blocks=True,
    )  # fmt: skip
    gaps = differences(comparison)
    return environment.get_template("page.html.j2").render(
        setting=comparison.setting,
        last=comparison.setting.day(comparison.setting.days - 1),
        comparison=comparison,
        advice=advice,
        reference=comparison.rows[comparison.reference].policy,
        tiles=[(column(name, rows, comparison), _cell(tiled, name, rows, comparison)) for name in TILES]
        if tiled
        else [],
        board=[column(name, rows, comparison) for name in BOARD],
        lines=[_line(row, comparison, advice) for row in rows],
        tradeoff=Markup(tradeoff(comparison, advice.policy)),
        stocks=[(i, comparison.rows[i].policy, Markup(stock(comparison, i))) for i in comparison.order],
        kept=comparison.rows[0].daily_on_hand.shape[1],
        costs=Markup(costs(comparison)),
        differences=Markup(gaps) if gaps else None,
        paired=_paired(comparison),
        every=[
            (column(name, rows, comparison), [_cell(row, name, rows, comparison) for row in rows]) for name in SCORES
        ],
        policies=[row.policy for row in rows],
        partly=any(known.undefined and known.count for row in rows for known in row.estimates.values()),
        not_modelled=NOT_MODELLED,
    )


def column(name: str, rows: list[Row], comparison: Comparison) -> Column:
    """The head of a score's column."""
    score = SCORES[name]
    better = {"less": "less is better", "more": "more is better", "neither": ""}[score.better]
    return Column(score.label, _style(name, rows, comparison).unit, score.formula, better)


def _style(name: str, rows: list[Row], comparison: Comparison) -> Style:
    values = [row.means[name] for row in rows if not row.yardstick] or [row.means[name] for row in rows]
    return style(SCORES[name].unit, values, comparison.setting.currency)


def _cell(row: Row, name: str, rows: list[Row], comparison: Comparison) -> Cell:
    known = row.estimates[name]
    written = _style(name, rows, comparison)
    return Cell(written.number(known.mean), written.interval(known), known.undefined > 0 and known.count > 0)


def _line(row: Row, comparison: Comparison, advice: Advice) -> Line:
    rows = list(comparison.rows)
    chance = advice.chances[rows.index(row)]
    return Line(
        row.policy,
        ", ".join(row.sees) or "nothing",
        row.yardstick,
        row.policy == advice.policy,
        UNDEFINED if math.isnan(chance) else percent(chance),
        tuple(_cell(row, name, rows, comparison) for name in BOARD),
    )


def _paired(comparison: Comparison) -> list[tuple[Column, list[tuple[str, Cell]]]]:
    """Every compared score with each row's difference from the reference, in the reader's order."""
    if len(comparison.rows) < 2 or len(comparison.runs) < 2:
        return []
    table: list[tuple[Column, list[tuple[str, Cell]]]] = []
    for name in comparison.compared_scores:
        gaps = {gap.policy: gap for gap in comparison.differences(name)}
        means = [gap.estimate.mean for gap in gaps.values()]
        written = style(SCORES[name].unit, means, comparison.setting.currency)
        unit = "points" if written.unit == "%" else written.unit
        cells = [
            (gap.policy, _gap(gap.estimate, written, f"higher in {gap.higher} of {gap.estimate.count}", gap.sure))
            for gap in (gaps[comparison.rows[i].policy] for i in comparison.order if i != comparison.reference)
        ]
        table.append((Column(SCORES[name].label, unit, SCORES[name].formula, ""), cells))
    return table


def _gap(known: Estimate, written: Style, higher: str, sure: bool) -> Cell:
    if math.isnan(known.low):
        return Cell(written.signed(known.mean), written.interval(known))
    interval = f"{written.signed(known.low)} to {written.signed(known.high)}"
    return Cell(written.signed(known.mean), interval, note=f"{higher}{'' if sure else '; not sure'}")
