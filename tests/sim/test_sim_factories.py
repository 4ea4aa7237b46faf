"""Factories by hand: when goods are made, how many pass, what they cost, and who makes them."""

from pathlib import Path

import numpy as np
import pytest

from sim.world.network import Network
from sim.world.supply.quotes import lanes_into
from tests.sim.paper import PAPER, Script, bill, but, made, shipments, shipped, taken
from tests.worlds import played, same_series, scenario_of

TWICE = ((0, "road", 20), (0, "track", 20))
CLOSED = "closures = [{ on = 2026-01-07, days = 3 }]"
"""Days 2, 3 and 4; an order of day 0 is placed on day 1."""


@pytest.mark.parametrize(
    ("lines", "days"),
    [
        ("", [3, 3]),
        ("start_up_days = 2", [5, 5]),
        ("late = { chance = 1, days = 4 }", [7, 7]),
        ("units_per_day = 10", [3, 4]),
        ("units_per_day = 5", [4, 8]),
        ("units_per_day = 10\nstart_up_days = 2", [5, 6]),
        (CLOSED, [6, 6]),
        (CLOSED + "\nstart_up_days = 2", [8, 8]),
        (CLOSED + "\nunits_per_day = 5", [7, 11]),
        ("make_days = 0.5\n" + CLOSED + "\nunits_per_day = 20", [1, 5]),
        ("closures = [{ on = 2026-01-07, days = 3 }, { on = 2026-01-09, days = 2 }]", [7, 7]),
    ],
    ids=[
        "as it is", "start-up", "late", "line", "slow line", "line after start-up", "closure", "start-up over a closure",
        "slow line over a closure", "a line works until it closes", "closures that overlap",
    ],
)  # fmt: skip
def test_when_goods_are_made(lines: str, days: list[float], tmp_path: Path) -> None:
    record = shipped(but(PAPER, supplier__f=lines) if lines else PAPER, tmp_path, *TWICE)
    assert made(record) == pytest.approx(days)
    assert taken(record) == pytest.approx([day + 5 for day in days])


@pytest.mark.parametrize(
    "lines",
    [
        "start_up_days = 0",
        "late = { chance = 0, days = 4 }",
        "units_per_day = 1e9",
        "good_share = 1",
        "price_factor = 1",
        "price_breaks = [{ units = 21, discount = 0.5 }]",
        "terms = { deposit = 1, balance = 'ready' }",
        "closures = [{ on = 2026-04-20, days = 3 }]",
    ],
)
def test_what_does_nothing_changes_nothing(lines: str, tmp_path: Path) -> None:
    plain, other = shipped(PAPER, tmp_path, *TWICE), shipped(but(PAPER, supplier__f=lines), tmp_path, *TWICE)
    assert same_series(plain, other)
    assert plain.money == other.money
    assert plain.peak_cash == other.peak_cash


# --- holidays -----------------------------------------------------------------------------------------------------
# New Year is on 17 February 2026. From 27 January on, output falls in 13 steps from 1 to 0.4 on 9 February: in all
# 14 - 0.6 x (0 + ... + 13) / 13 = 9.8 days of work. Nothing is made until 4 March, 36 days after 27 January; output
# then rises in 27 steps from 0.4 to 1 on 31 March: 28 x 0.7 = 19.6 days of work.
FESTIVAL = but(PAPER, supplier__f="make_days = 0\nunits_per_day = 100\nclosures = ['spring-festival']").replace(
    "start = 2026-01-05\ndays = 100", "start = 2026-01-26\ndays = 200"
)


@pytest.mark.parametrize(
    ("units", "days"),
    [(100, 1), (980, 14), (1000, 36.5), (1020, 37), (2940, 64), (3040, 65)],
    ids=[
        "in full",
        "as much as fits before",
        "half a day at 0.4",
        "a day at 0.4",
        "to the ramp's end",
        "in full again",
    ],
)
def test_spring_festival_by_its_integral(units: int, days: float, tmp_path: Path) -> None:
    assert made(shipped(FESTIVAL, tmp_path, (0, "road", units))) == pytest.approx([days], abs=1e-3)


def test_spring_festival_slows_production_times_too(tmp_path: Path) -> None:
    """What 9.8 days of work before the holiday leave over waits for March."""
    text = FESTIVAL.replace("units_per_day = 100\n", "")
    for days, until in ((1.0, 1.0), (10.2, 37.0), (29.4, 64.0)):
        slow = text.replace("make_days = 0", f"make_days = {days}")
        assert made(shipped(slow, tmp_path, (0, "road", 7))) == pytest.approx([until], abs=1e-3)


def test_golden_week_closes_the_first_of_october_to_the_seventh(tmp_path: Path) -> None:
    text = but(PAPER, supplier__f="closures = ['golden-week']").replace("2026-01-05", "2026-09-29")
    assert made(shipped(text, tmp_path, (0, "road", 1))) == [1 + 7 + 2]
    assert made(shipped(text, tmp_path, (8, "road", 1))) == [3], "placed on 8 October"


# --- hurry, quality, money ----------------------------------------------------------------------------------------


def test_a_hurried_order_is_made_sooner_and_costs_more(tmp_path: Path) -> None:
    text = but(PAPER, supplier__f="rush = { make_days = 1, surcharge = 0.15 }")
    for lane, days, cost in (("road", 3, 20), ("road+rush", 1, 23)):
        record = shipped(text, tmp_path, (0, lane, 20))
        assert made(record) == [days]
        assert bill(record, "goods") == pytest.approx(cost)
    facts = {lane.name: lane for lane in lanes_into(Network.of(scenario_of(text, tmp_path)), "w")}
    assert facts["road"].lead_days - facts["road+rush"].lead_days == pytest.approx(2)
    assert facts["road+rush"].landed_cost - facts["road"].landed_cost == pytest.approx([0.15])


def test_hurried_or_not_an_order_waits_for_the_same_line(tmp_path: Path) -> None:
    text = but(PAPER, supplier__f="units_per_day = 5\nrush = { make_days = 1, surcharge = 0 }")
    assert made(shipped(text, tmp_path, (0, "road", 20), (0, "road+rush", 20))) == [4, 8]


def test_bad_units_neither_come_nor_cost(tmp_path: Path) -> None:
    record = shipped(but(PAPER, supplier__f="good_share = 0.8"), tmp_path, (0, "road", 20))
    assert record.ordered.sum() == 20
    assert record.received.sum() == 16
    assert record.lost_on_the_way.sum() == 4
    assert record.on_the_way_after.sum() == 0
    assert bill(record, "goods") == pytest.approx(16)


def test_small_orders_have_their_share_of_bad_units(tmp_path: Path) -> None:
    """One unit in twenty is bad, also where five are ordered at a time."""
    orders = [(day, "road", 5) for day in range(90)]
    record = shipped(but(PAPER, supplier__f="good_share = 0.95"), tmp_path, *orders, runs=20, keep=())
    assert record.lost_on_the_way.sum() / record.ordered.sum() == pytest.approx(0.05, rel=0.2)


def test_bad_units_are_on_order_until_production_is_over(tmp_path: Path) -> None:
    """Placed on day 1 and made on day 4: a policy that holds its position at 20 orders the missing 4 again then."""
    text = but(PAPER, supplier__f="good_share = 0.8").replace("opening = { units = 0 }", "opening = { units = 100 }")
    text = text.replace("mean = 1", "mean = 0.000001")
    (record,) = played(scenario_of(text, tmp_path), "base-stock:units=120,review_days=1,lane=road", runs=1)
    assert record.series is not None
    ordered = record.series.ordered[:, 0, 0, 0]
    assert ordered[0] == 20
    assert np.flatnonzero(ordered)[1] == 4
    assert ordered[4] == 4


def test_freight_and_room_are_for_good_units_alone(tmp_path: Path) -> None:
    """The others are not delivered: nobody ships them."""
    text = but(PAPER, supplier__f="good_share = 0.8", lane__road="cost = { per_m3 = 10 }")
    assert bill(shipped(text, tmp_path, (0, "road", 20)), "freight") == pytest.approx(160)


def test_an_order_of_which_nothing_passes_goes_no_further(tmp_path: Path) -> None:
    text = but(PAPER, supplier__f="good_share = 1e-9", lane__road="cost = { per_shipment = 50 }")
    record = shipped(text, tmp_path, (0, "road", 1))
    assert record.lost_on_the_way.sum() == 1
    assert record.received.sum() == 0
    assert bill(record, "goods") == pytest.approx(0)
    assert bill(record, "freight") == 0


def test_what_a_factory_charges(tmp_path: Path) -> None:
    dear = but(PAPER, supplier__f="price_factor = 1.2")
    assert bill(shipped(dear, tmp_path, (0, "road", 20)), "goods") == pytest.approx(24)
    breaks = "price_breaks = [{ units = 200, discount = 0.2 }, { units = 100, discount = 0.1 }]"
    steps = but(dear, supplier__f=breaks)
    for units, cost in ((99, 1.2 * 99), (100, 1.2 * 90), (199, 1.2 * 179.1), (200, 1.2 * 160)):
        assert bill(shipped(steps, tmp_path, (0, "road", units)), "goods") == pytest.approx(cost)
    two = steps.replace("[supplier.f]", '[[sku]]\nid = "B"\nunit_cost = 10\nprice = 0\n[supplier.f]')
    apart = shipped(two, tmp_path, (0, "road", (99, 100)))
    assert bill(apart, "goods") == pytest.approx(1.2 * (99 + 900)), "a break counts the units of one SKU"


def test_a_bad_unit_is_credited_at_what_it_cost(tmp_path: Path) -> None:
    """105 of B are ordered, at 9 instead of 10 each; of A too few for a lower price."""
    text = but(PAPER, supplier__f="good_share = 0.7\nprice_breaks = [{ units = 100, discount = 0.1 }]")
    text = text.replace("[supplier.f]", '[[sku]]\nid = "B"\nunit_cost = 10\nprice = 0\n[supplier.f]')
    for day in range(5):
        record = shipped(text, tmp_path, (day, "road", (3, 105)))
        good = record.received[0, 0]
        assert good.sum() < 108
        assert bill(record, "goods") == pytest.approx(good @ [1, 9])


LIQUID = but(PAPER, lane__road="departs = { every_days = 7 }")
"""Ordered on day 0, made on day 4, gone on day 7, put away on day 12."""


@pytest.mark.parametrize("balance", ["ready", "departure", "arrival"])
@pytest.mark.parametrize("after", [0, 10])
def test_terms_put_payment_off(balance: str, after: int, tmp_path: Path) -> None:
    """100 a time on days 0 and d: just before the balance of the first is due, both deposits are out of pocket."""
    reached = {"ready": 4, "departure": 7, "arrival": 12}[balance] + after
    text = but(LIQUID, supplier__f=f"terms = {{ deposit = 0.3, balance = '{balance}', balance_days = {after} }}")
    short = text.replace("days = 100", f"days = {reached}")
    assert shipped(short, tmp_path, (0, "road", 100)).peak_cash == pytest.approx([30]), "not due within the horizon"
    due = text.replace("days = 100", f"days = {reached + 1}")
    record = shipped(due, tmp_path, (0, "road", 100))
    assert record.peak_cash == pytest.approx([100])
    assert bill(record, "goods") == 100, "what is owed is a cost from the order on"
    assert shipped(LIQUID.replace("days = 100", "days = 1"), tmp_path, (0, "road", 100)).peak_cash == [100]


@pytest.mark.parametrize("balance", ["ready", "arrival"])
def test_the_balance_of_an_order_is_less_by_its_bad_units(balance: str, tmp_path: Path) -> None:
    """Of 100 ordered 50 are good: 30 were paid when placed, 20 are left to pay."""
    terms = f"terms = {{ deposit = 0.3, balance = '{balance}' }}\ngood_share = 0.5"
    record = shipped(but(LIQUID, supplier__f=terms), tmp_path, (0, "road", 100))
    assert bill(record, "goods") == pytest.approx(50)
    assert record.peak_cash == pytest.approx([50])


def test_smallest_orders_and_multiples_are_kept_to(tmp_path: Path) -> None:
    """Cartons of 4 and multiples of 6 make lots of 12."""
    text = but(PAPER, sku="units_per_carton = 4", supplier__f="order_multiple = 6")
    rule = "base-stock:units=10,review_days=30,lane=road"
    assert shipments(played(scenario_of(text, tmp_path), rule, runs=1)[0])[0].units.tolist() == [12]
    least = but(text, supplier__f="order_at_least = 30")
    assert shipments(played(scenario_of(least, tmp_path), rule, runs=1)[0])[0].units.tolist() == [36]


def test_line_use_is_offered_load(tmp_path: Path) -> None:
    """A unit a day from a line of 1.6 a day."""
    text = but(PAPER, supplier__f="units_per_day = 1.6").replace("days = 100", "days = 2000\nwarm_up_days = 100")
    (record,) = played(scenario_of(text, tmp_path), "base-stock:units=12,review_days=1,lane=road", runs=1, keep=())
    assert record.line_use[0] == pytest.approx([1 / 1.6], rel=0.02)
    shut = but(text, supplier__f="closures = [{ on = 2027-01-01, days = 366 }]").replace("units = 0", "units = 2000")
    (half,) = played(scenario_of(shut, tmp_path), Script(((1000, "road", (160,)),)), runs=1, keep=())
    assert half.line_use[0] == pytest.approx([100 / (2000 - 366)], rel=1e-9), (
        "100 days of work, of those without holidays"
    )


def test_a_world_may_end_with_the_last_years_of_the_calendar(tmp_path: Path) -> None:
    season = "{ around = 'golden-week', before_days = 1, after_days = 1, cancelled = 0 }"
    text = PAPER.replace("start = 2026-01-05", "start = 9999-09-13")
    plain, seasons = (
        but(text, lane__road=f"departs = {{ every_days = 7{more} }}") for more in ("", f", seasons = [{season}]")
    )
    closed = but(seasons, supplier__f="closures = ['golden-week']")
    assert made(shipped(plain, tmp_path, (0, "road", 1))) == made(shipped(closed, tmp_path, (0, "road", 1))) == [3]
