"""T04 RQ1 in shorter days, where it owes so rarely that 1 % of the backlog takes about 10^7 days."""

from pathlib import Path

import pytest

from tests.theory.acceptance import accept
from tests.theory.test_theory_T04_fixed_lots import EARLY, QUARTERS, Case, verdicts


@pytest.mark.slow
@pytest.mark.parametrize("case", [QUARTERS, EARLY], ids=["in quarters", "stock of the book"])
def test_theory_slow_T04_RQ1(case: Case, tmp_path: Path) -> None:
    """Every number of the row."""
    accept(*verdicts(tmp_path, case, runs=12))
