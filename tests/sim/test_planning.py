"""Plans for announced events: exact chances, the engine's own journeys, last safe dates, cash, expected units."""

from datetime import date, timedelta
from pathlib import Path

import numpy as np
import pytest
from scipy import stats

from reports.plan import LanePlan, Plan
from scenarios.schema import MINUTES_PER_DAY
from sim.planning.alone import LoneOrders, Order
from sim.planning.cash import cash
from sim.planning.chances import order_days, turning_days
from sim.planning.event import PlanError, extra_units, target
from sim.planning.plan import make_plan
from sim.world.network import Network
from sim.world.supply.quotes import lanes_into
from sim.world.supply.tables import NEVER
from tests.sim.paper import PAPER, Script, but
from tests.sim.rich import RICH
from tests.sim.rich_network import RICH_NETWORK
from tests.theory.acceptance import accept, verdict
from tests.worlds import QUEUES, played, scenario_of

START = date(2026, 1, 5)
SALE = """
[[planned.promotion]]
name = "Sale"
on = 2026-03-06
days = 4
lift = 4
"""
SALE_DAY = (date(2026, 3, 6) - START).days  # 60
LEAD_DAYS = 8
"""Of the paper world: three of production and five of road."""
LAST_DAY = SALE_DAY - 1 - LEAD_DAYS
"""The last day as whose end an order can be placed to be there in time."""


def planned(text: str, tmp_path: Path, event: str = "Sale", runs: int = 1, **how: object) -> Plan:
    return make_plan(scenario_of(text, tmp_path), "world", event, runs=runs, **how)  # type: ignore[arg-type]


def lane(plan: Plan, name: str = "road") -> LanePlan:
    return next(lane for lane in plan.lanes if lane.lane == name)


def day(one: LanePlan, index: int | None) -> int | None:
    return None if index is None else (one.dates[index] - START).days


def ends(plan: Plan, name: str = "road") -> tuple[int | None, ...]:
    """Last safe days at 90 % and 95 %, and the last that was in time at all."""
    one = lane(plan, name)
    return tuple(day(one, index) for index in (one.last_safe(0.9), one.last_safe(0.95), one.last_in_time))


def shelved(text: str, tmp_path: Path, runs: int, days: range, lane: str = "road") -> np.ndarray:
    """Days on which orders of some days are on the shelf, fractions, [order, run]."""
    network = Network.of(scenario_of(text, tmp_path))
    trials = LoneOrders(network, range(runs))
    units = np.array([10] * len(network.skus))
    found = [trials.play(Order(network.lanes.index(lane), day, units)).shelved for day in days]
    return np.array(found) / MINUTES_PER_DAY


# --- chances that are known --------------------------------------------------------------------------------------


def test_a_fixed_lead_has_one_last_day(tmp_path: Path) -> None:
    """Of 8 days: what is placed as day 51 ends is sold from day 60 on, what is placed a day later is not."""
    plan = planned(PAPER + SALE, tmp_path, every=20)
    assert ends(plan) == (LAST_DAY, LAST_DAY, LAST_DAY)
    one = lane(plan)
    known = {(when - START).days: hits for when, hits in zip(one.dates, one.arrived, strict=True)}
    assert (known[LAST_DAY], known[LAST_DAY + 1]) == (1, 0)


@pytest.mark.parametrize(
    ("tables", "earlier"),
    [
        ({"supplier__f": 'closures = [{ on = 2026-02-20, days = 9 }]'}, 9),  # shut from day 46: made before it starts
        ({"lane__road": "departs = { every_days = 7 }"}, 3),  # the sailing of day 49, where that of 56 is too late
        ({"warehouse__w": "put_away_days = 2"}, 2),
        ({"supplier__f": "units_per_day = 2.5"}, 1),  # ten units take four days, not three
    ],
)  # fmt: skip
def test_what_stands_in_the_way_makes_it_earlier(tables: dict[str, str], earlier: int, tmp_path: Path) -> None:
    plan = planned(but(PAPER + SALE, **tables), tmp_path, units=10)
    last = {9: 42, 3: 45}.get(earlier, LAST_DAY - earlier)
    assert ends(plan) == (last, last, last)


def test_the_chance_of_a_gamma_production_is_exact(tmp_path: Path) -> None:
    """P(production + 5 days <= room), order by order; production of each day is drawn by itself."""
    mean, cv, days = 12.0, 0.4, range(20, 55)
    text = PAPER.replace("make_days = 3", f'make_days = {{ law = "gamma", mean = {mean}, cv = {cv} }}')
    in_time = shelved(text, tmp_path, 1_200, days) <= SALE_DAY
    shape, room = 1 / cv**2, np.array([SALE_DAY - 1 - day - 5 for day in days])
    exact = stats.gamma.cdf(room, shape, scale=mean / shape)
    accept(verdict("in time", "share", in_time.mean(axis=0), float(exact.mean())))
    # Each date by itself: within what 5 in 100,000 of such counts leave.
    low, high = stats.binom.interval(1 - 5e-5, 1_200, exact)
    assert ((low <= in_time.sum(axis=1)) & (in_time.sum(axis=1) <= high)).all()


def test_the_chance_of_a_cancelled_sailing_is_exact(tmp_path: Path) -> None:
    """One sailing in time: 0.9; two: 0.99. Orders of 40 weeks meet 40 sailings of their own."""
    text = but(PAPER, lane__road="departs = { every_days = 7, cancelled = 0.1 }").replace("days = 100", "days = 330")
    weeks = range(7 - 4, 7 - 4 + 7 * 40, 7)  # made as a sailing leaves: on days 7, 14, ...
    waited = shelved(text, tmp_path, 1_200, weeks) - np.array([week + 1 + LEAD_DAYS for week in weeks])[:, None]
    for sailings, exact in ((1, 0.9), (2, 0.99)):
        there = waited <= 7 * (sailings - 1)
        accept(verdict(f"{sailings} sailings", "share", there.mean(axis=0), exact))


def test_dates_are_examined_daily_where_the_chance_turns(tmp_path: Path) -> None:
    text = PAPER.replace("make_days = 3", 'make_days = { law = "uniform", low = 3, high = 13 }') + SALE
    one = lane(planned(text, tmp_path, runs=200, every=10))
    days = [(when - START).days for when in one.dates]
    shares = [hits / 200 for hits in one.arrived]
    assert {0, 10, 20, 30, 40, 50, 59} <= set(days)
    assert set(range(41, 50)) <= set(days) and not set(range(1, 10)) & set(days)
    assert all(two - one == 1 for one, two, p in zip(days, days[1:], shares, strict=False) if 0 < p < 0.99)


def test_every_earlier_date_must_be_safe_too() -> None:
    """A later date that is safe by itself does not make those before it so; the interval is not asked."""
    dates = tuple(START + timedelta(days=n) for n in range(5))
    one = LanePlan("sea", "w", None, 10, (), dates, (100, 95, 94, 95, 0), 100)
    assert (one.last_safe(0.95), one.last_safe(0.94), one.last_safe(0.90), one.last_in_time) == (1, 3, 3, 3)
    assert LanePlan("sea", "w", None, 10, (), dates, (89, 100, 0, 0, 0), 100).last_safe(0.9) is None
    assert one.safest == (0.95, 1)


# --- the engine's own journeys -----------------------------------------------------------------------------------

QUEUED = QUEUES.replace("dock_units_per_day = 400", "dock_units_per_day = 7\nappointments_per_day = 1")
ENGINES = {
    "queues": (QUEUED, ("air", "sea"), range(10, 130, 17)),
    "rich": (RICH, ("sea", "sea+rush", "air"), range(30, 190, 60)),
    "rich network": (RICH_NETWORK, (), range(6, 160, 77)),
}


@pytest.mark.parametrize("world", ENGINES)
def test_an_order_fares_as_the_engine_lets_it(world: str, tmp_path: Path) -> None:
    """A seller who orders once, on that day and lane alone: on the shelf on the same minute, in every replication."""
    text, lanes, days = ENGINES[world]
    scenario, runs = scenario_of(text, tmp_path), 3
    network = Network.of(scenario)
    trials, compared = LoneOrders(network, range(runs)), 0
    facts = [one for place in network.warehouses for one in lanes_into(network, place)]
    for name, carried, pack in ((one.name, one.carries, one.pack) for one in facts if not lanes or one.name in lanes):
        way, units = network.lanes.index(name), np.where(carried, 12 * pack, 0)
        for day in days:
            told = trials.play(Order(way, day, units)).shelved / MINUTES_PER_DAY
            (record,) = played(scenario, Script(((day, name, tuple(units.tolist())),)), runs=runs, check=False)
            assert record.series is not None
            for run in range(runs):
                parts = [one for one in record.series.shipments if one.run == run and one.lane == name]
                if network.ways[way].start is not None and sum(int(one.units.sum()) for one in parts) < units.sum():
                    continue  # in the world with buyers its depot did not have it all
                came = max((one.shelved if one.units.sum() else np.inf for one in parts), default=np.inf)
                assert told[run] == (came if np.isfinite(came) else NEVER / MINUTES_PER_DAY), (name, day, run)
                compared += bool(np.isfinite(came))
    assert compared > 15


def test_other_peoples_goods_are_waited_for(tmp_path: Path) -> None:
    """A post that others fill makes every order later or leaves it as it was; some later."""
    alone = QUEUED.replace("others_per_day = 0.4", "others_per_day = 0")
    busy, free = (shelved(text, tmp_path, 40, range(10, 60, 7), "air") for text in (QUEUED, alone))
    assert (busy >= free).all() and (busy > free).any()


def test_orders_of_several_dates_do_not_meet(tmp_path: Path) -> None:
    """With a line that makes one unit a day, an order of ten takes ten days, whatever else was asked about."""
    text = but(PAPER, supplier__f="units_per_day = 1")
    assert (shelved(text, tmp_path, 2, range(10, 20)) == np.arange(11, 21)[:, None] + 10 + 5).all()


def test_goods_refused_at_customs_are_never_there(tmp_path: Path) -> None:
    text = PAPER.replace('{ name = "road", days = 5 }', '{ name = "road", days = 4 }, { name = "border", post = "p" }')
    text = text.replace(
        "[warehouse.w]", "[customs.p]\nclear_days = 1\nrefused = { chance = 0.5, then = 'return' }\n[warehouse.w]"
    )
    there = shelved(text, tmp_path, 400, range(10, 12))
    assert set(np.unique(there[0])) == {11 + LEAD_DAYS, NEVER / MINUTES_PER_DAY}
    assert 150 < (there[0] < 100).sum() < 250


def test_what_another_warehouse_sends_is_there_to_be_sent(tmp_path: Path) -> None:
    """A lane from a hub that is empty: goods are taken to be there when ordered."""
    text = PAPER.replace(
        '[lane.track]\nfrom = "f"\nto = "w"', '[lane.track]\nfrom = "hub"\nto = "w"\nreplenishes = true'
    )
    text = text.replace(
        "[warehouse.w]",
        '[lane.feeder]\nfrom = "f"\nto = "hub"\nlegs = [{ name = "feeder", days = 9 }]\n[warehouse.hub]\n[warehouse.w]',
    )
    plan = planned(text + SALE, tmp_path)
    assert {one.lane: one.start for one in plan.lanes} == {"road": None, "track": "hub"}
    assert ends(plan, "track") == (LAST_DAY + 3,) * 3


# --- dates and units ---------------------------------------------------------------------------------------------


def test_the_grid_begins_150_days_before_and_ends_the_day_before() -> None:
    assert order_days(200, 50, [80, 110]) == [50, 80, 100, 110, 150, 199]
    assert order_days(30, 10, [-5, 0, 40]) == [0, 10, 20, 29]
    assert order_days(200, 150, [20])[0] == 20


def test_days_between_are_examined_unless_both_ends_are_sure_or_none() -> None:
    assert turning_days([0, 3, 6, 9, 12], [1.0, 0.99, 0.5, 0.0, 0.0]) == [4, 5, 7, 8]
    assert turning_days([0, 3], [0.98, 1.0]) == [1, 2]


SHOWS = """
[[planned.livestream]]
name = "show"
first_on = 2026-01-15
every_days = 7
days_of_pace = 2.5
[[planned.livestream]]
name = "double"
first_on = 2026-01-16
hours = 6
lift = 3
[[planned.influencer]]
name = "post"
on = 2026-02-01
past_units = [100, 140]
fades = { law = "exponential", mean_days = 2 }
"""


@pytest.mark.parametrize(
    ("event", "units"),
    [
        ("Sale", 4 * 3 * 20.0),  # four days at four times twenty a day
        ("show", 2.5 * 20),
        ("double", 2 * 20 * 6 / 24),  # twice as much on top, for six hours
        ("post", 120.0),
    ],
)
def test_what_an_event_is_expected_to_want(event: str, units: float, tmp_path: Path) -> None:
    text = PAPER.replace("mean = 1 ", "mean = 20 ") + SALE + SHOWS
    network = Network.of(scenario_of(text, tmp_path))
    assert extra_units(network, target(network, event, None)).sum() == pytest.approx(units)
    plan = planned(text, tmp_path, event, every=150)
    assert plan.expected_units == pytest.approx(units)
    assert [one.units for one in plan.lanes] == [round(units)] * 2


def test_a_plan_counts_on_what_is_announced(tmp_path: Path) -> None:
    """Five times twenty a day for four days are announced, whatever comes."""
    text = PAPER.replace("mean = 1 ", "mean = 20 ") + SALE + "announced_lift = 6\n"
    network = Network.of(scenario_of(text, tmp_path))
    assert extra_units(network, target(network, "Sale", None)).sum() == pytest.approx(4 * 5 * 20)


def test_units_are_shared_as_the_event_wants_them(tmp_path: Path) -> None:
    more = '[[sku]]\nid = "B"\nunit_cost = 1\nprice = 0\nunits_per_carton = 4\n'
    text = (PAPER + '[market.m.demand.B]\norganic = { law = "fixed", mean = 2 }\n').replace(
        "[supplier.f]", more + "[supplier.f]"
    )
    plan = planned(text + SALE, tmp_path, units=10, every=150)
    assert {one.units for one in plan.lanes} == {3 + 8}  # a third, and two thirds in whole cartons
    assert plan.expected_units == 4 * 3 * 3


def test_on_picks_a_time_or_asks_about_an_order_date(tmp_path: Path) -> None:
    network = Network.of(scenario_of(PAPER + SHOWS, tmp_path))
    first = network.day(date(2026, 1, 15))
    assert target(network, "show", None).first_day == first
    picked = target(network, "show", date(2026, 1, 29))
    assert (picked.first_day, picked.asked) == (first + 14, None)
    asked = target(network, "show", date(2026, 1, 23))
    assert (asked.first_day, asked.asked) == (first + 14, 18)


@pytest.mark.parametrize(
    ("event", "on", "told"),
    [
        ("Sal", None, "no announced event 'Sal'; did you mean 'Sale'?"),
        ("Easter", None, "no announced event 'Easter'; allowed: Sale, show, double, post"),
        ("Sale", date(2026, 3, 20), "'Sale' is not held after 2026-03-20; it is held on 2026-03-06"),
        ("Sale", date(2025, 12, 1), "--on 2025-12-01: an order date before the first day played; allowed: from 2026-01-05 on"),
        ("show", date(2026, 12, 1), "'show' is not held after 2026-12-01; it is held on 2026-01-15, 2026-01-22, 2026-01-29 and"),
    ],
)  # fmt: skip
def test_an_event_that_is_not_there_is_told(event: str, on: date | None, told: str, tmp_path: Path) -> None:
    with pytest.raises(PlanError, match="^" + told.replace("?", r"\?").replace("+", r"\+")):
        planned(PAPER + SALE + SHOWS, tmp_path, event, on=on)


@pytest.mark.parametrize(
    ("text", "told"),
    [
        (PAPER, "no event 'Sale': no promotion, livestream or influencer's post is announced in this world"),
        (PAPER + SALE.replace("2026-03-06", "2026-01-05"), "nothing can be ordered for it before the first day played"),
        (PAPER + SALE.replace("2026-03-06", "2026-01-04"), "'Sale' is not held after the world's start, 2026-01-05"),
        (PAPER + SALE.replace("lift = 4", "lift = 1"), "'Sale' is expected to want nothing more than every day"),
        (
            but(PAPER + SALE, warehouse__w="ships_after_order = ['A']"),
            "no lane brings what 'Sale' wants to a warehouse that serves its markets",
        ),
    ],
)
def test_a_plan_that_makes_no_sense_is_refused(text: str, told: str, tmp_path: Path) -> None:
    with pytest.raises(PlanError, match=told):
        planned(text, tmp_path)


# --- cash --------------------------------------------------------------------------------------------------------


def test_money_goes_out_and_comes_back_when_the_engine_books_it(tmp_path: Path) -> None:
    """120 units at 1 and sold at 5: 30 % now, 70 % ten days after departure; freight 2 a unit, duty of 10 %."""
    text = but(
        PAPER.replace('{ name = "road", days = 5 }', '{ name = "road", days = 4 }, { name = "border", post = "p" }')
        .replace("price = 0", "price = 5")
        .replace("mean = 1 ", "mean = 10 ")
        .replace("[warehouse.w]", "[customs.p]\nclear_days = 1\nduty = 0.1\n[warehouse.w]"),
        supplier__f="terms = { deposit = 0.3, balance = 'departure', balance_days = 10 }",
        lane__road="cost = { per_m3 = 2 }",
        market__m="fees = { platform = 0.1, fulfilment_per_order = 0.5 }",
    )
    booked = lane(planned(text + SALE, tmp_path)).cash
    assert booked is not None
    ordered = START + timedelta(days=LAST_DAY)
    assert (booked.ordered, booked.level) == (ordered, 0.95)
    told = {one.what: (pytest.approx(one.amount), (one.mean - ordered).days) for one in booked.payments}
    assert told == {
        "goods, when ordered": (-36.0, 0),
        "freight, on departure": (-240.0, 4),
        "duty, when cleared": (-12.0, 9),
        "goods, balance": (-84.0, 14),
        "commissions, fulfilment, delivery, taxes": (-120.0, 11),  # days 9 to 12, on average 10.5
        "sales at the event": (600.0, 11),
    }
    assert (booked.paid, booked.earned) == (pytest.approx(492.0), pytest.approx(600.0))
    sales = next(one for one in booked.payments if one.amount > 0)
    assert (sales.early, sales.late) == (date(2026, 3, 6), date(2026, 3, 9))


def test_dates_of_money_are_told_from_the_first_to_the_last_twentieth(tmp_path: Path) -> None:
    """Production takes 3 to 13 days, and the same freight is paid on every departure: the 3rd and the 48th of 50."""
    text = PAPER.replace("make_days = 3", 'make_days = { law = "uniform", low = 3, high = 13 }')
    text = but(text, lane__road="cost = { per_m3 = 2 }").replace("mean = 1 ", "mean = 10 ") + SALE
    network = Network.of(scenario_of(text, tmp_path))
    trials, order = [LoneOrders(network, range(50))], Order(network.lanes.index("road"), 20, np.array([120]))
    departed = np.sort(trials[0].play(order).shelved // MINUTES_PER_DAY) - 5
    booked = cash(trials, order, 0.9, extra_units(network, target(network, "Sale", None)))
    (freight,) = [one for one in booked.payments if one.what == "freight, on departure"]
    assert [(one - START).days for one in (freight.early, freight.late)] == [departed[2], departed[47]]
    assert departed[2] < departed[12] < departed[37] < departed[47]


def test_what_comes_late_sells_on_the_days_that_are_left(tmp_path: Path) -> None:
    """Ten a day, at four times as much for four days: 30 on top a day, sold from the day the goods are there."""
    text = PAPER.replace("make_days = 3", 'make_days = { law = "uniform", low = 3, high = 13 }')
    text = text.replace("price = 0", "price = 5").replace("mean = 1 ", "mean = 10 ")
    network = Network.of(scenario_of(text + SALE, tmp_path))
    aim = target(network, "Sale", None)
    trials, order = [LoneOrders(network, range(50))], Order(network.lanes.index("road"), LAST_DAY - 4, np.array([120]))
    missed = np.clip(np.ceil(trials[0].play(order).shelved / MINUTES_PER_DAY) - SALE_DAY, 0, 4)
    assert set(missed) >= {0, 1, 2, 3, 4}
    booked = cash(trials, order, 0.9, extra_units(network, aim))
    assert booked.earned == pytest.approx(5 * 30 * (4 - missed).mean())
