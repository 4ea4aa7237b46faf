"""T02: periodic base stock, full backlog, fixed lead time.

A lead of L there, ordered before the day's demand, is a lane of L days here.
"""

from dataclasses import dataclass
from pathlib import Path

import numpy as np
import pytest
from numpy.typing import NDArray

from reports.record import Record
from tests.theory.acceptance import accept, printed, verdict
from tests.theory.exact.base_stock import BaseStockRow, base_stock, receipt_cycle_service
from tests.theory.exact.chances import Chances, negative_binomial, poisson
from tests.theory.worlds import played, pooled, pooled_days, series_of, world

REPLICATIONS = 100
SKUS = 1_000
WARM_UP_DAYS = 70
"""More than any lead time and review interval here, after which a base stock has forgotten its opening."""


@dataclass(frozen=True)
class Case:
    """One row: its world, its policy, and the law of a day's demand."""

    law: str
    day: Chances
    lead_days: int
    review_days: int
    level: int

    @property
    def row(self) -> BaseStockRow:
        """The exact answers."""
        return base_stock(self.day, self.lead_days, self.review_days, self.level)

    def played(self, folder: Path, days: int, runs: int) -> Record:
        """The record of many equal SKUs."""
        text = world(
            days=days,
            warm_up_days=WARM_UP_DAYS,
            skus=SKUS,
            opening=self.level,
            waits=1.0,
            lane=f'legs = [{{ name = "lane", days = {self.lead_days} }}]',
            demand=f'demand."*".organic = {self.law}',
        )
        policy = f"base-stock:units={self.level},review_days={self.review_days}"
        return played(folder, text, policy, runs=runs, batch=min(runs, 6))


PB1 = Case('{ law = "poisson", mean = 5 }', poisson(5), 4, 1, 30)
PB2 = Case('{ law = "negative-binomial", mean = 5, dispersion = 4 }', negative_binomial(5, 20), 4, 1, 40)
PB3 = Case('{ law = "poisson", mean = 20 }', poisson(20), 30, 7, 780)
CASES = pytest.mark.parametrize("case", [PB1, PB2, PB3], ids=["PB1", "PB2", "PB3"])


@pytest.mark.parametrize(
    ("case", "figures"),
    [
        (PB1, "5.451864 0.451864 0.863309 0.916052 0.863309 20"),
        (PB2, "15.511963 0.511963 0.926087 0.928053 0.926087 20"),
        (PB3, "100.146825 0.146825 0.988064 0.993677 0.930777 600"),
    ],
    ids=["PB1", "PB2", "PB3"],
)
def test_theory_T02_exact_figures(case: Case, figures: str) -> None:
    """The exact code prints the known figures."""
    row = case.row
    values = (row.on_hand, row.backlog, row.no_backlog, row.fill, row.cycle_service, row.pipeline)
    assert all(printed(value, figure) for value, figure in zip(values, figures.split(), strict=True)), row


def test_theory_T02_PB1(tmp_path: Path) -> None:
    """Poisson 5 a day, lead 4, reviewed daily, S = 30: every number of the row."""
    record = PB1.played(tmp_path, days=1_000, runs=9)
    _accept_row(PB1, record)
    _accept_backlog(PB1, record)


def test_theory_T02_PB2(tmp_path: Path) -> None:
    """Negative binomial of mean 5 and variance 20: every number of the row."""
    record = PB2.played(tmp_path, days=1_000, runs=18)
    _accept_row(PB2, record)
    _accept_backlog(PB2, record)


def test_theory_T02_PB3(tmp_path: Path) -> None:
    """Poisson 20 a day, lead 30, reviewed weekly, S = 780; its rare backlog needs 10^8 days: a slow test."""
    _accept_row(PB3, PB3.played(tmp_path, days=1_400, runs=1))


@CASES
def test_theory_T02_every_day_ends_with_S_minus_demand(case: Case, tmp_path: Path) -> None:
    """Net stock is S less what was wanted since the last review whose goods are here, on every day, to the unit."""
    record = case.played(tmp_path, days=70, runs=1)
    series = series_of(record)
    net = (series.on_hand - series.backlog)[:, 0, 0]
    wanted = np.cumsum(series.wanted[:, 0, 0], axis=0)
    for day in range(case.lead_days + 1, len(net)):
        review = (day - 1 - case.lead_days) // case.review_days * case.review_days
        assert np.array_equal(net[day], case.level - (wanted[day] - wanted[review]))
    assert not np.minimum(series.on_hand, series.backlog[:, :, 0][:, :, None]).any()


def _accept_row(case: Case, record: Record) -> None:
    """Every number of the row but the backlog; and the cycles of the record, which run from receipt to receipt."""
    row = case.row
    on_hand = _unit_days(record.on_hand_days, record)
    fill = pooled(record.served, REPLICATIONS) / pooled(record.wanted, REPLICATIONS)
    owing = series_of(record).backlog[WARM_UP_DAYS:, 0, 0] > 0
    before_receipt = owing[case.lead_days % case.review_days :: case.review_days]
    cycles = 1 - pooled(record.short_cycles, REPLICATIONS) / pooled(record.cycles, REPLICATIONS)
    accept(
        verdict("on-hand", "on-hand", on_hand, row.on_hand),
        verdict("p_no_backlog", "share", pooled_days(~owing, REPLICATIONS), row.no_backlog),
        verdict("fill", "fill", fill, row.fill),
        verdict("cycle service", "share", pooled_days(~before_receipt, REPLICATIONS), row.cycle_service),
        verdict("cycles from receipt to receipt", "share", cycles, _receipt_cycles(case)),
        verdict("pipeline", "mean", pooled_days(_pipeline(record), REPLICATIONS), row.pipeline),
    )


def _accept_backlog(case: Case, record: Record) -> None:
    accept(verdict("backlog", "mean", _unit_days(record.backlog_days, record), case.row.backlog))


def _unit_days(totals: NDArray[np.float64], record: Record) -> NDArray[np.float64]:
    """Unit-days as units at the end of a day."""
    days = len(record.daily_wanted) * totals.size / REPLICATIONS
    return pooled(totals, REPLICATIONS) / days


def _receipt_cycles(case: Case) -> float:
    """At weekly review every week brings a receipt; at daily review a day without demand leaves one out."""
    if case.review_days > 1:
        return case.row.cycle_service
    return receipt_cycle_service(case.day, case.lead_days, case.level)


def _pipeline(record: Record) -> NDArray[np.int64]:
    """On order at the end of each scored day, before that day's review: an order's clock starts when its day ends."""
    series = series_of(record)
    sent = np.cumsum(series.ordered, axis=0) - series.ordered
    return (sent - np.cumsum(series.received, axis=0))[WARM_UP_DAYS:, 0, 0]
