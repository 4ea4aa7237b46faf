"""The everyday stream's laws, drawn by inversion: exact chances, day by day, and the fallback for large means."""

from datetime import date

import numpy as np
import pytest
from scipy import stats

from scenarios.schema import Organic
from sim.world.demand.organic import TABLE, Everyday, day_means, inversion_table

WEEKDAY = (0.0, 0.5, 1.0, 2.0, 1.0, 1.5, 1.0)
MONDAY = date(2026, 6, 1)
ALPHA = 1e-6
"""Chance that a true law is called false: a seed that is red by luck is never met."""


def law(mean: float, dispersion: float) -> object:
    """The same law by other means."""
    return stats.poisson(mean) if dispersion == 1 else stats.nbinom(mean / (dispersion - 1), 1 / dispersion)


@pytest.mark.parametrize("dispersion", [1.0, 1.001, 4.0, 40.0])
@pytest.mark.parametrize("mean", [0.01, 1.0, 20.0])
def test_table_holds_the_exact_chances(mean: float, dispersion: float) -> None:
    table, width = inversion_table((0.0, mean), dispersion)
    assert table is not None and len(table) == 2 * width
    first, second = table.reshape(2, width)
    assert (first == 1).all(), "a mean of zero wants nothing"
    assert np.diff(second).min() >= 0 and second[-1] == 3
    np.testing.assert_allclose(second - 2, law(mean, dispersion).cdf(np.arange(width)), rtol=0, atol=1e-12)  # type: ignore[attr-defined]


@pytest.mark.parametrize(("kind", "dispersion"), [("negative-binomial", 4.0), ("poisson", 1.0)])
def test_every_weekday_has_its_own_law(kind: str, dispersion: float) -> None:
    organic = Organic(law=kind, mean=3.0, dispersion=dispersion, weekday=WEEKDAY)  # type: ignore[arg-type]
    days = 7 * 20_000
    everyday = Everyday(organic, day_means(organic, MONDAY, days), days)
    weeks = everyday.units(np.random.default_rng(1)).reshape(-1, 7)
    assert not weeks[:, 0].any()
    for weekday in range(1, 7):
        exact = law(3.0 * WEEKDAY[weekday], dispersion)
        seen = np.bincount(weeks[:, weekday], minlength=1)
        bins = int(exact.ppf(0.999))  # type: ignore[attr-defined]
        expected = np.append(exact.pmf(np.arange(bins)), exact.sf(bins - 1)) * len(weeks)  # type: ignore[attr-defined]
        assert stats.chisquare(np.append(seen[:bins], seen[bins:].sum()), expected).pvalue > ALPHA, weekday


@pytest.mark.parametrize("mean", [1.0, 50_000.0], ids=["table", "no table"])
def test_mean_and_variance_with_and_without_a_table(mean: float) -> None:
    organic, days = Organic(law="negative-binomial", mean=mean, dispersion=9.0), 200_000
    everyday = Everyday(organic, mean, days)
    units = everyday.units(np.random.default_rng(2))
    assert (inversion_table((mean,), 9.0)[0] is None) == (mean > TABLE)
    variance, excess = (float(moment) for moment in stats.nbinom(mean / 8, 1 / 9).stats("vk"))
    assert variance == pytest.approx(9 * mean)
    assert abs(units.mean() - mean) < 5 * np.sqrt(variance / days)
    assert abs(units.var() - variance) < 5 * variance * np.sqrt((excess + 2) / days)


def test_the_same_luck_wants_no_less_of_a_higher_mean() -> None:
    organic = Organic(law="negative-binomial", mean=10.0, dispersion=4.0)
    low, high = (Everyday(organic, mean, 1_000).units(np.random.default_rng(3)) for mean in (10.0, 11.0))
    assert (high >= low).all() and (high > low).any()
