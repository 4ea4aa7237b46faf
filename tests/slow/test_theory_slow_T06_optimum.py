"""T06: the least cost over all rules at a lead of four days, whose states are a hundred thousand."""

import pytest

from tests.theory.test_theory_T06_lost_sales import ROWS, Row, accept_optimum


@pytest.mark.slow
@pytest.mark.parametrize("row", [row for row in ROWS if row.lead_days == 4], ids=str)
def test_theory_slow_T06_exact_optimum(row: Row) -> None:
    """Both bounds print the known optimum, which base stock does not reach."""
    accept_optimum(row)
