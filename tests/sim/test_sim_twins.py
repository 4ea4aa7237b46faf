"""Every world with an event against its twin without: equal before the event, different after, with the right sign."""

from datetime import date, timedelta

import pytest

from reports.comparison import Comparison
from reports.record import Record
from reports.twins import Twins
from reports.verdict.goal import DEFAULT_GOAL, read_goal
from scenarios.reader import read_scenario
from sim.tournament import play, setting
from tests.worlds import same_series

RUNS = 24
SERIES = ("wanted", "sold", "lost", "backlog", "on_hand", "received", "ordered", "ad_spend")
CASES = {
    "livestream-clears-months": (date(2026, 9, 24), {"stockout_rate": +1, "fill_rate": -1, "wasted_ad_spend": +1}),
    "account-ban-in-peak": (date(2026, 11, 24), {"holding_cost": +1, "ad_spend": -1, "ad_units": -1, "profit": -1}),
    "ad-balance-outage": (date(2026, 5, 20), {"ad_spend": -1, "ad_units": -1}),
    "christmas-strip": (date(2026, 11, 1), {"stockout_rate": +1, "revenue": +1, "turnover": +1}),
    "three-times-overstock": (date(2026, 11, 27), {"revenue": +1, "average_stock_value": -1}),
    "vitamins-repeat": (date(2025, 12, 17), {"revenue": +1, "cost_of_goods": +1}),  # nobody comes again within 15 days
}


def both(world: str) -> tuple[Record, Record]:
    """The records of a world and of its twin, all runs kept, the ledgers checked."""
    here, there = (
        play(read_scenario(name), ["reorder-point"], RUNS, batch=RUNS, keep=range(RUNS), check=True)[0]
        for name in (world, f"{world}-twin")
    )
    return here, there


@pytest.mark.parametrize("world", CASES)
def test_a_world_against_its_twin(world: str) -> None:
    event, signs = CASES[world]
    here, there = both(world)
    scenario = read_scenario(world)
    twins = Twins(*(
        Comparison.of(setting(read_scenario(name), name), [record], read_goal(DEFAULT_GOAL), "")
        for name, record in ((world, here), (f"{world}-twin", there))
    ))  # fmt: skip
    for score, sign in signs.items():
        (difference,) = twins.differences(score)
        assert difference.estimate.low * difference.estimate.high > 0, (score, difference)
        assert difference.estimate.mean * sign > 0, (score, difference)
    assert not same_series(here, there)
    days = (event - scenario.start + timedelta(days=scenario.warm_up_days)).days
    slots = days * 24 // scenario.slot_hours
    for name in SERIES:
        one, two = getattr(here.series, name)[:slots], getattr(there.series, name)[:slots]
        assert one.tobytes() == two.tobytes(), name


@pytest.mark.parametrize("name", [name for world in CASES for name in (world, f"{world}-twin")])
def test_a_world_is_no_shortage_of_its_own_making(name: str) -> None:
    """What goes wrong in a world is its event's doing: without one a plain rule loses next to nothing."""
    (record,) = play(read_scenario(name), ["reorder-point"], RUNS)
    lost = record.short_orders.sum() / record.orders.sum()
    assert lost < 0.05 or (name in CASES and CASES[name][1].get("stockout_rate", 0) > 0)


def test_slow_movers_act_on_the_overstock() -> None:
    scenario = read_scenario("three-times-overstock")
    left, cleared = play(scenario, ["reorder-point"], RUNS, playbooks=["none", "slow-movers"])
    assert (cleared.money["markdown"] > 0).all()
    assert (cleared.closing.sum(axis=(1, 2)) < left.closing.sum(axis=(1, 2))).all()
