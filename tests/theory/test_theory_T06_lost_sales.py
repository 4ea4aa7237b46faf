"""T06: daily base stock where unmet demand is lost, Poisson 5 a day; a unit held costs 1 a day, a unit lost p = 4.

A lead of L there, ordered before the day's demand, is a lane of L days here.
"""

from pathlib import Path

import pytest

from tests.theory.acceptance import Verdict, accept, printed, verdict
from tests.theory.exact.chances import poisson
from tests.theory.exact.lost_sales import base_stock_lost
from tests.theory.worlds import played, pooled, world

REPLICATIONS = 100
SKUS = 1_000
DAYS = 1_000
LOST = 4.0
"""What a lost unit costs, against 1 for a unit held for a day."""
ROWS = pytest.mark.parametrize(("lead_days", "level", "figure"), [(1, 12, "4.1628"), (2, 16, "4.6386")])


@ROWS
def test_theory_T06_exact_figures(lead_days: int, level: int, figure: str) -> None:
    """The exact code prints the known cost, and no other level is cheaper."""
    assert printed(_cost(lead_days, level), figure)
    assert _cost(lead_days, level) == min(_cost(lead_days, other) for other in range(level - 3, level + 4))


def test_theory_T06_LS1_exact_figures() -> None:
    """The exact code prints the known figures."""
    on_hand, lost = base_stock_lost(poisson(5), 2, 20)
    assert printed(on_hand, "5.388493")
    assert printed(lost, "0.129498")
    assert printed(1 - lost / 5, "0.974100")


@ROWS
def test_theory_T06_base_stock(lead_days: int, level: int, figure: str, tmp_path: Path) -> None:
    """The cost of a row of the table."""
    cost, *_ = _verdicts(tmp_path, lead_days, level, runs=1)
    accept(cost)


def test_theory_T06_LS1(tmp_path: Path) -> None:
    """Lead 2, S = 20: every number of the row."""
    accept(*_verdicts(tmp_path, 2, 20, runs=8))


def _cost(lead_days: int, level: int) -> float:
    on_hand, lost = base_stock_lost(poisson(5), lead_days, level)
    return on_hand + LOST * lost


def _verdicts(folder: Path, lead_days: int, level: int, runs: int) -> list[Verdict]:
    """Cost first, then what it is made of, then service."""
    text = world(
        days=DAYS,
        warm_up_days=100,
        skus=SKUS,
        opening=level,
        waits=0.0,
        lane=f'legs = [{{ name = "lane", days = {lead_days} }}]',
        demand='demand."*".organic = { law = "poisson", mean = 5 }',
    )
    record = played(folder, text, f"base-stock:units={level},review_days=1", runs=runs, batch=min(runs, 8))
    assert not record.backlog_days.any()
    days = runs * SKUS * DAYS / REPLICATIONS
    on_hand, lost = (pooled(totals, REPLICATIONS) / days for totals in (record.on_hand_days, record.lost))
    exact_on_hand, exact_lost = base_stock_lost(poisson(5), lead_days, level)
    fill = pooled(record.served, REPLICATIONS) / pooled(record.wanted, REPLICATIONS)
    return [
        verdict("cost", "cost", on_hand + LOST * lost, _cost(lead_days, level)),
        verdict("on-hand", "on-hand", on_hand, exact_on_hand),
        verdict("lost a day", "mean", lost, exact_lost),
        verdict("fill", "fill", fill, 1 - exact_lost / 5),
    ]
