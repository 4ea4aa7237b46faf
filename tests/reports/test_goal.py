"""The grammar of goals: what is read, what is refused and how."""

import math

import pytest

from reports.verdict.goal import DEFAULT_GOAL, Constraint, GoalError, Objective, read_goal, read_limits


def test_a_goal_is_constraints_and_an_objective() -> None:
    goal = read_goal("stockout_rate<=5%, turnover >= 6,least  holding_cost")
    assert goal.constraints == (Constraint("stockout_rate", "<=", 0.05), Constraint("turnover", ">=", 6.0))
    assert goal.objective == Objective("least", "holding_cost")


def test_without_an_objective_profit_is_wanted() -> None:
    assert read_goal("stockout_rate<0.05").objective == Objective("most", "profit")
    assert read_goal() == read_goal(DEFAULT_GOAL)


@pytest.mark.parametrize("text", [DEFAULT_GOAL, "least fees", "profit>=-1e6, fill_rate>97.5%, most turnover"])
def test_a_goal_reads_back_as_it_is_written(text: str) -> None:
    assert read_goal(str(read_goal(text))) == read_goal(text)


@pytest.mark.parametrize(
    ("text", "says"),
    [
        ("stockout_rat<=5%", "did you mean 'stockout_rate'"),
        ("most profits", "did you mean 'profit'"),
        ("zzz<1", "allowed: stockout_rate, holding_cost"),
        ("stockout_rate<=five", "'five' is not a number"),
        ("stockout_rate<=nan", "not a finite number"),
        ("profit>inf", "not a finite number"),
        ("profit>=5%", "not in percent"),
        ("stockout_rate<=5", "did you mean '5%'"),
        ("stockout_rate<=500%", "from 0% to 100%"),
        ("stockout_rate=5%", "unknown comparison '='"),
        ("stockout_rate=<5%", "allowed: <= >= < >"),
        ("stockout_rate", "neither a constraint"),
        ("", "an empty part"),
        ("stockout_rate<=5%,", "an empty part"),
        ("most profit, least freight", "two objectives"),
        ("most stockout_rate", "did you mean 'least stockout_rate'"),
        ("least profit", "did you mean 'most profit'"),
    ],
)
def test_what_cannot_be_read_is_refused_with_what_is_allowed(text: str, says: str) -> None:
    with pytest.raises(GoalError) as refused:
        read_goal(text)
    assert says in str(refused.value)


def test_limits_are_constraints_alone() -> None:
    assert read_limits("stockout_rate>5%,profit<0") == (
        Constraint("stockout_rate", ">", 0.05),
        Constraint("profit", "<", 0.0),
    )
    with pytest.raises(GoalError, match="an objective cannot fail"):
        read_limits("most profit")


def test_a_limit_holds_at_its_edge_only_when_it_says_so() -> None:
    assert Constraint("profit", "<=", 5.0).holds(5.0)
    assert not Constraint("profit", "<", 5.0).holds(5.0)
    assert not Constraint("profit", "<=", 5.0).holds(math.nan)
