"""T10 Q3: a desk whose time of service varies much, so that its mean wait takes 2 x 10^7 customers."""

import pytest

from tests.theory.test_theory_T10_queues import Q3, Q3_MOMENTS, accept_one_desk


@pytest.mark.slow
def test_theory_slow_T10_Q3_lognormal_service() -> None:
    """M/G/1, lognormal: mean wait, and how busy the desk is."""
    accept_one_desk(Q3, Q3_MOMENTS, customers=600_000)
