"""T12 SN4: the cold start of a single source of videos, 10^6 times."""

from pathlib import Path

import pytest

from tests.theory.test_theory_T12_bursts import accept_cold_start


@pytest.mark.slow
def test_theory_slow_T12_SN4_cold_start(tmp_path: Path) -> None:
    """Mean demand on days 2, 8 and 20 without videos before the first day, one source of SN1 on each SKU."""
    accept_cold_start(tmp_path, sources=1, skus=1_000, runs=1_200)
