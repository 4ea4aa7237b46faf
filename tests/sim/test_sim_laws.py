"""Weibull laws and observed values: moments and chances as scipy and the values have them, and draws that follow."""

import math

import numpy as np
import pytest
from numpy.typing import NDArray
from scipy import optimize, stats

from scenarios import laws as scenario_laws
from scenarios.schema import (
    Discrete,
    Empirical,
    Fixed,
    Gamma,
    Geometric,
    Law,
    Lognormal,
    Percentiles,
    Triangular,
    Uniform,
    Weibull,
)
from sim.luck import Luck
from sim.world import laws

DRAWS = 200_000
ONCE_IN = 1e6
"""A right law fails a comparison of draws once in so many."""
WEIBULLS = [
    Weibull(law="weibull", mean=18, cv=0.4),
    Weibull(law="weibull", mean=18, cv=0.4, low=9),
    Weibull(law="weibull", mean=0.5, cv=0.001),
    Weibull(law="weibull", mean=3, cv=1),
    Weibull(law="weibull", mean=7, cv=2.5, low=1),
]
OBSERVED = [
    Empirical(law="empirical", values=(31, 28, 28, 44, 29.5, 28)),
    Empirical(law="empirical", values=(0, 0, 0, 5)),
    Empirical(law="empirical", values=(7,)),
]


def of_scipy(law: Weibull) -> stats.rv_continuous:
    """The law as scipy has it, its shape found from scipy's own moments."""
    spread = law.cv * law.mean / (law.mean - law.low)
    shape = optimize.brentq(
        lambda k: stats.weibull_min.std(k) / stats.weibull_min.mean(k) - spread, 0.1, 2_000, xtol=1e-12
    )
    return stats.weibull_min(shape, loc=law.low, scale=(law.mean - law.low) / stats.weibull_min.mean(shape))


@pytest.mark.parametrize("law", WEIBULLS, ids=str)
def test_a_weibull_law_is_that_of_scipy(law: Weibull) -> None:
    known = of_scipy(law)
    assert laws.mean(law) == pytest.approx(known.mean(), rel=1e-9)
    assert laws.variance(law) == pytest.approx(known.var(), rel=1e-6)
    values = np.array([0.0, law.low, *known.ppf([0.001, 0.05, 0.3, 0.5, 0.8, 0.95, 0.999]), 1e4 * law.mean])
    with np.errstate(over="ignore"):  # scipy's own, far out
        assert laws.chance_within(law, values) == pytest.approx(known.cdf(values), abs=1e-6)


def test_weibull_laws_of_known_shape() -> None:
    """As spread as its mean it is exponential; with spread sqrt(4 / pi - 1) it is Rayleigh's."""
    values = np.linspace(0, 20, 50)
    exponential = laws.chance_within(Weibull(law="weibull", mean=4, cv=1), values)
    assert exponential == pytest.approx(1 - np.exp(-values / 4), abs=1e-12)
    rayleigh = laws.chance_within(Weibull(law="weibull", mean=4, cv=math.sqrt(4 / math.pi - 1)), values)
    assert rayleigh == pytest.approx(1 - np.exp(-math.pi / 4 * (values / 4) ** 2), abs=1e-12)


@pytest.mark.parametrize("law", OBSERVED, ids=str)
def test_observed_values_are_all_alike_likely(law: Empirical) -> None:
    seen = np.array(law.values)
    assert laws.mean(law) == pytest.approx(seen.mean(), rel=1e-12)
    assert laws.variance(law) == pytest.approx(((seen - seen.mean()) ** 2).mean(), rel=1e-12)
    values = np.array([[-1.0, 0.0], [28.0, 28.1], [44.0, 1e9]])
    expected = (seen <= values[..., None]).mean(axis=-1)
    assert laws.chance_within(law, values) == pytest.approx(expected, rel=1e-12)
    assert set(drawn(law)) == set(law.values)


@pytest.mark.parametrize("law", [*WEIBULLS, *OBSERVED], ids=str)
def test_draws_stay_as_near_to_their_law_as_so_many_do(law: Law) -> None:
    """Dvoretzky, Kiefer and Wolfowitz: n draws are nowhere further off than d, but for a chance 2 exp(-2 n d^2)."""
    values, counts = np.unique(drawn(law), return_counts=True)
    after = np.cumsum(counts) / DRAWS
    chances = laws.chance_within(law, values)
    below = laws.chance_within(law, np.nextafter(values, -np.inf))
    far = max(np.abs(after - chances).max(), np.abs(after - counts / DRAWS - below).max())
    assert far <= math.sqrt(math.log(2 * ONCE_IN) / (2 * DRAWS))


def drawn(law: Law) -> NDArray[np.float64]:
    return laws.draws(law, Luck(11).stream(0, str(law)), DRAWS)


BOUNDED: list[tuple[Law, float]] = [
    (4.5, 4.5),
    (Fixed(law="fixed", value=3), 3),
    (Uniform(law="uniform", low=1, high=5), 5),
    (Triangular(law="triangular", low=1, mode=2, high=6), 6),
    (Discrete(law="discrete", values=(24, 39, 30), chances=(0.5, 0.2, 0.3)), 39),
    (OBSERVED[0], 44),
    (Percentiles(usual=20, bad=35), 35),
    (Gamma(law="gamma", mean=17, cv=0.25), math.inf),
    (Lognormal(law="lognormal", mean=9, cv=0.4), math.inf),
    (WEIBULLS[0], math.inf),
    (Geometric(law="geometric", mean=2), math.inf),
]


@pytest.mark.parametrize(("law", "most"), BOUNDED, ids=str)
def test_the_highest_value_of_a_law(law: Law, most: float) -> None:
    assert scenario_laws.highest(law) == most
