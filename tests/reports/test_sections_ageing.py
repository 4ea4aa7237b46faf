"""The age of stock: what came of late says how much is older; worked by hand."""

import numpy as np
import pytest

from reports.closeup.ages import BANDS, Ages
from reports.closeup.closeup import Closeup
from reports.display.section import Table
from reports.display.sections.ageing import ageing, bands_said
from reports.record import Setting
from tests.reports.builder import comparison, record, series, setting
from tests.reports.close import looked_at

DAYS = 120


def ages_of(
    received: dict[int, int], on_hand: dict[int, int], opening: int = 0, **facts: object
) -> tuple[Ages, Setting]:
    """Stock of one SKU: what came on some days, and what was there from some days on, the first of them at least."""
    came, level = np.zeros((DAYS, 1), np.int64), np.full((DAYS, 1), opening, np.int64)
    for day, units in received.items():
        came[day] = units
    for day, units in sorted(on_hand.items()):
        level[day:] = units
    told = setting(days=DAYS, events=(), **facts)
    one = record(1, DAYS, series=series(DAYS, received=came, on_hand=level))
    return Ages.of(one, told), told


def last(ages: Ages) -> list[int]:
    bands: list[int] = ages.units[0, -1, 0].tolist()
    return bands


@pytest.mark.parametrize(
    ("day", "bands"),
    [
        (119, [40, 0, 0, 60, 0, 0]),
        (89, [40, 0, 0, 60, 0, 0]),
        (88, [0, 40, 0, 60, 0, 0]),
        (59, [0, 40, 0, 60, 0, 0]),
        (58, [0, 0, 40, 60, 0, 0]),
        (29, [0, 0, 40, 60, 0, 0]),
        (28, [0, 0, 0, 100, 0, 0]),
    ],
)
def test_forty_came_on_a_day_and_sixty_were_there_before(day: int, bands: list[int]) -> None:
    """On the last day, the 119th, what came on day 89 is 30 days old, on day 88 31; the sixty are 120 days old."""
    ages, _ = ages_of({day: 40}, {day: 100}, opening=60)
    assert last(ages) == bands


def test_what_came_first_leaves_first() -> None:
    """Of 60 old and 40 new ones 30 are left: all new. Of 90 that are left, 50 are old."""
    assert last(ages_of({100: 40}, {100: 100, 110: 30}, 60)[0]) == [30, 0, 0, 0, 0, 0]
    assert last(ages_of({100: 40}, {100: 100, 110: 90}, 60)[0]) == [40, 0, 0, 50, 0, 0]


def test_what_a_buyer_sent_back_came_on_that_day() -> None:
    """Of 60 old ones 50 were sold; 20 of these came back on day 100: 10 are old, 20 fresh."""
    came, level = np.zeros((DAYS, 1), np.int64), np.full((DAYS, 1), 60, np.int64)
    came[100], level[50:100], level[100:] = 20, 10, 30
    told = setting(days=DAYS, events=())
    one = record(1, DAYS, series=series(DAYS, restocked=came, on_hand=level))
    assert last(Ages.of(one, told)) == [20, 0, 0, 10, 0, 0]


def test_bands_add_up_to_the_stock_of_each_week_and_are_valued_at_cost() -> None:
    ages, told = ages_of({10: 40, 50: 25, 100: 7}, {10: 100, 50: 80, 100: 70}, 60, unit_cost=np.array([3.0]))
    ends = [min(day, DAYS) - 1 for day in range(7, DAYS + 7, 7)]
    levels = [60 if end < 10 else 100 if end < 50 else 80 if end < 100 else 70 for end in ends]
    assert ages.units[0, :, 0].sum(axis=-1).tolist() == levels
    assert (ages.value == 3.0 * ages.units).all()
    assert len(BANDS) + 1 == ages.units.shape[-1] == len(bands_said())
    assert told.days == DAYS


def test_stock_of_the_warm_up_has_its_age_in_the_season() -> None:
    """Came 40 days before the season of 20 days began: 59 days old at its end."""
    came = np.zeros((60, 1), np.int64)
    came[0] = 5
    told = setting(days=20, warm_up_days=40, events=())
    ages = Ages.of(record(1, 20, series=series(60, received=came, on_hand=5)), told)
    assert last(ages) == [0, 5, 0, 0, 0, 0]


def test_slots_of_a_day_are_one_day() -> None:
    came = np.zeros((2 * DAYS, 1), np.int64)
    came[2 * 89 + 1] = 5
    told = setting(days=DAYS, slots_per_day=2, events=())
    ages = Ages.of(record(1, DAYS, series=series(2 * DAYS, received=came, on_hand=5)), told)
    assert last(ages) == [5, 0, 0, 0, 0, 0]


def test_the_table_tells_every_warehouse_and_all() -> None:
    came = np.zeros((DAYS, 1), np.int64)
    came[100] = 40
    told = looked_at(record(1, DAYS, series=series(DAYS, received=came, on_hand=100)), days=DAYS, events=())
    section = ageing(told)
    assert section is not None
    value = next(part for _, part in section.named_parts if isinstance(part, Table))
    assert [cell.value for cell in value.lines[0].cells] == [400.0, 0.0, 0.0, 600.0, 0.0, 0.0, 1000.0]


def test_without_a_close_look_or_stock_there_is_no_section() -> None:
    assert ageing(comparison((record(1, DAYS),), days=DAYS, events=())) is None
    assert ageing(looked_at(record(1, DAYS, series=series(DAYS)), days=DAYS, events=())) is None


def test_a_look_needs_every_replication() -> None:
    with pytest.raises(ValueError, match="without keeping"):
        Closeup.of(record(2, DAYS, series=series(DAYS)), setting(days=DAYS), (0,))
