"""T15 with geometric leads: the luck of a shipment is shared by all its units, so that one per cent takes many days."""

from pathlib import Path

import pytest

from tests.theory.test_theory_T15_overflow import CASES, Case


@pytest.mark.slow
@CASES
def test_theory_slow_T15_geometric_leads(case: Case, tmp_path: Path) -> None:
    """Days of one unit of time: every number of the row."""
    leads = [f'{{ law = "geometric", mean = {lead} }}' for lead in case.leads]
    case.accept(tmp_path, 1, leads, case.geometric(1), skus=8, runs=100, days=4_000)
