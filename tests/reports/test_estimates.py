"""Intervals against SciPy, Holm by hand, the front by hand."""

import math

import numpy as np
import pytest
from scipy import stats

from reports.verdict.estimates import differences, estimate, holm, paired_p, pareto_front


def test_the_interval_is_students() -> None:
    values = np.array([3.0, 4.5, 2.0, 6.0, 5.5, 1.0])
    low, high = stats.t.interval(0.95, 5, loc=values.mean(), scale=stats.sem(values))
    known = estimate(values)
    assert (known.mean, known.low, known.high) == pytest.approx((values.mean(), low, high))
    assert (known.count, known.undefined) == (6, 0)


def test_one_replication_has_a_mean_and_no_interval() -> None:
    known = estimate(np.array([4.0]))
    assert known.mean == 4.0
    assert math.isnan(known.low)
    assert math.isnan(known.high)


def test_undefined_replications_are_dropped_and_counted() -> None:
    known = estimate(np.array([1.0, np.nan, 3.0]))
    assert (known.mean, known.count, known.undefined) == (2.0, 2, 1)
    nothing = estimate(np.array([np.nan, np.nan]))
    assert math.isnan(nothing.mean)
    assert (nothing.count, nothing.undefined) == (0, 2)


def test_equal_replications_have_no_width() -> None:
    known = estimate(np.full(7, 0.1))
    assert known.low == known.mean == known.high


def test_an_interval_stays_inside_what_a_share_can_be() -> None:
    known = estimate(np.array([0.0, 0.0, 0.0, 0.01]), (0.0, 1.0))
    assert known.low == 0.0
    assert known.high > known.mean


def test_paired_p_is_scipys() -> None:
    one, other = np.array([5.0, 6.0, 7.5, 8.0]), np.array([4.0, 6.5, 6.0, 7.0])
    assert paired_p(one - other) == pytest.approx(stats.ttest_rel(one, other).pvalue)
    assert paired_p(np.zeros(4)) == 1.0
    assert paired_p(np.ones(4)) == 0.0
    assert math.isnan(paired_p(np.ones(1)))


def test_holm_by_hand() -> None:
    # 0.01 x 4; 0.02 x 3; then 0.03 x 2 = 0.06, held up by the 0.06 before; 0.04 x 1, held up to 0.06.
    assert holm([0.04, 0.01, 0.03, 0.02]) == pytest.approx([0.06, 0.04, 0.06, 0.06])
    assert holm([0.9, 0.6]) == [1.0, 1.0]


def test_holm_leaves_out_what_is_not_known() -> None:
    corrected = holm([math.nan, 0.02, 0.03])
    assert math.isnan(corrected[0])
    assert corrected[1:] == pytest.approx([0.04, 0.04])


def test_differences_are_paired_and_leave_out_the_reference() -> None:
    rows = [("a", np.array([1.0, 2.0, 3.0])), ("b", np.array([2.0, 3.5, 3.5])), ("c", np.array([1.0, np.nan, 3.0]))]
    b, c = differences("profit", rows, 0)
    assert (b.policy, b.reference, b.score, b.higher) == ("b", "a", "profit", 3)
    assert b.estimate.mean == pytest.approx(1.0)
    assert b.p_holm == pytest.approx(min(1.0, 2 * b.p))
    assert (c.estimate.mean, c.estimate.count, c.p, c.sure) == (0.0, 2, 1.0, False)


def test_the_front_holds_what_nothing_beats() -> None:
    rate = np.array([0.00, 0.01, 0.02, 0.02, 0.05, np.nan, 0.01])
    cost = np.array([90.0, 50.0, 40.0, 45.0, 60.0, 1.0, 50.0])
    assert pareto_front(rate, cost).tolist() == [True, True, True, False, False, False, True]
