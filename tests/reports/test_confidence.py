"""Whether a constraint holds with confidence."""

import numpy as np
import pytest
from scipy import stats

from reports.verdict.confidence import bounds, read_confidence
from reports.verdict.goal import GoalError, read_limits


@pytest.mark.parametrize("confidence", [0.5, 0.9, 0.95])
def test_the_bound_is_the_one_sided_student_bound(confidence: float) -> None:
    sample = np.random.default_rng(1).normal(0.03, 0.01, (2, 25))
    (below,), (above,) = (read_limits(text) for text in ("stockout_rate<=3%", "stockout_rate>=3%"))
    for row, high, low in zip(
        sample, bounds(sample, below, confidence), bounds(sample, above, confidence), strict=True
    ):
        law = stats.t(24, row.mean(), stats.sem(row))
        assert high == pytest.approx(law.ppf(confidence), rel=1e-9)
        assert low == pytest.approx(law.ppf(1 - confidence), rel=1e-9)


def test_equal_values_and_one_alone_have_no_spread_and_the_undefined_is_left_out() -> None:
    (limit,) = read_limits("stockout_rate<=3%")
    values = np.array([[0.1, 0.1, 0.1], [0.2, np.nan, np.nan], [np.nan, np.nan, np.nan]])
    assert bounds(values, limit, 0.99).tolist()[:2] == [0.1, 0.2]
    assert np.isnan(bounds(values, limit, 0.99)[2])


@pytest.mark.parametrize(("text", "value"), [("95%", 0.95), (" 0.9 ", 0.9), ("50 %", 0.5), ("99.99%", 0.9999)])
def test_a_confidence_is_read(text: str, value: float) -> None:
    assert read_confidence(text) == pytest.approx(value, rel=1e-12)


@pytest.mark.parametrize("text", ["", "95", "high", "49%", "100%", "-0.9", "nan"])
def test_what_is_no_confidence_is_refused(text: str) -> None:
    with pytest.raises(GoalError, match="allowed 50% to"):
        read_confidence(text)
