"""Successive halving: who survives, and that nothing is played twice."""

from collections.abc import Sequence
from itertools import pairwise

import numpy as np
import pytest

from reports.record import FloatArray, IntArray
from reports.verdict.goal import read_goal
from sim.search.halving import ETA, LEAST_RUNS, halved, rounds_of
from sim.search.ranking import by_front, by_goal


def least(values: FloatArray) -> IntArray:
    """By the mean of the last score."""
    return np.argsort(values[:, -1].mean(axis=1), kind="stable")


class Scores:
    """What every candidate scores in every replication, and what was asked for."""

    def __init__(self, values: FloatArray) -> None:
        self.values = values  # [candidate, run]
        self.asked: list[tuple[int, int]] = []

    def __call__(self, who: Sequence[int], runs: range) -> FloatArray:
        self.asked += [(index, run) for index in who for run in runs]
        return self.values[list(who)][:, None, runs.start : runs.stop]


def common(candidates: int, runs: int) -> FloatArray:
    """Costs that differ by half a unit from one candidate to the next, under luck that is the same for all."""
    luck = np.random.default_rng(1).normal(scale=20, size=runs)
    return np.arange(candidates)[:, None] / 2 + luck


@pytest.mark.parametrize("best", [0, 17, 59])
def test_under_common_luck_the_best_survives(best: int) -> None:
    values = np.roll(common(60, 200), best, axis=0)
    done = halved(Scores(values), least, rounds_of(60, 200, 5), range(60))
    assert done.order[0] == best
    assert sorted(done.order) == list(range(60))


def test_no_replication_is_played_twice_and_what_was_scored_is_what_would_be_scored_at_once() -> None:
    values = common(40, 90) + np.random.default_rng(2).normal(size=(40, 90))
    scores = Scores(values)
    done = halved(scores, least, rounds_of(40, 90, 4), range(40))
    assert len(scores.asked) == len(set(scores.asked))
    for index, known in done.scores.items():
        assert (known[0] == values[index, : known.shape[1]]).all()
    assert {done.scores[index].shape[1] for index in done.order[:4]} == {90}


def test_later_candidates_catch_up_with_those_who_are_known() -> None:
    values = common(10, 90)
    first = halved(Scores(values), least, rounds_of(6, 90, 3), range(6))
    scores = Scores(values)
    both = halved(scores, least, rounds_of(7, 90, 3), [*first.order[:3], 6, 7, 8, 9], first.scores)
    assert both.order[:3] == (0, 1, 2)
    assert {index for index, _ in scores.asked} == {6, 7, 8, 9}


def test_rounds_thin_out_while_replications_grow() -> None:
    rounds = rounds_of(100, 200, 5)
    assert (rounds[0].candidates, rounds[-1].candidates, rounds[-1].runs) == (100, 5, 200)
    assert rounds[0].runs >= LEAST_RUNS
    for early, late in pairwise(rounds):
        assert early.candidates > late.candidates
        assert early.runs < late.runs <= (ETA + 1) * early.runs
    assert sum(each.candidates * each.runs for each in rounds) < 0.25 * 100 * 200


def test_few_candidates_or_replications_are_one_round() -> None:
    assert [(each.candidates, each.runs) for each in rounds_of(5, 200, 5)] == [(5, 200)]
    assert [(each.candidates, each.runs) for each in rounds_of(50, 8, 5)] == [(50, 8)]


def scores_of(*rows: tuple[float, float], spread: float = 0.0, runs: int = 20) -> FloatArray:
    """Stockout rate, the same again for its constraint, and cost; every other replication is off by the spread."""
    off = spread * np.array([(-1) ** run for run in range(runs)])
    return np.array([[rate + off, rate + off, np.full(runs, cost)] for rate, cost in rows])


def test_who_keeps_the_goal_with_confidence_comes_before_who_costs_less() -> None:
    rank = by_goal(read_goal("stockout_rate<=3%, least holding_cost"), 20, 0.95)
    rows = (0.029, 10.0), (0.02, 12.0), (0.01, 15.0), (0.031, 9.0)
    assert rank(scores_of(*rows)).tolist() == [0, 1, 2, 3]
    # A spread of 0.8 points leaves a bound 0.32 above the mean after 20 replications: 2.9 % is not sure enough.
    assert rank(scores_of(*rows, spread=0.008)).tolist() == [1, 2, 0, 3]
    # After 2,000 it will be 0.03 above.
    later = by_goal(read_goal("stockout_rate<=3%, least holding_cost"), 2000, 0.95)
    assert later(scores_of(*rows, spread=0.008)).tolist() == [0, 1, 2, 3]


def test_most_profit_is_the_other_way_and_the_undefined_comes_last() -> None:
    rank = by_goal(read_goal("most profit"), 20, 0.95)
    values = scores_of((0.0, 5.0), (0.0, 7.0), (0.0, np.nan), (0.0, 6.0))[:, [0, 2]]
    assert rank(values).tolist() == [1, 3, 0, 2]


def test_a_front_comes_layer_by_layer_its_ends_first() -> None:
    rank = by_front(read_goal("least holding_cost"))
    rows = (0.10, 1.0), (0.09, 1.5), (0.02, 4.0), (0.0, 9.0), (0.02, 9.0), (0.2, 2.0)
    assert rank(scores_of(*rows)[:, [0, 2]]).tolist() == [0, 3, 2, 1, 4, 5]
