"""Queues by hand: deterministic worlds in which every shipment's times can be worked out on paper."""

from pathlib import Path

import numpy as np
import pytest

from policies.protocol import LaneFacts
from scenarios.schema import Scenario
from sim.world.network import Network
from sim.world.sample import sample_world
from sim.world.supply.quotes import lanes_into
from tests.worlds import PLAIN, played, scenario_of

PAPER = """
title = "Two lanes, one of everything"
start = 2026-01-05
days = 60
[[sku]]
id = "A"
unit_cost = 1
price = 2
[supplier.f]
[lane.first]
from = "f"
to = "w"
legs = [{ name = "road", days = 5 }, { name = "customs", post = "p" }]
[lane.second]
from = "f"
to = "w"
legs = [{ name = "road", days = 5 }, { name = "customs", post = "p" }]
[customs.p]
clear_days = 2
[warehouse.w]
opening = { units = 0 }
[market.m]
served_by = ["w"]
waits = 1
[market.m.demand.A]
organic = { law = "fixed", mean = 1 }
"""


def shelved(text: str, tmp_path: Path) -> list[float]:
    """Days after the first review on which the two shipments are put away."""
    file = tmp_path / "both.py"
    file.write_text(
        "from dataclasses import dataclass\nfrom typing import ClassVar\nimport numpy as np\n"
        "from policies.protocol import Orders\n\n@dataclass(frozen=True)\nclass Both:\n"
        "    name: ClassVar[str] = 'both'\n    sees = frozenset({'stock'})\n    review_days: int = 60\n\n"
        "    def orders(self, seen):\n"
        "        units = np.full(len(seen.skus), 20)\n        return Orders({'first': units, 'second': units})\n"
    )
    (record,) = played(scenario_of(text, tmp_path), f"{file}:Both()", runs=1)
    assert record.series is not None
    return [s.shelved - s.ordered for s in record.series.shipments]


@pytest.mark.parametrize(
    ("old", "new", "days"),
    [
        ("", "", [7, 7]),
        ("[customs.p]", "[customs.p]\ndesks = 2", [7, 7]),
        ("[customs.p]", "[customs.p]\ndesks = 1", [7, 9]),
        ("[supplier.f]", "[supplier.f]\nunits_per_day = 10", [9, 11]),
        ("[supplier.f]", "[supplier.f]\nunits_per_day = 10\nmake_days = 3", [10, 11]),
        ("[warehouse.w]", "[warehouse.w]\ndock_units_per_day = 5", [11, 15]),
        ("[customs.p]", "[customs.p]\nclosures = [{ on = 2026-01-10, days = 4 }]", [10, 10]),
        ("[lane.first]", "[lane.first]\ndeparts = { every_days = 4 }", [10, 7]),
    ],
    ids=["no queue", "two desks", "one desk", "line", "line and making", "dock", "closure", "sailing"],
)
def test_two_shipments_by_hand(old: str, new: str, days: list[float], tmp_path: Path) -> None:
    assert shelved(PAPER.replace(old, new) if old else PAPER, tmp_path) == pytest.approx(days)


def test_others_and_ours_take_desks_in_the_order_they_come(tmp_path: Path) -> None:
    """Every shipment of ours waits as a plain loop over all who come says; the loop knows nothing of queues."""
    text = PAPER.replace(
        "clear_days = 2", 'clear_days = { law = "uniform", low = 0.5, high = 2 }\ndesks = 4\nothers_per_day = 3'
    )
    scenario = scenario_of(text, tmp_path)
    (record,) = played(scenario, "base-stock:units=10,review_days=1,lane=first", runs=3)
    world = sample_world(Network.of(scenario), [0, 1, 2])
    assert record.series is not None
    waited = 0.0
    for run in range(3):
        post = world.passage.lanes[0].legs[1]
        ours = {}
        for shipment in record.series.shipments:
            stages = {name: (entered, left) for name, entered, left in shipment.legs}
            if shipment.run == run and "customs" in stages:
                came = round(stages["customs queue"][0] * 1440)
                ours[came] = round(stages["customs queue"][1] * 1440)
        others = list(zip(*world.passage.others["p"][run], strict=True))
        free = [0] * 4
        for came, is_ours, minutes in sorted(
            [(at, 0, work) for at, work in others] + [(at, 1, int(post.clear[run, at // 1440])) for at in ours]
        ):
            begin = max(came, min(free))
            free[free.index(min(free))] = begin + minutes
            if is_ours:
                assert begin == ours[came]
                waited += begin - came
    assert waited > 0


def times(scenario: Scenario, lane: str) -> tuple[LaneFacts, list[float]]:
    facts = next(f for f in lanes_into(Network.of(scenario), "los-angeles") if f.name == lane)
    rule = f"base-stock:cover_days=90,review_days=1,lane={lane}"
    (record,) = played(scenario, rule, runs=60, check=False)
    assert record.series is not None
    early = [s for s in record.series.shipments if s.ordered < 100]
    assert all(np.isfinite(s.shelved) for s in early)
    return facts, [s.shelved - s.ordered for s in early]


def test_the_quoted_wait_for_a_departure_is_renewal_theorys(tmp_path: Path) -> None:
    """E[H^2] / 2 E[H] for headways of 4 days times a geometric number, 30 % of departures cancelled."""
    text = PAPER.replace("[lane.first]", "[lane.first]\ndeparts = { every_days = 4, cancelled = 0.3 }")
    first, second = lanes_into(Network.of(scenario_of(text, tmp_path)), "w")
    number = np.arange(1, 200)
    chance, headway = 0.7 * 0.3 ** (number - 1), 4 * number
    wait = (chance * headway**2).sum() / (2 * (chance * headway).sum())
    assert first.haul_days - second.haul_days == pytest.approx(wait, rel=1e-9)


@pytest.mark.parametrize("lane", ["sea", "air"])
def test_quotes_tell_what_journeys_take(lane: str, tmp_path: Path) -> None:
    facts, taken = times(scenario_of(PLAIN, tmp_path), lane)
    assert np.mean(taken) == pytest.approx(facts.lead_days, rel=0.02)
    assert np.std(taken) == pytest.approx(facts.spread_days, rel=0.1)
    assert facts.lead_days - facts.haul_days == pytest.approx(12)


def test_desk_use_is_offered_load(tmp_path: Path) -> None:
    """One order a day, half a day at one of two desks, one other shipment a day: (0.5 + 0.5) / 2."""
    text = PAPER.replace("clear_days = 2", "clear_days = 0.5\ndesks = 2\nothers_per_day = 1").replace(
        "days = 60", "days = 2000\nwarm_up_days = 100"
    )
    (record,) = played(scenario_of(text, tmp_path), "base-stock:units=10,review_days=1,lane=first", runs=20, keep=())
    assert record.desk_use.mean() == pytest.approx(0.5, rel=0.02)
