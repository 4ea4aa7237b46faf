"""The chance of being right: against the exact normal answer, and where it is certain."""

import numpy as np
import pytest
from scipy import stats

from reports.record import FloatArray
from reports.verdict.chances import chances


def highest(means: FloatArray) -> np.ndarray:
    return means[..., 0] == means[..., 0].max(axis=1, keepdims=True)


def test_of_two_rows_it_is_the_normal_chance_of_their_paired_difference() -> None:
    luck = np.random.default_rng(3).normal(size=(2, 400))
    values = np.stack([10 + luck[0], 10.05 + luck[0] + 0.4 * luck[1]])
    gap = values[1] - values[0]
    exact = stats.norm.cdf(gap.mean() / (gap.std(ddof=1) / np.sqrt(400)))
    assert chances(values[:, None, :], highest)[1] == pytest.approx(exact, abs=0.01)


def test_equal_rows_share_the_chance() -> None:
    values = np.tile(np.arange(20.0), (4, 1, 1))
    assert chances(values, highest) == pytest.approx([0.25] * 4)


def test_without_luck_there_is_certainty() -> None:
    values = np.repeat([[[1.0]], [[2.0]]], 10, axis=2)
    assert chances(values, highest).tolist() == [0.0, 1.0]


def test_few_replications_give_no_chance() -> None:
    assert np.isnan(chances(np.ones((2, 1, 4)), highest)).all()
    assert np.isnan(chances(np.ones((2, 1, 0)), highest)).all()


def test_it_has_no_luck_of_its_own() -> None:
    values = np.random.default_rng(4).normal(size=(12, 3, 60))
    assert chances(values, highest).tolist() == chances(values, highest).tolist()
    assert chances(values, highest).sum() == pytest.approx(1.0)
