"""T16 EX1 and EX2: goods that may be sold for some days, the day they came included; the oldest first, nobody waits.

A lot knows only what its days wanted in all, so that what is sold and what expires is the book's to the last digit.
"""

from pathlib import Path

import numpy as np
import pytest

from reports.record import Record
from tests.theory.acceptance import accept, printed, verdict
from tests.theory.exact.chances import poisson
from tests.theory.exact.shelf_life import one_lot, two_days
from tests.theory.worlds import played, pooled, series_of, world

REPLICATIONS = 100
SKUS = 1_000
LIFE_DAYS, RATE = 60, 4
LEVEL, WANTED = 14, 8


@pytest.mark.parametrize(
    ("units", "sold", "expired"), [(300, "239.999628", "60.000372"), (250, "237.542116", "12.457884")]
)
def test_theory_T16_EX1_exact_figures(units: int, sold: str, expired: str) -> None:
    """The exact code prints the known figures."""
    row = one_lot(poisson(RATE), units, LIFE_DAYS)
    assert printed(row.sold, sold)
    assert printed(row.expired, expired)


def test_theory_T16_EX1_continuous_time() -> None:
    """The chance that any expires is the book's; its stock lies between that of evenings and that of mornings."""
    row = one_lot(poisson(RATE), 250, LIFE_DAYS)
    assert printed(row.any_expires, "0.732350")
    halves = one_lot(poisson(RATE / 2), 250, 2 * LIFE_DAYS)
    assert row.unit_days < halves.unit_days / 2 < 7804.649912 < (halves.unit_days + 250) / 2 < row.unit_days + 250


def test_theory_T16_EX2_exact_figures() -> None:
    """The exact code prints the known figures."""
    row = two_days(poisson(WANTED), LEVEL)
    assert printed(row.expired, "0.508343")
    assert printed(row.ordered, "8.476495")
    assert printed(row.fill, "0.996019")


@pytest.mark.parametrize(("units", "runs"), [(300, 10), (250, 110)])
def test_theory_T16_EX1(units: int, runs: int, tmp_path: Path) -> None:
    """Sold, expired and stock of a lot that is never followed by another, and that its last day ends it."""
    record = _played(tmp_path, LIFE_DAYS, units, RATE, days=LIFE_DAYS + 5, runs=runs, policy="never")
    series, exact = series_of(record), one_lot(poisson(RATE), units, LIFE_DAYS)
    assert not series.on_hand[LIFE_DAYS - 1 :].any()
    assert not series.sold[LIFE_DAYS:].any()
    assert np.array_equal(record.sold + record.expired, np.full_like(record.sold, units))
    assert np.array_equal(record.sold, np.minimum(units, series.wanted[:LIFE_DAYS].sum(axis=0)))
    lots = runs * SKUS / REPLICATIONS
    verdicts = [
        verdict("sold", "mean", pooled(record.sold, REPLICATIONS) / lots, exact.sold),
        verdict("expired", "mean", pooled(record.expired, REPLICATIONS) / lots, exact.expired),
        verdict("stock-days", "on-hand", pooled(record.on_hand_days, REPLICATIONS) / lots, exact.unit_days),
        verdict("any expires", "share", pooled(record.expired > 0, REPLICATIONS) / lots, exact.any_expires),
    ]
    accept(*verdicts)


def test_theory_T16_EX2(tmp_path: Path) -> None:
    """Ordered up to 14 every day, there the next morning, sold for two days."""
    days = 1_200
    policy = f"base-stock:units={LEVEL},review_days=1"
    record = _played(tmp_path, 2, LEVEL, WANTED, days=days, runs=1, policy=policy, warm_up_days=10)
    exact, each = two_days(poisson(WANTED), LEVEL), days * SKUS / REPLICATIONS
    assert series_of(record).received[1:].max() <= LEVEL
    fill = pooled(record.served, REPLICATIONS) / pooled(record.wanted, REPLICATIONS)
    accept(
        verdict("expired", "mean", pooled(record.expired, REPLICATIONS) / each, exact.expired),
        verdict("sold", "mean", pooled(record.sold, REPLICATIONS) / each, exact.sold),
        verdict("ordered", "mean", pooled(record.ordered, REPLICATIONS) / each, exact.ordered),
        verdict("on-hand", "on-hand", pooled(record.on_hand_days, REPLICATIONS) / each, exact.on_hand),
        verdict("fill", "fill", fill, exact.fill),
    )


def _played(
    folder: Path, life_days: int, opening: int, rate: int, *, days: int, runs: int, policy: str, warm_up_days: int = 0
) -> Record:
    text = world(
        days=days,
        warm_up_days=warm_up_days,
        skus=SKUS,
        opening=opening,
        lane='legs = [{ name = "lane", days = 0 }]',
        demand=f'demand."*".organic = {{ law = "poisson", mean = {rate} }}',
    ).replace("price = 1 }", f"price = 1, shelf_life_days = {life_days} }}")
    return played(folder, text, policy, runs=runs, keep=range(runs))
