"""Laws of the demand of a lead time against SciPy's laws, quadrature and plain loops."""

import math
from itertools import pairwise, product

import numpy as np
import pytest
from numpy.typing import NDArray
from scipy import integrate, stats

from policies.lead_demand.counts import LEAST_RATIO, Tail, count_level
from policies.lead_demand.levels import LAWS, MEASURES, level
from policies.lead_demand.samples import SAMPLES, lead_quantiles, stretches
from policies.lead_demand.shapes import shape_level
from policies.lead_demand.span import Span

READ_OFF, LEAST = 1e-4, 1e-3
"""What a level that is read off between two others may be off by: as a share of it, or in units."""
SPANS = [Span(38.5, 6.0, 7), Span(4.0, 0.0, 1), Span(0.0, 0.0, 7), Span(10.0, 4.0, 30)]
PACE = np.array([0.02, 0.5, 5.0, 20.0, 20.0, 300.0])
SD = np.array([0.3, 1.5, math.sqrt(5), math.sqrt(20), 31.0, 40.0])
SERVICES = [0.5, 0.9, 0.95, 0.999]
NORMAL_AND_GAMMA = [(law, span, service) for law, span, service in product(("normal", "gamma"), SPANS, SERVICES)]


def _law(law: str, mean: float, variance: float) -> "stats.rv_frozen":
    """SciPy's law of a mean and a variance."""
    if law == "normal":
        return stats.norm(mean, math.sqrt(variance))
    if law == "gamma":
        return stats.gamma(mean**2 / variance, scale=variance / mean)
    variance = max(variance, LEAST_RATIO * mean)
    return stats.nbinom(mean**2 / (variance - mean), mean / variance)


def _moments(span: Span, days: float, pace: float, sd: float) -> tuple[float, float]:
    return days * pace, days * sd**2 + (pace * span.spread_days) ** 2


@pytest.mark.parametrize(("law", "span", "service"), NORMAL_AND_GAMMA)
def test_cycle_service_is_the_quantile(law: str, span: Span, service: float) -> None:
    levels = shape_level(law, "cycle", service, span, PACE, SD)
    for pace, sd, found in zip(PACE, SD, levels, strict=True):
        quantile = _law(law, *_moments(span, span.days, pace, sd)).ppf(service)
        assert found == pytest.approx(max(quantile, 0.0), rel=READ_OFF, abs=LEAST)


@pytest.mark.parametrize(("law", "span", "service"), NORMAL_AND_GAMMA)
def test_fill_rate_is_what_comes_short_between_reviews(law: str, span: Span, service: float) -> None:
    """E(D(L+R) - S)+ - E(D(L) - S)+ by quadrature of SciPy's law is the share of R d that may come short."""
    levels = shape_level(law, "fill", service, span, PACE, SD)
    for pace, sd, found in zip(PACE, SD, levels, strict=True):
        after = _excess(_law(law, *_moments(span, span.days, pace, sd)), found)
        before = _excess(_law(law, *_moments(span, span.lead_days, pace, sd)), found) if span.lead_days else 0.0
        short = (after - before) / (pace * span.review_days)
        assert short == pytest.approx(1 - service, rel=0.02, abs=1e-6)


def _excess(law: "stats.rv_frozen", at: float) -> float:
    far = float(law.isf(1e-13))
    value, _ = integrate.quad(law.sf, at, max(far, at), limit=400, epsabs=1e-10, epsrel=1e-8)
    return float(value)


@pytest.mark.parametrize("service", SERVICES)
@pytest.mark.parametrize("span", SPANS)
def test_negative_binomial_cycle_service_is_the_quantile(span: Span, service: float) -> None:
    levels = count_level("cycle", service, span, PACE, SD)
    for pace, sd, found in zip(PACE, SD, levels, strict=True):
        law = _law("negative-binomial", *_moments(span, span.days, pace, sd))
        assert law.cdf(found) >= service - 1e-6
        assert found == 0 or law.cdf(found - 1) < service + 1e-6


@pytest.mark.parametrize("service", SERVICES)
@pytest.mark.parametrize("span", SPANS)
def test_negative_binomial_fill_is_the_least_that_is_enough(span: Span, service: float) -> None:
    levels = count_level("fill", service, span, PACE, SD)
    for pace, sd, found in zip(PACE, SD, levels, strict=True):
        allowed = (1 - service) * pace * span.review_days
        assert _comes_short(span, pace, sd, int(found)) <= allowed * (1 + 1e-6)
        assert found == 0 or _comes_short(span, pace, sd, int(found) - 1) > allowed * (1 - 1e-6)


def _comes_short(span: Span, pace: float, sd: float, at: int) -> float:
    """Units short between reviews, summed over SciPy's law."""
    total = 0.0
    for days, sign in ((span.days, 1), (span.lead_days, -1)):
        if days:
            law = _law("negative-binomial", *_moments(span, days, pace, sd))
            total += sign * law.sf(np.arange(at, int(law.isf(1e-15)) + 50)).sum()
    return total


def test_hundreds_of_laws_against_the_quantile() -> None:
    """Small and large, steady and wild: the search always ends, at SciPy's quantile."""
    pace, ratio = (each.ravel() for each in np.meshgrid(np.geomspace(1e-3, 1e4, 40), np.geomspace(0.01, 30, 40)))
    sd, span = pace * ratio, Span(30.0, 5.0, 7)
    found = count_level("cycle", 0.95, span, pace, sd)
    mean = pace * span.days
    variance = np.maximum(span.variance(span.days, pace, sd), LEAST_RATIO * mean)
    law = stats.nbinom(mean**2 / (variance - mean), mean / variance)
    assert (law.cdf(found) >= 0.95 - 1e-9).all()
    assert ((found == 0) | (law.cdf(found - 1) < 0.95 + 1e-9)).all()


def test_a_tail_moves_by_units() -> None:
    """Up and down again, and what stands there is SciPy's."""
    tail = Tail.of(np.array([20.0]), np.array([80.0]), np.array([25.0]))
    law, units = stats.nbinom(400 / 60, 0.25), np.arange(400)
    for moved, at in ((tail, 25), (tail.up(), 26), (tail.up().up().down(), 26), (tail.down(), 24)):
        assert moved.at.item() == at
        assert moved.here.item() == pytest.approx(law.pmf(at), rel=1e-9)
        assert moved.above.item() == pytest.approx(law.sf(at), rel=1e-9)
        assert moved.excess.item() == pytest.approx(law.pmf(units) @ np.maximum(units - at, 0), rel=1e-9)


def test_a_steady_day_is_taken_for_poisson() -> None:
    """Mean 5 a day, no spread, five days: 25 a day's law; Poisson's 0.95 quantile is 33."""
    assert count_level("cycle", 0.95, Span(4, 0, 1), np.array([5.0]), np.array([0.0])).item() == 33


@pytest.mark.parametrize("law", ["empirical", "bootstrap"])
def test_stretches_are_sums_of_days_of_the_past(law: str) -> None:
    """Each stretch, summed day by day around the circle; a bootstrap's seventh day is followed by another week."""
    sold = np.arange(1, 31)[:, None] ** 2
    totals = np.concatenate([[[0]], np.cumsum(sold, axis=0)])
    days, block = np.arange(SAMPLES) % 71, 7 if law == "bootstrap" else 4_000
    found = stretches(totals, days, block)[:, 0]
    circle = np.tile(sold[:, 0], 5)
    blocks = {(first, n): int(circle[first : first + n].sum()) for first in range(30) for n in range(72)}
    for units, n in zip(found, days, strict=True):
        if law == "empirical":
            assert units in {blocks[first, n] for first in range(30)}
        elif n <= 14:
            assert units in {blocks[a, min(n, 7)] + blocks[b, max(n - 7, 0)] for a in range(30) for b in range(30)}
        else:
            assert n * 1 <= units <= n * 900


@pytest.mark.parametrize("law", ["empirical", "bootstrap"])
def test_a_sampled_level_is_the_sample_that_serves(law: str) -> None:
    """The level serves in as many of the stretches as asked, and a unit less in fewer; scaled to the pace."""
    totals, span = _past(), Span(12.0, 3.0, 7)
    leads = lead_quantiles(12.0, 3.0)
    both = stretches(totals, leads + 7, 7 if law == "bootstrap" else 4_000)
    mean = (totals[-1] - totals[0]) / (len(totals) - 1)
    for service in (0.5, 0.9, 0.95, 0.995):
        found = level(law, "cycle", service, span, mean, mean, totals)
        assert ((both <= found + 1e-6).mean(axis=0) >= service - 1e-9).all()
        assert ((both < found - 1e-6).mean(axis=0) < service).all()
    assert level(law, "cycle", 0.9, span, 3 * mean, mean, totals) == pytest.approx(
        3 * level(law, "cycle", 0.9, span, mean, mean, totals)
    )


@pytest.mark.parametrize("law", ["empirical", "bootstrap"])
@pytest.mark.parametrize("service", [0.8, 0.95, 0.99])
def test_a_sampled_level_fills_what_was_asked(law: str, service: float) -> None:
    """Short between reviews, summed over the stretches: just under the share, and over it with a unit less."""
    totals, span = _past(), Span(12.0, 3.0, 7)
    leads, block = lead_quantiles(12.0, 3.0), 7 if law == "bootstrap" else 4_000
    both, lead = stretches(totals, leads + 7, block), stretches(totals, leads, block)
    mean = (totals[-1] - totals[0]) / (len(totals) - 1)
    found = np.rint(level(law, "fill", service, span, mean, mean, totals)).astype(int)

    def short(at: NDArray[np.int64]) -> NDArray[np.float64]:
        missing = np.maximum(both - at, 0).sum(axis=0) - np.maximum(lead - at, 0).sum(axis=0)
        return missing / (both - lead).sum(axis=0)

    assert (short(found) <= 1 - service + 1e-12).all()
    assert (short(found - 1) > 1 - service).all()


def test_samples_of_independent_days_come_near_the_true_law() -> None:
    """A year of Poisson days, 20 a day: the 0.9 quantile of 19 days is near Poisson's, for both ways to sample."""
    totals = _running(np.random.default_rng(5).poisson(20, (365, 20)))
    for law in ("empirical", "bootstrap"):
        found = level(law, "cycle", 0.9, Span(12, 0, 7), np.full(20, 20.0), np.full(20, 4.0), totals)
        assert found.mean() == pytest.approx(stats.poisson(380).ppf(0.9), rel=0.01)


def test_lead_times_have_the_mean_and_spread_that_are_quoted() -> None:
    days = lead_quantiles(38.5, 6.0)
    assert days.mean() == pytest.approx(38.5, abs=0.05)
    assert days.std() == pytest.approx(6.0, abs=0.1)
    assert set(lead_quantiles(12.4, 0.0).tolist()) == {12}
    assert set(lead_quantiles(0.0, 0.0).tolist()) == {0}


@pytest.mark.parametrize(("law", "measure"), list(product(LAWS, MEASURES)))
def test_more_service_never_takes_less_stock(law: str, measure: str) -> None:
    totals, span = _past(), Span(12.0, 3.0, 7)
    mean = (totals[-1] - totals[0]) / (len(totals) - 1)
    levels = [level(law, measure, service, span, mean, 2 * mean, totals) for service in (0.5, 0.8, 0.95, 0.995)]
    assert all((more >= less - 1e-9).all() for less, more in pairwise(levels))


@pytest.mark.parametrize(("law", "measure"), list(product(LAWS, MEASURES)))
def test_what_was_never_sold_needs_nothing(law: str, measure: str) -> None:
    nothing = np.zeros(3)
    for totals in (np.zeros((50, 3), np.int64), np.zeros((1, 3), np.int64)):
        assert not level(law, measure, 0.95, Span(12.0, 3.0, 7), nothing, nothing, totals).any()


def _past() -> NDArray[np.int64]:
    """Running totals of 90 days of three SKUs, with a weekend and a burst."""
    days = np.arange(90)
    sold = np.stack([3 + days % 7, 10 + (days == 40) * 200, 1 + (days % 3 == 0) * 8], axis=1)
    return _running(sold)


def _running(sold: NDArray[np.int64]) -> NDArray[np.int64]:
    return np.concatenate([np.zeros_like(sold[:1]), np.cumsum(sold, axis=0)])
