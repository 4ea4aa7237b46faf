"""T02 PB3: the backlog of a weekly base stock, so rare that 1 % of it takes about 10^8 days."""

from pathlib import Path

import pytest

from tests.theory.acceptance import accept, verdict
from tests.theory.test_theory_T02_base_stock import PB3, REPLICATIONS, SKUS
from tests.theory.worlds import pooled

DAYS = 1_400
RUNS = 100


@pytest.mark.slow
def test_theory_slow_T02_PB3_backlog(tmp_path: Path) -> None:
    """Poisson 20 a day, lead 30, reviewed weekly, S = 780: units owed at the end of a day."""
    record = PB3.played(tmp_path, days=DAYS, runs=RUNS)
    owed = pooled(record.backlog_days, REPLICATIONS) / (DAYS * SKUS * RUNS / REPLICATIONS)
    accept(verdict("backlog", "mean", owed, PB3.row.backlog))
