"""How numbers are written: one way for the terminal, the page and the pictures, by the language that is spoken."""

import math
from collections.abc import Iterable
from dataclasses import dataclass

from reports.language.speaking import currency_said, say, spoken
from reports.scores import Unit
from reports.verdict.estimates import Estimate

UNDEFINED = "–"


@dataclass(frozen=True)
class Scale:
    """How large sums of money are written."""

    least: float  # from which sum on
    name: str  # a message of `money`
    factor: float
    decimals: int


IN_COLUMNS: dict[str, tuple[Scale, ...]] = {
    "en": (Scale(1e7, "large", 1e-6, 2), Scale(1e6, "middle", 1e-3, 0), Scale(1e4, "middle", 1e-3, 1)),
    "zh": (Scale(1e8, "large", 1e-8, 3), Scale(1e6, "middle", 1e-4, 1), Scale(1e4, "middle", 1e-4, 2)),
}
"""Scales of a column by language, the largest first; smaller sums are written in full."""
ALONE: dict[str, tuple[Scale, ...]] = {
    "en": (),
    "zh": (Scale(1e8, "large", 1e-8, 4), Scale(1e4, "middle", 1e-4, 2)),
}
"""The same of a number that stands alone."""


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
            return say("number.no_interval" if known.count else "number.undefined")
        low, high = self.number(known.low), self.number(known.high)
        return say("number.from_to" if "-" in low + high else "number.between", low=low, high=high)

    def signed_interval(self, known: Estimate) -> str:
        """The interval of a difference."""
        if math.isnan(known.low):
            return self.interval(known)
        return say("number.from_to", low=self.signed(known.low), high=self.signed(known.high))


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
        return _money(largest, currency, IN_COLUMNS[spoken()])
    told = say(f"unit.{unit}", currency=currency_said(currency))
    return Style(told, 1.0, 2) if unit == "money/unit" else Style(told, 1.0, 1 if largest < 1000 else 0)


def _money(largest: float, currency: str, scales: Iterable[Scale]) -> Style:
    told = currency_said(currency)
    for scale in scales:
        if largest >= scale.least:
            return Style(say(f"money.{scale.name}", currency=told), scale.factor, scale.decimals)
    return Style(say("money.plain", currency=told), 1.0, 0 if largest >= 100 or largest == 0 else 2)


def full_style(unit: Unit, value: float, currency: str) -> Style:
    """The style of a number that stands alone: money is written as exactly as the language counts it."""
    return _money(abs(value), currency, ALONE[spoken()]) if unit == "money" else style(unit, [value], currency)


def phrase(unit: Unit, value: float, currency: str) -> str:
    """A number with its unit, for a sentence."""
    if not math.isfinite(value):
        return say("number.undefined")
    fit = full_style(unit, value, currency)
    number = fit.number(value)
    return percentage(number) if unit == "share" else say("number.with_unit", number=number, unit=fit.unit)


def phrase_with_interval(unit: Unit, known: Estimate, currency: str) -> str:
    """An estimate with its unit and interval, for a sentence."""
    mean = phrase(unit, known.mean, currency)
    if math.isnan(known.low):
        return mean
    fit = full_style(unit, known.mean, currency)
    return say("number.estimate", mean=mean, low=fit.number(known.low), high=fit.number(known.high))


def percentage(number: str) -> str:
    """A number of percent."""
    return say("number.percent", number=number)


def percent(chance: float) -> str:
    """A chance, never more certain than it can be known."""
    if chance > 0.99:
        return say("number.nearly_sure")
    if chance < 0.01:
        return say("number.unlikely")
    return percentage(f"{chance * 100:.0f}")
