"""T11 SS3: how much units on order vary where no order overtakes another, for the slowest of many orders rules them."""

from pathlib import Path

import pytest

from tests.theory.acceptance import accept
from tests.theory.test_theory_T11_overtaking import verdicts


@pytest.mark.slow
def test_theory_slow_T11_SS3_orders_wait_for_those_before(tmp_path: Path) -> None:
    """Mean and variance of units on order: 306.0 and 72.30^2."""
    accept(*verdicts(tmp_path, fifo=True, days=2_000))
