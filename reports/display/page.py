"""The report of a comparison, and the page that is made of it."""

from collections.abc import Callable

from reports.comparison import Comparison
from reports.display.html import html
from reports.display.section import Report, Section
from reports.display.sections.advice import advice
from reports.display.sections.ageing import ageing
from reports.display.sections.demand import demand
from reports.display.sections.diary import diary
from reports.display.sections.differences import differences
from reports.display.sections.heatmap import heatmap
from reports.display.sections.markets import markets
from reports.display.sections.money import money
from reports.display.sections.notes import assumed, facts, not_modelled, reproduction, sources
from reports.display.sections.now import now
from reports.display.sections.orders import orders
from reports.display.sections.parameters import parameters
from reports.display.sections.passage import passages
from reports.display.sections.pictures import costs, stock, tradeoff
from reports.display.sections.promotions import promotions
from reports.display.sections.scoreboard import every_score, scoreboard
from reports.display.sections.sellthrough import sellthrough
from reports.display.sections.skus import skus
from reports.display.sections.warehouses import warehouses
from reports.language.naming import named
from reports.verdict.advice import advise

SECTIONS: tuple[Callable[[Comparison], Section | None], ...] = (
    advice,
    now,
    scoreboard,
    tradeoff,
    stock,
    skus,
    orders,
    heatmap,
    warehouses,
    passages,
    demand,
    markets,
    ageing,
    money,
    costs,
    sellthrough,
    promotions,
    parameters,
    diary,
    differences,
    every_score,
    assumed,
    not_modelled,
    sources,
)
"""The sections in the reader's order: the answer, why, what happened, what it rests on."""


def report_of(comparison: Comparison) -> Report:
    """The report, in the language that is spoken."""
    told = (section(comparison) for section in SECTIONS)
    return Report(
        named(comparison.setting.title),
        facts(comparison),
        advise(comparison).sentence,
        tuple(section for section in told if section is not None),
        reproduction(comparison),
    )


def page(comparison: Comparison) -> str:
    """The page as text."""
    return html(report_of(comparison))
