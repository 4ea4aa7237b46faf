"""Nobody but the oracle sees the future; the floor and the oracle bound what a rule can reach."""

import dataclasses
from pathlib import Path

import numpy as np
import pytest

from policies.parameters import wrapped_field
from policies.registry import SHIPPED, default_field, policy
from reports.comparison import Comparison
from reports.record import Record
from reports.verdict.goal import read_goal
from scenarios.reader import read_scenario
from scenarios.schema import MINUTES_PER_DAY
from sim.play.engine import Engine
from sim.tournament import setting
from sim.world.network import Network
from sim.world.sample import sample_world
from tests.worlds import PLAIN, TWO_PLACES, played, scenario_of

CHANGED_AFTER = 119  # a review day of weekly reviews, so that one day too many seen would show


def played_twice(text: str, spec: str, tmp_path: Path) -> tuple[Record, Record]:
    """A rule in a world, and in the same world with its demand doubled after a day."""
    network = Network.of(scenario_of(text, tmp_path))
    world = sample_world(network, range(3), range(3))
    wanted = world.wanted.copy()
    wanted[CHANGED_AFTER + 1 :] *= 2
    worlds = (world, dataclasses.replace(world, wanted=wanted))
    one, two = (Engine(each, policy(spec), range(3), check=True).play() for each in worlds)
    return one, two


SPECS = [f"reorder-point+{cls.name}" if wrapped_field(cls) else cls.name for cls in SHIPPED]
"""Every rule that ships, wrappers around another."""
BLIND = [
    pytest.param(spec, world, id=f"{spec}-{name}")
    for name, world, specs in (("plain", PLAIN, default_field()), ("two places", TWO_PLACES, SPECS))
    for spec in specs
    if spec != "oracle"
]


@pytest.mark.parametrize(("spec", "world"), BLIND)
def test_orders_up_to_a_day_do_not_depend_on_demand_after_it(spec: str, world: str, tmp_path: Path) -> None:
    one, two = played_twice(world, spec, tmp_path)
    assert one.series is not None
    assert two.series is not None
    days = slice(0, CHANGED_AFTER + 1)
    assert (one.series.ordered[days] == two.series.ordered[days]).all()
    if one.series.ordered.any():
        assert (one.series.ordered != two.series.ordered).any()


def test_the_oracle_does_see_it(tmp_path: Path) -> None:
    one, two = played_twice(PLAIN, "oracle", tmp_path)
    assert one.series is not None
    assert two.series is not None
    assert (one.series.ordered[: CHANGED_AFTER + 1] != two.series.ordered[: CHANGED_AFTER + 1]).any()


@pytest.mark.parametrize("lane", ["air", "sea"])
def test_what_it_is_told_of_every_order_comes_true(lane: str, tmp_path: Path) -> None:
    """PLAIN has no queues: an order of any day comes when it was foretold, by daily flights and by weekly ships."""
    network = Network.of(scenario_of(PLAIN, tmp_path))
    world = sample_world(network, range(2), range(2))
    told = [[*world.passage.arrivals(network.lanes.index(lane), run)] for run in range(2)]
    record = Engine(world, policy(f"base-stock:lane={lane},review_days=1"), range(2), check=True).play()
    assert record.series is not None
    came = [one for one in record.series.shipments if np.isfinite(one.shelved)]
    assert len(came) > 100
    for one in came:
        assert one.shelved * MINUTES_PER_DAY == pytest.approx(told[one.run][round(one.ordered) - 1])


def test_never_sells_what_was_there_and_no_more(tmp_path: Path) -> None:
    text = PLAIN + '[[open_order]]\nsku = "LAMP"\nwarehouse = "los-angeles"\nunits = 90\ndue = 2026-03-02\n'
    (record,) = played(scenario_of(text, tmp_path), "never", runs=5)
    there = record.opening[:, 0] + record.on_the_way_before[:, 0]
    assert (record.served[:, 0] == np.minimum(there, record.wanted[:, 0])).all()
    assert not record.purchase_orders.any()


WITHOUT_QUEUES = {
    "plain": PLAIN,
    "daily sailings": PLAIN.replace("departs = { every_days = 7, cancelled = 0.1 }\n", ""),
    "by sea alone": PLAIN.replace('[lane.air]\nfrom = "zhongshan"\nto = "los-angeles"', '[lane.air]\nfrom = "zhongshan"\nto = "elsewhere"')
    + "[warehouse.elsewhere]\n",
}  # fmt: skip


@pytest.mark.parametrize("name", [*WITHOUT_QUEUES, "apparel-by-air"])
def test_no_row_pareto_dominates_the_oracle(name: str, tmp_path: Path) -> None:
    """On worlds without shared capacity and smallest orders: no less stockout at no more holding cost."""
    scenario = scenario_of(WITHOUT_QUEUES[name], tmp_path) if name in WITHOUT_QUEUES else read_scenario(name)
    field = [*SPECS, "reorder-point:lane=fastest,review_days=1,safety_days=3", "base-stock:cover_days=9,lane=fastest,review_days=1"]  # fmt: skip
    records = played(scenario, *field, runs=10, keep=())
    rows = {row.policy: row for row in Comparison.of(setting(scenario, name), records, read_goal(), "").rows}
    oracle = rows.pop("oracle").means
    for row in rows.values():
        less_stockout = row.means["stockout_rate"] - oracle["stockout_rate"]
        less_holding = row.means["holding_cost"] - oracle["holding_cost"]
        assert not (less_stockout <= 0 and less_holding <= 0 and (less_stockout < 0 or less_holding < 0)), row.policy
