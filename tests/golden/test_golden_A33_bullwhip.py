"""A33: constant demand gives constant orders, so the bullwhip is undefined; passed on it is 1, in batches above 1."""

from pathlib import Path

import numpy as np
import pytest
from numpy.typing import NDArray

from reports.display.numbers import phrase
from reports.record import Record
from reports.scores import SCORES
from scenarios.reader import read_scenario
from sim.tournament import setting
from tests.theory.worlds import played, series_of, world

WARM_UP_DAYS = 30
CONSTANT = 'demand."*".organic = { law = "fixed", mean = 20 }'
POISSON = 'demand."*".organic = { law = "poisson", mean = 20 }'
STOCK = "base-stock:units=200,review_days=1"
FORECAST = "forecast-driven:review_days=1,period_days=1,order_days=0"


def record(folder: Path, demand: str, policy: str) -> Record:
    """Three SKUs, reviewed every day, on a lane of four days; everybody waits."""
    text = world(
        days=200,
        warm_up_days=WARM_UP_DAYS,
        skus=3,
        opening=200,
        waits=1.0,
        lane='legs = [{ name = "lane", days = 4 }]',
        demand=demand,
    )
    return played(folder, f"history_days = 120\n{text}", policy)


def flows(found: Record) -> tuple[NDArray[np.int64], NDArray[np.int64]]:
    """Units ordered and wanted on each scored day, [day, sku]."""
    series = series_of(found)
    return series.ordered[WARM_UP_DAYS:, 0, 0], series.wanted[WARM_UP_DAYS:, 0, 0]


def bullwhip(found: Record) -> float:
    """The score of the one replication."""
    score = SCORES["bullwhip"]
    return float(score.of(found, setting(read_scenario("textbook-b1"), "any")).item())


def test_golden_A33_the_score(tmp_path: Path) -> None:
    """Undefined for constant demand, 1 where demand is passed on, above 1 in lots of a hundred."""
    constant = bullwhip(record(tmp_path, CONSTANT, STOCK))
    assert phrase("times", constant, "USD") == "undefined"
    assert bullwhip(record(tmp_path, POISSON, STOCK)) == 1.0
    assert bullwhip(record(tmp_path, POISSON, "min-max:s_units=140,S_units=240,review_days=1")) > 1.0


@pytest.mark.parametrize(
    "policy", [STOCK, "base-stock:cover_days=9,review_days=1", FORECAST, f"{FORECAST},method=holt"]
)
def test_golden_A33_constant_demand_gives_constant_orders(policy: str, tmp_path: Path) -> None:
    """The bullwhip is nothing over nothing; every day 20 are wanted and 20 ordered."""
    ordered, wanted = flows(record(tmp_path, CONSTANT, policy))
    assert (wanted == 20).all()
    assert (ordered == 20).all()


def test_golden_A33_a_base_stock_passes_demand_on(tmp_path: Path) -> None:
    """Every day what was wanted is ordered: the variances are the same number, and not zero."""
    ordered, wanted = flows(record(tmp_path, POISSON, STOCK))
    assert np.array_equal(ordered, wanted)
    assert (wanted.var(axis=0) > 0).all()


@pytest.mark.parametrize(
    "policy", ["min-max:s_units=140,S_units=240,review_days=1", "base-stock:units=300,review_days=7"]
)
@pytest.mark.parametrize("demand", [CONSTANT, POISSON])
def test_golden_A33_batches_vary_more_than_demand(policy: str, demand: str, tmp_path: Path) -> None:
    """Lots of a hundred, and a week's orders at once."""
    ordered, wanted = flows(record(tmp_path, demand, policy))
    assert (ordered.var(axis=0) > 2 * wanted.var(axis=0)).all()


def test_golden_A33_a_forecast_makes_orders_vary_more_than_demand(tmp_path: Path) -> None:
    ordered, wanted = flows(record(tmp_path, POISSON, f"{FORECAST},level=0.8"))
    assert (ordered.var(axis=0) > 2 * wanted.var(axis=0)).all()
