"""A platform's limits look back over their window, and act while they are broken."""

import numpy as np

from scenarios.schema import Limits
from sim.play.limits import PlatformLimits


def shares(platform: PlatformLimits, days: list[tuple[int, int, int]], slots_per_day: int = 1) -> list[float]:
    """The factor after each day of orders, cancelled, late."""
    seen = []
    for slot, counts in enumerate(days):
        platform.update(slot, *(np.array([[count]]) for count in counts))
        seen.append(float(platform.share[0, 0, 0]))
    return seen


def test_a_limit_is_broken_above_it_not_at_it() -> None:
    limits = Limits(seller_cancellations=0.025, late_dispatch=0.04, window_days=1, traffic_left=0.7)
    days = [(1000, 25, 40), (1000, 26, 40), (1000, 25, 41), (0, 0, 0)]
    assert shares(PlatformLimits([limits], 1, 1), days) == [1.0, 0.7, 0.7, 1.0]


def test_the_window_holds_so_many_days_and_no_more() -> None:
    limits = Limits(window_days=3, traffic_left=0.7)
    days = [(100, 30, 0), (100, 0, 0), (100, 0, 0), (100, 0, 0)]
    assert shares(PlatformLimits([limits], 1, 1), days) == [0.7, 0.7, 0.7, 1.0]


def test_shares_are_reckoned_when_a_day_ends() -> None:
    limits = Limits(window_days=1, traffic_left=0.7)
    assert shares(PlatformLimits([limits], 1, 2), [(100, 50, 0), (900, 0, 0), (0, 0, 0)]) == [1.0, 0.7, 0.7]


def test_a_market_without_limits_loses_nothing() -> None:
    platform = PlatformLimits([None, Limits(window_days=1)], 1, 1)
    platform.update(0, *np.array([[[9, 9]], [[9, 9]], [[0, 0]]]))
    assert platform.share[0, :, 0].tolist() == [1.0, 0.7]
