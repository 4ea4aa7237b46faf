"""The sentence at the end: right, honest, and one sentence long where it can be."""

import math

import numpy as np
import pytest

from reports.comparison import Comparison
from reports.record import Record
from reports.verdict.advice import advise
from tests.reports.builder import comparison, field, record, season

LUCK = np.random.default_rng(11).normal(size=30)


def row(policy: str, profit: float, short: int, spread: float = 1.0, **changes: object) -> Record:
    facts = {"orders": 1000, "short_orders": short, "wanted": 1000, "served": 1000 - short}
    return record(30, policy=policy, revenue=profit + spread * LUCK, **{**facts, **changes})


def among(*rows: Record, goal: str = "stockout_rate<=5%, most profit") -> Comparison:
    return comparison(rows, goal, days=100, events=())


def test_it_recommends_the_best_row_that_keeps_the_limit() -> None:
    advice = advise(among(row("cheap", 900, 80), row("good", 800, 20), row("safe", 700, 0)))
    assert advice.row == 1
    assert advice.chance == 1.0
    assert advice.sentence == (
        "Use good: among the 2 of 3 rules with stockout rate by order at most 5 %, it has the most profit, 800 USD"
        " (95 % interval 800 to 800); its stockout rate by order is 2.0 % (95 % interval 2.0 to 2.0);"
        " the chance that this is the right choice is more than 99 % (30 replications)."
    )


def test_the_chance_is_split_when_rows_are_alike() -> None:
    advice = advise(among(row("one", 800, 20), row("other", 800, 20), row("third", 100, 20)))
    assert advice.chances == pytest.approx((0.5, 0.5, 0.0))
    assert "is 50 %, that other is, 50 %" in advice.sentence


def test_the_only_row_that_keeps_the_limit_is_said_to_be_alone() -> None:
    advice = advise(among(row("cheap", 900, 80), row("good", 800, 20)))
    assert advice.sentence.startswith("Use good: it alone of the 2 rules played has stockout rate by order at most 5 %")


def test_when_no_row_keeps_the_limit_none_is_recommended() -> None:
    advice = advise(among(row("bad", 900, 300), row("nearest", 100, 90)))
    assert advice.row is None
    assert "the nearest is nearest with stockout rate by order 9.0 %" in advice.sentence


def test_yardsticks_are_never_recommended() -> None:
    advice = advise(
        among(
            row("oracle", 9e6, 0, sees=("stock", "future")),
            row("mine", 8e6, 0, sees=("future",)),
            row("never", 7e6, 0, sees=()),
            row("good", 5, 0),
            row("better", 6, 0),
        )
    )
    assert advice.row == 4
    assert [math.isnan(chance) for chance in advice.chances] == [True, True, True, False, False]
    alone = advise(among(row("oracle", 9, 0, sees=("future",))))
    assert alone.row is None
    assert alone.sentence.startswith("Only yardsticks were played (oracle)")


def test_one_row_is_not_said_to_be_the_best() -> None:
    advice = advise(among(row("good", 800, 20)))
    assert advice.row == 0
    assert "nothing says it is the best" in advice.sentence
    bare = advise(among(row("good", 800, 20), goal="most profit"))
    assert "says it is the best. Profit 800 USD" in bare.sentence


@pytest.mark.parametrize("runs", [1, 9])
def test_few_replications_carry_no_advice(runs: int) -> None:
    advice = advise(comparison(field(runs)))
    assert advice.row is None
    assert advice.sentence.startswith(f"Too few replications for advice ({runs})")


def test_an_undefined_score_recommends_nothing() -> None:
    nothing = advise(among(record(20, policy="a"), record(20, policy="b")))
    assert nothing.row is None
    assert "stockout rate by order undefined" in nothing.sentence
    assert "is undefined in every row" in advise(among(record(20), goal="most turnover")).sentence


def test_rows_must_have_met_the_same_luck() -> None:
    with pytest.raises(ValueError, match="different replications"):
        comparison((season("a", 10), season("b", 10, runs=5)))
    with pytest.raises(ValueError, match="at least one row"):
        comparison(())


def test_the_order_of_rows_is_the_goals_then_the_nearest_then_yardsticks() -> None:
    played = among(
        row("never", 1, 0, sees=()), row("bad", 9, 300), row("near", 8, 60), row("good", 5, 0), row("best", 6, 50)
    )
    assert [played.rows[i].policy for i in played.order] == ["best", "good", "near", "bad", "never"]
    assert played.rows[played.reference].policy == "best"
