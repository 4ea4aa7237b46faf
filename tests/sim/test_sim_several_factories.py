"""Several factories by hand: who makes what of an order, by shares or in turn."""

from pathlib import Path

import numpy as np
import pytest

from sim.world.network import Network
from sim.world.supply.quotes import lanes_into
from tests.sim.paper import PAPER, bill, but, made, shipments, shipped
from tests.worlds import played, scenario_of

CLOSED = "closures = [{ on = 2026-01-07, days = 3 }]"
"""Days 2, 3 and 4."""
SEVERAL = PAPER.replace('from = "f"', 'from = ["f", "g"]').replace(
    "[lane.road]", "[supplier.g]\nmake_days = 1\nprice_factor = 2\n[lane.road]"
)


def parts(text: str, tmp_path: Path, units: int = 20, day: int = 0) -> dict[str, int]:
    """What each factory gets of an order."""
    return {one.supplier: int(one.units.sum()) for one in shipments(shipped(text, tmp_path, (day, "road", units)))}


def test_left_out_the_first_supplier_of_a_lane_makes_it(tmp_path: Path) -> None:
    assert parts(SEVERAL, tmp_path) == {"f": 20}
    assert parts(SEVERAL.replace('["f", "g"]', '["g", "f"]'), tmp_path) == {"g": 20}


def test_left_out_nobody_else_makes_it_in_a_hurry_either(tmp_path: Path) -> None:
    """Only g can hurry, and f makes it: nobody hurries."""
    text = but(SEVERAL, supplier__g="rush = { make_days = 0.5, surcharge = 0 }")
    facts = {lane.name: lane for lane in lanes_into(Network.of(scenario_of(text, tmp_path)), "w")}
    assert "road+rush" not in facts or not np.any(facts["road+rush"].carries)


def test_shares_split_every_order(tmp_path: Path) -> None:
    text = but(SEVERAL, sku="suppliers = { f = 0.7, g = 0.3 }")
    assert parts(text, tmp_path) == {"f": 14, "g": 6}
    assert parts(text, tmp_path, 21) == {"f": 15, "g": 6}, "what is left over goes to the largest"
    record = shipped(text, tmp_path, (0, "road", 20))
    assert made(record) == [3, 1]
    assert bill(record, "goods") == pytest.approx(14 + 2 * 6)
    second = but(SEVERAL, sku="suppliers = { f = 0.3, g = 0.7 }")
    assert parts(second, tmp_path, 21) == {"f": 6, "g": 15}, "whichever that is"
    packs = but(text, sku="units_per_carton = 5")
    assert parts(packs, tmp_path, 50) == {"f": 35, "g": 15}
    assert parts(packs, tmp_path, 40) == {"f": 30, "g": 10}, "whole cartons"


def test_every_share_reaches_its_factorys_smallest_order(tmp_path: Path) -> None:
    """0.3 of 400 in cartons of 50 are 2 cartons, which is too little for a factory that makes 110 at least."""
    text = but(SEVERAL, sku="units_per_carton = 50", supplier__g="order_at_least = 110")
    text = but(text, sku="suppliers = { f = 0.7, g = 0.3 }")
    (record,) = played(scenario_of(text, tmp_path), "base-stock:units=1,review_days=90,lane=road", runs=1)
    assert {one.supplier: int(one.units.sum()) for one in shipments(record)}["g"] >= 110


def test_what_factories_charge_over_the_unit_cost_is_in_the_quote(tmp_path: Path) -> None:
    """g charges twice the unit cost of 1, f a fifth more; there is neither freight nor duty."""
    dearer = but(SEVERAL, supplier__f="price_factor = 1.2")
    for suppliers, over in (("{ f = 1 }", 0.2), ("{ f = 0.7, g = 0.3 }", 0.7 * 0.2 + 0.3 * 1), ("['g', 'f']", 1.0)):
        text = but(dearer, sku=f"suppliers = {suppliers}")
        (facts,) = (lane for lane in lanes_into(Network.of(scenario_of(text, tmp_path)), "w") if lane.name == "road")
        assert facts.landed_cost == pytest.approx([over])


def test_the_next_takes_over_while_the_first_is_shut(tmp_path: Path) -> None:
    text = but(SEVERAL, sku='suppliers = ["g", "f"]', supplier__g="closures = [{ on = 2026-01-08, days = 2 }]")
    assert [parts(text, tmp_path, day=day) for day in (0, 1, 2, 3, 4)] == [
        {"g": 20}, {"g": 20}, {"f": 20}, {"f": 20}, {"g": 20},
    ]  # fmt: skip


def test_where_all_are_shut_the_first_waits(tmp_path: Path) -> None:
    text = but(SEVERAL, sku='suppliers = ["g", "f"]', supplier__g=CLOSED)
    assert parts(but(text, supplier__f=CLOSED), tmp_path, day=1) == {"g": 20}


def test_the_next_takes_over_while_the_first_is_booked_up(tmp_path: Path) -> None:
    """40 units take 4 days. When the second order is placed, 3 of them are left."""
    text = but(SEVERAL, sku='suppliers = ["g", "f"]', supplier__g="units_per_day = 10")
    for booked, second in ((3, "f"), (3.1, "g")):
        busy = but(text, supplier__g=f"booked_days = {booked}")
        record = shipped(busy, tmp_path, (0, "road", 40), (1, "road", 10))
        assert [one.supplier for one in shipments(record)] == ["g", second]
    busy = but(text, supplier__g="booked_days = 3")
    text = but(busy, supplier__g="closures = [{ on = 2026-01-09, days = 20 }]")
    record = shipped(text, tmp_path, (0, "road", 40), (2, "road", 10))
    assert shipments(record)[1].supplier == "g", "2 working days are left, though 22 by the calendar"


def test_factories_share_a_lane_and_keep_lines_of_their_own(tmp_path: Path) -> None:
    text = but(SEVERAL, sku="suppliers = { f = 0.5, g = 0.5 }", supplier__f="units_per_day = 2")
    record = shipped(text, tmp_path, (0, "road", 20), (0, "track", 20))
    assert [(one.supplier, one.ready - one.ordered) for one in shipments(record)] == [
        ("f", 5), ("g", 1), ("f", 10), ("g", 1),
    ]  # fmt: skip
