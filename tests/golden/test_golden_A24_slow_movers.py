"""A24: stock of 91 days that nobody bought of is slow, of 90 is not; so is what three promotions left out, not two."""

import numpy as np
import pytest

from policies.playbook import Levers
from policies.plugins.rehearsal import Scene, scene_by_hand
from policies.protocol import PlannedEvent
from policies.registry import playbook

BOOK = playbook("slow-movers")
ARRIVES = 40
"""The day on which the stock is put away; the shelf was empty before."""


@pytest.mark.parametrize(
    ("age", "sale_at_age", "slow"), [(90, None, False), (91, None, True), (91, 30, False), (91, 0, False)]
)
def test_golden_A24_rule_b(age: int, sale_at_age: int | None, slow: bool) -> None:
    levers = Levers()
    for day in range(ARRIVES + age + 1):
        sold = 0 if sale_at_age is None else int(day == ARRIVES + sale_at_age)
        levers = BOOK.act(_scene(day, on_hand=50 if day >= ARRIVES else 0, sold=sold).watched(levers.memory, run=0))
    assert (levers.clear, levers.stop_buying) == ([slow], [slow])


@pytest.mark.parametrize(
    ("lifts", "slow"),
    [((1.0, 1.0, 1.0), True), ((1.0, 1.0), False), ((1.0, 1.0, 2.0, 1.0), False), ((2.0, 1.0, 1.0, 1.0), True)],
)
def test_golden_A24_rule_c(lifts: tuple[float, ...], slow: bool) -> None:
    events = tuple(
        PlannedEvent(f"promotion {n}", "promotion", 5 + 10 * n, 3, np.array([lift])) for n, lift in enumerate(lifts)
    )
    levers = Levers()
    for day in range(len(lifts) * 10):
        levers = BOOK.act(_scene(day, on_hand=50, sold=1, events=events).watched(levers.memory, run=0))
    assert levers.clear == [slow]


def _scene(day: int, on_hand: int, sold: int, events: tuple[PlannedEvent, ...] = ()) -> Scene:
    """A shop whose last sale before today is out of sight."""
    units = np.zeros((60, 1, 1), dtype=np.int64)
    units[-1] = sold
    return scene_by_hand([], units, [on_hand], day=day, events=events)
