"""What happens to stock while it stands: worlds of one SKU, worked out on paper."""

from pathlib import Path

import numpy as np
import pytest

from reports.record import Record
from sim.play.storage.overflow import fitting
from tests.sim.paper import PAPER, Mover, Script, bill, but, shipped
from tests.worlds import played, same_series, same_totals, scenario_of

QUIET = but(PAPER, warehouse__w="opening = { units = 60 }").replace("mean = 1 ", "mean = 0.000001 ")
"""Sixty units stand in w and nobody buys; a unit takes a cubic metre."""
STEADY = but(PAPER, warehouse__w="opening = { units = 60 }")
"""The same, and one unit is sold a day."""


def stood(text: str, tmp_path: Path, *lines: tuple[int, str, int | tuple[int, ...]]) -> Record:
    """What happens to the stock of one replication, with some orders (day, lane, units)."""
    return shipped(text, tmp_path, *lines)


def shelf(record: Record, place: int = 0) -> list[int]:
    """Units on hand at the end of every day."""
    assert record.series is not None
    return record.series.on_hand[:, 0, place, 0].tolist()


def life(text: str, days: int) -> str:
    """The same with a shelf life."""
    return but(text, sku=f"shelf_life_days = {days}")


# --- shelf life ---------------------------------------------------------------------------------------------------


def test_goods_are_sold_for_as_many_days_as_they_live(tmp_path: Path) -> None:
    """Ten days of one sale each: ten are sold on days 0 to 9, and fifty are destroyed as day 9 ends."""
    record = stood(
        but(life(STEADY, 10), warehouse__w="opening = { units = 60 }\ndisposal = { per_unit = 2, per_m3 = 3 }"),
        tmp_path,
    )
    assert shelf(record)[8:10] == [51, 0]
    assert (record.sold.item(), record.expired.item()) == (10, 50)
    assert bill(record, "disposal") == 50 * (2 + 3)


def test_what_lives_for_longer_than_the_world_never_expires(tmp_path: Path) -> None:
    plain, long = stood(STEADY, tmp_path), stood(life(STEADY, 101), tmp_path)
    assert same_series(plain, long) and same_totals(plain, long)
    short = stood(life(STEADY, 30), tmp_path)
    assert shelf(short)[:29] == shelf(plain)[:29]
    assert shelf(short)[29] == 0 < shelf(plain)[29]


def test_what_came_first_is_sold_first(tmp_path: Path) -> None:
    """40 come on day 9 to 51 left of 60; on day 29 the last of the old stock go, so only new ones are left."""
    record = stood(life(STEADY, 30), tmp_path, (0, "road", 40))
    assert shelf(record)[9] == 90
    assert shelf(record)[28:30] == [71, 40]
    assert shelf(record)[38] == 0 < shelf(record)[37], "thirty days after it came"
    assert record.expired.item() == 30 + 31


def test_a_move_renews_nothing(tmp_path: Path) -> None:
    """Moved on day 3, there on day 8, and past its life as day 19 ends, as if it had stood still."""
    two = life(QUIET, 20).replace('[lane.track]\nfrom = "f"\nto = "w"', '[lane.track]\nfrom = "w"\nto = "v"')
    two = two.replace("[market.m]", "[warehouse.v]\nopening = { units = 0 }\n[market.m]")
    (record,) = played(scenario_of(two, tmp_path), Script(), runs=1, playbooks=(Mover(((2, "track", (25,)),)),))
    assert shelf(record, 0)[18:20] == [25, 0]
    assert shelf(record, 1)[18:20] == [35, 0]
    assert record.expired[0, :, 0].tolist() == [25, 35]


def test_a_move_between_receipts_takes_the_oldest(tmp_path: Path) -> None:
    """Of 60 old and 40 new units the oldest 70 move: at v 60 expire with the old ones, ten with the new ones."""
    two = life(QUIET, 20).replace('[lane.track]\nfrom = "f"\nto = "w"', '[lane.track]\nfrom = "w"\nto = "v"')
    two = two.replace("[market.m]", "[warehouse.v]\nopening = { units = 0 }\n[market.m]")
    (record,) = played(
        scenario_of(two, tmp_path), Script(((0, "road", (40,)),)), runs=1, playbooks=(Mover(((10, "track", (70,)),)),)
    )
    assert shelf(record, 1)[10:12] == [100, 30]
    assert shelf(record, 0)[18:20] == [70, 10]
    assert shelf(record, 0)[27:29] == [10, 0]
    assert shelf(record, 1)[27:29] == [30, 0]


# --- storage term -------------------------------------------------------------------------------------------------


def term(text: str, words: str) -> str:
    """The same with a storage term."""
    return but(text, warehouse__w=f"opening = {{ units = 60 }}\nterm = {{ {words} }}")


def test_a_term_ends_once_and_is_paid_once(tmp_path: Path) -> None:
    record = stood(term(QUIET, 'days = 20, then = "destruction", per_unit = 2, per_m3 = 0.5'), tmp_path)
    assert shelf(record)[18:20] == [60, 0]
    assert record.sent_off.item() == 60
    assert bill(record, "disposal") == 60 * 2.5


def test_what_is_sent_back_is_credited(tmp_path: Path) -> None:
    record = stood(term(QUIET, 'days = 20, then = "return", per_unit = 2, credit = 0.4'), tmp_path)
    assert bill(record, "disposal") == 60 * 2
    assert bill(record, "goods") == pytest.approx(-60 * 1 * 0.4)


def test_a_term_begins_anew_where_goods_are_moved(tmp_path: Path) -> None:
    """The term is that of a warehouse: w lets go on day 19, v keeps what came on day 8 until day 27."""
    text = term(QUIET, 'days = 20, then = "destruction"').replace(
        '[lane.track]\nfrom = "f"\nto = "w"', '[lane.track]\nfrom = "w"\nto = "v"'
    )
    text = text.replace("[market.m]", '[warehouse.v]\nterm = { days = 20, then = "destruction" }\n[market.m]')
    (record,) = played(scenario_of(text, tmp_path), Script(), runs=1, playbooks=(Mover(((2, "track", (25,)),)),))
    assert shelf(record, 1)[18:20] == [35, 0]
    assert shelf(record, 0)[26:28] == [25, 0]


# --- shrinkage ----------------------------------------------------------------------------------------------------


def lossy(text: str, share: float, also: str = "") -> str:
    """The same with shrinkage."""
    return but(text, warehouse__w=f"opening = {{ units = 60 }}\nshrinkage_per_year = {share}\n{also}")


def test_a_share_of_what_stands_for_a_year_is_lost(tmp_path: Path) -> None:
    """Of 400,000 units for 100 days, 1 - 0.8^(100/365) are lost: 5.93 %, give or take 0.04 %."""
    text = lossy(QUIET, 0.2).replace("units = 60", "units = 400000")
    record = stood(text, tmp_path)
    lost = 1 - 0.8 ** (100 / 365)
    assert record.shrunk.item() / 400000 == pytest.approx(lost, abs=4 * np.sqrt(lost * (1 - lost) / 400000))


def test_losses_befall_all_ages_alike(tmp_path: Path) -> None:
    """Half of the stock is old; it expires on day 49, and about half of what was lost by then was old."""
    text = lossy(life(QUIET, 50), 0.5).replace("units = 60", "units = 20000")
    record = stood(text, tmp_path, (20, "road", 20000))
    expected = 20000 * 0.5 ** (49 / 365)
    assert shelf(record)[48] - shelf(record)[49] == pytest.approx(expected, rel=0.02)


def test_nothing_is_lost_without_shrinkage(tmp_path: Path) -> None:
    plain, none = stood(STEADY, tmp_path), stood(lossy(STEADY, 0.0), tmp_path)
    assert same_series(plain, none) and same_totals(plain, none)


# --- room ---------------------------------------------------------------------------------------------------------


def full(text: str, room: float, words: str) -> str:
    """The same with room for so many cubic metres."""
    return but(text, warehouse__w=f"opening = {{ units = 60 }}\ncapacity_m3 = {room}\noverflow = {{ {words} }}")


def test_what_does_not_fit_is_turned_away(tmp_path: Path) -> None:
    """30 come on day 9 to 51 of 70: 19 fit, eleven are turned away."""
    record = stood(full(STEADY, 70, 'then = "refuse", per_m3 = 4'), tmp_path, (0, "road", 30))
    assert shelf(record)[8:10] == [51, 69]
    assert record.lost_on_the_way.item() == 11
    assert bill(record, "disposal") == 11 * 4
    assert record.on_the_way_after.item() == 0


def test_what_does_not_fit_waits_in_the_yard(tmp_path: Path) -> None:
    """Of 30 units 19 fit; the others come in one a day, as fast as one is sold, and pay for the yard until then."""
    record = stood(full(STEADY, 70, 'then = "queue", per_m3_day = 2'), tmp_path, (0, "road", 30))
    assert shelf(record)[8:22] == [51, *[69] * 12, 68]
    assert record.series is not None
    assert record.series.received[9:22, 0, 0, 0].tolist() == [19, *[1] * 11, 0]
    assert bill(record, "surcharges") == 2 * sum(range(12))
    assert record.lost_on_the_way.item() == 0


def test_room_is_rented_for_what_does_not_fit(tmp_path: Path) -> None:
    """81 stand there as day 9 ends: eleven more than there is room for, then ten, and so on."""
    plain = stood(STEADY, tmp_path, (0, "road", 30))
    record = stood(full(STEADY, 70, 'then = "rent", per_m3_day = 2'), tmp_path, (0, "road", 30))
    assert shelf(record) == shelf(plain)
    assert shelf(record)[9] == 80
    assert bill(record, "surcharges") == 2 * sum(range(11))


def test_room_enough_changes_nothing(tmp_path: Path) -> None:
    plain = stood(STEADY, tmp_path, (0, "road", 30))
    for words in ('then = "refuse"', 'then = "queue"', 'then = "rent", per_m3_day = 2'):
        roomy = stood(full(STEADY, 90, words), tmp_path, (0, "road", 30))
        assert same_series(plain, roomy) and same_totals(plain, roomy)


# --- charges ------------------------------------------------------------------------------------------------------


def test_old_stock_pays_a_surcharge_by_its_age(tmp_path: Path) -> None:
    """60 units, none sold: ten days without, ten at 1, eighty at 3, until the hundredth day."""
    aged = "rent = { aged = [{ from_days = 10, per_m3_day = 1 }, { from_days = 20, per_m3_day = 3 }] }"
    record = stood(but(QUIET, warehouse__w=f"opening = {{ units = 60 }}\n{aged}"), tmp_path)
    assert bill(record, "surcharges") == 60 * (10 * 1 + 80 * 3)


def test_stock_beyond_some_weeks_of_sales_pays_a_surcharge(tmp_path: Path) -> None:
    """Seven are sold a week; two weeks of that are free. Of 60 units 59 are left on day 0, so 45 are charged."""
    crowding = "rent = { crowding = { over_weeks = 2, per_m3_day = 1, young_days = 0, sales_days = 14 } }"
    record = stood(but(STEADY, warehouse__w=f"opening = {{ units = 60 }}\n{crowding}"), tmp_path)
    assert bill(record, "surcharges") == sum(max(59 - day - 14, 0) for day in range(100))
    young = crowding.replace("young_days = 0", "young_days = 30")
    record = stood(but(STEADY, warehouse__w=f"opening = {{ units = 60 }}\n{young}"), tmp_path)
    assert bill(record, "surcharges") == sum(max(59 - day - 14, 0) for day in range(30, 100))


def test_work_at_the_door_is_paid_by_unit_and_by_volume(tmp_path: Path) -> None:
    work = "handling = { per_unit_in = 0.5, per_m3_in = 2, per_order_out = 3, per_unit_out = 0.25 }"
    record = stood(but(STEADY, warehouse__w=f"opening = {{ units = 60 }}\n{work}"), tmp_path, (0, "road", 30))
    assert bill(record, "handling") == 30 * (0.5 + 2) + 90 * (3 + 0.25)


def test_what_is_past_its_life_when_it_comes_is_not_sold(tmp_path: Path) -> None:
    """Moved on day 3 down a track of fifteen days, with a life of ten: nobody gets any of it."""
    two = life(STEADY, 10).replace('[lane.track]\nfrom = "f"\nto = "w"', '[lane.track]\nfrom = "w"\nto = "v"')
    two = two.replace('name = "track", days = 5', 'name = "track", days = 15').replace(
        'served_by = ["w"]', 'served_by = ["v"]'
    )
    two = two.replace("[market.m]", "[warehouse.v]\nopening = { units = 0 }\n[market.m]")
    (record,) = played(scenario_of(two, tmp_path), Script(), runs=1, playbooks=(Mover(((2, "track", (25,)),)),))
    assert record.sold.sum() == 0
    assert record.expired[0, :, 0].tolist() == [25, 35]


@pytest.mark.parametrize(
    ("units", "volumes", "room", "inside"),
    [
        ([1, 9], [10.0, 1.0], 9.0, [0, 9]),
        ([10, 10, 10, 10, 10], [1.0] * 5, 49.0, [10, 10, 10, 10, 9]),
        ([4, 4], [1.0, 1.0], 8.0, [4, 4]),
        ([4, 4], [1.0, 1.0], 0.0, [0, 0]),
    ],
)
def test_room_is_filled_as_far_as_anything_fits(
    units: list[int], volumes: list[float], room: float, inside: list[int]
) -> None:
    found = fitting(np.array([units]), np.array(volumes), np.array([room]))
    assert sorted(found[0].tolist()) == sorted(inside)


def test_goods_in_the_yard_grow_old_as_well(tmp_path: Path) -> None:
    """Of 25 moved units ten fit in on day 8. They expire on day 19; the others come in past their life, ten by ten."""
    two = life(QUIET, 20).replace('[lane.track]\nfrom = "f"\nto = "w"', '[lane.track]\nfrom = "w"\nto = "v"')
    yard = '[warehouse.v]\ncapacity_m3 = 10\noverflow = { then = "queue" }\n[market.m]'
    (record,) = played(
        scenario_of(two.replace("[market.m]", yard), tmp_path),
        Script(),
        runs=1,
        playbooks=(Mover(((2, "track", (25,)),)),),
    )
    assert shelf(record, 0)[7:21] == [0, *[10] * 11, 0, 0]
    assert record.expired[0, :, 0].tolist() == [25, 35]
