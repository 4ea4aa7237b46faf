"""`--fail-if`: when the best row fails a threshold."""

from reports.verdict.goal import read_limits
from reports.verdict.thresholds import failures
from tests.reports.builder import comparison, field, record


def test_the_best_row_beyond_a_limit_fails_by_name() -> None:
    played = comparison()
    best = played.rows[played.reference]
    failed = failures(played, read_limits("stockout_rate>0%, profit<0"))
    assert len(failed) == 1
    assert failed[0].startswith(f"stockout_rate>0%: {best.policy} has stockout rate by order")


def test_a_worse_row_is_not_judged() -> None:
    played = comparison()
    assert max(row.means["stockout_rate"] for row in played.rows if not row.yardstick) > 0.05
    assert failures(played, read_limits("stockout_rate>5%")) == ()


def test_a_yardstick_is_judged_only_when_alone() -> None:
    never = field(12)[7]
    assert len(failures(comparison((never,)), read_limits("stockout_rate>5%"))) == 1
    assert failures(comparison((field(12)[4], never)), read_limits("stockout_rate>5%")) == ()


def test_what_is_undefined_has_not_failed() -> None:
    assert failures(comparison((record(3),), days=100), read_limits("stockout_rate>5%, stockout_rate<=5%")) == ()
