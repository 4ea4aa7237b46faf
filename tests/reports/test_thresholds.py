"""`--fail-if`: which rows fail a threshold."""

from reports.goal import read_limits
from reports.thresholds import failures
from tests.reports.builder import comparison, field, record


def test_each_rule_beyond_a_limit_fails_by_name() -> None:
    failed = failures(comparison(), read_limits("stockout_rate>5%, profit<0"))
    assert len(failed) == 1
    assert failed[0].startswith("stockout_rate>5%: lead-cover has stockout rate by order 7.6 %")
    assert failures(comparison(), read_limits("stockout_rate>8%")) == ()


def test_yardsticks_fail_only_when_alone() -> None:
    never = field(12)[7]
    assert len(failures(comparison((never,)), read_limits("stockout_rate>5%"))) == 1
    assert failures(comparison((field(12)[4], never)), read_limits("stockout_rate>5%")) == ()


def test_what_is_undefined_has_not_failed() -> None:
    assert failures(comparison((record(3),), days=100), read_limits("stockout_rate>5%, stockout_rate<=5%")) == ()
