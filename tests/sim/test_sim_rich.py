"""One world with everything in it: nothing is lost, nothing is counted twice, and only scenario and seed decide."""

import re
from pathlib import Path

import numpy as np
import pytest

from reports.record import Record
from tests.sim.rich import RICH, Busy
from tests.worlds import played, same_series, same_totals, scenario_of

RULES = (
    "base-stock:cover_days=70",
    "reorder-point:safety_days=15",
    "reorder-point:safety_days=12+air-rescue",
    "oracle",
)
BOOKS = ("none", Busy())
RUNS = 20


@pytest.fixture(scope="module")
def rich(tmp_path_factory: pytest.TempPathFactory) -> list[Record]:
    """Every rule with and without a busy seller, with all ledgers checked."""
    scenario = scenario_of(RICH, tmp_path_factory.mktemp("rich"))
    return played(scenario, *RULES, runs=RUNS, playbooks=BOOKS)


def test_everything_that_can_happen_does(rich: list[Record]) -> None:
    busy = rich[1]
    assert busy.series is not None
    shipments = busy.series.shipments
    assert {one.supplier for one in shipments} == {"near", "far", "west"}
    assert {one.lane for one in shipments} >= {"sea", "rail", "truck"}
    assert {one.lane for record in rich for one in record.series.shipments} >= {"air"}  # type: ignore[union-attr]
    for record in rich:
        assert (record.lost_on_the_way.sum(axis=-1) > 0).any(axis=0).all()
        assert record.money["inspection"].any()
        assert record.money["customs"].all()
    assert (busy.moved_in.sum(axis=(0, 2)) > 0).tolist() == [True, False]
    assert busy.off_sold.any()


def test_every_unit_is_accounted_for(rich: list[Record]) -> None:
    for record in rich:
        sold = record.opening + record.received + record.restocked - record.off_sold - record.moved_out - record.closing
        assert (sold >= 0).all()
        assert record.series is not None
        delivered = record.series.sold[60:].sum(axis=(0, 2))
        assert (delivered == sold.sum(axis=1)).all()
        # What leaves a warehouse is on order at the other, where it is put away or lost.
        coming = record.on_the_way_before + record.ordered + record.moved_out[:, ::-1] * np.array([[1], [0]])
        assert (coming - record.received - record.lost_on_the_way == record.on_the_way_after).all()
        assert (record.moved_in <= record.received).all()


def test_what_shipments_say_is_what_the_totals_say(rich: list[Record]) -> None:
    for record in rich:
        assert record.series is not None
        last, first = 320, 60
        received = np.zeros_like(record.received)
        freight = np.zeros(RUNS)
        for one in record.series.shipments:
            place = ["east", "west"].index(one.warehouse)
            if first < one.shelved + 1 and np.ceil(one.shelved) < last and np.ceil(one.shelved) >= first:
                received[one.run, place] += one.units
            if first <= np.floor(one.departed) < last:
                freight[one.run] += one.freight
        assert (received == record.received).all()
        assert record.money["freight"] == pytest.approx(freight, rel=1e-9)


def test_batches_and_workers_change_nothing(tmp_path: Path) -> None:
    scenario = scenario_of(RICH, tmp_path)
    rules = RULES[2:3]
    alone = played(scenario, *rules, runs=4, batch=1, playbooks=BOOKS)
    for how in ({"batch": 3}, {"batch": 2, "jobs": 2}):
        for one, other in zip(alone, played(scenario, *rules, runs=4, playbooks=BOOKS, **how), strict=True):
            assert same_totals(one, other), how
            assert same_series(one, other), how
            assert {lane: rows.tobytes() for lane, rows in one.transit.items()} == {
                lane: rows.tobytes() for lane, rows in other.transit.items()
            }, how


def test_the_order_of_tables_in_the_file_changes_nothing(tmp_path: Path) -> None:
    head, *tables = re.split(r"(?m)^(?=\[\[?[a-z])", RICH)
    rules = RULES[1:3]
    straight = played(scenario_of(RICH, tmp_path), *rules, playbooks=BOOKS)
    shuffled = played(scenario_of(head + "\n".join(tables[::-1]), tmp_path), *rules, playbooks=BOOKS)
    assert all(same_totals(one, two) and same_series(one, two) for one, two in zip(straight, shuffled, strict=True))


def test_another_sku_moves_no_luck_of_the_others(tmp_path: Path) -> None:
    """One more SKU that nobody orders: the same goods, on the same days, by the same departures."""
    more = RICH.replace("[[sku]]", '[[sku]]\nid = "CABLE"\nunit_cost = 2\nprice = 9\n[[sku]]', 1)
    more = more.replace('[market.tiktok.demand."*"]\n', '[market.tiktok.demand.CABLE]\norganic = { law = "fixed", mean = 0.000001 }\n[market.tiktok.demand."*"]\n')  # fmt: skip
    more = more.replace("opening = { cover_days = 45 }", "opening = { by_sku = { LAMP = 450, BULB = 315, POWERBANK = 315, CABLE = 9 } }")  # fmt: skip
    less = RICH.replace("opening = { cover_days = 45 }", "opening = { by_sku = { LAMP = 450, BULB = 315, POWERBANK = 315 } }")  # fmt: skip
    rule = "base-stock:cover_days=70"
    (few,), (many,) = (played(scenario_of(text, tmp_path), rule) for text in (less, more))
    assert few.series is not None
    assert many.series is not None
    kept = [0, 2, 3]  # BULB, LAMP and POWERBANK of BULB, CABLE, LAMP, POWERBANK
    for name in ("wanted", "sold", "on_hand", "received", "ordered"):
        assert (getattr(few.series, name) == getattr(many.series, name)[..., kept]).all(), name


def test_another_lane_that_nobody_uses_moves_nothing(tmp_path: Path) -> None:
    lane = '[lane.road]\nfrom = "near"\nto = "west"\nlegs = [{ name = "ocean", days = { law = "gamma", mean = 9, cv = 1 } }, { name = "customs", post = "us" }]\ncost = { per_m3 = 90000 }\n'  # fmt: skip
    rules = ("base-stock:cover_days=70",)
    (few,), (many,) = (played(scenario_of(text, tmp_path), *rules) for text in (RICH, RICH + lane))
    assert same_series(few, many)
