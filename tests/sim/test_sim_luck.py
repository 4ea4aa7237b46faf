"""Luck is keyed by what and when; laws have the moments they state."""

import numpy as np
import pytest
from scipy import stats

from scenarios.schema import Discrete, Fixed, Gamma, Lognormal, Percentiles, Triangular, Uniform
from sim.luck import Luck, uniforms
from sim.world import laws


def test_a_stream_is_the_same_whatever_was_drawn_before() -> None:
    first, second = Luck(5), Luck(5)
    second.stream(0, "other").random(1000)
    assert (first.stream(3, "a", "b").random(9) == second.stream(3, "a", "b").random(9)).all()


@pytest.mark.parametrize(
    "other", [(5, 3, ("a", "c")), (5, 3, ("a b",)), (5, 3, ("ab",)), (5, 4, ("a", "b")), (6, 3, ("a", "b"))]
)
def test_seed_replication_and_every_word_of_the_name_matter(other: tuple[int, int, tuple[str, ...]]) -> None:
    seed, replication, name = other
    assert (Luck(5).stream(3, "a", "b").random(9) != Luck(seed).stream(replication, *name).random(9)).all()


def test_streams_are_independent() -> None:
    luck = Luck(1)
    rows = np.array([luck.stream(run, "x").random(200) for run in range(200)])
    correlations = np.corrcoef(rows)[np.triu_indices(200, 1)]
    assert abs(correlations.mean()) < 4 / np.sqrt(len(correlations) * 200)
    assert stats.kstest(rows.ravel(), "uniform").pvalue > 0.0005


def test_hashed_luck_is_uniform_and_differs_by_slot() -> None:
    luck = Luck(2)
    keys = np.array([luck.key(run, "wait", "m", "k") for run in range(400)], np.uint64)
    drawn = np.array([uniforms(keys, slot) for slot in range(50)])
    assert stats.kstest(drawn.ravel(), "uniform").pvalue > 0.0005
    assert abs(np.corrcoef(drawn[:-1].ravel(), drawn[1:].ravel())[0, 1]) < 4 / np.sqrt(drawn.size)


LAWS = [
    4.5,
    Fixed(law="fixed", value=3.0),
    Uniform(law="uniform", low=1, high=5),
    Triangular(law="triangular", low=1, mode=2, high=6),
    Triangular(law="triangular", low=2, mode=2, high=2),
    Gamma(law="gamma", low=13, mean=17, cv=0.25),
    Lognormal(law="lognormal", low=2, mean=9, cv=0.4),
    Discrete(law="discrete", values=(24, 30, 39), chances=(0.2, 0.5, 0.3)),
    Discrete(law="discrete", values=(1, 2, 3, 4)),
    Percentiles(usual=20, bad=35),
]


@pytest.mark.parametrize("law", LAWS, ids=str)
def test_draws_have_the_stated_mean_and_variance(law: object) -> None:
    drawn = laws.draws(law, Luck(3).stream(0, str(law)), 400_000)
    mean, variance = laws.mean(law), laws.variance(law)
    assert abs(drawn.mean() - mean) <= 4 * np.sqrt(variance / drawn.size) + 1e-12
    spread = ((drawn - drawn.mean()) ** 2).std() / np.sqrt(drawn.size)
    assert abs(drawn.var() - variance) <= 4 * spread + 1e-12


def test_the_usual_and_the_bad_value_are_the_median_and_p95() -> None:
    drawn = laws.draws(Percentiles(usual=20, bad=35), Luck(4).stream(0, "x"), 400_000)
    assert np.mean(drawn < 20) == pytest.approx(0.5, abs=0.005)
    assert np.mean(drawn < 35) == pytest.approx(0.95, abs=0.005)


def test_a_shifted_law_never_falls_below_its_low() -> None:
    assert laws.draws(LAWS[5], Luck(4).stream(0, "y"), 10_000).min() >= 13


def test_a_mixture_has_the_moments_of_its_two_parts() -> None:
    mean, variance = laws.mixture_moments(0.25, 8.0)
    assert (mean, variance) == (2.0, 0.25 * 64 - 4)
