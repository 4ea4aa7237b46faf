"""Goods shared out evenly: what any sharing must keep, and sharings by hand."""

from fractions import Fraction

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from policies.sharing import evened

PLACE = st.tuples(st.integers(-50, 500), st.integers(0, 40))


@pytest.mark.parametrize(
    ("total", "positions", "paces", "shares"),
    [
        (60, (0, 0), (1, 2), (20, 40)),
        (60, (30, 0), (1, 2), (0, 60)),  # thirty days of cover in both
        (90, (30, 0), (1, 2), (10, 80)),
        (10, (0, 100), (1, 1), (10, 0)),
        (5, (0, 0), (3, 0), (5, 0)),
        (5, (9, 9), (0, 0), (0, 0)),
        (10, (0, 0, 0), (1, 1, 1), (4, 3, 3)),  # odd units: the earlier place on a tie
        (10, (0, 0), (1, 3), (3, 7)),  # 2.5 and 7.5: a tie of halves
        (12, (-6, 0), (1, 1), (9, 3)),
        (0, (5, 50), (1, 1), (0, 0)),
    ],
)
def test_shares_by_hand(total: int, positions: tuple[int, ...], paces: tuple[int, ...], shares: list[int]) -> None:
    answer = evened(np.array([total]), [np.array([p]) for p in positions], [np.array([float(d)]) for d in paces])
    assert tuple(answer[:, 0]) == shares


@given(st.integers(0, 2_000), st.lists(PLACE, min_size=1, max_size=5))
def test_a_total_is_shared_out_whole_and_evens_cover(total: int, places: list[tuple[int, int]]) -> None:
    positions, paces = zip(*places, strict=True)
    shares = evened(np.array([total]), [np.array([p]) for p in positions], [np.array([float(d)]) for d in paces])[:, 0]
    assert (shares >= 0).all()
    assert shares.sum() == (total if any(paces) else 0)
    selling = [
        (stock, pace, share) for stock, pace, share in zip(positions, paces, shares.tolist(), strict=True) if pace
    ]
    for stock, pace, share in selling:
        # Whoever got more than one odd unit has, without that unit, no more cover than anybody else has in the end.
        if share > 1:
            rest = Fraction(stock + share - 1, pace)
            assert all(rest <= Fraction(p + s + 1, d) for p, d, s in selling)


def test_runs_and_skus_are_shared_alike() -> None:
    rng = np.arange(2 * 3 * 4).reshape(2, 3, 4)
    total, positions, paces = rng[0] * 7, [rng[0] * 3, rng[1], rng[0] + 5], [1.0 + rng[0], 2.0 + rng[1], 0.0 * rng[0]]
    many = evened(total, positions, paces)
    for run in range(3):
        for sku in range(4):
            one = evened(total[run, sku], [p[run, sku] for p in positions], [d[run, sku] for d in paces])
            assert (one == many[:, run, sku]).all()
