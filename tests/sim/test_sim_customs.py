"""Customs by hand: how long goods are held, what is paid for it, and what is not let in."""

from dataclasses import dataclass
from pathlib import Path
from typing import ClassVar

import numpy as np
import pytest

from policies.protocol import Observation, Orders
from sim.world.network import Network
from sim.world.supply.quotes import lanes_into
from tests.sim.paper import PAPER, bill, but, shipments, shipped, taken
from tests.worlds import played, same_series, scenario_of

POST = PAPER.replace("make_days = 3", "make_days = 0").replace(
    "days = 5 }]", 'days = 5 }, { name = "customs", post = "p" }]'
)
POST = POST.replace("[warehouse.w]", "[customs.p]\nclear_days = 1\n[warehouse.w]")
"""What is ordered on day 0 comes to the post on day 6, Sunday 11 January, and to the shelf six days after its order."""
ONE = (0, "road", 20)
LADDER = "inspections = [{ chance = 1, days = 1, fee = 10, escalates = 1 }, { chance = 0, days = 2, fee = 100, escalates = 1 }, { chance = 0, days = 4, fee = 1000 }]"  # fmt: skip


def at_post(lines: str) -> str:
    return but(POST, customs__p=lines)


@pytest.mark.parametrize(
    ("lines", "days", "paid"),
    [
        ("fee = 0", 6, {}),
        ("fee = 25", 6, {"customs": 25}),
        ("duty = 0.3", 6, {"duty": 6}),
        ("duty = 0.3\nduty_by_sku = { A = 0.1 }", 6, {"duty": 2}),
        ("inspections = [{ chance = 1, days = 2.5, fee = 300 }]", 8.5, {"inspection": 300}),
        ("inspections = [{ chance = 0, days = 2.5, fee = 300 }]", 6, {}),
        (LADDER, 13, {"inspection": 1110}),
        (LADDER.replace("fee = 100, escalates = 1", "fee = 100"), 9, {"inspection": 110}),
        (LADDER.replace("fee = 10, escalates = 1", "fee = 10"), 7, {"inspection": 10}),
        ("closures = [{ on = 2026-01-11, days = 3 }]", 9, {}),
        ("closed_weekdays = ['Sun']", 7, {}),
        ("closed_weekdays = ['Mon']", 6, {}),
    ],
    ids=[
        "as it is", "fee", "duty", "duty of a SKU", "examined", "not examined", "to the top of the ladder",
        "to the second step", "to the first", "closure", "closed that day", "closed the day after",
    ],
)  # fmt: skip
def test_one_shipment_by_hand(lines: str, days: float, paid: dict[str, float], tmp_path: Path) -> None:
    record = shipped(at_post(lines), tmp_path, ONE)
    assert taken(record) == pytest.approx([days])
    for account in ("customs", "duty", "inspection"):
        assert bill(record, account) == pytest.approx(paid.get(account, 0)), account


@pytest.mark.parametrize(
    "nothing",
    [
        "fee = 0",
        "duty_by_sku = { A = 0 }",
        "duty_steps = [{ on = 2026-04-20, duty = 0.5 }]",
        "duty_steps = [{ on = 2026-01-06, duty = 0.5, skus = ['B'] }]",
        "demurrage = { free_days = 100, per_day = 1000 }",
        "refused = { chance = 0, then = 'return', fee = 1000 }",
        "closures = [{ on = 2026-01-08, days = 2 }]",
    ],
)
def test_what_does_nothing_changes_nothing(nothing: str, tmp_path: Path) -> None:
    two = POST.replace("[supplier.f]", '[[sku]]\nid = "B"\nunit_cost = 1\nprice = 0\n[supplier.f]')
    first, second = ((0, "road", (20, 0)), (3, "track", (9, 0)))
    plain, other = (shipped(text, tmp_path, first, second) for text in (two, but(two, customs__p=nothing)))
    assert same_series(plain, other)
    assert plain.money == other.money


# --- the tariff ---------------------------------------------------------------------------------------------------


def test_a_tariff_steps_up_on_its_day_by_arrival_at_the_post(tmp_path: Path) -> None:
    """Arrivals on 10, 11, 12, 13 January."""
    steps = "duty = 0.1\nduty_steps = [{ on = 2026-01-13, duty = 0 }, { on = 2026-01-11, duty = 0.5 }]"
    text = at_post(steps).replace("days = 5", "days = 4")
    paid = [bill(shipped(text, tmp_path, (day, "road", 20)), "duty") for day in range(4)]
    assert paid == pytest.approx([2, 10, 10, 0])


def test_a_tariff_step_before_the_first_day_holds_from_the_start(tmp_path: Path) -> None:
    text = at_post("duty = 0.1\nduty_steps = [{ on = 2025-06-01, duty = 0.5 }]")
    assert bill(shipped(text, tmp_path, ONE), "duty") == pytest.approx(10)


def test_a_tariff_step_touches_its_skus_alone(tmp_path: Path) -> None:
    two = POST.replace("[supplier.f]", '[[sku]]\nid = "B"\nunit_cost = 10\nprice = 0\n[supplier.f]')
    steps = "duty = 0.1\nduty_steps = [{ on = 2026-01-08, duty = 0.5, skus = ['B'] }]"
    record = shipped(but(two, customs__p=steps), tmp_path, (0, "road", (20, 20)))
    assert bill(record, "duty") == pytest.approx(0.1 * 20 + 0.5 * 200)


@dataclass(frozen=True)
class Asks:
    """Orders ten a day, each day for what it is told that a unit costs to land if ordered now."""

    name: ClassVar[str] = "asks"
    review_days: ClassVar[int] = 1
    sees: ClassVar[frozenset[str]] = frozenset({"calendar"})

    def orders(self, seen: Observation) -> Orders:
        """Ten units by road; the reason is their landed cost."""
        lane = seen.lane("road")
        return Orders({"road": np.array([10])}, why={"landed": seen.calendar.landed_cost(lane, 0)})


def test_a_landed_cost_near_a_tariff_step_is_what_is_paid(tmp_path: Path) -> None:
    """At the post 5 days after the order is placed; on the shelf only 20 days after that. The step is on day 20."""
    text = at_post("clear_days = 0\nduty = 0.1\nduty_steps = [{ on = 2026-01-25, duty = 0.5 }]")
    text = text.replace('post = "p" }', 'post = "p" }, { name = "drayage", days = 20 }')
    (record,) = played(scenario_of(text.replace("days = 100", "days = 60"), tmp_path), Asks(), runs=1)
    assert record.series is not None
    told = record.series.why["landed"][:30, 0, 0, 0]
    assert told.tolist() == pytest.approx([0.1] * 14 + [0.5] * 16), "what is ordered on day 14 is at the post on day 20"
    cleared = [one for one in shipments(record) if one.legs and one.legs[0][2] < 60]
    assert bill(record, "duty") == pytest.approx(sum(10 * (0.1 if one.ordered < 15 else 0.5) for one in cleared))


# --- examinations -------------------------------------------------------------------------------------------------


def test_the_share_of_each_examination(tmp_path: Path) -> None:
    """One in five at first, half of them go on; one in ten comes to the second kind straight away."""
    text = at_post("inspections = [{ chance = 0.2, days = 1, fee = 1, escalates = 0.5 }, { chance = 0.1, days = 10 }]")
    text = text.replace("days = 100", "days = 1000")
    record = shipped(text, tmp_path, *((day, "road", 1) for day in range(980)), runs=20, keep=range(20))
    kinds, counts = np.unique(np.rint(np.array(taken(record)) - 6), return_counts=True)
    shares = dict(zip(kinds.tolist(), (counts / counts.sum()).tolist(), strict=True))
    assert shares == pytest.approx({0: 0.7, 1: 0.1, 10: 0.1, 11: 0.1}, abs=0.01)


def test_a_neighbours_examination_holds_the_box_and_costs_us_nothing(tmp_path: Path) -> None:
    """1 - 0.99^200 = 0.866 of all boxes have a neighbour who is examined, or ourselves: 0.867."""
    lines = "inspections = [{ chance = 0.01, days = 3, fee = 300 }]"
    alone = at_post(lines).replace("days = 100", "days = 1000")
    shared = but(alone, lane__road="shares_box_with = 200")
    orders = [(day, "road", 1) for day in range(980)]
    one, two = (shipped(text, tmp_path, *orders, runs=10, keep=range(10)) for text in (alone, shared))
    assert one.money["inspection"].tolist() == two.money["inspection"].tolist()
    assert np.mean(np.array(taken(one)) > 6) == pytest.approx(0.01, abs=0.005)
    assert np.mean(np.array(taken(two)) > 6) == pytest.approx(1 - 0.99**201, abs=0.01)
    assert np.all(np.array(taken(two)) >= np.array(taken(one)))
    road = {f.name: f for f in lanes_into(Network.of(scenario_of(shared, tmp_path)), "w")}["road"]
    assert np.mean(taken(two)) == pytest.approx(road.lead_days, rel=0.02), "a quote knows of neighbours"


# --- held and refused ---------------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("demurrage", "paid"),
    [
        ("{ free_days = 1, per_m3_day = 2, per_day = 3 }", 2.5 * (2 * 20 + 3)),
        ("{ free_days = 3, per_day = 3 }", 1.5),
        ("{ free_days = 3.5, per_day = 3 }", 0),
        ("{ free_days = 9, per_day = 3 }", 0),
    ],
)
def test_demurrage_counts_from_arrival(demurrage: str, paid: float, tmp_path: Path) -> None:
    """A day at a desk, and 2.5 days held."""
    lines = f"demurrage = {demurrage}\ninspections = [{{ chance = 1, days = 2.5 }}]"
    assert bill(shipped(at_post(lines), tmp_path, ONE), "customs") == pytest.approx(paid)


def test_demurrage_counts_the_queue_too(tmp_path: Path) -> None:
    lines = "desks = 1\ndemurrage = { free_days = 1, per_day = 3 }"
    record = shipped(at_post(lines), tmp_path, ONE, (0, "track", 20))
    assert taken(record) == [6, 7]
    assert bill(record, "customs") == pytest.approx(3)


@pytest.mark.parametrize(("then", "credit"), [("return", 0.0), ("return", 0.6), ("destruction", 0.0)])
def test_what_is_refused_never_comes(then: str, credit: float, tmp_path: Path) -> None:
    lines = f"fee = 5\nduty = 0.3\nrefused = {{ chance = 1, then = '{then}', fee = 70, credit = {credit} }}"
    record = shipped(at_post(lines), tmp_path, ONE)
    assert taken(record) == [np.inf]
    assert record.received.sum() == 0
    assert record.lost_on_the_way.sum() == 20
    assert record.on_the_way_after.sum() == 0
    assert bill(record, "duty") == 0
    assert bill(record, "customs") == pytest.approx(75)
    assert bill(record, "goods") == pytest.approx(20 * (1 - credit))


def test_a_factory_gives_back_no_more_than_it_was_paid(tmp_path: Path) -> None:
    """Half price: 20 units for 10."""
    lines = "refused = { chance = 1, then = 'return', credit = 1 }"
    text = but(at_post(lines), supplier__f="price_factor = 0.5")
    assert bill(shipped(text, tmp_path, ONE), "goods") == pytest.approx(0)


def test_the_balance_of_refused_goods_falls_due(tmp_path: Path) -> None:
    """20 units for 20: 6 when ordered, the rest when they would have come on; fees aside."""
    text = but(
        at_post("refused = { chance = 1, then = 'destruction' }"),
        supplier__f="terms = { deposit = 0.3, balance = 'arrival' }",
    )
    assert shipped(text, tmp_path, ONE).peak_cash == pytest.approx([20])


def test_on_a_fifo_lane_those_behind_refused_goods_pass(tmp_path: Path) -> None:
    text = but(at_post("refused = { chance = 0.2, then = 'destruction' }"), lane__road="fifo = true")
    text = text.replace("clear_days = 1", "clear_days = { law = 'uniform', low = 0, high = 9 }")
    record = shipped(text, tmp_path, *((day, "road", 1) for day in range(60)), runs=5, keep=range(5))
    for run in range(5):
        let_in = [one for one in shipments(record) if one.run == run and one.units.sum() > 0]
        assert 30 < len(let_in) < 60
        days = [one.shelved for one in let_in]
        assert np.isfinite(days).all()
        assert days == sorted(days)


def test_what_is_refused_is_ordered_again(tmp_path: Path) -> None:
    """It counts in the position until it is refused on day 7, and is ordered again that evening."""
    text = at_post("refused = { chance = 1, then = 'destruction' }").replace("mean = 1", "mean = 0.000001")
    (record,) = played(scenario_of(text, tmp_path), "base-stock:units=20,review_days=1,lane=road", runs=1)
    assert record.series is not None
    assert np.flatnonzero(record.series.ordered[:30, 0, 0, 0]).tolist() == [0, 7, 14, 21, 28]


def test_a_share_is_refused_by_luck(tmp_path: Path) -> None:
    text = at_post("refused = { chance = 0.2, then = 'destruction' }").replace("days = 100", "days = 1000")
    record = shipped(text, tmp_path, *((day, "road", 10) for day in range(980)), runs=10, keep=range(10))
    assert np.mean(np.isinf(taken(record))) == pytest.approx(0.2, abs=0.02)
    assert all(one.units.sum() == (0 if np.isinf(one.shelved) else 10) for one in shipments(record))


# --- desks --------------------------------------------------------------------------------------------------------


def test_a_desk_is_in_use_no_more_than_all_the_time(tmp_path: Path) -> None:
    """Two days of work begin every Friday at a post closed on weekends."""
    lines = "desks = 1\nclosed_weekdays = ['Sat', 'Sun']"
    text = at_post(lines).replace("clear_days = 1", "clear_days = 2").replace("days = 100", "days = 700")
    fridays = shipped(text, tmp_path, *((day, "road", 1) for day in range(5, 690, 7)))
    assert [one.legs[1][1] % 7 for one in shipments(fridays)][:3] == [4, 4, 4]
    assert fridays.desk_use[0] == pytest.approx([98 / 500]), "98 Fridays of 100 weeks; the second day is no working day"
    full = shipped(text, tmp_path, *((day, "road", 1) for day in range(690)))
    assert full.desk_use.max() <= 1
