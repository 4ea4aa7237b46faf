"""A28: a city order meets one bonded unit, the next none: first bonded, then direct mail with a later stated date."""

from pathlib import Path

from reports.record import Record
from sim.world.delivery import routes
from sim.world.network import Network
from tests.sim.paper import Script
from tests.worlds import played, scenario_of

CITY = """
title = "One bonded unit, then direct mail"
start = 2026-01-05
days = 4
[[sku]]
id = "A"
unit_cost = 10
price = 30
[supplier.f]
[lane.sea]
from = "f"
to = "bonded"
legs = [{ name = "sea", days = 30 }]
[lane.road]
from = "f"
to = "sydney"
legs = [{ name = "road", days = 30 }]
[warehouse.bonded]
bonded = true
opening = { units = 1 }
[warehouse.sydney]
opening = { units = 50 }
[market.city]
served_by = ["sydney", "bonded"]
accepts = [{ within_days = 2, share = 1.0 }, { within_days = 12, share = 1.0 }]
delivery.bonded = { days = 2, per_order = 2 }
delivery.sydney = { days = { law = "uniform", low = 10, high = 12 }, promise_days = 12, per_order = 5 }
[market.city.demand.A]
organic = { law = "fixed", mean = 1 }
"""
"""One buyer a day, nothing is ordered."""
BONDED, SYDNEY = 0, 1


def sold(text: str, tmp_path: Path) -> Record:
    (record,) = played(scenario_of(text, tmp_path), Script(), runs=1, routings=("bonded-first",))
    return record


def test_golden_A28_first_bonded_then_direct_mail(tmp_path: Path) -> None:
    record = sold(CITY, tmp_path)
    assert record.series is not None
    assert record.series.on_hand[:, 0, :, 0].tolist() == [[0, 50], [0, 49], [0, 48], [0, 47]]
    assert record.sold[0, :, 0].tolist() == [1, 3]
    assert record.money["fulfilment"].tolist() == [2 + 3 * 5]


def test_golden_A28_selling_does_not_stop(tmp_path: Path) -> None:
    record = sold(CITY, tmp_path)
    assert (record.wanted.sum(), record.served.sum(), record.lost.sum()) == (4, 4, 0)
    assert (record.short_orders.sum(), record.forgone_by_promise.sum()) == (0, 0)


def test_golden_A28_the_date_stated_is_later_than_from_bonded_stock(tmp_path: Path) -> None:
    ((sydney, bonded),) = routes(Network.of(scenario_of(CITY, tmp_path)))
    assert (bonded.warehouse, bonded.bonded, bonded.promise_days) == ("bonded", True, 2)
    assert (sydney.warehouse, sydney.bonded, sydney.promise_days) == ("sydney", False, 12)


def test_golden_A28_a_buyer_who_does_not_accept_is_lost(tmp_path: Path) -> None:
    hurried = CITY.replace(", { within_days = 12, share = 1.0 }", "")
    record = sold(hurried, tmp_path)
    assert record.sold[0, :, 0].tolist() == [1, 0]
    assert (record.wanted.sum(), record.lost.sum(), record.short_orders.sum()) == (4, 3, 3)


def test_golden_A28_one_more_bonded_unit_is_one_more_from_there(tmp_path: Path) -> None:
    record = sold(CITY.replace("units = 1 ", "units = 2 "), tmp_path)
    assert record.sold[0, :, 0].tolist() == [2, 2]


def test_golden_A28_without_direct_mail_the_sale_stops(tmp_path: Path) -> None:
    alone = CITY.replace('["sydney", "bonded"]', '["bonded"]').replace("delivery.sydney", "# delivery.sydney")
    record = sold(alone, tmp_path)
    assert (record.served.sum(), record.lost.sum()) == (1, 3)
