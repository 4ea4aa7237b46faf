"""T16 RT1: sales Poisson 50 a day, 12 % come back after 9 days on average, 70 % of them can be sold again.

Thinned and delayed one by one, a Poisson stream stays Poisson: what comes back in a day, and what is on its way back,
have a variance as large as their mean, whatever the law of the delay.
"""

from pathlib import Path

import numpy as np
import pytest
from numpy.typing import NDArray

from tests.theory.acceptance import Verdict, accept, verdict
from tests.theory.worlds import played, pooled, pooled_days, series_of, world

REPLICATIONS = 100
SKUS = 800
WARM_UP = 120
DAYS = 300
DELAYS = {
    "geometric": '{ law = "geometric", mean = 9 }',
    "fixed": "9",
    "two days": '{ law = "discrete", values = [3, 15] }',
}


def text(delay: str) -> str:
    """Plenty on the shelf, and a base stock that orders what net replenishment needs."""
    return world(
        days=DAYS,
        warm_up_days=WARM_UP,
        skus=SKUS,
        opening=200,
        lane='legs = [{ name = "lane", days = 0 }]',
        demand=f"""returns = {{ share = 0.12, after_days = {delay}, resalable = 0.7 }}
[market.market.demand."*"]
organic = {{ law = "poisson", mean = 50 }}""",
    )


@pytest.mark.parametrize("delay", DELAYS)
def test_theory_T16_RT1(delay: str, tmp_path: Path) -> None:
    """Every number of the row; no sale is ever lost here."""
    record = played(tmp_path, text(DELAYS[delay]), "base-stock:units=200,review_days=1")
    assert not record.lost.any()
    series, days = series_of(record), SKUS * DAYS / REPLICATIONS

    def rate(units: NDArray[np.int64]) -> NDArray[np.float64]:
        return pooled(units, REPLICATIONS) / days

    accept(
        *_poisson("returns", series.returned, 6.0),
        *_poisson("units out", series.returning, 54.0),
        verdict("restock", "mean", rate(record.restocked), 4.2),
        verdict("scrap", "mean", rate(record.returned) - rate(record.restocked), 1.8),
        verdict("net replenishment", "mean", rate(record.ordered), 45.8),
    )


def _poisson(what: str, units: NDArray[np.int64], mean: float) -> list[Verdict]:
    """Mean and variance of a day's units, [slot, kept, market, sku]; the mean is known, so variance is about it."""
    scored = units[WARM_UP:, 0, 0].astype(float)
    squares = (scored - mean) ** 2
    return [
        verdict(f"{what}: mean", "mean", pooled_days(scored, REPLICATIONS), mean),
        verdict(f"{what}: variance", "variance", pooled_days(squares, REPLICATIONS), mean),
    ]
