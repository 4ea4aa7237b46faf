"""Freight by hand: what lanes charge, and what they carry."""

from pathlib import Path

import numpy as np
import pytest

from policies.protocol import PolicyFault
from sim.world.network import Network
from sim.world.supply.quotes import lanes_into
from tests.sim.paper import PAPER, bill, but, shipped
from tests.worlds import played, scenario_of

TWO = but(
    PAPER.replace("[supplier.f]", '[[sku]]\nid = "B"\nunit_cost = 1\nprice = 0\nvolume_m3 = 0.01\nweight_kg = 5\n[supplier.f]')
)  # fmt: skip
"""A weighs 10 kg a cubic metre, B 500."""
BATTERY = TWO.replace("weight_kg = 5\n", "weight_kg = 5\nbattery = true\n")


@pytest.mark.parametrize(
    ("cost", "charged"),
    [
        ("{}", 0),
        ("{ per_m3 = 20 }", 20 * (30 + 0.4)),
        ("{ per_kg = 2 }", 2 * (300 + 200)),
        ("{ per_kg = 2, kg_per_m3 = 10 }", 2 * 500),
        ("{ per_kg = 2, kg_per_m3 = 100 }", 2 * 3040),
        ("{ per_shipment = 80 }", 80),
        ("{ per_kg = 1, per_m3 = 1, per_shipment = 1 }", 500 + 30.4 + 1),
        ("{ container = { price = 1000 } }", 1000),
        ("{ container = { price = 1000, m3 = 38, fill = 0.8 } }", 1000),
        ("{ container = { price = 1000, m3 = 37.9, fill = 0.8 } }", 2000),
        ("{ container = { price = 1000, m3 = 10, fill = 1 }, per_shipment = 5 }", 4005),
        ("{ per_m3 = 1, months = [3, 1, 1, 1, 1, 1, 1, 1, 1, 1, 1, 1] }", 3 * 30.4),
    ],
)
def test_thirty_of_one_and_forty_of_the_other(cost: str, charged: float, tmp_path: Path) -> None:
    text = but(TWO, lane__road=f"cost = {cost}")
    assert bill(shipped(text, tmp_path, (0, "road", (30, 40))), "freight") == pytest.approx(charged)
    assert bill(shipped(text, tmp_path, (0, "track", (30, 40))), "freight") == 0


def test_freight_is_paid_once_for_each_shipment(tmp_path: Path) -> None:
    text = but(TWO, lane__road="cost = { per_shipment = 80, per_m3 = 20 }")
    record = shipped(text, tmp_path, (0, "road", (1, 0)), (1, "road", (0, 100)))
    assert bill(record, "freight") == pytest.approx(2 * 80 + 2 * 20)


def test_batteries_cost_more_by_the_kilogram(tmp_path: Path) -> None:
    text = but(BATTERY, lane__road="cost = { battery_per_kg = 3, per_kg = 2 }")
    assert bill(shipped(text, tmp_path, (0, "road", (30, 40))), "freight") == pytest.approx(2 * 500 + 3 * 200)


def test_the_month_of_departure_counts(tmp_path: Path) -> None:
    """Ordered on 30 January, made on 3 February; the road takes until March."""
    text = but(PAPER, lane__road="cost = { per_m3 = 1, months = [5, 7, 11, 1, 1, 1, 1, 1, 1, 1, 1, 1] }")
    text = text.replace('"road", days = 5', '"road", days = 30')
    for day, factor in ((20, 5), (22, 5), (23, 7), (25, 7)):  # made on 29 and 31 January, 1 and 3 February
        assert bill(shipped(text, tmp_path, (day, "road", 10)), "freight") == 10 * factor


def test_a_lane_that_refuses_batteries_carries_none(tmp_path: Path) -> None:
    text = but(
        BATTERY, lane__road="takes_batteries = false\ncost = { per_m3 = 1 }", lane__track="cost = { per_m3 = 9 }"
    )
    facts = {lane.name: lane for lane in lanes_into(Network.of(scenario_of(text, tmp_path)), "w")}
    assert np.broadcast_to(facts["road"].carries, 2).tolist() == [True, False]
    assert np.broadcast_to(facts["track"].carries, 2).tolist() == [True, True]
    with pytest.raises(PolicyFault, match="B down lane 'road'"):
        shipped(text, tmp_path, (0, "road", (1, 1)))
    (record,) = played(scenario_of(text, tmp_path), "base-stock:units=30,review_days=30", runs=1)
    assert record.series is not None
    assert all(one.units[1] == 0 for one in record.series.shipments if one.lane == "road")


@pytest.mark.parametrize(
    "cost",
    [
        "{ per_m3 = 20, per_kg = 2, kg_per_m3 = 250, battery_per_kg = 3 }",
        "{ container = { price = 1000, m3 = 10, fill = 0.8 } }",
    ],
)
def test_a_quote_is_what_a_unit_more_costs_where_everything_is_full(cost: str, tmp_path: Path) -> None:
    """B is light by volume, A heavy: each alone, by eight hundred cubic metres."""
    text = but(BATTERY, lane__road=f"cost = {cost}")
    (facts,) = (f for f in lanes_into(Network.of(scenario_of(text, tmp_path)), "w") if f.name == "road")
    for k, units in ((0, (800, 0)), (1, (0, 80_000))):
        charged = bill(shipped(text, tmp_path, (0, "road", units)), "freight")
        assert facts.landed_cost[k] == pytest.approx(charged / sum(units))
