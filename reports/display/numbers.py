"""How numbers are written: one way for the terminal, the page and the pictures."""

import math
from collections.abc import Iterable
from dataclasses import dataclass

from reports.scores import Unit
from reports.verdict.estimates import Estimate

UNDEFINED = "–"


@dataclass(frozen=True)
class Style:
    """How the numbers of one column are written."""

    unit: str  # printed once, at the head of the column
    factor: float
    decimals: int

    def number(self, value: float) -> str:
        """A number without its unit."""
        if not math.isfinite(value):
            return UNDEFINED
        written = f"{value * self.factor:,.{self.decimals}f}"
        return written.removeprefix("-") if not any(digit in written for digit in "123456789") else written

    def signed(self, value: float) -> str:
        """A difference: its sign is always written."""
        written = self.number(value)
        return written if written[0] in f"-{UNDEFINED}" or not value > 0 else f"+{written}"

    def interval(self, known: Estimate) -> str:
        """The interval of an estimate."""
        if math.isnan(known.low):
            return "no interval" if known.count else "undefined"
        low, high = self.number(known.low), self.number(known.high)
        return f"{low} to {high}" if "-" in low + high else f"{low}–{high}"

    def signed_interval(self, known: Estimate) -> str:
        """The interval of a difference."""
        if math.isnan(known.low):
            return self.interval(known)
        return f"{self.signed(known.low)} to {self.signed(known.high)}"


@dataclass(frozen=True)
class Cell:
    """A mean and, in words, its interval."""

    mean: str
    interval: str
    partly: bool = False  # some replications were left out as undefined
    note: str = ""  # how sure a difference is

    @classmethod
    def of(cls, known: Estimate, written: Style) -> "Cell":
        """The cell of an estimate."""
        return cls(written.number(known.mean), written.interval(known), known.undefined > 0 and known.count > 0)


def style(unit: Unit, values: Iterable[float], currency: str) -> Style:
    """The style that suits the sizes of some numbers."""
    largest = max((abs(value) for value in values if math.isfinite(value)), default=0.0)
    if unit == "share":
        return Style("%", 100.0, 1 if largest >= 0.005 or largest == 0 else 2)
    if unit == "money":
        return _money(largest, currency)
    if unit == "money/unit":
        return Style(f"{currency}/unit", 1.0, 2)
    return Style(unit, 1.0, 1 if largest < 1000 else 0)


def _money(largest: float, currency: str) -> Style:
    if largest >= 1e7:
        return Style(f"million {currency}", 1e-6, 2)
    if largest >= 1e4:
        return Style(f"thousand {currency}", 1e-3, 1 if largest < 1e6 else 0)
    return Style(currency, 1.0, 0 if largest >= 100 or largest == 0 else 2)


def full_style(unit: Unit, value: float, currency: str) -> Style:
    """The style of a number that stands alone: money is written in full."""
    if unit == "money":
        return Style(currency, 1.0, 0 if abs(value) >= 100 or value == 0 else 2)
    return style(unit, [value], currency)


def phrase(unit: Unit, value: float, currency: str) -> str:
    """A number with its unit, for a sentence."""
    if not math.isfinite(value):
        return "undefined"
    fit = full_style(unit, value, currency)
    return f"{fit.number(value)} {fit.unit}"


def phrase_with_interval(unit: Unit, known: Estimate, currency: str) -> str:
    """An estimate with its unit and interval, for a sentence."""
    mean = phrase(unit, known.mean, currency)
    if math.isnan(known.low):
        return mean
    fit = full_style(unit, known.mean, currency)
    return f"{mean} (95 % interval {fit.number(known.low)} to {fit.number(known.high)})"


def percent(chance: float) -> str:
    """A chance, never more certain than it can be known."""
    if chance > 0.99:
        return "more than 99 %"
    if chance < 0.01:
        return "less than 1 %"
    return f"{chance * 100:.0f} %"
