"""T02 PB4: periodic base stock where a day's demand is normal, 50 with a standard deviation of 8.

The book's demand is no whole number, ours is rounded to one. The exact counterpart rounds too, and meets the book's
figures as units shrink.
"""

from math import sqrt
from pathlib import Path

import numpy as np
import pytest
from scipy.special import ndtr

from tests.theory.acceptance import RELATIVE, accept, printed, verdict
from tests.theory.exact.base_stock import base_stock
from tests.theory.exact.lead_mixtures import rounded_normal
from tests.theory.test_theory_T02_base_stock import REPLICATIONS, WARM_UP_DAYS, Case
from tests.theory.worlds import pooled, pooled_days, series_of

MEAN, SD, LEAD_DAYS, LEVEL = 50, 8, 4, 270
PB4 = Case('{ law = "normal", mean = 50, sd = 8 }', rounded_normal(MEAN, SD), LEAD_DAYS, 1, LEVEL)


def test_theory_T02_PB4_exact_figures() -> None:
    on_hand, backlog, no_backlog, fill = book()
    figures = {"21.184367": on_hand, "1.184367": backlog, "0.868224": no_backlog, "0.976313": fill}
    assert all(printed(value, figure) for figure, value in figures.items()), figures


def test_theory_T02_PB4_smaller_units_approach_the_book() -> None:
    """In units of a quarter and of a sixteenth."""
    found = [base_stock(rounded_normal(MEAN * parts, SD * parts), LEAD_DAYS, 1, LEVEL * parts) for parts in (1, 4, 16)]
    on_hand, backlog, no_backlog, fill = book()
    for row, parts in zip(found, (1, 4, 16), strict=True):
        assert row.on_hand / parts == pytest.approx(on_hand, rel=RELATIVE["on-hand"])
        assert row.fill == pytest.approx(fill, abs=1e-3)
        assert abs(row.no_backlog - no_backlog) < 0.01 / parts
    assert found[-1].backlog / 16 == pytest.approx(backlog, rel=RELATIVE["mean"])


def test_theory_T02_PB4(tmp_path: Path) -> None:
    """Normal demand, lead 4, reviewed daily, S = 270: every number of the row."""
    record, row = PB4.played(tmp_path, days=1_000, runs=8), PB4.row
    days = len(record.daily_wanted) * record.on_hand_days.size / REPLICATIONS
    owing = series_of(record).backlog[WARM_UP_DAYS:, 0, 0] > 0
    fill = pooled(record.served, REPLICATIONS) / pooled(record.wanted, REPLICATIONS)
    accept(
        verdict("on-hand", "on-hand", pooled(record.on_hand_days, REPLICATIONS) / days, row.on_hand),
        verdict("backlog", "mean", pooled(record.backlog_days, REPLICATIONS) / days, row.backlog),
        verdict("p_no_backlog", "share", pooled_days(~owing, REPLICATIONS), row.no_backlog),
        verdict("fill", "fill", fill, row.fill),
    )


def book() -> tuple[float, float, float, float]:
    """On hand, owed, P(nothing owed) and fill by the normal law itself."""
    owed, before = _excess(LEAD_DAYS + 1), _excess(LEAD_DAYS)
    covered = float(ndtr((LEVEL - (LEAD_DAYS + 1) * MEAN) / (SD * sqrt(LEAD_DAYS + 1))))
    return LEVEL - (LEAD_DAYS + 1) * MEAN + owed, owed, covered, 1 - (owed - before) / MEAN


def _excess(days: int) -> float:
    """E(D - S)+ for the demand of some days."""
    spread = SD * sqrt(days)
    z = (LEVEL - days * MEAN) / spread
    return float(spread * (np.exp(-z * z / 2) / sqrt(2 * np.pi) - z * ndtr(-z)))
