"""T11 SS1 and SS2 by the rule that reads mean and variance off the sales of the last sixteen weeks."""

from pathlib import Path

import pytest

from tests.theory.acceptance import accept
from tests.theory.test_theory_T11_service import ONE, TWO, Case, verdicts


@pytest.mark.slow
@pytest.mark.parametrize("case", [ONE, TWO], ids=["SS1", "SS2"])
def test_theory_slow_T11_service_of_the_normal_law(case: Case, tmp_path: Path) -> None:
    """Asked for 0.95 by the normal law, the shipped rule gives what the exact code says."""
    spec = "periodic-service:law=normal,review_days=1,pace_days=112"
    accept(*verdicts(case, case.played(tmp_path, spec, runs=1_500, days=2_800)))
