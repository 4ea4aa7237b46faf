"""Regret against the row that was best in each replication, worked out by hand."""

import json
import math

import numpy as np
import pytest

from reports.display.page import page
from reports.display.result import json_text
from reports.display.scoreboard import scoreboard_text
from reports.verdict.regret import hindsight
from tests.reports.builder import comparison, record
from tests.reports.test_page import Reader


def profit(policy: str, *values: float, **changes: object):  # type: ignore[no-untyped-def]
    """A record that earned so much in each replication, and nothing else."""
    return record(len(values), policy=policy, revenue=np.array(values), **changes)


A, B = profit("reorder-point", 10, 20, 30, 40), profit("min-max", 16, 20, 26, 10)
ORACLE = profit("oracle", 90, 90, 90, 90, sees=("stock", "future"))


def test_regret_is_what_the_best_row_of_each_replication_had_more() -> None:
    found = hindsight(comparison((A, B, ORACLE), days=100))
    assert found is not None
    # The best are B, both, A, A: 16, 20, 30, 40. A gave away 6 once; B 4 and 30.
    assert found.best.mean == pytest.approx(26.5)
    assert [found.regrets[row].mean for row in (0, 1)] == pytest.approx([1.5, 8.5])
    assert found.shares[:2] == pytest.approx((2.5 / 4, 1.5 / 4))
    assert found.mix == ((0, 2.5 / 4), (1, 1.5 / 4))


def test_a_yardstick_is_neither_best_nor_has_a_regret() -> None:
    found = hindsight(comparison((A, B, ORACLE), days=100))
    assert found is not None
    assert math.isnan(found.shares[2])
    assert math.isnan(found.regrets[2].mean)


def test_least_is_the_other_way_round() -> None:
    rows = tuple(record(3, policy=name, rent=np.array(rent)) for name, rent in (("a", [1, 5, 3]), ("b", [2, 2, 2])))
    found = hindsight(comparison(rows, "least holding_cost", days=100))
    assert found is not None
    assert found.best.mean == pytest.approx(5 / 3)
    assert [regret.mean for regret in found.regrets] == pytest.approx([4 / 3, 1 / 3])


def test_a_replication_undefined_for_one_is_left_out_for_all() -> None:
    stock = [
        profit(name, 0, 0, 0, received=1, on_hand_days=days) for name, days in (("a", [0, 1, 2]), ("b", [1, 2, 1]))
    ]
    found = hindsight(comparison(tuple(stock), "most turnover", days=100))
    assert found is not None
    assert found.best.count == 2


def test_one_row_has_nothing_to_regret() -> None:
    assert hindsight(comparison((A, ORACLE), days=100)) is None
    assert json.loads(json_text(comparison((A, ORACLE), days=100)))["hindsight"] is None


def test_regret_is_told_everywhere() -> None:
    played = comparison((A, B, ORACLE), days=100)
    said = json.loads(json_text(played))
    assert [row["regret"] and row["regret"]["mean"] for row in said["policies"]] == [pytest.approx(1.5), 8.5, None]
    assert said["hindsight"]["mean"] == pytest.approx(26.5)
    assert said["hindsight"]["mix"][0]["policy"] == "reorder-point"
    assert "yardsticks do not count" in said["hindsight"]["regret"]
    assert "Regret" in scoreboard_text(played, 120)
    for written in (" ".join(scoreboard_text(played, 80).split()), Reader(page(played)).text):
        assert "Hindsight-best, the best row of every replication: profit 26.50 USD" in written
        assert "by reorder-point in 62 %, min-max in 38 % of the replications" in written
    assert "yardsticks do not count" in page(played)
