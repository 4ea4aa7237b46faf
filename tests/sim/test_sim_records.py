"""Books that are wrong or late: what pages show, what is oversold, and what the seller knows."""

from dataclasses import dataclass, field
from pathlib import Path
from typing import ClassVar

import numpy as np
import pytest

from policies.protocol import Observation, Orders
from reports.record import Record
from tests.sim.paper import PAPER, Script, but
from tests.worlds import played, same_series, same_totals, scenario_of

TWO = (
    PAPER.replace("mean = 1 ", "mean = 30 ").replace("units = 0", "units = 100")
    + '[market.n]\nserved_by = ["w"]\n[market.n.demand.A]\norganic = { law = "fixed", mean = 30 }\n'
)
"""Two shops sell thirty a day each of a hundred units."""
SEEN: list[tuple[int, int, int, int]] = []
"""What `Notes` saw: day, units on hand, on order, planned for tomorrow."""


@dataclass(frozen=True)
class Notes(Script):
    """Orders by a list and notes what it sees."""

    name: ClassVar[str] = "notes"
    sees: ClassVar[frozenset[str]] = frozenset({"stock"})
    lines: tuple[tuple[int, str, tuple[int, ...]], ...] = field(default=())

    def orders(self, seen: Observation) -> Orders:
        stock = seen.stock
        SEEN.append(
            (seen.day, int(stock.on_hand.sum()), int(stock.on_order.sum()), int(stock.planned(1).sum())),
        )
        return super().orders(seen)


def kept(text: str, record: str, opening: int = 100) -> str:
    """The same with a stock record."""
    return but(text, warehouse__w=f"opening = {{ units = {opening} }}\nrecord = {{ {record} }}")


def alone(text: str, tmp_path: Path, *lines: tuple[int, str, tuple[int, ...]], **how: object) -> Record:
    (record,) = played(scenario_of(text, tmp_path), Script(lines), **({"runs": 1} | how))  # type: ignore[arg-type]
    return record


# --- pages --------------------------------------------------------------------------------------------------------


def test_pages_that_know_at_once_oversell_nothing(tmp_path: Path) -> None:
    plain, record = alone(TWO, tmp_path), alone(kept(TWO, "sync_hours = 0"), tmp_path)
    assert same_series(plain, record) and same_totals(plain, record)


def test_two_shops_oversell_what_both_are_shown(tmp_path: Path) -> None:
    """Day 1: both were shown 100 and sold 30 each, so 70 each for the 40 that are left: twenty buyers are cancelled.

    Day 2: both are shown the forty of a day ago less the twenty each has sold, and nothing is left.
    """
    plain, late = alone(TWO, tmp_path), alone(kept(TWO, "sync_hours = 24"), tmp_path)
    assert plain.series is not None and late.series is not None
    assert np.array_equal(plain.series.sold, late.series.sold)
    assert plain.oversold.sum() == 0
    assert late.oversold.sum() == 20 + 40, "from day 3 on pages know of the empty shelf"
    assert late.lost.sum() == plain.lost.sum()


def test_a_shop_of_its_own_stock_oversells_nothing(tmp_path: Path) -> None:
    split = TWO.replace("[market.m]", "[market.m]\nstock_share = 0.5").replace(
        "[market.n]", "[market.n]\nstock_share = 0.5"
    )
    assert alone(kept(split, "sync_hours = 24"), tmp_path).oversold.sum() == 0


def test_late_pages_hide_what_has_just_come(tmp_path: Path) -> None:
    """Sixty come on day 9 (three days of production, five of road); pages show them on day 11."""
    plain = alone(TWO, tmp_path, (0, "road", (60,)))
    late = alone(kept(TWO, "sync_hours = 48"), tmp_path, (0, "road", (60,)))
    assert plain.series is not None and late.series is not None
    assert plain.series.sold[9].sum() == 60
    assert late.series.sold[9:12].sum(axis=(1, 2, 3)).tolist() == [0, 0, 60]


def test_who_is_oversold_is_lost_and_counts_for_the_platform(tmp_path: Path) -> None:
    """Twenty of 120 orders of two days are cancelled by the seller; nothing but overselling is."""
    limits = kept(TWO, "sync_hours = 24").replace(
        "[market.n]", "[market.n]\nlimits = { seller_cancellations = 0.05, traffic_left = 0.5, window_days = 90 }"
    )
    record = alone(limits, tmp_path)
    assert record.wanted[0, 1].sum() < record.wanted[0, 0].sum() == 3000
    assert record.cancelled.sum() == 0


# --- wrong books --------------------------------------------------------------------------------------------------


def test_losses_that_nobody_notices_are_oversold(tmp_path: Path) -> None:
    """Of 3,000 units about five a day are lost unseen; so the last buyers are told that there is none."""
    lossy = kept(TWO, "sync_hours = 0", opening=3000) + ""
    lossy = lossy.replace("record = {", "shrinkage_per_year = 0.5\nrecord = {")
    record, noticed = alone(lossy, tmp_path), alone(lossy.replace("record = { sync_hours = 0 }", ""), tmp_path)
    assert record.shrunk.sum() == noticed.shrunk.sum() > 0
    assert noticed.oversold.sum() == 0
    assert 0 < record.oversold.sum() <= record.shrunk.sum()
    assert record.record_gap_days.sum() > 0 == noticed.record_gap_days.sum()
    counted = alone(lossy.replace("sync_hours = 0", "counted_every_days = 1"), tmp_path)
    assert counted.oversold.sum() == 0 == counted.record_gap_days.sum()


def test_receipts_are_now_and_then_entered_wrong(tmp_path: Path) -> None:
    """Every receipt is off by at most a tenth: of 1,000 units by a hundred."""
    quiet = kept(TWO.replace("mean = 30 ", "mean = 0.000001 "), "miscounts = 1, off_by = 0.1", opening=0)
    SEEN.clear()
    play = played(scenario_of(quiet, tmp_path), Notes(((0, "road", (1000,)),)), runs=1)
    gaps = {on_hand - 1000 for day, on_hand, _, _ in SEEN if day > 9}
    assert len(gaps) == 1 and 0 < abs(gaps.pop()) <= 100
    assert play[0].closing.sum() == 1000
    right = alone(quiet.replace("miscounts = 1", "miscounts = 0"), tmp_path, (0, "road", (1000,)))
    assert right.record_gap_days.sum() == 0


# --- what the seller knows ----------------------------------------------------------------------------------------


@pytest.mark.parametrize("days", [0, 1, 4])
def test_the_seller_knows_what_the_record_said_days_ago(days: int, tmp_path: Path) -> None:
    """Sixty a day sell from 600; 200 come on day 9, and count as on order until they are heard of."""
    text = kept(TWO, f"known_after_days = {days}", opening=600)
    SEEN.clear()
    played(scenario_of(text, tmp_path), Notes(((0, "road", (200,)),)), runs=1)
    on_hand = {day: units for day, units, _, _ in SEEN}
    true = [max(600 - 60 * (day + 1), 0) for day in range(9)]
    assert [on_hand[day] for day in range(9)] == [600] * days + true[: 9 - days]
    on_order = {day: units for day, _, units, _ in SEEN}
    assert on_order[8 + days] == 200
    assert on_order[9 + days] == 0
    planned = {day: units for day, _, _, units in SEEN}
    assert planned[8 + days] == 200


def test_who_knows_late_orders_late(tmp_path: Path) -> None:
    """The position is what it was: a base stock rule orders by each day's sales, so many days later."""
    now, later = (
        played(
            scenario_of(kept(TWO, f"known_after_days = {days}", opening=600), tmp_path),
            "base-stock:units=900,review_days=1",
            runs=1,
        )[0]
        for days in (0, 3)
    )
    assert now.series is not None and later.series is not None
    ordered = (now.series.ordered[:20, 0, 0, 0].tolist(), later.series.ordered[:20, 0, 0, 0].tolist())
    assert ordered[0][:4] == [360, 60, 60, 60]
    assert ordered[1][:7] == [300, 0, 0, 60, 60, 60, 60]


def test_what_a_record_invents_is_oversold_once(tmp_path: Path) -> None:
    """970 units come and the record says a few more; ten are left for sixty buyers of the seventeenth day after."""
    text = kept(TWO, "miscounts = 1, off_by = 0.02", opening=0)
    invented, oversold = [], []
    for day in range(8):  # the same goods on other days, as errors go both ways
        SEEN.clear()
        (record,) = played(scenario_of(text, tmp_path), Notes(((day, "road", (970,)),)), runs=1)
        invented.append(max(on_hand for _, on_hand, _, _ in SEEN) + 60 - 970)
        oversold.append(int(record.oversold.sum()))
    assert max(invented) > 0 > min(invented)
    assert oversold == [max(units, 0) for units in invented]
