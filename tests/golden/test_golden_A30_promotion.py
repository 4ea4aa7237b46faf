"""A30: a SKU that reaches the promotion threshold goes to bonded stock at the next review, and not before."""

from pathlib import Path

import numpy as np
import pytest

from reports.record import Record
from tests.worlds import played, scenario_of

RISES_ON = 29
"""The first day of the higher sales."""
DAYS = 45


def text(rises_to: int) -> str:
    """Two a day from direct mail's stock, more from a day on."""
    units = [2] * RISES_ON + [rises_to] * (DAYS - RISES_ON)
    return f"""
title = "A SKU that begins to sell"
start = 2026-01-05
days = {DAYS}
[[sku]]
id = "A"
unit_cost = 10
price = 30
[supplier.f]
[lane.sea]
from = "f"
to = "bonded"
legs = [{{ name = "sea", days = 5 }}]
[lane.road]
from = "f"
to = "sydney"
legs = [{{ name = "road", days = 2 }}]
[warehouse.bonded]
bonded = true
[warehouse.sydney]
opening = {{ units = 900 }}
[market.city]
served_by = ["bonded", "sydney"]
[market.city.history]
first = 2026-01-05
units = {{ A = {units} }}
"""


def run(tmp_path: Path, rises_to: int = 9, review_days: int = 7) -> Record:
    """By `tiers`, with the pace of the last week; five a day are enough to be promoted."""
    rule = f"tiers:promote=5,pace_days=7,review_days={review_days}"
    (record,) = played(scenario_of(text(rises_to), tmp_path), rule, runs=1)
    return record


def tiers(record: Record) -> dict[int, int]:
    """The tier of the SKU by day of review."""
    assert record.series is not None
    found = record.series.why["tier"][:, 0, 0, 0]
    return {int(day): int(found[day]) for day in np.flatnonzero(np.isfinite(found))}


def test_golden_A30_the_tier_changes_at_the_next_review(tmp_path: Path) -> None:
    """Days 29 to 31 sell nine: from day 31 on the week's pace is (4 x 2 + 3 x 9) / 7 = 5. The next review is day 35."""
    assert tiers(run(tmp_path)) == {0: 2, 7: 2, 14: 2, 21: 2, 28: 2, 35: 1, 42: 1}


def test_golden_A30_bonded_stock_is_ordered_then_and_not_before(tmp_path: Path) -> None:
    series = run(tmp_path).series
    assert series is not None
    ordered = [one.ordered for one in series.shipments if one.warehouse == "bonded"]
    assert min(ordered) == 36, "placed as day 35 ends"


@pytest.mark.parametrize(("rises_to", "first"), [(9, 31), (8, 32)])
def test_golden_A30_who_reviews_every_day_sees_the_threshold_reached(rises_to: int, first: int, tmp_path: Path) -> None:
    """At eight a day three days give (4 x 2 + 3 x 8) / 7 < 5, four give (3 x 2 + 4 x 8) / 7 > 5."""
    found = tiers(run(tmp_path, rises_to, review_days=1))
    assert min(day for day, tier in found.items() if tier == 1) == first


def test_golden_A30_below_the_threshold_nothing_is_promoted(tmp_path: Path) -> None:
    record = run(tmp_path, rises_to=4)
    assert set(tiers(record).values()) == {2}
    assert record.series is not None
    assert not [one for one in record.series.shipments if one.warehouse == "bonded"]
