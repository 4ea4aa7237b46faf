"""The one quantity rule: at or below the trigger, up to a level, then the smallest order, then whole packs."""

import numpy as np
import pytest

from policies.plugins.rehearsal import lane_by_hand, scene_by_hand
from policies.protocol import PlannedEvent
from policies.quantity import expected_paces, lots, order_up_to


@pytest.mark.parametrize(
    ("wanted", "at_least", "pack", "ordered"),
    [
        (0, 50, 12, 0),  # nothing wanted, nothing ordered, whatever the minimum
        (7, 0, 1, 7),
        (7, 50, 1, 50),
        (51, 50, 1, 51),
        (7, 50, 12, 60),  # the minimum first, then packs
        (60, 50, 12, 60),
        (60.4, 0, 1, 61),
        (60.0000000001, 0, 1, 60),
        (-3, 50, 12, 0),
    ],
)
def test_lots(wanted: float, at_least: int, pack: int, ordered: int) -> None:
    units = lots(np.array([wanted]), lane_by_hand("sea", 30, at_least=[at_least], pack=[pack]))
    assert units.tolist() == [ordered]
    assert units.dtype == np.int64


def test_order_up_to_looks_at_each_sku_and_run() -> None:
    lane = lane_by_hand("sea", 30, landed_cost=[1, 1])
    position = np.array([[10, 11], [9, 10]])
    units = order_up_to(np.full((2, 2), 40.0), position, np.full((2, 2), 10.0), lane)
    assert units.tolist() == [[30, 0], [31, 30]]


def test_order_up_to_takes_rounding_noise_for_equality() -> None:
    lane = lane_by_hand("sea", 30)
    noisy = np.array([0.1 * 3 * 1000])  # 300.00000000000006
    below = np.array([300 - 1e-10])
    assert order_up_to(np.array([900.0]), np.array([300]), noisy, lane).tolist() == [600]
    assert order_up_to(np.array([900.0]), np.array([300]), below, lane).tolist() == [600]
    assert order_up_to(np.array([900.0]), np.array([300]), np.array([299.9]), lane).tolist() == [0]


def test_expected_paces_spread_an_event_over_the_days_it_touches() -> None:
    """10 a day, lead 20 days: an event of 4 days at x6 adds 4 x 5 / 20 of the pace; half of it lies after the lead."""
    lane = lane_by_hand("sea", 19.5)
    paces = {}
    for first_day in (110, 119, 200):
        event = PlannedEvent("event", "promotion", first_day, 4, np.array([6.0]))
        scene = scene_by_hand([lane], np.full((40, 1, 1), 10), [0], day=100, events=(event,))
        now, later = expected_paces(scene.seen(frozenset({"sales", "calendar"}), run=0), 28, lane, 30)
        paces[first_day] = [np.asarray(now).item(), np.asarray(later).item()]
    assert paces[110] == pytest.approx([20, 10])
    assert paces[119] == pytest.approx([15, 10 * (1 + 2 * 5 / 30)])
    assert paces[200] == pytest.approx([10, 10])
