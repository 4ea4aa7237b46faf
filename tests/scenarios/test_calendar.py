"""The calendar of the trade: known dates of known years, and where they fall into a world."""

from datetime import date, timedelta
from itertools import pairwise
from typing import Any

import pytest

from scenarios.calendar import NEW_YEARS_KNOWN, chinese_new_year, held, occasion, output, promotion_days, season_of
from scenarios.schema import Closure, Holiday, Occasion, Promotion

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


# --- factories on holiday -----------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("holiday", "day"),
    [("spring-festival", "2023-01-22"), ("spring-festival", "2026-02-17"), ("golden-week", "2026-10-01")],
)
def test_a_season_begins_on_the_first_day_of_its_holiday(holiday: Holiday, day: str) -> None:
    first = date.fromisoformat(day)
    assert season_of(holiday, first.year) == first


NEW_YEAR = date(2026, 2, 17)


@pytest.mark.parametrize(
    ("days", "share"),
    [
        (-22, 1.0),
        (-21, 1.0),
        (-8, 0.4),
        (-7, 0.0),
        (0, 0.0),
        (14, 0.0),
        (15, 0.4),
        (24, 0.6),  # a third of the 27 days from 0.4 to 1
        (33, 0.8),
        (42, 1.0),
        (43, 1.0),
    ],
)
def test_output_around_spring_festival(days: int, share: float) -> None:
    day = NEW_YEAR + timedelta(days=days)
    assert output(["spring-festival"], day, day) == [pytest.approx(share)]


def test_output_changes_evenly_between() -> None:
    """13 equal steps of 0.6 / 13 down, 27 of 0.6 / 27 up."""
    falls = output(["spring-festival"], NEW_YEAR - timedelta(days=21), NEW_YEAR - timedelta(days=8))
    rises = output(["spring-festival"], NEW_YEAR + timedelta(days=15), NEW_YEAR + timedelta(days=42))
    assert [later - earlier for earlier, later in pairwise(falls)] == pytest.approx([-0.6 / 13] * 13)
    assert [later - earlier for earlier, later in pairwise(rises)] == pytest.approx([0.6 / 27] * 27)


def test_spring_festival_is_felt_in_every_year_and_across_the_turn_of_the_year() -> None:
    """2023-01-22 is slow from 2023-01-01 on; 2012-01-23 is slow from 2012-01-02, 2004-01-22 from 2004-01-01."""
    year = output(["spring-festival"], date(2022, 12, 31), date(2023, 1, 3))
    assert year == pytest.approx([1.0, 1.0, 1 - 0.6 / 13, 1 - 1.2 / 13])
    days = output(["spring-festival"], date(2024, 1, 1), date(2026, 12, 31))
    shut = [date(2024, 1, 1) + timedelta(days=at) for at, share in enumerate(days) if share == 0]
    assert len(shut) == 3 * 22
    assert (shut[0], shut[22], shut[44]) == (date(2024, 2, 3), date(2025, 1, 22), date(2026, 2, 10))


def test_golden_week_has_no_output_for_seven_days() -> None:
    days = output(["golden-week"], date(2026, 9, 30), date(2026, 10, 8))
    assert days == [1, 0, 0, 0, 0, 0, 0, 0, 1]
    assert output(["golden-week"], date(9999, 12, 31), date(9999, 12, 31)) == [1]


def test_dated_closures_have_no_output_and_of_several_the_least_holds() -> None:
    inventory = Closure(on=date(2026, 2, 8), days=3)
    days = output(["spring-festival", inventory, inventory], date(2026, 2, 7), date(2026, 2, 11))
    assert days == pytest.approx([1 - 0.6 * 11 / 13, 0, 0, 0, 0])
    slow = output([inventory, "spring-festival"], date(2026, 2, 9), date(2026, 2, 9))
    assert slow == [0], "though the festival alone leaves 0.4"
    assert output([], date(2026, 2, 7), date(2026, 2, 11)) == [1] * 5
    assert output([inventory], date(2026, 2, 1), date(2026, 2, 9)) == [1] * 7 + [0] * 2


@pytest.mark.parametrize("year", [1970, 2061, 2100])
def test_a_year_whose_spring_festival_is_unknown_has_none(year: int) -> None:
    assert set(output(["spring-festival"], date(year, 1, 1), date(year, 12, 31))) == {1.0}
