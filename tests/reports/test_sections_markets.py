"""What buyers met by market, where demand came from, how much was sold, and what campaigns taught; worked by hand."""

import numpy as np
import pytest

from reports.closeup.reviews import LEARNT
from reports.display.page import SECTIONS, page
from reports.display.section import Section, Table
from reports.display.sections.demand import demand
from reports.display.sections.markets import markets
from reports.display.sections.money import money
from reports.display.sections.parameters import parameters
from reports.display.sections.promotions import promotions
from reports.display.sections.sellthrough import sellthrough
from reports.language.speaking import speaking
from reports.record import EventMark
from tests.reports.builder import comparison, record, series
from tests.reports.close import looked_at
from tests.reports.test_page import BAD, Reader

DAYS = 40
CLOSE = (demand, markets, sellthrough, parameters)


def table(section: Section | None, name: str) -> Table:
    assert section is not None
    return next(part for _, part in section.named_parts if isinstance(part, Table) and part.id == name)


def values(found: Table, line: int = 0) -> list[object]:
    return [cell.value for cell in found.lines[line].cells]


def test_a_market_is_judged_by_its_own_buyers() -> None:
    """Of 200 orders 10 were short, of 400 units 380 were served; 350 came in time of 390 delivered at 30 each."""
    sold = np.zeros((DAYS, 1), np.int64)
    sold[5] = 390
    seen = {"orders": 200, "short_orders": 10, "wanted": 400, "served": 380, "lost": 10}
    one = record(1, DAYS, **seen, on_time=np.array([[350.0]]), series=series(DAYS, sold=sold, wanted=10))
    told = values(table(markets(looked_at(one, days=DAYS)), "markets"))
    assert told == pytest.approx([200, 5.0, 95.0, 100 * 350 / 390, 10, 11.7], rel=1e-9)  # in thousands


def test_sales_of_the_warm_up_are_nobodys_revenue() -> None:
    one = record(1, 30, orders=1, wanted=1, series=series(DAYS, sold=1, wanted=1))
    told = values(table(markets(looked_at(one, days=30, warm_up_days=10)), "markets"))
    assert told[-1] == 30 * 30.0


def test_streams_are_told_over_the_season_and_by_their_largest_week() -> None:
    """Six a day; and a video of 70 units on one day, 20 on the next of the same week: 240 and 90 of 330."""
    video = np.zeros((DAYS, 1, 1, 1), np.int64)
    video[8], video[9] = 70, 20
    streams = {"organic": np.full((DAYS, 1, 1, 1), 6), "video": video, "ads": np.zeros_like(video)}
    one = record(1, DAYS, series=series(DAYS, wanted=6, streams=streams))
    found = table(demand(looked_at(one, days=DAYS)), "demand")
    assert [line.name for line in found.lines] == ["organic", "video"]
    assert values(found) == pytest.approx([100 * 240 / 330, 240, 42])
    assert values(found, 1) == pytest.approx([100 * 90 / 330, 90, 90])


@pytest.mark.parametrize("kept_away", [0, 3])
def test_streams_say_that_they_count_whom_a_promise_keeps_away(kept_away: int) -> None:
    streams = {"organic": np.full((DAYS, 1, 1, 1), 6)}
    one = record(1, DAYS, forgone_by_promise=kept_away, series=series(DAYS, wanted=6, streams=streams))
    section = demand(looked_at(one, days=DAYS))
    assert section is not None
    caption = section.parts[0].caption  # type: ignore[union-attr]
    assert ("Counted in are buyers who never come" in caption) == bool(kept_away)


def test_sell_through_is_of_what_there_was_so_far() -> None:
    """100 at first and 100 more on day 20; five sold a day: 105 of 200 after day 20, 95 of 100 on the day before."""
    received = np.zeros((DAYS, 1), np.int64)
    received[20] = 100
    left = 100 - 5 * np.arange(1, DAYS + 1)[:, None] + 100 * (np.arange(DAYS)[:, None] >= 20)
    one = record(1, DAYS, opening=100, series=series(DAYS, sold=5, received=received, wanted=5, on_hand=left))
    told = looked_at(one, days=DAYS)
    assert told.closeup is not None
    curve = told.closeup.sellthrough
    assert (curve.sold[0, 18:21].tolist(), curve.available[0, 18:21].tolist()) == ([95, 100, 105], [100, 100, 200])
    section = sellthrough(told)
    assert section is not None
    assert "At the end it is 100.0 % in the middle one" in section.parts[0].caption  # type: ignore[union-attr]


def test_days_before_anything_came_have_no_share() -> None:
    received = np.zeros((DAYS, 1), np.int64)
    received[10] = 100
    days = np.arange(DAYS)[:, None]
    facts = {"sold": days > 10, "on_hand": np.where(days < 10, 0, 110 - days)}
    one = record(1, DAYS, series=series(DAYS, received=received, wanted=5, **facts))
    section = sellthrough(looked_at(one, days=DAYS))
    assert section is not None
    assert "At the end it is 29.0 % in the middle one" in section.parts[0].caption  # type: ignore[union-attr]


def test_a_unit_counts_once_wherever_it_went() -> None:
    """100 come on day 0, move to another warehouse on day 9, and are sold on day 20: all there were, not half."""
    days = np.arange(DAYS)[:, None]
    facts = {"received": 100 * np.isin(days, (0, 9)), "on_hand": 100 * (days < 20), "sold": 100 * (days == 20)}
    told = looked_at(record(1, DAYS, series=series(DAYS, wanted=5, **facts)), days=DAYS)
    assert told.closeup is not None
    assert told.closeup.sellthrough.available[0, [0, 9, 20]].tolist() == [100, 100, 100]
    assert told.closeup.sellthrough.sold[0, -1] == 100


def test_nothing_to_sell_has_no_curve() -> None:
    assert sellthrough(looked_at(record(1, DAYS, series=series(DAYS)), days=DAYS)) is None


CAMPAIGNS = tuple(EventMark(name, "promotion", day, 3) for name, day in (("first", 5), ("second", 20)))


def test_a_campaign_loop_is_told_with_old_value_new_value_and_evidence() -> None:
    """Reviews on days 0, 7, 14, ...: the last before the second campaign is that of day 14, not of day 21."""
    why = {name: np.full((DAYS, 1, 1, 1), np.nan) for name in LEARNT}
    for day, said in {0: (3, 3, 0, 0), 7: (3, 2.5, 2, 1), 14: (3, 2.25, 1.5, 3), 21: (3, 9, 9, 9)}.items():
        for name, number in zip(LEARNT, said, strict=True):
            why[name][day] = number
    told = looked_at(record(1, DAYS, series=series(DAYS, why=why)), days=DAYS, events=CAMPAIGNS)
    found = table(parameters(told), "parameters")
    assert [line.name for line in found.lines] == ["first, 2026-07-06", "LAMP", "second, 2026-07-21", "LAMP"]
    assert values(found, 1) == [3, 3, 0, 0]
    assert values(found, 3) == [3, 2.25, 1.5, 3]


def test_other_policies_have_no_parameters_to_review() -> None:
    told = looked_at(record(1, DAYS, series=series(DAYS)), days=DAYS, events=CAMPAIGNS)
    assert parameters(told) is None
    assert promotions(told) is not None


def test_without_a_close_look_only_money_is_told() -> None:
    told = comparison((record(1, DAYS),), days=DAYS, events=())
    assert [section(told) for section in CLOSE] == [None] * len(CLOSE)
    assert money(told).id == "money"
    assert set(CLOSE) <= set(SECTIONS)


@pytest.mark.parametrize("language", ["en", "zh"])
def test_the_page_holds_them_and_escapes_what_is_in_them(language: str) -> None:
    streams = {BAD: np.full((DAYS, 1, 1, 1), 6)}
    one = record(1, DAYS, opening=9, series=series(DAYS, wanted=6, sold=5, on_hand=4, streams=streams))
    with speaking(language):
        written = page(looked_at(one, days=DAYS, markets=(BAD,), warehouses=(BAD,)))
    Reader(written)
    assert BAD not in written
    for name in ("demand", "markets", "ageing", "money", "sellthrough"):
        assert f'id="{name}"' in written
