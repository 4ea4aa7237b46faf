"""Every world with an event against its twin without: equal before the event, different after, with the right sign."""

from datetime import date, timedelta

import numpy as np
import pytest

from reports.comparison import Comparison
from reports.record import Record, Shipment
from reports.twins import Twins
from reports.verdict.estimates import paired
from reports.verdict.goal import DEFAULT_GOAL, read_goal
from scenarios.reader import read_scenario
from scenarios.schema import Scenario
from sim.tournament import play, setting
from tests.worlds import same_series, same_totals

RUNS = 24
SERIES = ("wanted", "sold", "lost", "backlog", "on_hand", "received", "ordered", "ad_spend")
CASES = {
    "livestream-clears-months": (date(2026, 9, 24), {"stockout_rate": +1, "fill_rate": -1, "wasted_ad_spend": +1}),
    "account-ban-in-peak": (date(2026, 11, 24), {"holding_cost": +1, "ad_spend": -1, "ad_units": -1, "profit": -1}),
    "ad-balance-outage": (date(2026, 5, 20), {"ad_spend": -1, "ad_units": -1}),
    "christmas-strip": (date(2026, 11, 1), {"stockout_rate": +1, "revenue": +1, "turnover": +1}),
    "three-times-overstock": (date(2026, 11, 27), {"revenue": +1, "average_stock_value": -1}),
    "vitamins-repeat": (date(2025, 12, 17), {"revenue": +1, "cost_of_goods": +1}),  # nobody comes again within 15 days
    # The same demand, three times of which is stocked for: what does not sell stands there.
    "campaigns-below-plan": (None, {"holding_cost": +1, "turnover": -1}),
    # Nothing is made for three weeks: longer until goods come, less on the shelf, more sales lost.
    "spring-festival": (date(2027, 1, 16), {"stockout_rate": +1, "lead_days": +1, "holding_cost": -1, "profit": -1}),
    "cape-detour": (date(2026, 8, 1), {"stockout_rate": +1, "lead_days": +1, "freight": +1, "profit": -1}),
    "tariff-step": (date(2026, 11, 10), {"duty": +1, "landed_cost": +1, "profit": -1}),
    # Who plans for the slowest of three stocks more; a shipment each costs more freight; both cost profit.
    "several-factories": (None, {"lead_days": +1, "freight": +1, "average_stock_value": +1, "profit": -1}),
    # A third warehouse deters nobody by a late promise, but holds slow stock that costs more than that brings.
    "jewellery-three-warehouses": (
        None, {"forgone_by_promise": -1, "holding_cost": +1, "slow_stock_share": +1, "turnover": -1, "profit": -1}
    ),
    # Two peaks that come half a year apart never tie up their money at once.
    "swimwear-us-au": (None, {"peak_cash": -1, "slow_stock_share": -1}),
    # Direct mail takes over where bonded stock is out: fewer orders meet nothing, more is sold.
    "bonded-and-direct": (None, {"stockout_rate": -1, "lost_units": -1, "revenue": +1, "profit": +1}),
    # Who waits is not lost: the same small stock sells more.
    "earbuds-presale": (None, {"presale_share": +1, "lost_units": -1, "revenue": +1, "profit": +1}),
    # What a hub has is given to the region that sells: less stock does, goods are there sooner, each hauled twice.
    "hub-and-regional": (None, {"holding_cost": -1, "turnover": +1, "lead_days": -1, "freight": +1}),
}  # fmt: skip
"""By world: the first day of its event, None where it is otherwise from the first day played, and what comes of it."""
RULES = {
    "spring-festival": "service-level",
    "cape-detour": "service-level",
    "bonded-and-direct": "service-level",
    "earbuds-presale": "presale:cover_days=14",
    "hub-and-regional": "fair-share",
}
"""The rule a world is played by; `reorder-point` otherwise, whose safety stock of one and a half hauls is made to
outlast a festival, a detour or a busy month, so that what comes of them shows in a leaner rule. Selling in advance and
sharing out what a hub has need rules that do so."""


def both(world: str, rule: str) -> tuple[Record, Record]:
    """The records of a world and of its twin, all runs kept, the ledgers checked."""
    here, there = (
        play(read_scenario(name), [rule], RUNS, batch=RUNS, keep=range(RUNS), check=True)[0]
        for name in (world, f"{world}-twin")
    )
    return here, there


@pytest.mark.parametrize("world", CASES)
def test_a_world_against_its_twin(world: str) -> None:
    event, signs = CASES[world]
    here, there = both(world, RULES.get(world, "reorder-point"))
    for score, sign in signs.items():
        differs(world, here, there, score, sign)
    assert not same_totals(here, there)
    if event is not None:
        alike_before(event, read_scenario(world), here, there)


def differs(world: str, here: Record, there: Record, score: str, sign: int) -> None:
    """Assert that a score is surely more (sign +1), or less (-1), in a world than in its twin."""
    twins = Twins(*(
        Comparison.of(setting(read_scenario(name), name), [record], read_goal(DEFAULT_GOAL), "")
        for name, record in ((world, here), (f"{world}-twin", there))
    ))  # fmt: skip
    (difference,) = twins.differences(score)
    assert difference.estimate.low * difference.estimate.high > 0, (score, difference)
    assert difference.estimate.mean * sign > 0, (score, difference)


def alike_before(event: date, scenario: Scenario, here: Record, there: Record) -> None:
    """Assert that two records are equal to the byte until the night before an event."""
    days = (event - scenario.start + timedelta(days=scenario.warm_up_days)).days
    slots = days * 24 // scenario.slot_hours
    assert slots > 0
    for name in SERIES:
        one, two = getattr(here.series, name)[:slots], getattr(there.series, name)[:slots]
        assert one.tobytes() == two.tobytes(), name


HARMLESS = [world for world, (_, signs) in CASES.items() if signs.get("stockout_rate", 0) <= 0]
"""Worlds whose event is not meant to leave shelves empty."""


@pytest.mark.parametrize("name", [*HARMLESS, *(f"{world}-twin" for world in CASES)])
def test_a_world_is_no_shortage_of_its_own_making(name: str) -> None:
    """What goes wrong in a world is its event's doing: without one a plain rule loses next to nothing (a judgement)."""
    (record,) = play(read_scenario(name), ["reorder-point"], RUNS)
    assert record.short_orders.sum() < 0.05 * record.orders.sum()


def test_slow_movers_act_on_the_overstock() -> None:
    scenario = read_scenario("three-times-overstock")
    left, cleared = play(scenario, ["reorder-point"], RUNS, playbooks=["none", "slow-movers"])
    assert (cleared.money["markdown"] > 0).all()
    assert (cleared.closing.sum(axis=(1, 2)) < left.closing.sum(axis=(1, 2))).all()


def test_what_is_ordered_ahead_of_a_tariff_saves_duty_and_lies_there_longer() -> None:
    rule = "reorder-point+order-ahead"
    here, there = both("tariff-step", rule)
    step = date(2026, 11, 10)
    alike_before(step - timedelta(days=60), read_scenario("tariff-step"), here, there)
    assert not same_series(here, there)
    usual, _ = both("tariff-step", "reorder-point")
    for account, sign in {"duty": -1, "rent": +1, "capital": +1}.items():
        more = here.money[account] - usual.money[account]
        (difference,) = paired(account, [("ahead", "usual", more)])
        assert difference.estimate.low * difference.estimate.high > 0, difference
        assert difference.estimate.mean * sign > 0, difference


def test_three_factories_deliver_less_steadily_than_one() -> None:
    here, there = both("several-factories", "reorder-point")
    assert spread(here) > spread(there)
    assert {shipment.supplier for shipment in shipments(here)} == {"panyu", "humen", "shishi"}
    assert {shipment.supplier for shipment in shipments(there)} == {"panyu"}


def shipments(record: Record) -> tuple[Shipment, ...]:
    assert record.series is not None
    return tuple(record.series.shipments)


def spread(record: Record) -> float:
    """Standard deviation of the days from order to shelf of what has arrived."""
    days = np.array([shipment.shelved - shipment.ordered for shipment in shipments(record)])
    return float(days[np.isfinite(days)].std())


def test_reading_the_calendar_brings_stock_over_the_festival() -> None:
    """A rule that knows the usual lead time alone runs dry; ordering ahead of the closure bridges most of it."""
    plain, ahead = play(read_scenario("spring-festival"), ["service-level", "service-level+order-ahead"], RUNS)
    assert ahead.short_orders.sum() < 0.5 * plain.short_orders.sum()
