"""Disruptions by hand: each does what it says from its first day to its last, and nothing before."""

from pathlib import Path

import numpy as np
import pytest

from sim.world.network import Network
from sim.world.supply.landed import LandedCost
from sim.world.supply.quotes import lanes_into, planned_lead
from tests.sim.paper import PAPER, bill, but, made, shipped, taken, waited
from tests.worlds import played, same_series, same_totals, scenario_of

WAY = PAPER.replace("make_days = 3", "make_days = 0").replace(
    '[{ name = "road", days = 5 }]', '[{ name = "road", days = 4 }, { name = "ferry", days = 1 }]'
)
"""What is ordered on day 0 leaves on day 1, 6 January, boards the ferry on day 5 and is on the shelf on day 6."""
POST = WAY.replace('{ name = "ferry", days = 1 }]', '{ name = "customs", post = "p" }]').replace(
    "[warehouse.w]", "[customs.p]\nclear_days = 1\n[warehouse.w]"
)


def troubled(text: str, part: str, day: int, days: int = 1, name: str = "trouble") -> str:
    """A world with a trouble from a day on."""
    on = f"2026-01-{5 + day:02d}"
    return f'{text}\n[[surprise.disruption]]\nname = "{name}"\non = {on}\ndays = {days}\n{part}\n'


@pytest.mark.parametrize(
    ("part", "day", "days"),
    [
        ("lane = { times = 2 }", 0, 5),
        ("lane = { times = 2 }", 1, 9),
        ("lane = { times = 2 }", 2, 5),
        ("lane = { times = 2 }", 5, 6),
        ("lane = { times = 0.5 }", 1, 3),
        ("lane = { adds_days = 2.5 }", 1, 7.5),
        ("lane = { adds_days = 2.5 }", 2, 5),
        ("lane = { adds_days = 2.5, legs = ['ferry'] }", 1, 5),
        ("lane = { adds_days = 2.5, legs = ['ferry'] }", 5, 7.5),
        ("lane = { adds_days = 2.5, lanes = ['track'] }", 1, 5),
        ("lane = { times = 2, adds_days = 2 }", 1, 11),
    ],
)
def test_a_leg_that_is_entered_during_the_trouble_takes_longer(
    part: str, day: int, days: float, tmp_path: Path
) -> None:
    assert taken(shipped(troubled(WAY, part, day), tmp_path, (0, "road", 1))) == pytest.approx([days])


def test_a_trouble_of_many_days_befalls_every_leg_that_begins_in_it(tmp_path: Path) -> None:
    assert taken(shipped(troubled(WAY, "lane = { times = 2 }", 0, 30), tmp_path, (0, "road", 1))) == [10]
    twice = troubled(troubled(WAY, "lane = { times = 2 }", 0, 30), "lane = { times = 3 }", 0, 3, "other")
    assert taken(shipped(twice, tmp_path, (0, "road", 1))) == [24 + 2]


def test_troubles_at_sea_touch_lanes_by_sea(tmp_path: Path) -> None:
    text = but(but(WAY, lane__road='mode = "sea"'), lane__track='mode = "air"')
    both = ((0, "road", 1), (0, "track", 1))
    assert taken(shipped(troubled(text, "lane = { modes = ['sea'], times = 2 }", 1), tmp_path, *both)) == [9, 5]
    assert taken(shipped(troubled(text, "lane = { modes = ['rail', 'air'], times = 2 }", 1), tmp_path, *both)) == [
        5,
        10,
    ]


def test_departures_during_the_trouble_are_cancelled(tmp_path: Path) -> None:
    text = but(WAY, lane__road="departs = { every_days = 2 }")  # days 2, 4, 6
    orders = [(day, "road", 1) for day in range(6)]
    before = waited(shipped(text, tmp_path, *orders))
    assert before == [1, 0, 1, 0, 1, 0]
    assert waited(shipped(troubled(text, "lane = { cancelled = 1 }", 3, 2), tmp_path, *orders)) == [1, 0, 3, 2, 1, 0]
    assert waited(shipped(troubled(text, "lane = { cancelled = 0 }", 3, 2), tmp_path, *orders)) == before


def test_freight_of_what_leaves_during_the_trouble(tmp_path: Path) -> None:
    text = but(WAY, lane__road="cost = { per_m3 = 10 }")
    for day, paid in ((0, 20), (1, 60), (2, 60), (3, 20)):  # what is ordered on a day leaves on the next
        trouble = troubled(text, "lane = { freight = 3 }", 2, 2)
        assert bill(shipped(trouble, tmp_path, (day, "road", 2)), "freight") == pytest.approx(paid)
    spring = troubled(but(WAY, lane__road="cost = { per_m3 = 10, months = [2, 1, 1, 1, 1, 1, 1, 1, 1, 1, 1, 1] }"),
                      "lane = { freight = 3 }", 2, 2)  # fmt: skip
    assert bill(shipped(spring, tmp_path, (1, "road", 1)), "freight") == pytest.approx(60), "on top of the season's"


@pytest.mark.parametrize(
    ("output", "day", "length", "days"),
    [(0, 2, 3, 6), (0.5, 2, 3, 4.5), (0, 4, 3, 3), (0, 0, 1, 3), (0.5, 1, 90, 6)],
)
def test_factories_slow_down(output: float, day: int, length: int, days: float, tmp_path: Path) -> None:
    """Three days of work from day 1 on, by production time and by the line alike."""
    part = f"factory = {{ output = {output} }}"
    assert made(shipped(troubled(PAPER, part, day, length), tmp_path, (0, "road", 3))) == pytest.approx([days])
    line = but(PAPER, supplier__f="make_days = 0\nunits_per_day = 1")
    assert made(shipped(troubled(line, part, day, length), tmp_path, (0, "road", 3))) == pytest.approx([days])


def test_factories_that_are_named_slow_down(tmp_path: Path) -> None:
    text = PAPER.replace('[lane.track]\nfrom = "f"', '[supplier.g]\nmake_days = 3\n[lane.track]\nfrom = "g"')
    trouble = troubled(text, "factory = { suppliers = ['g'], output = 0 }", 2, 3)
    assert made(shipped(trouble, tmp_path, (0, "road", 3), (0, "track", 3))) == [3, 6]


@pytest.mark.parametrize(
    ("part", "day", "days", "paid"),
    [
        ("closed = true", 4, 5, {}),
        ("closed = true", 5, 6, {}),
        ("times = 3", 4, 5, {}),
        ("times = 3", 5, 7, {}),
        ("times = 3", 6, 5, {}),
        ("held = 1, hold_days = 4, fee = 50", 4, 5, {}),
        ("held = 1, hold_days = 4, fee = 50", 5, 9, {"inspection": 50}),
        ("duty = 0.25", 4, 5, {}),
        ("duty = 0.25", 5, 5, {"duty": 5}),
        ("duty = 0.25", 6, 5, {}),
        ("duty = 0.25, posts = ['p']", 5, 5, {"duty": 5}),
    ],
)
def test_what_comes_to_customs_during_the_trouble(
    part: str, day: int, days: float, paid: dict[str, float], tmp_path: Path
) -> None:
    """It comes on day 5."""
    record = shipped(troubled(POST, f"customs = {{ {part} }}", day), tmp_path, (0, "road", 20))
    assert taken(record) == pytest.approx([days])
    for account in ("customs", "duty", "inspection"):
        assert bill(record, account) == pytest.approx(paid.get(account, 0))


def test_a_trouble_adds_to_the_tariff_that_holds(tmp_path: Path) -> None:
    steps = "duty = 0.1\nduty_steps = [{ on = 2026-01-11, duty = 0.2 }]"
    text = troubled(but(POST, customs__p=steps), "customs = { duty = 0.5 }", 5, 2)  # they come on days 5, 6, 7
    paid = [bill(shipped(text, tmp_path, (day, "road", 10)), "duty") for day in range(3)]
    assert paid == pytest.approx([6, 7, 2])


def test_others_too_take_longer_at_customs(tmp_path: Path) -> None:
    """Others keep a desk busy 0.8 of the time; when all of it takes twice as long, the queue only grows."""
    busy = but(POST, customs__p="clear_days = 0.1\ndesks = 1\nothers_per_day = 8")
    text = troubled(busy, "customs = { times = 2 }", 10, 80)
    orders = [(day, "road", 1) for day in range(0, 90, 5)]
    usual, slow = (taken(shipped(world, tmp_path, *orders)) for world in (busy, text))
    assert slow[0] == usual[0]
    assert slow[8] - usual[8] > 5, "after a month 0.6 of a day has been added on each"


@pytest.mark.parametrize(
    ("door", "part", "day", "days"),
    [
        ("", "closed = true", 6, 6),
        ("", "closed = true", 5, 5),
        ("", "closed = true", 7, 5),
        ("appointments_per_day = 5", "closed = true", 6, 6),
        ("dock_units_per_day = 10", "closed = true", 6, 8),
        ("dock_units_per_day = 10", "closed = true", 7, 8),
        ("dock_units_per_day = 10", "closed = true", 8, 7),
        ("put_away_days = 2", "closed = true", 7, 8),
        ("put_away_days = 2", "times = 4", 6, 7.75),
        ("dock_units_per_day = 10", "times = 2", 7, 7.5),
        ("dock_units_per_day = 10", "times = 2, warehouses = ['w']", 7, 7.5),
        ("", "times = 2", 6, 5),
    ],
)
def test_what_comes_to_the_door_during_the_trouble(door: str, part: str, day: int, days: float, tmp_path: Path) -> None:
    """It comes on day 6, with 20 units."""
    text = but(WAY, warehouse__w=door) if door else WAY
    trouble = troubled(text, f"dock = {{ {part} }}", day)
    assert taken(shipped(trouble, tmp_path, (0, "road", 20))) == pytest.approx([days])


# --- luck ---------------------------------------------------------------------------------------------------------
CHANCY = but(
    POST,
    supplier__f="make_days = { law = 'gamma', mean = 5, cv = 0.5 }",
    lane__road="departs = { every_days = 3, cancelled = 0.3 }",
    customs__p="clear_days = { law = 'uniform', low = 0.5, high = 2 }\n"
    "inspections = [{ chance = 0.2, days = { law = 'gamma', mean = 3, cv = 1 }, fee = 9 }]",
    warehouse__w="put_away_days = { law = 'gamma', mean = 1, cv = 0.5 }",
).replace('"road", days = 4', '"road", days = { law = "gamma", mean = 4, cv = 0.5 }')
RULE = "base-stock:units=60,review_days=2,lane=road"
TROUBLES = (
    "lane = { times = 2, adds_days = { law = 'gamma', mean = 2, cv = 1 }, cancelled = 0.5, freight = 2 }",
    "factory = { output = 0.3 }",
    "customs = { times = 3, held = 0.5, hold_days = { law = 'gamma', mean = 3, cv = 1 }, duty = 0.5 }",
    "customs = { closed = true }",
    "dock = { times = 3 }",
    "dock = { closed = true }",
)


@pytest.mark.parametrize("part", TROUBLES)
def test_a_trouble_changes_records_from_its_day_on_and_no_luck_of_others(part: str, tmp_path: Path) -> None:
    (plain,) = played(scenario_of(CHANCY, tmp_path), RULE)
    (other,) = played(scenario_of(troubled(CHANCY, part, 15, 10), tmp_path), RULE)
    assert plain.series is not None
    assert other.series is not None
    for name in ("on_hand", "received", "ordered", "sold", "lost"):
        one, two = getattr(plain.series, name), getattr(other.series, name)
        assert (one[:15] == two[:15]).all(), name
    assert (plain.series.received != other.series.received).any()
    # A rule that orders what was sold sends the same on the same days once all is as before: same days, same luck.
    late = [(a, b) for a in plain.series.shipments for b in other.series.shipments
            if a.run == b.run and a.ordered == b.ordered and a.lane == b.lane and a.ordered > 60]  # fmt: skip
    assert late
    assert all(a.ready == b.ready and a.legs == b.legs and a.shelved == b.shelved for a, b in late)


def test_a_trouble_beside_another_moves_none_of_its_luck(tmp_path: Path) -> None:
    first = troubled(CHANCY, TROUBLES[2], 15, 20, "first")
    nothing = troubled(first, "customs = { held = 0.0000001, hold_days = 1 }", 0, 90, "second")
    one, two = (played(scenario_of(text, tmp_path), RULE)[0] for text in (first, nothing))
    assert same_series(one, two)
    assert same_totals(one, two)


def test_nobody_is_told_of_a_trouble_beforehand(tmp_path: Path) -> None:
    """What is quoted, and planned for every day to come, is the same with it and without."""
    calm = Network.of(scenario_of(CHANCY, tmp_path))
    quiet = lanes_into(calm, "w")
    for part in TROUBLES:
        upset = Network.of(scenario_of(troubled(CHANCY, part, 15, 10), tmp_path))
        for way, other in zip(calm.ways, upset.ways, strict=True):
            lead, lead_upset = planned_lead(calm, way), planned_lead(upset, other)
            cost, cost_upset = LandedCost(calm, way), LandedCost(upset, other)
            for day in range(calm.clock.days):
                assert lead(day) == lead_upset(day), part
                assert np.array_equal(cost(day, day), cost_upset(day, day)), part
        loud = lanes_into(upset, "w")
        for one, two in zip(quiet, loud, strict=True):
            assert (one.lead_days, one.haul_days, one.spread_days) == (two.lead_days, two.haul_days, two.spread_days)
            assert np.array_equal(one.landed_cost, two.landed_cost)
