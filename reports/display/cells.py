"""Cells of a report's tables: numbers as they are printed, and as a spreadsheet keeps them."""

import math
from collections.abc import Iterable
from dataclasses import replace

from reports.comparison import Comparison
from reports.display.numbers import Style
from reports.display.section import Cell
from reports.language.speaking import say
from reports.scores import SCORES
from reports.verdict.advice import advise
from reports.verdict.estimates import Difference, Estimate

PARTLY = "*"
"""Stands behind a mean that is undefined in some replications."""


def number(value: float, written: Style, under: str = "", marked: str = "", shade: float | None = None) -> Cell:
    """One number, in the unit of its column."""
    known = value * written.factor if math.isfinite(value) else None
    return Cell(written.number(value), known, under, marked, shade)


def count(units: int) -> Cell:
    """A whole number."""
    return Cell(f"{units:,}", units)


def words(text: str, marked: str = "words") -> Cell:
    """A text."""
    return Cell(text, text, marked=marked)


def estimated(known: Estimate, written: Style) -> Cell:
    """A mean, below it its interval."""
    mean = _bounded(number(known.mean, written, written.interval(known)), known, written)
    return replace(mean, text=f"{mean.text}{PARTLY}") if is_partial(known) else mean


def _bounded(cell: Cell, known: Estimate, written: Style) -> Cell:
    if math.isnan(known.low):
        return cell
    return replace(cell, low=known.low * written.factor, high=known.high * written.factor)


def is_partial(known: Estimate) -> bool:
    """Whether some replications were left out as undefined."""
    return known.undefined > 0 and known.count > 0


def partly_told(known: Iterable[Estimate]) -> tuple[str, ...]:
    """What the mark of partial means says, where one of these bears it."""
    return (say("page.partly"),) if any(map(is_partial, known)) else ()


def difference(gap: Difference, written: Style) -> Cell:
    """A paired difference, below it its interval and how sure it is."""
    known = gap.estimate
    under = written.signed_interval(known)
    if not math.isnan(known.low):
        sure = say("page.higher" if gap.sure else "page.higher_unsure", higher=gap.higher, count=known.count)
        under = f"{under}\n{sure}"
    value = known.mean * written.factor if math.isfinite(known.mean) else None
    return _bounded(Cell(written.signed(known.mean), value, under), known, written)


def meaning(score: str) -> str:
    """A score's definition, and which way is better."""
    known = SCORES[score]
    return known.formula if known.better == "neither" else f"{known.formula} ({say(f'page.better.{known.better}')})"


def shown_row(comparison: Comparison) -> int:
    """The row that is looked at closely: the recommended one, else the reference."""
    recommended = advise(comparison).row
    return comparison.reference if recommended is None else recommended


def shown_name(comparison: Comparison) -> str:
    """What that row is called."""
    return comparison.rows[shown_row(comparison)].name
