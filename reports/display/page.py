"""The page: one self-contained HTML file that needs no network, no script and no font."""

import math
import re
from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING

from reports.charts.costs import costs
from reports.charts.differences import differences
from reports.charts.stock import stock
from reports.charts.story import story
from reports.charts.tradeoff import tradeoff
from reports.comparison import Comparison, Row
from reports.display.cockpit import cockpit
from reports.display.equal import equal_told, left_out_told
from reports.display.limits import NOT_MODELLED
from reports.display.numbers import UNDEFINED, Cell, Style, full_style, percent, style
from reports.display.passage import COLUMNS as PASSAGE_COLUMNS
from reports.display.passage import passages
from reports.display.promotions import COLUMNS, RULE, promotions
from reports.display.regret import hindsight_told, regret_style
from reports.display.story import story_caption
from reports.scores import SCORES
from reports.verdict.advice import Advice, advise
from reports.verdict.estimates import Difference
from reports.verdict.regret import DEFINITION, Hindsight, hindsight

if TYPE_CHECKING:
    from jinja2 import Template

BOARD = (
    "stockout_rate",
    "holding_cost",
    "turnover",
    "profit",
    "fill_rate",
    "freight",
    "lost_margin",
    "peak_cash",
)
TILES = ("stockout_rate", "holding_cost", "turnover", "profit")


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
    regret: Cell


@dataclass(frozen=True)
class Season:
    """The pictures of one row through the season."""

    index: int
    policy: str
    stock: str
    story: str | None
    caption: str  # of the story


def page(comparison: Comparison) -> str:
    """The page as text."""
    advice = advise(comparison)
    shown = comparison.reference if advice.row is None else advice.row
    rows = [comparison.rows[i] for i in comparison.order]
    hind = hindsight(comparison)
    return template("page.html.j2").render(
        setting=comparison.setting,
        last=comparison.setting.day(comparison.setting.days - 1),
        comparison=comparison,
        sentence=advice.sentence.replace(" %", "\u00a0%"),
        reference=comparison.rows[comparison.reference].name,
        tiles=[] if advice.row is None else [_tile(comparison, comparison.rows[advice.row], name) for name in TILES],
        board=[column(name, comparison) for name in BOARD],
        lines=[_line(index, comparison, advice, hind) for index in comparison.order],
        regret_unit=None if hind is None else regret_style(comparison, hind.regrets).unit,
        regret_definition=DEFINITION,
        hindsight=hindsight_told(comparison),
        equal=_equal(comparison),
        tradeoff=tradeoff(comparison, advice.row),
        seasons=[_season(comparison, index) for index in comparison.order],
        promotions=promotions(comparison),
        promotion_columns=COLUMNS,
        promotion_rule=RULE,
        cockpit=cockpit(comparison, shown),
        passages=passages(comparison, shown),
        passage_columns=PASSAGE_COLUMNS,
        kept=comparison.rows[0].daily_on_hand.shape[1],
        costs=costs(comparison),
        differences=differences(comparison),
        paired=_paired(comparison),
        every=[(column(name, comparison), [_cell(row, name, comparison) for row in rows]) for name in SCORES],
        policies=[row.name for row in rows],
        partly={"board": _partly(rows, BOARD), "every": _partly(rows, tuple(SCORES))},
        not_modelled=NOT_MODELLED,
    )


def template(name: str) -> "Template":
    """A template of this folder."""
    from jinja2 import Environment, FileSystemLoader, StrictUndefined

    environment = Environment(
        loader=FileSystemLoader(Path(__file__).parent), autoescape=True, undefined=StrictUndefined,
        trim_blocks=True, lstrip_blocks=True,
    )  # fmt: skip
    environment.filters["pieces"] = pieces
    return environment.get_template(name)


def _equal(comparison: Comparison) -> list[str]:
    """How rows were brought to equal service, a line each; none where they were not."""
    if comparison.equal is None:
        return []
    currency = comparison.setting.currency
    told = equal_told(comparison.equal, int(comparison.runs[0]), currency)
    return [told, *(f"Left out: {line}." for line in left_out_told(comparison.equal, currency))]


def _partly(rows: Sequence[Row], names: Sequence[str]) -> bool:
    """Whether one of these scores carries the mark of replications that were left out."""
    shown = (row.estimates[name] for row in rows for name in names)
    return any(known.undefined and known.count for known in shown)


def pieces(label: str) -> list[str]:
    """A policy's label, cut where a line may break: before each parameter."""
    return re.split(r"(?<=[:(,])", label)


def column(name: str, comparison: Comparison) -> Column:
    """The head of a score's column."""
    score = SCORES[name]
    better = {"less": "less is better", "more": "more is better", "neither": ""}[score.better]
    return Column(score.label, _style(name, comparison).unit, score.formula, better)


def _style(name: str, comparison: Comparison) -> Style:
    values = [row.means[name] for row in comparison.rows if not row.yardstick]
    values = values or [row.means[name] for row in comparison.rows]
    return style(SCORES[name].unit, values, comparison.setting.currency)


def _tile(comparison: Comparison, row: Row, name: str) -> tuple[Column, Cell]:
    score, known = SCORES[name], row.estimates[name]
    written = full_style(score.unit, known.mean, comparison.setting.currency)
    head = Column(score.label, written.unit, score.formula, "")
    return head, Cell(written.number(known.mean), written.interval(known))


def _cell(row: Row, name: str, comparison: Comparison) -> Cell:
    return Cell.of(row.estimates[name], _style(name, comparison))


def _line(index: int, comparison: Comparison, advice: Advice, hind: Hindsight | None) -> Line:
    row, chance = comparison.rows[index], advice.chances[index]
    regret = Cell(UNDEFINED, "")
    if hind is not None and hind.regrets[index].count:
        regret = Cell.of(hind.regrets[index], regret_style(comparison, hind.regrets))
    return Line(
        row.name,
        ", ".join(row.sees) or "nothing",
        row.yardstick,
        index == advice.row,
        UNDEFINED if math.isnan(chance) else percent(chance).replace("more than", ">").replace("less than", "<"),
        tuple(_cell(row, name, comparison) for name in BOARD),
        regret,
    )


def _season(comparison: Comparison, index: int) -> Season:
    row = comparison.rows[index]
    return Season(index, row.name, stock(comparison, index), story(comparison, index), story_caption(row))


def _paired(comparison: Comparison) -> list[tuple[Column, list[tuple[str, Cell]]]]:
    """Every compared score with each row's difference from the reference, in the reader's order."""
    if len(comparison.rows) < 2 or len(comparison.runs) < 2:
        return []
    others = [index for index in comparison.order if index != comparison.reference]
    table: list[tuple[Column, list[tuple[str, Cell]]]] = []
    for name in comparison.compared_scores:
        gaps = comparison.differences(name)
        means = [gap.estimate.mean for gap in gaps.values()]
        written = style(SCORES[name].unit, means, comparison.setting.currency)
        unit = "points" if written.unit == "%" else written.unit
        cells = [(gaps[index].policy, _gap(gaps[index], written)) for index in others]
        table.append((Column(SCORES[name].label, unit, SCORES[name].formula, ""), cells))
    return table


def _gap(gap: Difference, written: Style) -> Cell:
    known = gap.estimate
    note = "" if math.isnan(known.low) else f"higher in {gap.higher} of {known.count}{'' if gap.sure else '; not sure'}"
    return Cell(written.signed(known.mean), written.signed_interval(known), note=note)
