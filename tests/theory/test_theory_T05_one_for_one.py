"""T05, everybody waits: PA1 (single units) and FS1 (baskets) against their counterparts in days, for several leads.

The book's figures are of continuous time. Here a day's sales are ordered when it ends, as one shipment with one lead;
the exact counterpart is computed for days of any length, and approaches the figures as they shrink.
"""

from collections.abc import Callable
from dataclasses import dataclass
from itertools import pairwise
from pathlib import Path

import numpy as np
import pytest
from numpy.typing import NDArray

from reports.record import Record
from tests.theory import leads
from tests.theory.acceptance import RELATIVE, Verdict, accept, printed, verdict
from tests.theory.exact.chances import Chances, at_most, excess, mean, poisson, room
from tests.theory.exact.on_order import (
    OnOrderRow,
    Tail,
    chained,
    compound_poisson,
    geometric_sizes,
    one_for_one,
    under_way,
)
from tests.theory.worlds import played, pooled, pooled_days, series_of, world

REPLICATIONS = 100
WARM_UP_DAYS = 70
"""More than any lead here takes but once in a million times."""
BASKET = geometric_sizes(1 / 0.6)


@dataclass(frozen=True)
class Case:
    """One case. Its days last a share of the unit of time; the leads of `leads` are in days."""

    stream: str  # with a place for the orders of a day
    rate: float  # orders in a unit of time
    units: Callable[[float], Chances]  # wanted in so much time
    level: int

    def row(self, tail: Tail, day: float = 1.0) -> OnOrderRow:
        """The exact answers, for a lead in units of time."""
        return one_for_one(self.units(day), under_way(tail, day), self.level)

    @property
    def continuous(self) -> Chances:
        """The law of units on order in continuous time, for a mean lead of 5."""
        return self.units(leads.MEAN_LEAD)

    def played(
        self, folder: Path, lane: str, *, skus: int, runs: int, days: int, day: float = 1.0, keep: bool = True
    ) -> Record:
        """The record of equal SKUs, which share the lead of a shipment; `keep` its series."""
        text = world(
            days=days,
            warm_up_days=round(WARM_UP_DAYS / day),
            skus=skus,
            opening=self.level,
            waits=1.0,
            lane=lane,
            demand=f'demand."*".{self.stream % (self.rate * day)}',
        )
        policy = f"base-stock:units={self.level},review_days=1"
        return played(folder, text, policy, runs=runs, keep=range(runs * keep), check=runs < REPLICATIONS)


PA1 = Case('organic = { law = "poisson", mean = %r }', 2, lambda time: poisson(2 * time), 12)
FS1 = Case(
    f'business = {{ orders_per_day = %r, units_per_order = {{ law = "geometric", mean = {1 / 0.6!r} }} }}',
    1.2,
    lambda time: compound_poisson(1.2 * time, BASKET),
    14,
)
FIVE_DAYS = leads.FIXED, leads.FIXED_PARTS
LAWS = (leads.fixed, leads.exponential, leads.lognormal, leads.short_or_long)
"""Laws of one mean: in continuous time they are all one."""


def test_theory_T05_PA1_exact_figures() -> None:
    """Palm: whatever the law of the lead, units on order are Poisson."""
    law = PA1.continuous
    assert printed(at_most(law, 11), "0.696776")
    assert printed(at_most(law, 12), "0.791556")
    assert printed(excess(law, 12), "0.530916")
    assert printed(room(law, 12), "2.530916")
    assert printed(excess(law, 12) / PA1.rate, "0.265458")


def test_theory_T05_FS1_exact_figures() -> None:
    """Feeney and Sherbrooke: units on order are compound Poisson."""
    law = FS1.continuous
    assert printed(mean(law), "10.000000")
    assert printed(_variance(law), "23.333333")
    assert printed(excess(law, 14), "0.661390")
    assert printed(at_most(law, 13), "0.782495")


def test_theory_T05_three_legs_add_up() -> None:
    """Three legs of whole days have the geometric lead as their sum."""
    tail = chained(leads.digits())
    assert [tail(day) for day in range(100)] == pytest.approx([leads.geometric(day) for day in range(100)], abs=1e-10)


@pytest.mark.parametrize("law", LAWS)
@pytest.mark.parametrize("case", [PA1, FS1], ids=["PA1", "FS1"])
def test_theory_T05_shrinking_days_approach_continuous_time(case: Case, law: Tail) -> None:
    """Each halving of the day brings every number nearer, and a line through the last two meets the book's."""
    book = case.continuous
    exact = {
        "on_order": mean(book),
        "variance": _variance(book),
        "on_hand": room(book, case.level),
        "backlog": excess(book, case.level),
        "no_backlog": at_most(book, case.level),
        "in_stock": at_most(book, case.level - 1),
    }
    rows = [case.row(law, 1 / parts) for parts in (1, 2, 4, 8, 16)]
    for name, value in exact.items():
        computed = [getattr(row, name) for row in rows]
        off = [abs(each - value) for each in computed]
        assert all(later < earlier for earlier, later in pairwise(off)), name
        assert 2 * computed[-1] - computed[-2] == pytest.approx(value, rel=RELATIVE["mean"]), name


def test_theory_T05_PA1_fixed_lead(tmp_path: Path) -> None:
    """A lead of 5 days: every number of the row."""
    record = PA1.played(tmp_path, leads.FIXED, skus=1_000, runs=2, days=2_000)
    accept(*verdicts(record, PA1, PA1.row(leads.fixed)))


def test_theory_T05_PA1_fixed_legs(tmp_path: Path) -> None:
    """Legs that take 4.75 days and are rounded up are the lead of 5, to the unit."""
    one, parts = (series_of(PA1.played(tmp_path, each, skus=50, runs=2, days=200)) for each in FIVE_DAYS)
    assert np.array_equal(one.on_hand, parts.on_hand)
    assert np.array_equal(one.backlog, parts.backlog)


def test_theory_T05_PA1_shorter_days(tmp_path: Path) -> None:
    """Days of half a unit of time, their lead 10 of them: every number, nearer to continuous time."""
    lane = f'legs = [{{ name = "lane", days = {2 * leads.MEAN_LEAD} }}]'
    record = PA1.played(tmp_path, lane, skus=1_000, runs=3, days=2_000, day=1 / 2)
    accept(*verdicts(record, PA1, PA1.row(leads.fixed, 1 / 2)))


def test_theory_T05_PA1_three_legs(tmp_path: Path) -> None:
    """A geometric lead in three legs: mean and variance of units on order. The row, and other legs, take slow tests."""
    record = PA1.played(tmp_path, leads.THREE_LEGS, skus=20, runs=REPLICATIONS, days=900)
    accept(*on_order_verdicts(record, PA1, PA1.row(leads.geometric)))


def test_theory_T05_FS1_fixed_lead(tmp_path: Path) -> None:
    """Baskets and a lead of 5 days: every number of the row."""
    record = FS1.played(tmp_path, leads.FIXED, skus=1_000, runs=2, days=2_000)
    accept(*verdicts(record, FS1, FS1.row(leads.fixed)))


def verdicts(record: Record, case: Case, row: OnOrderRow) -> list[Verdict]:
    """Every number of a row."""
    fill = pooled(record.served, REPLICATIONS) / pooled(record.wanted, REPLICATIONS)
    net = _net(record)
    return [
        *on_order_verdicts(record, case, row),
        verdict("on-hand", "on-hand", pooled_days(np.maximum(net, 0), REPLICATIONS), row.on_hand),
        verdict("backlog", "mean", pooled_days(np.maximum(-net, 0), REPLICATIONS), row.backlog),
        verdict("p_no_backlog", "share", pooled_days(net >= 0, REPLICATIONS), row.no_backlog),
        verdict("P(stock > 0)", "share", pooled_days(net > 0, REPLICATIONS), row.in_stock),
        verdict("fill", "fill", fill, row.fill),
    ]


def on_order_verdicts(record: Record, case: Case, row: OnOrderRow) -> list[Verdict]:
    """Mean and variance of what is ordered and not received; with the net stock it is S, every day."""
    series, net = series_of(record), _net(record)
    sent = np.cumsum(series.ordered - series.received, axis=0)[-len(net) :, :, 0]
    assert np.array_equal(sent, case.level - net)
    apart = (sent - row.on_order) ** 2
    return [
        verdict("on order", "mean", pooled_days(sent, REPLICATIONS), row.on_order),
        verdict("variance of on order", "variance", pooled_days(apart, REPLICATIONS), row.variance),
    ]


def _net(record: Record) -> NDArray[np.int64]:
    """Units on hand less units owed at the end of each scored day, [day, run, sku]."""
    series = series_of(record)
    return (series.on_hand - series.backlog)[-len(record.daily_wanted) :, :, 0]


def _variance(law: Chances) -> float:
    return float(law @ (np.arange(len(law)) - mean(law)) ** 2)
