"""The calendar of the trade: the dates of every occasion, computed for any year."""

from collections.abc import Callable, Iterator
from dataclasses import dataclass
from datetime import MAXYEAR, MINYEAR, date, timedelta

from scenarios.schema import Occasion, Promotion

NEW_YEARS_KNOWN = range(1990, 2061)
"""Years whose Chinese New Year is known here."""
_NEW_YEARS = (
    6, 25, 14, 2, 20, 10, 29, 17, 7, 26, 15, 3, 22, 11, 1, 19, 8, 28, 17, 5, 24, 13, 2, 20, 10, 29, 18, 7, 26,
    15, 4, 22, 11, 1, 20, 8, 27, 16, 5, 23, 13, 2, 21, 10, 29, 18, 7, 25, 14, 3, 22, 11, 1, 20, 9, 27, 16, 5,
    24, 12, 2, 21, 11, 29, 18, 7, 25, 14, 3, 22, 12,
)  # fmt: skip
"""Days from 21 January to Chinese New Year, year by year; taken once from the package holidays 0.109 (MIT)."""
_TUESDAY, _THURSDAY = 1, 3


@dataclass(frozen=True)
class _Rule:
    """When an occasion is: the day it is known by, how long it lasts, and whether that day is its last."""

    day: Callable[[int], date]
    days: int
    ends: bool = False


def _weekday(year: int, month: int, weekday: int, count: int) -> date:
    """The first, second, ... Monday (0) to Sunday of a month."""
    first = date(year, month, 1)
    return first + timedelta(days=(weekday - first.weekday()) % 7 + 7 * (count - 1))


def chinese_new_year(year: int) -> date:
    """The first day of the Chinese year that begins in a year of `NEW_YEARS_KNOWN`."""
    return date(year, 1, 21) + timedelta(days=_NEW_YEARS[year - NEW_YEARS_KNOWN.start])


def black_friday(year: int) -> date:
    """The day after Thanksgiving, the fourth Thursday of November."""
    return _weekday(year, 11, _THURSDAY, 4) + timedelta(days=1)


_RULES: dict[Occasion, _Rule] = {
    "black-friday": _Rule(black_friday, 1),
    "cyber-week": _Rule(black_friday, 4),
    "singles-day": _Rule(lambda year: date(year, 11, 11), 11, ends=True),
    "mid-year-618": _Rule(lambda year: date(year, 6, 18), 18, ends=True),
    "prime-day": _Rule(lambda year: _weekday(year, 7, _TUESDAY, 2), 4),
    "christmas": _Rule(lambda year: date(year, 12, 24), 24, ends=True),
    "back-to-school": _Rule(lambda year: date(year, 7, 15), 53),
    "spring-festival": _Rule(chinese_new_year, 8),
}
"""Cyber week is Friday to Monday. Prime Day moves from year to year: four days from the second Tuesday of July is an
assumption, to be overridden by `on`."""


def occasion(name: Occasion, year: int, days: int | None = None) -> tuple[date, int]:
    """First day and length of an occasion; one that is known by its last day keeps it, whatever its length."""
    rule = _RULES[name]
    length = days or rule.days
    day = rule.day(year)
    return (day - timedelta(days=length - 1) if rule.ends else day), length


def promotion_days(promotion: Promotion) -> int:
    """How long a promotion lasts."""
    if promotion.occasion is not None:
        return promotion.days or _RULES[promotion.occasion].days
    return promotion.days or 1


def held(promotion: Promotion, first: date, last: date, dip_days: int = 0) -> Iterator[date]:
    """The first days of a promotion whenever it, or so many days after it, share a day with `first` to `last`.

    Together they last at most two years.
    """
    length = promotion_days(promotion) + dip_days
    if promotion.occasion is None:
        days = [] if promotion.on is None else [promotion.on]
    else:
        years = range(max(first.year - 2, MINYEAR + 1), min(last.year + 1, MAXYEAR - 1) + 1)
        known = [year for year in years if promotion.occasion != "spring-festival" or year in NEW_YEARS_KNOWN]
        days = [occasion(promotion.occasion, year, promotion.days)[0] for year in known]
    for day in days:
        if day <= last and (first - day).days < length:
            yield day
