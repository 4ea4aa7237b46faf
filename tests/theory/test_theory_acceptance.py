"""The rule that judges all other theory tests is itself right: it lets the truth pass, and neither bias nor noise."""

import numpy as np
import pytest

from tests.theory.acceptance import accept, printed, quantile, verdict

DRAWN = np.random.default_rng(20260701).normal(0, 1, 60)
UNBIASED = 100 + (DRAWN - DRAWN.mean()) / DRAWN.std(ddof=1)
"""Sixty replications of mean 100 and standard deviation 1: the rule's half-width is 3.68 / sqrt(60) = 0.475."""


@pytest.mark.parametrize(("replications", "expected"), [(20, "4.19"), (30, "3.92"), (60, "3.68")])
def test_theory_acceptance_quantiles(replications: int, expected: str) -> None:
    assert printed(quantile(replications), expected)


def test_theory_acceptance_passes_the_truth() -> None:
    accept(verdict("mean", "mean", UNBIASED, 100.0), verdict("constant", "mean", np.full(20, 3.0), 3.0))


@pytest.mark.parametrize("bias", [-0.5, 0.5])
def test_theory_acceptance_refuses_bias(bias: float) -> None:
    with pytest.raises(AssertionError, match="biased"):
        accept(verdict("biased", "mean", UNBIASED + bias, 100.0))


def test_theory_acceptance_refuses_runs_too_short_to_tell() -> None:
    with pytest.raises(AssertionError, match="noisy"):
        accept(verdict("noisy", "mean", 100 + 2.5 * (UNBIASED - 100), 100.0))
    with pytest.raises(ValueError, match="at least 20 replications"):
        verdict("few", "mean", UNBIASED[:19], 100.0)


def test_theory_acceptance_counts_the_error_of_a_simulated_answer() -> None:
    """An answer with an error of its own forgives as much more, and no wider than the width."""
    biased = UNBIASED + 0.5
    assert not verdict("known", "mean", biased, 100.0).accepted
    assert verdict("simulated", "mean", biased, 100.0, exact_error=0.1).accepted
    assert not verdict("too noisy", "mean", biased, 100.0, exact_error=0.3).accepted
