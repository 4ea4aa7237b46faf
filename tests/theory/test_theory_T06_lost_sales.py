"""T06: daily base stock where unmet demand is lost, Poisson 5 a day; a unit held costs 1 a day, a unit lost p.

A lead of L there, ordered before the day's demand, is a lane of L days here.
"""

from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path

import pytest

from reports.record import Record
from scenarios.reader import read_scenario
from sim.tournament import play
from tests.theory.acceptance import Verdict, accept, printed, verdict
from tests.theory.exact.chances import Chances, negative_binomial, poisson
from tests.theory.exact.lost_sales import base_stock_lost, lost_sales_optimum
from tests.theory.worlds import pooled, world

REPLICATIONS = 100
SKUS = 1_000
DAYS = 1_000
POISSON, GEOMETRIC = poisson(5), negative_binomial(5, 30)
"""Of one day; the geometric law is the negative binomial one whose variance is mean x (1 + mean)."""
LAWS = {"poisson": 'law = "poisson", mean = 5', "geometric": 'law = "negative-binomial", mean = 5, dispersion = 6'}


@dataclass(frozen=True)
class Row:
    """One row of the table: the price of a lost unit, the lead, the best level, and both known costs."""

    lost: float
    lead_days: int
    level: int
    base_stock: str
    optimum: str
    law: str = "poisson"

    def __str__(self) -> str:
        return f"{self.law}-p{self.lost:g}-L{self.lead_days}"

    @property
    def day(self) -> Chances:
        """The law of a day's demand."""
        return POISSON if self.law == "poisson" else GEOMETRIC

    def cost(self, level: int | None = None) -> float:
        """The exact cost of a day, of the best level unless told otherwise."""
        on_hand, lost = base_stock_lost(self.day, self.lead_days, self.level if level is None else level)
        return on_hand + self.lost * lost


ROWS = [
    Row(4, 1, 12, "4.1628", "4.0407"), Row(4, 2, 16, "4.6386", "4.3953"),
    Row(4, 3, 20, "4.9750", "4.5987"), Row(4, 4, 25, "5.1978", "4.7285"),
    Row(19, 1, 15, "6.7278", "6.6757"), Row(19, 2, 21, "7.8422", "7.6644"),
    Row(19, 3, 26, "8.6045", "8.3625"), Row(19, 4, 31, "9.2319", "8.8872"),
    Row(39, 1, 16, "7.8626", "7.8359"), Row(39, 2, 22, "9.1903", "9.1064"),
    Row(39, 3, 28, "10.2176", "10.0385"), Row(39, 4, 33, "11.0623", "10.7944"),
    Row(4, 1, 12, "10.0418", "9.8175", "geometric"),
]  # fmt: skip
WORLDS = [(law, lead) for law, lead in dict.fromkeys((row.law, row.lead_days) for row in ROWS)]
LARGEST = {1: 20, 2: 20, 3: 14, 4: 11}
"""Order by lead that the optimum never needs to exceed."""


@pytest.mark.parametrize("row", ROWS, ids=str)
def test_theory_T06_exact_base_stock(row: Row) -> None:
    """The exact code prints the known cost, and no other level is cheaper."""
    assert printed(row.cost(), row.base_stock)
    assert row.cost() < min(row.cost(row.level - 1), row.cost(row.level + 1))


@pytest.mark.parametrize("row", [row for row in ROWS if row.lead_days < 4], ids=str)
def test_theory_T06_exact_optimum(row: Row) -> None:
    """Both bounds print the known optimum, which base stock does not reach."""
    accept_optimum(row)


def test_theory_T06_LS1_exact_figures() -> None:
    """The exact code prints the known figures."""
    on_hand, lost = base_stock_lost(POISSON, 2, 20)
    assert printed(on_hand, "5.388493")
    assert printed(lost, "0.129498")
    assert printed(1 - lost / 5, "0.974100")


@pytest.mark.parametrize(("law", "lead_days"), WORLDS)
def test_theory_T06_base_stock(law: str, lead_days: int, tmp_path: Path) -> None:
    """The cost of the rows of the table that share demand and lead."""
    rows = [row for row in ROWS if (row.law, row.lead_days) == (law, lead_days)]
    records = _played(tmp_path, law, lead_days, [row.level for row in rows])
    accept(*(_verdicts(record, row)[0] for record, row in zip(records, rows, strict=True)))


def test_theory_T06_LS1(tmp_path: Path) -> None:
    """Lead 2, S = 20: every number of the row."""
    (record,) = _played(tmp_path, "poisson", 2, [20], runs=8)
    accept(*_verdicts(record, Row(4, 2, 20, "", "")))


def accept_optimum(row: Row) -> None:
    """Fail unless both bounds of the least cost print the known figure, below the cost of base stock."""
    bounds = lost_sales_optimum(row.day, row.lead_days, row.lost, most=36, largest=LARGEST[row.lead_days])
    assert all(printed(bound, row.optimum) for bound in bounds), bounds
    assert bounds[1] < row.cost()


def _played(folder: Path, law: str, lead_days: int, levels: Sequence[int], runs: int = 1) -> list[Record]:
    """The records of base-stock levels that meet the same demand."""
    text = world(
        days=DAYS,
        warm_up_days=100,
        skus=SKUS,
        opening=max(levels),
        waits=0.0,
        lane=f'legs = [{{ name = "lane", days = {lead_days} }}]',
        demand=f'demand."*".organic = {{ {LAWS[law]} }}',
    )
    file = folder / "world.toml"
    file.write_text(text, encoding="utf-8")
    policies = [f"base-stock:units={level},review_days=1" for level in levels]
    return play(read_scenario(str(file)), policies, runs, batch=min(runs, 8), keep=(), check=True)


def _verdicts(record: Record, row: Row) -> list[Verdict]:
    """Cost first, then what it is made of, then service."""
    assert not record.backlog_days.any()
    days = record.on_hand_days.size * DAYS / REPLICATIONS
    on_hand, lost = (pooled(totals, REPLICATIONS) / days for totals in (record.on_hand_days, record.lost))
    exact_on_hand, exact_lost = base_stock_lost(row.day, row.lead_days, row.level)
    fill = pooled(record.served, REPLICATIONS) / pooled(record.wanted, REPLICATIONS)
    return [
        verdict("cost", "cost", on_hand + row.lost * lost, row.cost()),
        verdict("on-hand", "on-hand", on_hand, exact_on_hand),
        verdict("lost a day", "mean", lost, exact_lost),
        verdict("fill", "fill", fill, 1 - exact_lost / 5),
    ]
