"""A20 and A22: stock for three times the sales of a Black Friday that lifts them by half leaves half of it over."""

from dataclasses import replace

import numpy as np
import pytest

from reports.display.section import Table
from reports.display.sections.promotions import promotions
from reports.record import EventMark, Record, Series, joined
from reports.verdict.promotions import PromotionReview, PromotionTally, review_promotions
from tests.reports.builder import record, series, setting
from tests.reports.close import looked_at
from tests.reports.test_page import section_text

DAYS = 40
FIRST, LAST = 10, 13  # days of the promotion, which lasts four
NORMAL = 250  # units a day
BLACK_FRIDAY = EventMark("Black Friday", "promotion", FIRST, LAST - FIRST + 1)


def season(stock: int, wanted: int, arrivals: dict[int, int] | None = None) -> Series:
    """A Black Friday of so much stock and so many buyers, none of whom wait; before and after it nobody buys."""
    asked, received, on_hand, sold = (np.zeros((DAYS, 1), np.int64) for _ in range(4))
    asked[FIRST : LAST + 1] = wanted // 4
    level = stock
    for day in range(DAYS):
        received[day] = (arrivals or {}).get(day, 0)
        sold[day] = min(level + received[day], asked[day])
        level = on_hand[day] = level + received[day] - sold[day]
    return series(DAYS, wanted=asked, sold=sold, lost=asked - sold, on_hand=on_hand, received=received)


def reviewed(kept: Series, **rule: float) -> PromotionReview:
    (review,) = review_promotions(setting(days=DAYS, events=(BLACK_FRIDAY,)), kept, **rule)  # type: ignore[arg-type]
    return review


def told(kept: Series, **rule: float) -> tuple[str, int, int]:
    """The verdict, units missing, units left over."""
    review = reviewed(kept, **rule)
    return review.verdicts[0], int(review.missing[0]), int(review.left[0])


def test_golden_A20_three_times_the_stock_and_half_more_buyers_leave_half_of_it() -> None:
    stock, wanted = 3 * 4 * NORMAL, int(1.5 * 4 * NORMAL)
    assert told(season(stock, wanted)) == ("missed: too much", 0, stock // 2)


def test_golden_A20_the_mirror_too_little_by_what_was_missing() -> None:
    assert told(season(2000, 3000)) == ("missed: too little", 1000, 0)


@pytest.mark.parametrize(
    ("stock", "verdict"),
    [(3000, "hit"), (2996, "missed: too little"), (4000, "hit"), (4001, "missed: too much")],
)
def test_golden_A20_neighbours_a_quarter_of_the_stock_may_be_left(stock: int, verdict: str) -> None:
    assert told(season(stock, 3000))[0] == verdict


def test_golden_A20_the_share_that_may_be_left_is_stated() -> None:
    assert told(season(3000, 1500), spare_share=0.5)[0] == "hit"
    assert told(season(3001, 1500), spare_share=0.5)[0] == "missed: too much"


def test_golden_A22_goods_three_days_after_the_end_come_too_late_and_are_left_over() -> None:
    assert told(season(2000, 3000, {LAST + 3: 1000})) == ("missed: too late", 1000, 1000)


@pytest.mark.parametrize(
    ("arrivals", "verdict", "missing", "left"),
    [
        ({LAST + 1: 1000}, "missed: too late", 1000, 1000),
        ({LAST + 14: 1000}, "missed: too late", 1000, 1000),
        ({LAST + 15: 1000}, "missed: too little", 1000, 0),
        ({LAST + 3: 999}, "missed: too little", 1000, 999),
        ({LAST + 3: 5000}, "missed: too late", 1000, 1000),
    ],
)
def test_golden_A22_neighbours(arrivals: dict[int, int], verdict: str, missing: int, left: int) -> None:
    assert told(season(2000, 3000, arrivals)) == (verdict, missing, left)


def test_golden_A22_goods_on_the_last_day_are_in_time_for_it() -> None:
    three_days = 3 * 3000 // 4
    assert told(season(three_days, 3000, {LAST: 3000 - three_days})) == ("hit", 0, 0)


def test_golden_A22_how_soon_is_stated() -> None:
    assert told(season(2000, 3000, {LAST + 3: 1000}), late_days=3)[0] == "missed: too late"
    assert told(season(2000, 3000, {LAST + 3: 1000}), late_days=2)[0] == "missed: too little"


def on_the_page(kept: Series) -> tuple[dict[str, object], str]:
    """The futures' line of the promotion by the words over its columns, and the page's text of the promotions."""
    played = record(1, DAYS, series=kept)
    told = looked_at(played, days=DAYS, events=(BLACK_FRIDAY,))
    return in_futures(played), section_text(promotions(told))


def in_futures(played: Record) -> dict[str, object]:
    section = promotions(looked_at(played, days=DAYS, events=(BLACK_FRIDAY,)))
    assert section is not None
    futures = next(
        part for _, part in section.named_parts if isinstance(part, Table) and part.id == "promotions-futures"
    )
    return {head.label: cell.value for head, cell in zip(futures.heads, futures.lines[0].cells, strict=True)}


def test_golden_A20_the_page_says_missed_too_much_and_half_of_it_left() -> None:
    cells, text = on_the_page(season(3 * 4 * NORMAL, int(1.5 * 4 * NORMAL)))
    assert (cells["Missed: too much"], cells["Left over, share"], cells["Left over"]) == (100.0, 50.0, 1500)
    assert (cells["Hit"], cells["Missed: too little"], cells["Missed: too late"], cells["Missing"]) == (0, 0, 0, 0)
    assert "Missed: too much" in text


def test_golden_A22_the_page_says_missed_too_late_and_counts_it_as_left_over() -> None:
    cells, text = on_the_page(season(2000, 3000, {LAST + 3: 1000}))
    assert (cells["Missed: too late"], cells["Missing"], cells["Left over"]) == (100.0, 1000, 1000)
    assert cells["Missed: too little"] == 0
    assert "Missed: too late" in text and "counts as left over" in text


def test_golden_A20_every_future_counts() -> None:
    """Of two futures one had too much and one a hit: half of them each, and 1,500 of 5,000 left over."""
    runs = ((0, season(3000, 1500)), (1, season(2000, 2000)))
    alone = (replace(record(1, DAYS, series=replace(kept, runs=(run,))), runs=np.array([run])) for run, kept in runs)
    both = joined(list(alone))
    cells = in_futures(both)
    assert (cells["Missed: too much"], cells["Hit"], cells["Left over, share"]) == (50.0, 50.0, 30.0)


def test_buyers_who_waited_take_what_came_late() -> None:
    owed = np.zeros((DAYS, 1), np.int64)
    owed[LAST] = 600
    lost = np.zeros((DAYS, 1), np.int64)
    lost[LAST] = 400
    received = np.zeros((DAYS, 1), np.int64)
    received[LAST + 2] = 1000
    assert told(series(DAYS, lost=lost, backlog=owed, received=received)) == ("missed: too late", 1000, 400)


def test_stock_of_a_promotion_on_the_first_day_played_is_known_from_what_it_left() -> None:
    first = EventMark("opening", "promotion", 0, 1)
    kept = series(DAYS, on_hand=70, sold=np.eye(DAYS, 1) * 30, wanted=np.eye(DAYS, 1) * 30)
    (review,) = review_promotions(setting(days=DAYS, events=(first,)), kept)
    assert (review.available[0], review.wanted[0], review.left[0]) == (100, 30, 70)


def test_only_skus_that_the_promotion_touched_and_promotions_that_ended_are_judged() -> None:
    late = EventMark("too late to judge", "promotion", DAYS - 2, 3)
    live = EventMark("live", "livestream", FIRST, 1)
    brought = np.zeros((DAYS, 1, 1, 2), np.int64)
    brought[FIRST, ..., 1] = 9
    kept = series(DAYS, 2, on_hand=(50, 80), streams={"Black Friday": brought})
    facts = setting(days=DAYS, skus=("LAMP", "SHADE"), events=(BLACK_FRIDAY, late, live))
    (review,) = review_promotions(facts, kept)
    assert (review.event, review.skus, review.outcomes) == (BLACK_FRIDAY, ("SHADE",), ("too much",))


def test_slots_and_warm_up_move_the_window() -> None:
    lost = np.zeros((48, 1), np.int64)
    lost[12 * 2 : 14 * 2] = 5  # the days 2 and 3 after ten days of warm-up, two slots a day
    event = EventMark("Black Friday", "promotion", 2, 2)
    facts = setting(days=14, warm_up_days=10, slots_per_day=2, events=(event,))
    (review,) = review_promotions(facts, series(48, lost=lost))
    assert review.missing[0] == 20


def test_a_tally_counts_skus_by_outcome_and_sums_units() -> None:
    one = PromotionTally.of(reviewed(season(2000, 3000)))
    assert (one.promotion, one.first_day, one.days) == ("Black Friday", FIRST, 4)
    assert (one.hit, one.too_little, one.too_much, one.too_late) == (0, 1, 0, 0)
    assert (one.available, one.wanted, one.missing, one.left) == (2000, 3000, 1000, 0)
