"""T06 searched for: `stocktide tune` finds the best base-stock level where unmet demand is lost, as exactly known.

Profit is what is sold at a margin of 4, less a cost of capital of 1 for a unit held for a day. Most profit is least
cost: a lost unit costs its margin.
"""

import json
from pathlib import Path

import pytest

from tests.cli.typed import called
from tests.theory.exact.chances import poisson
from tests.theory.exact.lost_sales import base_stock_lost
from tests.theory.worlds import world

COST, MARGIN, CAPITAL_RATE = 3650, 4, 0.1
LEVELS = range(6, 25)
SKUS, DAYS = 80, 250
ROWS = pytest.mark.parametrize(("lead_days", "best"), [(1, 12), (2, 16)])


def exact_cost(lead_days: int, level: int) -> float:
    """A day's cost of holding and losing."""
    on_hand, lost = base_stock_lost(poisson(5), lead_days, level)
    return on_hand * COST * CAPITAL_RATE / 365 + MARGIN * lost


def written(folder: Path, lead_days: int) -> None:
    """The world as a file."""
    text = world(
        days=DAYS,
        warm_up_days=50,
        skus=SKUS,
        opening=12,
        lane=f'legs = [{{ name = "lane", days = {lead_days} }}]',
        demand='demand."*".organic = { law = "poisson", mean = 5 }',
    )
    text = text.replace("unit_cost = 1, price = 1", f"unit_cost = {COST}, price = {COST + MARGIN}")
    text = text.replace(
        "[warehouse.warehouse]",
        f"[warehouse.warehouse]\ncapital_rate_per_year = {CAPITAL_RATE}\nrisk_rate_per_year = 0",
    )
    (folder / "textbook.toml").write_text(text, encoding="utf-8")


@ROWS
def test_theory_T06_the_exact_best(lead_days: int, best: int) -> None:
    """The exact chain's least cost is at the printed level."""
    assert min(LEVELS, key=lambda level: exact_cost(lead_days, level)) == best


@ROWS
def test_theory_T06_tune_finds_the_best_level(lead_days: int, best: int, tmp_path: Path) -> None:
    """Within one unit of the exact best, and with the exact profit of its level inside the interval that is told."""
    written(tmp_path, lead_days)
    answer = called(
        tmp_path, "tune", "textbook.toml", "--policy", "base-stock:review_days=1", "--goal", "most profit",
        "--vary", f"units={','.join(map(str, LEVELS))}", "--candidates", "40", "--runs", "20",
        "--jobs", "1", "--json",
    )  # fmt: skip
    assert answer.code == 0, answer.err
    found = json.loads(answer.out)["best"]
    level = found["values"]["units"]
    assert abs(level - best) <= 1
    profit, exact = found["scores"]["profit"], (MARGIN * 5 - exact_cost(lead_days, level)) * SKUS * DAYS
    assert profit["low"] - 1e-3 * exact <= exact <= profit["high"] + 1e-3 * exact
