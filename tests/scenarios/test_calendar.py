"""The calendar of the trade: known dates of known years, and where they fall into a world."""

from datetime import date
from typing import Any

import pytest

from scenarios.calendar import NEW_YEARS_KNOWN, chinese_new_year, held, occasion, promotion_days
from scenarios.schema import Occasion, Promotion

KNOWN: list[tuple[Occasion, str, int]] = [
    ("black-friday", "2023-11-24", 1),
    ("black-friday", "2024-11-29", 1),
    ("black-friday", "2025-11-28", 1),
    ("cyber-week", "2026-11-27", 4),
    ("singles-day", "2025-11-01", 11),
    ("mid-year-618", "2026-06-01", 18),
    ("prime-day", "2023-07-11", 4),
    ("prime-day", "2026-07-14", 4),
    ("christmas", "2026-12-01", 24),
    ("back-to-school", "2026-07-15", 53),
    ("spring-festival", "2026-02-17", 8),
]


@pytest.mark.parametrize(("name", "first", "days"), KNOWN)
def test_occasions_of_known_years(name: Occasion, first: str, days: int) -> None:
    day = date.fromisoformat(first)
    assert occasion(name, day.year) == (day, days)


@pytest.mark.parametrize(
    "day",
    ["1990-01-27", "2000-02-05", "2008-02-07", "2020-01-25", "2023-01-22", "2024-02-10", "2025-01-29", "2033-01-31", "2060-02-02"],
)  # fmt: skip
def test_chinese_new_year_of_known_years(day: str) -> None:
    new_year = date.fromisoformat(day)
    assert chinese_new_year(new_year.year) == new_year


def test_chinese_new_years_are_a_whole_number_of_moons_apart() -> None:
    for year in NEW_YEARS_KNOWN[1:]:
        days = (chinese_new_year(year) - chinese_new_year(year - 1)).days
        assert 353 <= days <= 355 or 383 <= days <= 385


def test_what_is_known_by_its_last_day_keeps_it_whatever_its_length() -> None:
    assert occasion("singles-day", 2026, days=1) == (date(2026, 11, 11), 1)
    assert occasion("christmas", 2026, days=30) == (date(2026, 11, 25), 30)
    assert occasion("black-friday", 2026, days=4) == occasion("cyber-week", 2026)


def sale(**said: Any) -> Promotion:
    return Promotion(name="sale", lift=2.0, **said)


def test_an_occasion_is_held_in_every_year_touched() -> None:
    days = list(held(sale(occasion="black-friday"), date(2024, 11, 29), date(2026, 11, 26)))
    assert days == [date(2024, 11, 29), date(2025, 11, 28)]
    assert list(held(sale(occasion="black-friday"), date(2024, 11, 30), date(2025, 11, 27))) == []


def test_a_promotion_under_way_on_the_first_day_is_held() -> None:
    long = sale(on=date(2026, 3, 1), days=10)
    assert promotion_days(long) == 10 and promotion_days(sale(on=date(2026, 3, 1))) == 1
    assert list(held(long, date(2026, 3, 10), date(2026, 3, 20))) == [date(2026, 3, 1)]
    assert list(held(long, date(2026, 3, 11), date(2026, 3, 20))) == []
    assert list(held(long, date(2026, 3, 11), date(2026, 3, 20), dip_days=1)) == [date(2026, 3, 1)]
    assert list(held(long, date(2026, 2, 1), date(2026, 2, 28))) == []


def test_an_occasion_that_began_the_year_before_is_held() -> None:
    whole_year = sale(occasion="christmas", days=366)
    assert list(held(whole_year, date(2026, 12, 25), date(2026, 12, 31))) == [date(2026, 12, 24)]
