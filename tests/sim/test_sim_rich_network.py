"""One world in which warehouses do everything they can: every unit and every amount is accounted for."""

import re
from pathlib import Path

import numpy as np
import pytest

from reports.record import Record
from tests.sim.rich import Busy
from tests.sim.rich_network import RICH_NETWORK
from tests.worlds import played, same_series, same_totals, scenario_of

RULES = ("reorder-point:safety_days=6", "echelon-base-stock", "oracle")
ROUTINGS = ("preference", "by-urgency", "least-cost:within_days=5", "protect-scarce", "bonded-first")
BOOKS = ("none", Busy())
ABROAD, HUB, NORTH, SOUTH = range(4)
RUNS = 3


@pytest.fixture(scope="module")
def rich(tmp_path_factory: pytest.TempPathFactory) -> list[Record]:
    """Every rule by two routings, with and without a busy seller, with all ledgers checked."""
    scenario = scenario_of(RICH_NETWORK, tmp_path_factory.mktemp("rich"))
    return played(scenario, *RULES, runs=RUNS, playbooks=BOOKS, routings=ROUTINGS[:2])


def test_everything_that_can_happen_does(rich: list[Record]) -> None:
    total = {
        name: np.sum([getattr(record, name).sum(axis=(0, 2)) for record in rich], axis=0)
        for name in ("expired", "sent_off", "shrunk", "lost_on_the_way", "off_sold", "moved_out", "moved_in", "sold")
    }
    assert (total["expired"][NORTH:] > 0).all()
    assert (total["sent_off"] > 0).tolist() == [False, True, False, False]
    assert (total["shrunk"] > 0).tolist() == [False, False, True, True]
    assert (total["lost_on_the_way"] > 0).tolist() == [False, True, False, True]
    assert (total["moved_out"] > 0).tolist() == [False, True, True, False]
    assert (total["moved_in"] > 0).tolist() == [False, False, True, True]
    assert (total["off_sold"] > 0)[[HUB, NORTH]].tolist() == [False, True]
    for name in ("oversold", "forgone_by_promise", "late", "returned", "cancelled", "owed"):
        assert sum(getattr(record, name).sum() for record in rich) > 0, name
    for account in ("handling", "surcharges", "disposal", "tax"):
        assert any(record.money[account].all() for record in rich), account
    assert all((record.record_gap_days.sum(axis=(0, 2)) > 0).tolist() == [False, False, True, False] for record in rich)


def test_every_unit_is_accounted_for(rich: list[Record]) -> None:
    for record in rich:
        came = record.opening + record.received + record.restocked
        gone = record.sold + record.off_sold + record.moved_out + record.expired + record.sent_off + record.shrunk
        assert (came - gone == record.closing).all()
        assert record.series is not None
        assert (record.series.sold[60:].sum(axis=(0, 2)) == record.sold.sum(axis=1)).all()
        # Over all warehouses: what was bought came, is coming, or is lost; what was moved is neither bought nor sold.
        bought = np.delete(record.ordered, (NORTH, SOUTH), axis=1).sum(axis=1)
        there = record.on_the_way_after.sum(axis=1) - record.on_the_way_before.sum(axis=1)
        arrived = (record.received - record.moved_in).sum(axis=1)
        between = (record.moved_out - record.moved_in).sum(axis=1)
        assert (bought + between == arrived + record.lost_on_the_way.sum(axis=1) + there).all()
        assert (record.in_transit_after <= record.on_the_way_after).all()
        unmet = record.wanted - record.served
        assert (unmet == record.lost + record.switched + record.owed).all()
        assert (record.oversold <= record.lost).all()


def test_who_is_wanted_by_no_stream_is_wanted_nowhere(rich: list[Record]) -> None:
    """Streams count whom a late promise keeps away; all others of them are units wanted."""
    for record in rich:
        assert record.series is not None
        came = np.sum([units[60:].sum(axis=0) for units in record.series.streams.values()], axis=0)
        assert (came == record.wanted + record.forgone_by_promise).all()


def test_batches_and_workers_change_nothing(tmp_path: Path) -> None:
    scenario = scenario_of(RICH_NETWORK, tmp_path)
    how = {"runs": 3, "playbooks": BOOKS[1:], "routings": ROUTINGS[1:2]}
    alone = played(scenario, RULES[0], batch=1, **how)
    for other in ({"batch": 2}, {"batch": 2, "jobs": 2}):
        for one, two in zip(alone, played(scenario, RULES[0], **how, **other), strict=True):
            assert same_totals(one, two), (one.routing, other)
            assert same_series(one, two), (one.routing, other)


def test_the_order_of_tables_in_the_file_changes_nothing(tmp_path: Path) -> None:
    head, *tables = re.split(r"(?m)^(?=\[\[?[a-z])", RICH_NETWORK)
    how = {"runs": 2, "playbooks": BOOKS[1:], "routings": ROUTINGS[1:2]}
    straight = played(scenario_of(RICH_NETWORK, tmp_path), *RULES[:2], **how)
    shuffled = played(scenario_of(head + "\n".join(tables[::-1]), tmp_path), *RULES[:2], **how)
    assert all(same_totals(one, two) and same_series(one, two) for one, two in zip(straight, shuffled, strict=True))


def test_another_routing_moves_no_luck(tmp_path: Path) -> None:
    """Played beside others or alone, a row is the same; and buyers want the same whoever serves them."""
    scenario = scenario_of(RICH_NETWORK, tmp_path)
    beside = played(scenario, RULES[0], runs=2, routings=ROUTINGS)
    for routing, record in zip(ROUTINGS, beside, strict=True):
        if routing in ROUTINGS[2:4]:
            (alone,) = played(scenario, RULES[0], runs=2, routings=(routing,))
            assert same_series(alone, record)
        assert (record.wanted[:, 1] == beside[0].wanted[:, 1]).all(), "nobody turns away from market live"
