"""T09: an order-up-to level that follows a forecast makes orders vary more than demand.

The level covers four days: a lead of three and the review day. Buyers wait, so nothing that is wanted goes unseen.
"""

from pathlib import Path

import numpy as np
import pytest
from numpy.typing import NDArray

from reports.record import Record
from tests.theory.acceptance import accept, printed, verdict
from tests.theory.exact.bullwhip import (
    amplification,
    amplification_of_mean,
    amplification_of_smoothing,
    moving_average,
    smoothing,
)
from tests.theory.worlds import played, pooled, series_of, sku_names, world

MEAN, SD, COVERED, RHO = 1_000, 100, 4, 0.6
"""Units a day: ten standard deviations above zero, so that no order is cut there, and many, as orders are whole."""
MOVING_AVERAGE = "base-stock:cover_days=4,pace_days=10,review_days=1"
WEEK_OF_TWO_TENTHS = 1 - 0.8**7
"""The weight of a week in which each day has a weight of 0.2."""
SMOOTHING = (
    f"forecast-driven:service=0.5,order_days=0,review_days=1,period_days=1,history_days=60,level={WEEK_OF_TWO_TENTHS}"
)
HISTORY_DAYS, WARM_UP_DAYS, DAYS = 70, 30, 1_000
NORMAL = f'demand."*".organic = {{ law = "normal", mean = {MEAN}, sd = {SD} }}'


@pytest.mark.parametrize(
    ("reckoned", "formula", "figure"),
    [
        (amplification(moving_average(10), 4), amplification_of_mean(10, 4), "2.12"),
        (amplification(moving_average(10), 4, RHO), amplification_of_mean(10, 4, RHO), "2.113228"),
        (amplification(smoothing(0.2), 4), amplification_of_smoothing(0.2, 4), "3.311111"),
    ],
    ids=["BW1", "BW2", "BW3"],
)
def test_theory_T09_exact_figures(reckoned: float, formula: float, figure: str) -> None:
    """The exact code prints the known figures, and so do the formulas."""
    assert printed(reckoned, figure)
    assert printed(formula, figure)


def test_theory_T09_BW1(tmp_path: Path) -> None:
    """A moving average of ten days."""
    _accept(_played(tmp_path, NORMAL, MOVING_AVERAGE, skus=1_000), amplification(moving_average(10), COVERED))


def test_theory_T09_BW2(tmp_path: Path) -> None:
    """A moving average of ten days, of demand that is correlated from day to day: an observed history."""
    skus = 100
    _write_correlated(tmp_path / "demand.csv", skus)
    record = _played(tmp_path, 'history = { file = "demand.csv", play = "replay" }', MOVING_AVERAGE, skus=skus)
    _accept(record, amplification(moving_average(10), COVERED, RHO))


def test_theory_T09_BW3(tmp_path: Path) -> None:
    """Exponential smoothing, by the rule that ships."""
    _accept(_played(tmp_path, NORMAL, SMOOTHING, skus=1_000), amplification(smoothing(0.2), COVERED))


def _played(folder: Path, demand: str, policy: str, skus: int) -> Record:
    text = world(
        days=DAYS,
        warm_up_days=WARM_UP_DAYS,
        skus=skus,
        opening=COVERED * MEAN,
        waits=1.0,
        lane=f'legs = [{{ name = "lane", days = {COVERED - 1} }}]',
        demand=demand,
    )
    return played(folder, f"history_days = {HISTORY_DAYS}\n{text}", policy, check=False)


def _accept(record: Record, exact: float) -> None:
    """Variance over variance, each SKU's by itself, of groups of equal SKUs."""
    series = series_of(record)
    ordered, wanted = (_variance(days[WARM_UP_DAYS:, 0, 0]) for days in (series.ordered, series.wanted))
    replications = min(100, len(wanted) // 4)
    accept(verdict("bullwhip", "variance", pooled(ordered, replications) / pooled(wanted, replications), exact))


def _variance(days: NDArray[np.int64]) -> NDArray[np.float64]:
    """Around the known mean: that of a sample would be nearer to orders, which sum up to demand, than to demand."""
    return np.asarray(((days - MEAN) ** 2).mean(axis=0))


def _write_correlated(file: Path, skus: int) -> None:
    """Observed days from before the first day played on, each drawn to the mean from the day before."""
    rng = np.random.default_rng(20260701)
    days = HISTORY_DAYS + WARM_UP_DAYS + DAYS
    noise = rng.normal(0, SD * np.sqrt(1 - RHO**2), (days, skus))
    noise[0] /= np.sqrt(1 - RHO**2)
    for day in range(1, days):
        noise[day] += RHO * noise[day - 1]
    units = np.rint(MEAN + noise).astype(int)
    first = np.datetime64("2026-01-01") - (HISTORY_DAYS + WARM_UP_DAYS)
    rows = [
        f"{first + day},{sku},{units[day, place]},{units[day, place]}"
        for day in range(days)
        for place, sku in enumerate(sku_names(skus))
    ]
    file.write_text("\n".join(["date,sku,units,orders", *rows]), encoding="utf-8")
