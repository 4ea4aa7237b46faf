"""The calendar of the trade: the dates of every occasion and holiday, computed for any year."""

from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass
from datetime import MAXYEAR, MINYEAR, date, timedelta

from scenarios.schema import Closure, Holiday, Occasion, Promotion

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


# --- factories on holiday -----------------------------------------------------------------------------------------

_EMPTYING = (-21, -8)
_FILLING = (15, 42)
_SLOW = 0.4
"""Around the first day of the Chinese year, output falls linearly from 1 on the first of these days to `_SLOW` on the
second, is 0 until the last day before they are back, and rises linearly to 1 again. Judged from what factories say:
closed for two to four weeks, slow for two or three before and after, a month to full output (seller-union.com,
befach.com)."""
_GOLDEN_DAYS = 7
"""1 to 7 October."""


def season_of(holiday: Holiday, year: int) -> date:
    """The first day of a holiday; Spring Festival needs a year of `NEW_YEARS_KNOWN`."""
    return chinese_new_year(year) if holiday == "spring-festival" else date(year, 10, 1)


def output(closures: Iterable[Holiday | Closure], first: date, last: date) -> list[float]:
    """Share of its full output that a factory has on each day from `first` to `last`, [day]; of several the least.

    In years outside `NEW_YEARS_KNOWN` no Spring Festival slows it down.
    """
    shares = [1.0] * ((last - first).days + 1)
    for begins, factors in _slowdowns(closures, first, last):
        for day, factor in enumerate(factors, (begins - first).days):
            if 0 <= day < len(shares):
                shares[day] = min(shares[day], factor)
    return shares


def _slowdowns(closures: Iterable[Holiday | Closure], first: date, last: date) -> Iterator[tuple[date, list[float]]]:
    """The first day and the daily output of every closure that may touch the days from `first` to `last`."""
    for closure in closures:
        if isinstance(closure, Closure):
            yield closure.on, [0.0] * closure.days
            continue
        for year in range(first.year, min(last.year + 1, MAXYEAR) + 1):
            if closure == "golden-week":
                yield season_of(closure, year), [0.0] * _GOLDEN_DAYS
            elif year in NEW_YEARS_KNOWN:
                factors = [_around_new_year(day) for day in range(_EMPTYING[0], _FILLING[1] + 1)]
                yield season_of(closure, year) + timedelta(days=_EMPTYING[0]), factors


def _around_new_year(day: int) -> float:
    """Output so many days after the first day of the Chinese year."""
    for (begins, ends), (at_first, at_last) in ((_EMPTYING, (1.0, _SLOW)), (_FILLING, (_SLOW, 1.0))):
        if begins <= day <= ends:
            return at_first + (at_last - at_first) * (day - begins) / (ends - begins)
    return 0.0 if _EMPTYING[1] < day < _FILLING[0] else 1.0
