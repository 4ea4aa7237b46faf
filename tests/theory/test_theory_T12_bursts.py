"""T12: bursty demand. The negative binomial, and viral videos as shot noise with exponential and power-law fading.

Second moments are taken about the exact mean, which the same row checks, so that they have no bias of their own.
"""

from pathlib import Path

import numpy as np
import pytest
from numpy.typing import NDArray

from tests.theory.acceptance import accept, printed, verdict
from tests.theory.exact.chances import at_most, mean, negative_binomial
from tests.theory.exact.shot_noise import Fade, Videos, exponential, power
from tests.theory.worlds import played, pooled_days, series_of, sku_names, wanted_days, world

REPLICATIONS = 100
DAYS = 7_000
LANE = 'legs = [{ name = "lane", days = 1 }]'
VIDEOS_PER_DAY, AMPLITUDE, CV = 0.2, 60.0, 1.5
SN1 = Videos(VIDEOS_PER_DAY, AMPLITUDE, CV, exponential(4))
SN1_FADES = '{ law = "exponential", mean_days = 4 }'
SN2 = Videos(VIDEOS_PER_DAY, AMPLITUDE, CV, power(1.5, 1, 60))
SN2_FADES = '{ law = "power", exponent = 1.5, scale_days = 1, cut_days = 60 }'
COLD_DAYS = (2, 8, 20)


def test_theory_T12_NB1_exact_figures() -> None:
    """The exact code prints the known figures."""
    law = negative_binomial(20, 80)
    assert f"{law[0]:.6e}" == "9.688727e-05"
    assert printed(1 - at_most(law, 50), "0.004110")
    assert printed(mean(law), "20.000000")


def test_theory_T12_SN1_exact_figures() -> None:
    """The exact code prints the known figures; the correlation of the rate at a lag is e^(-lag/tau)."""
    assert printed(SN1.rate_mean, "48.000000")
    assert printed(SN1.rate_variance, "4680.000000")
    assert printed(SN1.variance(1), "4361.205273")
    assert printed(SN1.mean(7), "336.000000")
    assert printed(SN1.variance(7), "138680.385771")
    assert SN1.covariance(1, 5) / SN1.covariance(1, 1) == pytest.approx(np.exp(-1), rel=1e-9)


def test_theory_T12_SN2_exact_figures() -> None:
    """The exact code prints the known figures."""
    assert printed(SN2.fade.mass(60), "1.743926")
    assert printed(SN2.rate_mean, "20.927115")
    assert printed(SN2.rate_variance, "1169.685568")
    assert printed(SN2.variance(1), "919.651834")


def test_theory_T12_SN4_exact_figures() -> None:
    """The exact code prints the known rates, from which the mean of a day is integrated."""
    assert [f"{SN1.cold_rate(time):.6f}" for time in COLD_DAYS] == ["18.886528", "41.503906", "47.676579"]


def test_theory_T12_NB1(tmp_path: Path) -> None:
    """Negative binomial of mean 20 and variance 80: mean, variance and both tails."""
    law = '{ law = "negative-binomial", mean = 20, dispersion = 4 }'
    text = world(skus=1_000, days=1_000, lane=LANE, demand=f'demand."*".organic = {law}')
    wanted = series_of(played(tmp_path, text, "never")).wanted[:, 0, 0]
    exact = negative_binomial(20, 80)
    accept(
        verdict("mean", "mean", pooled_days(wanted, REPLICATIONS), 20.0),
        verdict("variance", "variance", pooled_days((wanted - 20.0) ** 2, REPLICATIONS), 80.0),
        verdict("P(0)", "share", pooled_days(wanted == 0, REPLICATIONS), float(exact[0])),
        verdict("P(>50)", "share", pooled_days(wanted > 50, REPLICATIONS), 1 - at_most(exact, 50)),
    )


def test_theory_T12_SN1(tmp_path: Path) -> None:
    """Exponential fading: mean and variance of days and of weeks, and how days hang together."""
    wanted = _wanted(tmp_path, SN1.fade, SN1_FADES)
    _accept_moments(wanted, SN1, days=1)
    _accept_moments(wanted.reshape(-1, 7, wanted.shape[-1]).sum(axis=1), SN1, days=7)
    _accept_correlations(wanted, SN1)


def test_theory_T12_SN2(tmp_path: Path) -> None:
    """Power-law fading with a cut: mean and variance of days, and how days hang together."""
    wanted = _wanted(tmp_path, SN2.fade, SN2_FADES)
    _accept_moments(wanted, SN2, days=1)
    _accept_correlations(wanted, SN2)


def test_theory_T12_SN4_cold_start(tmp_path: Path) -> None:
    """Without videos before the first day demand grows into its mean: a day wants the rate's integral over it.

    Poisson streams add up: a hundred sources of SN1 on one SKU are one stream of a hundred times as many videos, which
    tells as much as a hundred SKUs.
    """
    accept_cold_start(tmp_path, sources=100, skus=500, runs=20)


def test_theory_T12_SN4_warm_start(tmp_path: Path) -> None:
    """Unless told otherwise videos of the past linger: the first day is as busy as any. (Quick fading: cheap to show.)"""
    source, sources, skus, runs = Videos(VIDEOS_PER_DAY, AMPLITUDE, CV, exponential(0.5)), 100, 900, 20
    videos = _videos(skus, source.per_day * sources, source.fade, '{ law = "exponential", mean_days = 0.5 }')
    record = played(tmp_path, world(skus=skus, days=2, lane=LANE, tables=videos), "never", runs=runs, batch=runs)
    first_day = record.daily_wanted[0, :, 0] / (skus * sources)
    assert source.cold_mean(0, 1) < 0.6 * source.mean(1)
    accept(verdict("first day", "mean", first_day, source.mean(1)))


def accept_cold_start(folder: Path, *, sources: int, skus: int, runs: int) -> None:
    """Mean demand on days 2, 8 and 20 of a cold start, for so many sources of SN1 on each SKU."""
    videos = _videos(skus, VIDEOS_PER_DAY * sources, SN1.fade, SN1_FADES, "starts_on = 2026-01-01")
    text = world(skus=skus, days=COLD_DAYS[-1] + 1, start="2026-01-01", lane=LANE, tables=videos)
    wanted = wanted_days(folder, text, runs) / (skus * sources)
    accept(*(verdict(f"day {day}", "mean", wanted[day], SN1.cold_mean(day, 1)) for day in COLD_DAYS))


def _videos(skus: int, per_day: float, fade: Fade, fades: str, more: str = "") -> str:
    """Videos on every SKU: a video's orders over its whole life are its amplitude times the mass of its fading."""
    named = ", ".join(f'"{name}"' for name in sku_names(skus))
    return f"""
[[surprise.video]]
name = "videos"
skus = [{named}]
per_day = {per_day}
orders = {{ law = "lognormal", mean = {AMPLITUDE * fade.mass(fade.ends)!r}, cv = {CV} }}
fades = {fades}
{more}
"""


def _wanted(folder: Path, fade: Fade, fades: str) -> NDArray[np.int64]:
    """Units wanted each day, [day, sku], in a world of videos alone."""
    text = world(skus=500, days=DAYS, lane=LANE, tables=_videos(500, VIDEOS_PER_DAY, fade, fades))
    return series_of(played(folder, text, "never")).wanted[:, 0, 0]


def _accept_moments(wanted: NDArray[np.int64], videos: Videos, days: int) -> None:
    """Mean and variance of windows of so many days, [window, sku]."""
    squares = (wanted - videos.mean(days)) ** 2
    accept(
        verdict(f"mean of {days}", "mean", pooled_days(wanted, REPLICATIONS), videos.mean(days)),
        verdict(f"variance of {days}", "variance", pooled_days(squares, REPLICATIONS), videos.variance(days)),
    )


def _accept_correlations(wanted: NDArray[np.int64], videos: Videos) -> None:
    """Autocovariances of near days, and autocorrelations also of far ones.

    A correlation is a ratio of two noisy means; what it says without bias is that covariance - correlation x variance
    is zero in the mean, which is held here in units of the variance.
    """
    apart, variance = wanted - videos.mean(1), videos.variance(1)
    variances = pooled_days(apart**2, REPLICATIONS)
    verdicts = []
    for lag in (1, 2, 4, 7, 10, 20):
        covariances = pooled_days(apart[:-lag] * apart[lag:], REPLICATIONS)
        exact = videos.covariance(1, lag)
        if lag <= 4:
            verdicts.append(verdict(f"covariance at {lag}", "variance", covariances, exact))
        correlations = exact / variance + (covariances - exact / variance * variances) / variance
        verdicts.append(verdict(f"correlation at {lag}", "share", correlations, exact / variance))
    accept(*verdicts)
