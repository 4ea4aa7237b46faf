"""The diary of a scripted future: what happened on which day, the most important first, in either language."""

import json
from dataclasses import asdict, replace
from typing import Any

import numpy as np
import pytest

from reports.closeup.diary import MOST, diary
from reports.closeup.entry import Entry, Future
from reports.closeup.futures import which_futures
from reports.closeup.onerun import stretches
from reports.display.sections.diary import sentence
from reports.language.speaking import LANGUAGES, speaking
from reports.record import EventMark, Series, Setting, Shipment
from tests.reports.builder import comparison, record, season, series, setting

DAYS = 30


def on(*days: int, units: int = 1, slots: int = DAYS) -> np.ndarray:
    """So many units on each of these days, [slot, 1]."""
    line = np.zeros((slots, 1), np.int64)
    line[list(days)] = units
    return line


def stream(*days: int, units: int = 1) -> np.ndarray:
    return on(*days, units=units).reshape(DAYS, 1, 1, 1)


def told(kept: Series, facts: Setting | None = None, **more: Any) -> list[tuple[int, str, dict[str, Any]]]:
    facts = setting(days=DAYS) if facts is None else facts
    totals = {"opening": 100, "on_the_way_before": 40, "wanted": 300, "ordered": 60, "closing": 20, "orders": 300}
    future = diary(record(days=facts.days, series=kept, **totals), facts, **more)
    return [(entry.day, entry.kind, dict(entry.fields)) for entry in future.entries]


def of_kind(kind: str, entries: list[tuple[int, str, dict[str, Any]]]) -> list[tuple[int, dict[str, Any]]]:
    return [(day, fields) for day, found, fields in entries if found == kind]


def going(kept: Series, lanes: dict[int, str]) -> Series:
    """With the lane that each day's order takes."""
    by_lane = np.zeros((DAYS, 1, 2, 1), np.int64)
    for day, lane in lanes.items():
        by_lane[day, 0, setting().lanes.index(lane)] = kept.ordered[day, 0, 0]
    return replace(kept, ordered_by_lane=by_lane)


def shipment(
    ordered: float, shelved: float, units: int = 60, lane: str = "sea", warehouse: str = "los-angeles"
) -> Shipment:
    return Shipment(0, lane, "zhongshan", warehouse, ordered, ordered, ordered, (), shelved, np.array([units]), 0.0)


def test_a_season_begins_and_ends_with_its_totals() -> None:
    entries = told(series(DAYS))
    assert [(day, kind) for day, kind, _ in entries] == [(0, "start"), (29, "end")]
    assert entries[0][2] == {"on_hand": 100, "on_order": 40}
    end = entries[1][2]
    assert {name: end[name] for name in ("wanted", "ordered", "on_hand", "on_order")} == {
        "wanted": 300, "ordered": 60, "on_hand": 20, "on_order": 0,
    }  # fmt: skip
    assert end["stockout_rate"] == 0.0


def test_an_order_is_told_on_the_day_at_whose_end_it_is_placed_and_its_arrival_on_the_day_it_can_be_sold() -> None:
    kept = series(DAYS, ordered=on(3, units=60), received=on(15, units=60), shipments=(shipment(4.0, 15.0),))
    entries = told(going(kept, {3: "sea"}))
    goods = {"warehouse": "los-angeles", "units": 60, "skus": 1, "most": "LAMP", "lanes": ["sea"]}
    assert of_kind("order", entries) == [(3, goods)]
    assert of_kind("arrival", entries) == [(15, goods)]


@pytest.mark.parametrize(("shelved", "day", "slots"), [(14.2, 15, 1), (14.2, 14, 4), (14.9, 15, 4), (15.0, 15, 4)])
def test_goods_put_away_within_a_slot_are_received_with_the_next(shelved: float, day: int, slots: int) -> None:
    received = on(int(np.ceil(shelved * slots)), units=60, slots=DAYS * slots)
    kept = series(DAYS * slots, received=received, shipments=(shipment(4.0, shelved),))
    assert of_kind("arrival", told(kept, setting(days=DAYS, slots_per_day=slots)))[0][0] == day
    assert of_kind("arrival", told(kept, setting(days=DAYS, slots_per_day=slots)))[0][1]["lanes"] == ["sea"]


def test_days_count_from_the_first_scored_one() -> None:
    kept = series(
        DAYS, ordered=on(3, 12, units=60), received=on(15, units=60), shipments=(shipment(4.0, 15.0), shipment(13.0, np.inf, lane="air")),
        streams={"live": stream(12, units=9)},
    )  # fmt: skip
    entries = told(
        going(kept, {3: "sea", 12: "air"}),
        setting(days=20, warm_up_days=10, events=(EventMark("live", "livestream", 2, 1),)),
    )
    assert [(day, fields["lanes"]) for day, fields in of_kind("order", entries)] == [(2, ["air"])]
    assert [(day, fields["lanes"]) for day, fields in of_kind("arrival", entries)] == [(5, ["sea"])]
    assert of_kind("livestream", entries)[0][0] == 2
    assert of_kind("livestream", entries)[0][1]["units"] == 9


def test_a_stockout_lasts_from_the_first_empty_day_until_stock_is_back() -> None:
    on_hand = np.full((DAYS, 1), 9)
    on_hand[10:15] = 0
    entries = told(series(DAYS, on_hand=on_hand, wanted=8, short=on(*range(10, 15), units=8)))
    fields = {"warehouse": "los-angeles", "sku": "LAMP", "units": 40, "days": 5, "back": 15}
    assert of_kind("stockout", entries) == [(10, fields)]


def test_a_stockout_that_nobody_met_is_not_told_and_one_may_last_to_the_end() -> None:
    on_hand = np.full((DAYS, 1), 9)
    on_hand[5:8], on_hand[25:] = 0, 0
    entries = told(series(DAYS, on_hand=on_hand, wanted=8, short=on(*range(25, 30), units=2)))
    assert [(day, fields["back"], fields["units"]) for day, fields in of_kind("stockout", entries)] == [(25, None, 10)]


def test_a_short_return_of_stock_does_not_end_a_stockout() -> None:
    on_hand = np.zeros((DAYS, 1), np.int64)
    on_hand[[*range(8), 12, *range(20, 30)]] = 5
    entries = told(series(DAYS, on_hand=on_hand, wanted=8, short=on(*range(8, 20), units=8)))
    assert [(day, fields["days"], fields["back"]) for day, fields in of_kind("stockout", entries)] == [(8, 12, 20)]


def test_an_event_says_what_it_brought_and_how_much_of_all_wanted_was_short_then() -> None:
    kept = series(
        DAYS,
        wanted=on(7, 8, 9, 10, 11, units=50),
        short=on(10, 11, units=25),
        streams={"Sale": stream(8, 9, 10, units=40)},
    )
    entries = told(
        kept, setting(days=DAYS, events=(EventMark("Sale", "promotion", 8, 3), EventMark("Late", "promotion", 30, 3)))
    )
    assert of_kind("promotion", entries) == [
        (8, {"name": "Sale", "days": 3, "under_way": False, "units": 120, "short_share": pytest.approx(25 / 150)})
    ]


def test_an_event_that_began_before_the_season_is_told_on_its_first_day() -> None:
    entries = told(
        series(DAYS),
        setting(days=DAYS, events=(EventMark("Sale", "promotion", -2, 4), EventMark("Old", "promotion", -4, 4))),
    )
    ((day, fields),) = of_kind("promotion", entries)
    assert (day, fields["days"], fields["under_way"]) == (0, 2, True)
    assert sentence(Entry(day, "promotion", fields), setting(days=DAYS)).startswith(
        "Sale was under way, for 2 more days"
    )


def test_a_video_has_taken_hold_while_it_brings_half_of_what_else_is_wanted() -> None:
    video = on(20, units=30) + on(21, units=10) + on(22, units=5) + on(23, 28, units=4)
    kept = series(
        DAYS,
        wanted=10 + video,
        streams={"clip": video.reshape(DAYS, 1, 1, 1), "organic": stream(*range(DAYS), units=10)},
    )
    entries = told(kept, video_names=["clip"])
    assert of_kind("video", entries) == [(20, {"name": "clip", "sku": "LAMP", "units": 45, "days": 3})]
    assert of_kind("video", told(kept)) == []


def test_of_alerts_the_worst_day_is_told_and_of_levers_the_first() -> None:
    alert, clear, ads = (np.full((DAYS, 1, 1, 2), np.nan) for _ in range(3))
    alert[5:9, ..., 0], alert[7, ..., 1] = 2, 3
    clear[4, ..., 0], clear[12:14, ..., 1] = 0, 1
    ads[:, ..., 0], ads[9:12, ..., 0] = 1, 0.5
    kept = series(DAYS, 2, ad_spend=1.0, levers={"alert": alert, "clear": clear, "ads": ads, "promotions": 0 * ads})
    facts = setting(
        days=DAYS, skus=("LAMP", "BULB"), unit_cost=np.ones(2), price=np.ones(2), market_price=np.ones((1, 2))
    )
    entries = told(kept, facts)
    assert of_kind("alert", entries) == [
        (7, {"level": "red", "skus": 2, "days": 4}),
        (7, {"level": "black", "skus": 1, "days": 1}),
    ]
    assert of_kind("lever", entries) == [
        (9, {"lever": "ads", "skus": 1, "days": 3}),
        (12, {"lever": "clear", "skus": 1, "days": 2}),
    ]


def test_a_factor_on_ads_or_promotions_is_not_told_where_there_are_none() -> None:
    cut = {name: np.full((DAYS, 1, 1, 1), 0.5) for name in ("ads", "promotions")}
    assert of_kind("lever", told(series(DAYS, levers=cut))) == []
    events = (EventMark("Sale", "promotion", 8, 3),)
    pulled = of_kind("lever", told(series(DAYS, levers=cut, ad_spend=1.0), setting(days=DAYS, events=events)))
    assert [fields["lever"] for _, fields in pulled] == ["ads", "promotions"]


def test_a_diary_is_short_by_date_and_keeps_the_largest() -> None:
    amounts = np.arange(1, DAYS + 1).reshape(DAYS, 1) * 10
    kept = series(DAYS, ordered=amounts, received=amounts)
    future = diary(
        record(days=DAYS, series=kept),
        setting(days=DAYS),
        told=[Entry(4, "disruption", {"name": "Strike", "days": 9, "under_way": False})],
    )
    days = [entry.day for entry in future.entries]
    assert len(days) == MOST
    assert days == sorted(days)
    assert future.left_out == 2 * DAYS + 1 - (MOST - 2)
    assert [entry.kind for entry in future.entries].count("disruption") == 1
    orders = sorted(entry.fields["units"] for entry in future.entries if entry.kind == "order")
    assert orders == [int(units) for units in amounts[-len(orders) :, 0]]
    assert 1 < len(orders) < MOST - 3


def test_a_future_is_what_json_can_hold() -> None:
    kept = series(DAYS, ordered=on(3, units=60), shipments=(shipment(4.0, 15.0),))
    future = diary(record(days=DAYS, series=kept), setting(days=DAYS))
    assert future.entries[-1].fields["stockout_rate"] is None  # no orders came
    assert Future.kept(json.loads(json.dumps(asdict(future), allow_nan=False))) == future


def test_every_kind_of_entry_is_told_in_every_language() -> None:
    on_hand = np.full((DAYS, 1), 9)
    on_hand[10:15], on_hand[29:] = 0, 0
    video = on(20, units=90)
    levers = ("ads", "steer", "announce", "expedite", "clear", "sell_off", "move", "stop_buying", "promotions")
    set_now = {name: np.full((DAYS, 1, 1, 1), 0.5) for name in levers} | {"alert": np.full((DAYS, 1, 1, 1), 3.0)}
    events = tuple(
        EventMark(kind, kind, 8, days) for kind in ("promotion", "livestream", "influencer") for days in (1, 3)
    )  # type: ignore[arg-type]
    kept = series(
        DAYS, on_hand=on_hand, wanted=8 + video, short=on(*range(10, 15), 29, units=8), ordered=on(3, units=6), received=on(5, units=6),
        streams={"clip": video.reshape(DAYS, 1, 1, 1), "promotion": stream(8, units=7)}, levers=set_now,
        shipments=(shipment(4.0, 5.0, 6),), ad_spend=1.0,
    )  # fmt: skip
    facts = setting(days=DAYS, events=events)
    strike, ban = (
        Entry(4, "disruption", {"name": "Strike", "days": 9, "under_way": False}),
        Entry(6, "ad_stop", {"name": "Ban"}),
    )
    future = diary(record(days=DAYS, series=kept), facts, told=[strike, ban], video_names=["clip"])
    kinds = {entry.kind for entry in future.entries}
    assert kinds >= {
        "start",
        "end",
        "disruption",
        "ad_stop",
        "order",
        "arrival",
        "stockout",
        "video",
        "alert",
        "lever",
        *(e.kind for e in events),
    }
    pulled = [Entry(1, "lever", {"lever": name, "skus": 1, "days": 2}) for name in levers]
    for language in LANGUAGES:
        with speaking(language):
            texts = [sentence(entry, facts) for entry in (*future.entries, *pulled)]
        assert len(set(texts[: len(future.entries)])) == len(future.entries)
        assert not any("{" in text for text in texts)
        assert any("2026" in text for text in texts)  # the day on which it was back
        assert language == "en" or not any(word in text for text in texts for word in ("units", "days", "Ordered"))


@pytest.mark.parametrize(
    ("days", "gap", "found"),
    [
        ([], 0, []),
        ([0, 1, 5], 0, [(0, 2), (5, 6)]),
        ([0, 1, 5], 2, [(0, 2), (5, 6)]),
        ([0, 1, 5], 3, [(0, 6)]),
        ([7, 8, 9], 3, [(7, 10)]),
    ],
)
def test_days_in_a_row_are_parted_by_breaks_longer_than_the_gap(
    days: list[int], gap: int, found: list[tuple[int, int]]
) -> None:
    assert stretches(np.isin(np.arange(10), days), gap) == found


@pytest.mark.parametrize(
    ("profits", "middle", "bad"),
    [
        ([5.0], 0, 0),
        ([5.0, 1.0], 0, 1),
        ([3.0, 1.0, 2.0], 2, 1),
        ([float(i) for i in range(40)], 20, 1),  # two of forty are as bad as the second worst, or worse
        ([float(i) for i in range(100)], 50, 4),
        ([1.0, np.nan, 3.0], 0, 1),
    ],
)
def test_the_futures_told_are_the_middle_one_and_the_border_of_the_worst_twentieth(
    profits: list[float], middle: int, bad: int
) -> None:
    shown = comparison((season("reorder-point", 10, runs=len(profits)),))
    shown.rows[0].scores["profit"][:] = profits  # type: ignore[index]
    assert which_futures(shown) == (middle, bad)


def test_of_costs_the_dearest_future_is_bad() -> None:
    shown = comparison((season("reorder-point", 10, runs=3),), "least holding_cost")
    shown.rows[0].scores["holding_cost"][:] = [3.0, 9.0, 5.0]  # type: ignore[index]
    assert which_futures(shown) == (2, 1)
