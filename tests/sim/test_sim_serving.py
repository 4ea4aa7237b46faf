"""Who serves whom: routes, promises, deliveries, packing tables, split stock and stock that is bought in."""

from dataclasses import dataclass
from pathlib import Path
from typing import ClassVar

import numpy as np
import pytest

from policies.playbook import Levers, Watch
from reports.record import Record
from tests.sim.paper import PAPER, Script, bill, but
from tests.worlds import played, same_series, same_totals, scenario_of

SHOPS = (
    PAPER.replace('served_by = ["w"]', 'served_by = ["bonded", "abroad"]')
    .replace("[warehouse.w]\nopening = { units = 0 }", "[warehouse.bonded]\nbonded = true\nopening = { units = 30 }")
    .replace('to = "w"', 'to = "bonded"', 1)
    .replace('to = "w"', 'to = "abroad"', 1)
    .replace("[market.m]", "[warehouse.abroad]\nopening = { units = 500 }\n[market.m]")
    .replace("mean = 1 ", "mean = 3 ")
    .replace("price = 0", "price = 20")
    .replace(
        "[market.m.demand.A]",
        """[market.m.delivery.bonded]
days = 2
per_order = 1
tax = 0.1
[market.m.delivery.abroad]
days = { law = "uniform", low = 9, high = 12 }
per_order = 4
per_kg = 0.5
tax_per_order = 3
[market.m.demand.A]""",
    )
)
"""Three are sold a day: ten days from 30 bonded units, promised in 2 days; then from abroad, promised in 11."""
ABROAD, BONDED = 0, 1


def served(text: str, tmp_path: Path, routing: str = "preference", **how: object) -> Record:
    """What happens to a seller who orders nothing."""
    (record,) = played(scenario_of(text, tmp_path), Script(), **({"runs": 1, "routings": (routing,)} | how))  # type: ignore[arg-type]
    return record


def left(record: Record, place: int) -> list[int]:
    """Units on hand at the end of every day."""
    assert record.series is not None
    return record.series.on_hand[:, 0, place, 0].tolist()


# --- routes -------------------------------------------------------------------------------------------------------


def test_who_finds_one_warehouse_empty_turns_to_the_next(tmp_path: Path) -> None:
    record = served(SHOPS, tmp_path)
    assert record.sold[0, :, 0].tolist() == [270, 30]
    assert record.short_orders.sum() == 0


def test_without_the_fallback_the_market_is_lost_from_the_day_on(tmp_path: Path) -> None:
    both, one = served(SHOPS, tmp_path), served(SHOPS, tmp_path, "preference:ranks=1")
    assert both.series is not None and one.series is not None
    assert (both.series.sold[:10] == one.series.sold[:10]).all()
    assert one.series.sold[10:].sum() == 0 < both.series.sold[10:].sum()
    assert (one.routing, one.lost.sum()) == ("preference:ranks=1", 270)


def test_naming_the_usual_routing_changes_nothing(tmp_path: Path) -> None:
    (plain,) = played(scenario_of(SHOPS, tmp_path), Script(), runs=2)
    record = served(SHOPS, tmp_path, "preference", runs=2)
    assert same_series(plain, record) and same_totals(plain, record)


def test_patient_buyers_are_served_from_abroad(tmp_path: Path) -> None:
    """One third of three a day is patient: one from abroad, two from the bonded stock."""
    patient = SHOPS.replace("[market.m]", f"[market.m]\npatient = {1 / 3}")
    cheap = patient.replace("per_order = 4\nper_kg = 0.5\ntax_per_order = 3", "per_order = 0")
    record = served(cheap, tmp_path, "by-urgency", runs=20)
    assert record.series is not None
    ten_days = 500 - record.series.on_hand[9, :, ABROAD, 0]
    assert ten_days.mean() == pytest.approx(10, abs=0.01), "rounded by luck"
    usual = served(cheap.replace(f"patient = {1 / 3}", "patient = 0"), tmp_path, "by-urgency", runs=1)
    assert left(usual, ABROAD)[9] == 500


def test_scarce_stock_is_kept_for_those_who_prefer_it(tmp_path: Path) -> None:
    """Five days of its own pace of 1 stay at v; without that its 60 units last until day 15."""
    text = (
        PAPER.replace('served_by = ["w"]', 'served_by = ["w", "v"]')
        .replace("mean = 1 ", "mean = 3 ")
        .replace("[market.m]", "[warehouse.v]\nopening = { units = 60 }\n[market.m]")
        .replace('to = "w"', 'to = "v"', 1)
        .replace("days = 100", "days = 100\nhistory_days = 30")
        + '[market.n]\nserved_by = ["v"]\n[market.n.demand.A]\norganic = { law = "fixed", mean = 1 }\n'
    )
    usual, kept = served(text, tmp_path), served(text, tmp_path, "protect-scarce:keep_days=5")
    assert usual.served[0, :, 0].tolist() == [15, 45]
    assert kept.served[0, :, 0].tolist() == [19, 41], "m gets two of the last seven on day 13, n the five that are kept"


# --- promises -----------------------------------------------------------------------------------------------------


ACCEPTS = SHOPS.replace(
    "[market.m]", "[market.m]\naccepts = [{ within_days = 2, share = 0.8 }, { within_days = 20, share = 0.4 }]"
)
"""Of the buyers 80 % take a promise of two days, half of them one of eleven."""


def test_who_minds_the_promise_never_comes_and_who_minds_the_next_is_lost(tmp_path: Path) -> None:
    text = ACCEPTS.replace("mean = 3 ", "mean = 300 ").replace("units = 30 ", "units = 2400 ").replace("500", "50000")
    record = served(text, tmp_path)
    assert record.series is not None
    came = record.wanted.sum()
    assert record.forgone_by_promise.sum() == 6000
    assert came == 24000
    assert record.sold[0, :, 0].tolist() == [(came - 2400) // 2, 2400]
    assert record.lost.sum() == (came - 2400) // 2
    assert record.short_orders.sum() == record.lost.sum()


def test_a_promise_that_all_take_changes_nothing(tmp_path: Path) -> None:
    easy = SHOPS.replace("[market.m]", "[market.m]\naccepts = [{ within_days = 20, share = 1 }]")
    plain, record = served(SHOPS, tmp_path, runs=2), served(easy, tmp_path, runs=2)
    assert same_series(plain, record) and same_totals(plain, record)


def test_a_faster_warehouse_deters_nobody_more(tmp_path: Path) -> None:
    """Who took eleven days takes two as well, when direct mail is out."""
    swapped = ACCEPTS.replace('["bonded", "abroad"]', '["abroad", "bonded"]').replace("units = 500", "units = 5")
    record = served(swapped.replace("mean = 3 ", "mean = 300 ").replace("units = 30 ", "units = 50000 "), tmp_path)
    assert record.forgone_by_promise.sum() == 18000
    assert record.lost.sum() == 0


# --- deliveries ---------------------------------------------------------------------------------------------------


def test_the_last_mile_and_taxes_are_paid_by_warehouse(tmp_path: Path) -> None:
    record = served(SHOPS, tmp_path)
    assert bill(record, "fulfilment") == 30 * 1 + 270 * (4 + 10 * 0.5)
    assert bill(record, "tax") == pytest.approx(30 * 0.1 * 20 + 270 * 3)


def test_what_a_market_pays_is_its_own(tmp_path: Path) -> None:
    dear = SHOPS.replace("[market.m]", "[market.m]\nprices = { A = { CNY = 250 } }").replace(
        "days = 100", "days = 100\nfx = { CNY = 10 }"
    )
    assert bill(served(dear, tmp_path), "revenue") == 300 * 25


def test_a_promise_is_kept_as_often_as_the_law_says(tmp_path: Path) -> None:
    """Two days are always two; between 9 and 12 days, eleven are enough in two thirds of all cases."""
    record = served(SHOPS, tmp_path)
    assert record.on_time.item() == pytest.approx(30 + 270 * 2 / 3)


def test_packing_tables_pass_so_many_orders_a_day(tmp_path: Path) -> None:
    """Three come a day and two leave: on day d the last of d waiting orders and three new ones leaves d / 2 days late.

    One day is allowed, so all are on time on days 0 and 1; then those who find too many before them are not.
    """
    slow = SHOPS.replace("[warehouse.bonded]", "[warehouse.bonded]\ndispatch_orders_per_day = 2").replace(
        "days = 2\nper_order", "days = 0\npromise_days = 1\nper_order"
    )
    limits = slow.replace("[market.m]", "[market.m]\nlimits = { dispatch_days = 1, traffic_left = 1 }")
    record = served(limits, tmp_path)
    late = sum(min(max(day + 3 - 4, 0), 3) for day in range(10))
    assert record.late.sum() == pytest.approx(late, abs=1e-9)
    assert record.on_time.item() == pytest.approx(30 - late + 270 * 2 / 3)
    fast = served(limits.replace("orders_per_day = 2", "orders_per_day = 3"), tmp_path)
    assert fast.late.sum() == 0


# --- split stock --------------------------------------------------------------------------------------------------


SPLIT = (
    PAPER.replace("mean = 1 ", "mean = 9 ").replace("units = 0", "units = 100")
    + '[market.n]\nserved_by = ["w"]\n[market.n.demand.A]\norganic = { law = "fixed", mean = 1 }\n'
)
"""Ten are sold a day of a pool of 100."""


def test_split_stock_is_out_in_one_shop_while_another_has_some(tmp_path: Path) -> None:
    """m has 60 for nine a day, n 40 for one: m loses from day 6 on, where the pool lasts for ten days."""
    split = SPLIT.replace("[market.m]", "[market.m]\nstock_share = 0.6").replace(
        "[market.n]", "[market.n]\nstock_share = 0.4"
    )
    pooled, parted = served(SPLIT, tmp_path), served(split, tmp_path)
    assert pooled.series is not None and parted.series is not None
    assert (pooled.series.sold[:6] == parted.series.sold[:6]).all()
    assert pooled.served[0, :, 0].tolist() == [90, 10]
    assert parted.served[0, :, 0].tolist() == [60, 40]


def test_what_no_market_has_a_share_of_is_shared(tmp_path: Path) -> None:
    """n keeps 40 of 100; the other sixty are for both, and m alone wants them."""
    record = served(SPLIT.replace("[market.n]", "[market.n]\nstock_share = 0.4"), tmp_path)
    assert record.served[0, :, 0].tolist() == [60, 40]


def test_shares_are_of_every_receipt(tmp_path: Path) -> None:
    split = SPLIT.replace("[market.m]", "[market.m]\nstock_share = 0.5").replace(
        "[market.n]", "[market.n]\nstock_share = 0.5"
    )
    (record,) = played(scenario_of(split, tmp_path), Script(((10, "road", (31,)),)), runs=1)
    assert sorted(record.served[0, :, 0].tolist()) == [50 + 15, 50 + 16], "the odd unit is nobody's, so anybody's"


# --- bought in ----------------------------------------------------------------------------------------------------


def test_what_ships_after_the_order_is_never_out_and_paid_when_sold(tmp_path: Path) -> None:
    virtual = SHOPS.replace("opening = { units = 500 }", 'ships_after_order = ["A"]')
    record = served(virtual, tmp_path)
    assert record.lost.sum() == 0
    assert record.received[0, :, 0].tolist() == [270, 0]
    assert bill(record, "goods") == 270
    assert record.empty_days[0, ABROAD, 0] == 0
    assert record.on_hand_days[0, ABROAD, 0] == 0
    plain = served(SHOPS, tmp_path)
    assert record.series is not None and plain.series is not None
    assert np.array_equal(record.series.sold, plain.series.sold)


def test_nobody_orders_what_is_bought_in(tmp_path: Path) -> None:
    virtual = SHOPS.replace("opening = { units = 500 }", 'ships_after_order = ["A"]')
    (record,) = played(scenario_of(virtual, tmp_path), "base-stock:units=50", runs=1)
    assert record.purchase_orders[0].tolist() == [record.purchase_orders.sum(), 0]


@dataclass(frozen=True)
class SellOff:
    """Sells twenty units off on day 2."""

    name: ClassVar[str] = "sell-off"
    reaction_hours: ClassVar[float] = 0.0

    def act(self, seen: Watch) -> Levers:
        """Twenty of every SKU, once."""
        return Levers(sell_off=np.full(seen.stock.on_hand.shape, 20 * (seen.day == 2)))


def test_bonded_stock_is_not_sold_off(tmp_path: Path) -> None:
    stock = but(PAPER, warehouse__w="opening = { units = 200 }\nsell_off_share = 0.5")
    bonded = stock.replace("sell_off_share = 0.5", "bonded = true")
    (sold,), (kept,) = (
        played(scenario_of(text, tmp_path), Script(), runs=1, playbooks=(SellOff(),)) for text in (stock, bonded)
    )
    assert (sold.off_sold.sum(), kept.off_sold.sum()) == (20, 0)


# --- routes and what goes with them -------------------------------------------------------------------------------


TOLD = SHOPS.replace("[market.m]", "[market.m]\nlisting = { falls_per_day = 0.1, half_life_days = 9 }")


def test_a_page_is_empty_where_nobody_who_may_deliver_has_any(tmp_path: Path) -> None:
    """With one warehouse left out by the routing, weights fall as in a world without that warehouse."""
    alone = TOLD.replace('["bonded", "abroad"]', '["bonded"]').split("[market.m.delivery.abroad]")
    one = alone[0] + "[market.m.demand.A]" + alone[1].split("[market.m.demand.A]")[1]
    cut, without = served(TOLD, tmp_path, "preference:ranks=1"), served(one, tmp_path)
    assert cut.forgone_by_stockout.sum() == without.forgone_by_stockout.sum() > 0
    assert served(TOLD, tmp_path).forgone_by_stockout.sum() == 0


def test_siblings_come_from_the_warehouses_of_the_routing(tmp_path: Path) -> None:
    """A has run out, and its sibling stands abroad, where the routing sends nobody."""
    two = (
        SHOPS.replace("switches", "switches")
        .replace("[market.m]", "[market.m]\nswitches = 1")
        .replace('id = "A"', 'id = "A"\ngroup = "g"')
    )
    two = (
        two.replace("[supplier.f]", '[[sku]]\nid = "B"\ngroup = "g"\nunit_cost = 1\nprice = 20\n[supplier.f]')
        .replace("opening = { units = 500 }", "opening = { by_sku = { B = 500 } }")
        .replace("opening = { units = 30 }", "opening = { by_sku = { A = 30 } }")
    )
    assert served(two, tmp_path).switched.sum() == 270
    assert served(two, tmp_path, "preference:ranks=1").switched.sum() == 0


def test_an_order_is_late_once(tmp_path: Path) -> None:
    """Five a day are asked for and one is packed; all wait at first, since goods come on day 9."""
    slow = but(
        PAPER.replace("mean = 1 ", "mean = 5 ").replace(
            'served_by = ["w"]', 'served_by = ["w"]\nwaits = 1\nlimits = { dispatch_days = 1, traffic_left = 1 }'
        ),
        warehouse__w="opening = { units = 0 }\ndispatch_orders_per_day = 1",
    )
    (record,) = played(scenario_of(slow, tmp_path), Script(((0, "road", (40,)),)), runs=1)
    assert 0 < record.late.sum() <= record.wanted.sum()
    assert (record.late <= record.wanted).all()


def test_what_comes_back_to_virtual_stock_is_sold_again(tmp_path: Path) -> None:
    """Of three a day half come back after two days: from then on fewer are bought in."""
    virtual = (
        SHOPS.replace("opening = { units = 500 }", 'ships_after_order = ["A"]')
        .replace('["bonded", "abroad"]', '["abroad"]')
        .replace("[market.m]", "[market.m]\nreturns = { share = 0.5, after_days = 2 }")
    )
    virtual = virtual.replace("[market.m.delivery.bonded]\ndays = 2\nper_order = 1\ntax = 0.1\n", "")
    record = served(virtual, tmp_path)
    assert record.sold[0, ABROAD, 0] == 300
    assert record.received[0, ABROAD, 0] == 300 - record.restocked[0, ABROAD, 0] + record.closing[0, ABROAD, 0] < 170


def test_split_stock_claims_nothing_that_is_gone(tmp_path: Path) -> None:
    """n sells its fifty in five days; m's fifty expire as day 8 ends, and a hundred more come as day 9 begins."""
    late = SPLIT.replace("mean = 9 ", "mean = 0.000001 ").replace("[market.m]", "[market.m]\nstock_share = 0.5")
    late = but(late, sku="shelf_life_days = 9").replace("mean = 1 ", "mean = 10 ")
    (record,) = played(scenario_of(late, tmp_path), Script(((0, "road", (100,)),)), runs=1)
    assert record.expired.sum() == 50 + 50
    assert record.served[0, 1, 0] == 50 + 50
