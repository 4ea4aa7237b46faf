"""T03: periodic (s,S), Poisson demand, full backlog. Costs of a period: an order K, a unit held h, a unit owed p."""

from dataclasses import dataclass
from pathlib import Path

import numpy as np
import pytest

from tests.theory.acceptance import Verdict, accept, printed, verdict
from tests.theory.exact.chances import poisson
from tests.theory.exact.min_max import MinMaxRow, min_max
from tests.theory.worlds import played, pooled, pooled_days, series_of, world

REPLICATIONS = 100
SKUS = 1_000
DAYS = 1_000
WARM_UP_DAYS = 200


@dataclass(frozen=True)
class Case:
    """One (s,S) pair and what it costs."""

    mean: int
    low: int
    high: int
    order: float = 64.0
    owe: float = 9.0
    lead_days: int = 0

    @property
    def row(self) -> MinMaxRow:
        """The exact answers."""
        return min_max(poisson(self.mean), self.lead_days, self.low, self.high)

    @property
    def cost(self) -> float:
        """The exact cost of a period, a unit held costing 1."""
        return self.row.cost(self.order, 1.0, self.owe)


SS_A = Case(6, 4, 10, order=5.0, owe=4.0)
SS_B = Case(20, 55, 104, lead_days=2)
TABLE = {
    10: (6, 40, "35.022"), 15: (10, 49, "42.698"), 20: (14, 62, "49.173"), 21: (15, 65, "50.406"),
    23: (17, 52, "52.757"), 24: (18, 54, "53.518"), 25: (19, 56, "54.262"), 30: (23, 66, "57.819"),
    35: (28, 77, "61.215"), 40: (33, 87, "64.512"), 50: (42, 108, "70.975"), 55: (47, 118, "74.149"),
    60: (52, 129, "77.306"), 64: (55, 74, "78.402"), 65: (56, 75, "78.518"), 75: (67, 86, "79.554"),
}  # fmt: skip
"""Mean: s, S and cost at K = 64, h = 1, p = 9, no lead time; instances of Zheng and Federgruen (1991)."""


@pytest.mark.parametrize("mean", TABLE)
def test_theory_T03_exact_table(mean: int) -> None:
    """The exact code prints the known costs."""
    low, high, cost = TABLE[mean]
    assert printed(Case(mean, low, high).cost, cost)


@pytest.mark.parametrize(
    ("case", "figures"),
    [
        (SS_A, "8.034112 0.681966 3.141147 0.370783 0.938203"),
        (SS_B, "52.084398 0.336403 25.043460 0.612348 0.969424"),
    ],
    ids=["SS-a", "SS-b"],
)
def test_theory_T03_exact_figures(case: Case, figures: str) -> None:
    """The exact code prints the known figures."""
    row = case.row
    values = (case.cost, row.orders, row.on_hand, row.backlog, row.fill)
    assert all(printed(value, figure) for value, figure in zip(values, figures.split(), strict=True)), row


def test_theory_T03_SS_a(tmp_path: Path) -> None:
    """Poisson 6, (s,S) = (4,10), lead 0: every number of the row."""
    accept(*_verdicts(tmp_path, SS_A, runs=4))


def test_theory_T03_SS_b(tmp_path: Path) -> None:
    """Poisson 20, (s,S) = (55,104), lead 2: every number of the row."""
    accept(*_verdicts(tmp_path, SS_B, runs=4))


@pytest.mark.parametrize("mean", [10, 25, 64])
def test_theory_T03_table(mean: int, tmp_path: Path) -> None:
    """The cost of a row of the table."""
    low, high, _ = TABLE[mean]
    accept(_verdicts(tmp_path, Case(mean, low, high), runs=1)[0])


def _verdicts(folder: Path, case: Case, runs: int) -> list[Verdict]:
    """Cost first, then what it is made of, then service."""
    text = world(
        days=DAYS,
        warm_up_days=WARM_UP_DAYS,
        skus=SKUS,
        opening=case.high,
        waits=1.0,
        lane=f'legs = [{{ name = "lane", days = {case.lead_days} }}]',
        demand=f'demand."*".organic = {{ law = "poisson", mean = {case.mean} }}',
    )
    policy = f"min-max:s_units={case.low},S_units={case.high},review_days=1"
    record = played(folder, text, policy, runs=runs, batch=runs, keep=range(runs))
    series = series_of(record)
    days = runs * SKUS * DAYS / REPLICATIONS
    orders = pooled_days(series.ordered[WARM_UP_DAYS:, :, 0] > 0, REPLICATIONS)
    on_hand, backlog = (pooled(totals, REPLICATIONS) / days for totals in (record.on_hand_days, record.backlog_days))
    fill = pooled(record.served, REPLICATIONS) / pooled(record.wanted, REPLICATIONS)
    assert np.array_equal(series.on_hand[WARM_UP_DAYS:].sum(axis=0), record.on_hand_days)
    return [
        verdict("cost", "cost", case.order * orders + on_hand + case.owe * backlog, case.cost),
        verdict("orders a period", "mean", orders, case.row.orders),
        verdict("on-hand", "on-hand", on_hand, case.row.on_hand),
        verdict("backlog", "mean", backlog, case.row.backlog),
        verdict("fill", "fill", fill, case.row.fill),
    ]
