"""A quote is what journeys take on average, and how much they differ, whatever they meet beside queues and seasons."""

from pathlib import Path

import numpy as np
import pytest

from sim.world.network import Network
from sim.world.supply.quotes import lanes_into
from tests.sim.paper import PAPER, Script, but, taken
from tests.worlds import played, scenario_of

MANY = (
    PAPER.replace("days = 100", "days = 800")
    .replace("make_days = 3", "make_days = { law = 'gamma', mean = 8, cv = 0.4 }")
    .replace("days = 5 }]", "days = { law = 'gamma', mean = 10, cv = 0.3 } }, { name = 'customs', post = 'p' }]")
    .replace("[warehouse.w]", "[customs.p]\nclear_days = { law = 'uniform', low = 0.5, high = 2 }\n[warehouse.w]")
)
TWO = MANY.replace('from = "f"', "from = ['f', 'g']").replace(
    "[lane.road]", "[supplier.g]\nmake_days = 20\n[lane.road]"
)
LATE = "late = { chance = 0.3, days = { law = 'gamma', mean = 6, cv = 0.7 } }"
EXAMS = "inspections = [{ chance = 0.3, days = 2 }, { chance = 0.1, days = 8 }]"
WORLDS = {
    "plain": MANY,
    "start-up": but(MANY, supplier__f="start_up_days = 3"),
    "late production": but(MANY, supplier__f=LATE),
    "late leg": MANY.replace("cv = 0.3 } }", f"cv = 0.3 }}, {LATE} }}"),
    "putting away": but(MANY, warehouse__w="put_away_days = { law = 'gamma', mean = 3, cv = 0.5 }"),
    "weekdays": but(MANY, lane__road="departs = { weekdays = ['Mon', 'Tue', 'Fri'] }"),
    "weekdays, some cancelled": but(MANY, lane__road="departs = { weekdays = ['Mon', 'Fri'], cancelled = 0.3 }"),
    "not many in a row": but(MANY, lane__road="departs = { every_days = 7, cancelled = 0.6, cancelled_in_a_row = 2 }"),
    "not many in a row, and left behind": but(
        MANY, lane__road="departs = { every_days = 7, cancelled = 0.5, cancelled_in_a_row = 1, rolled = 0.1 }"
    ),
    "left behind": but(MANY, lane__road="departs = { every_days = 7, rolled = 0.3 }"),
    "cut-off": but(MANY, lane__road="departs = { every_days = 7, cut_off_days = 2.5 }"),
    "examinations": but(MANY, customs__p=EXAMS),
    "examinations that go on": but(MANY, customs__p=EXAMS.replace("days = 2 }", "days = 2, escalates = 0.5 }")),
    "neighbours": but(but(MANY, customs__p=EXAMS), lane__road="shares_box_with = 2"),
    "closed weekdays": but(MANY, customs__p="closed_weekdays = ['Sat', 'Sun']"),
    "bad units": but(MANY, supplier__f="good_share = 0.9"),
    "a factory that does not make it": TWO,
    "the first of two": but(TWO, sku="suppliers = ['f', 'g']"),
}


@pytest.mark.parametrize("world", WORLDS)
def test_a_quote_is_what_journeys_take(world: str, tmp_path: Path) -> None:
    """Departures and customs are shared by the orders of some days: 24 replications of 2 years are as good as 2,000."""
    scenario = scenario_of(WORLDS[world], tmp_path)
    (facts,) = (lane for lane in lanes_into(Network.of(scenario), "w") if lane.name == "road")
    script = Script(tuple((day, "road", (10,)) for day in range(0, 700, 3)))
    (record,) = played(scenario, script, runs=24, keep=range(24), check=False)
    days = np.array(taken(record))
    assert np.isfinite(days).all()
    assert days.mean() == pytest.approx(facts.lead_days, rel=0.03)
    assert days.std() == pytest.approx(facts.spread_days, rel=0.1)


def test_a_hurried_way_is_quoted_as_it_is(tmp_path: Path) -> None:
    rush = (
        f"rush = {{ make_days = {{ law = 'gamma', mean = 3, cv = 0.5 }}, surcharge = 0.1 }}\n{LATE}\nstart_up_days = 1"
    )
    scenario = scenario_of(but(MANY, supplier__f=rush), tmp_path)
    (facts,) = (lane for lane in lanes_into(Network.of(scenario), "w") if lane.name == "road+rush")
    script = Script(tuple((day, "road+rush", (10,)) for day in range(0, 700, 3)))
    (record,) = played(scenario, script, runs=24, keep=range(24), check=False)
    assert np.mean(taken(record)) == pytest.approx(facts.lead_days, rel=0.03)
    assert np.std(taken(record)) == pytest.approx(facts.spread_days, rel=0.1)


@pytest.mark.parametrize(
    ("beside", "what"),
    [
        ("", "as it is"),
        ("put_away_days = 6", "putting away takes time"),
        ("put_away_days = 2\nslower_months = [3, 3, 1, 1, 1, 1, 1, 1, 1, 1, 1, 1]", "and more in some months"),
    ],
)
def test_who_sees_the_future_sees_the_shelf(beside: str, what: str, tmp_path: Path) -> None:
    """Ten a day, certain times: with the stock of the first weeks nothing need be lost."""
    text = PAPER.replace("price = 0", "price = 9").replace("mean = 1 ", "mean = 10 ")
    text = text.replace("opening = { units = 0 }", "opening = { units = 250 }")
    (record,) = played(scenario_of(but(text, warehouse__w=beside) if beside else text, tmp_path), "oracle", runs=1)
    assert record.lost.sum() == 0, what


def test_who_sees_the_future_knows_who_makes_it(tmp_path: Path) -> None:
    text = PAPER.replace("price = 0", "price = 9").replace("mean = 1 ", "mean = 10 ")
    text = text.replace("opening = { units = 0 }", "opening = { units = 250 }")
    slow = text.replace('from = "f"', 'from = ["f", "g"]').replace(
        "[lane.road]", "[supplier.g]\nmake_days = 40\n[lane.road]"
    )
    one, two = (played(scenario_of(world, tmp_path), "oracle", runs=1)[0] for world in (text, slow))
    assert two.lost.sum() == one.lost.sum() == 0
    assert two.on_hand_days.sum() == one.on_hand_days.sum()


@pytest.mark.parametrize(
    ("table", "lines", "mean", "spread"),
    [
        ("warehouse__w", "put_away_days = { law = 'gamma', mean = 3, cv = 0.5 }", 3, 1.5),
        ("customs__p", "clear_days = { law = 'uniform', low = 0.5, high = 2 }", 1.25, 1.5 / 12**0.5),
        ("customs__p", "closed_weekdays = ['Sat', 'Sun']", 2**2 / (2 * 7), (2**3 / (3 * 7) - (2 / 7) ** 2) ** 0.5),
    ],
    ids=["putting away", "a desk", "closed weekends"],
)
def test_each_part_of_a_quote_is_its_laws(table: str, lines: str, mean: float, spread: float, tmp_path: Path) -> None:
    """All else is certain: three days of production and five of road. A post shut for c of T days holds c^2/2T on
    average, and c^3/3T on average of its square."""
    text = PAPER.replace("days = 5 }]", 'days = 5 }, { name = "customs", post = "p" }]')
    text = but(text.replace("[warehouse.w]", "[customs.p]\n[warehouse.w]"), **{table: lines})
    (facts,) = (lane for lane in lanes_into(Network.of(scenario_of(text, tmp_path)), "w") if lane.name == "road")
    assert facts.lead_days == pytest.approx(8 + mean, rel=1e-9)
    assert facts.spread_days == pytest.approx(spread, rel=1e-9)
