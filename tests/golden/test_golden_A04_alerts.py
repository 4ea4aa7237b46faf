"""A04: reorder point 400, safety stock 200, near is 1.2: 481 none, 480 to 201 yellow, 200 yellow, 199 red, 0 black."""

import numpy as np
import pytest

from policies.playbook import Alert, Levers
from policies.plugins.rehearsal import lane_by_hand, scene_by_hand
from policies.registry import playbook, policy

AIR = lane_by_hand("air", lead_days=10)
TWENTY_A_DAY = np.full((60, 1, 1), 20)


@pytest.mark.parametrize(
    ("on_hand", "level", "ads"),
    [
        (481, Alert.NONE, 1.0),
        (480, Alert.YELLOW, 0.5),
        (201, Alert.YELLOW, 0.5),
        (200, Alert.YELLOW, 0.5),
        (199, Alert.RED, 0.2),
        (1, Alert.RED, 0.2),
        (0, Alert.BLACK, 0.0),
    ],
)
def test_golden_A04_levels(on_hand: int, level: Alert, ads: float) -> None:
    done = _acted(on_hand)
    assert done.alert == [level]
    assert done.ads == [ads]
    tight = level >= Alert.RED
    assert (done.announce, done.expedite, done.promotions) == ([tight], [tight], [0.0 if tight else 1.0])


def test_golden_A04_an_order_is_due_from_400() -> None:
    rule = policy("reorder-point:safety_days=10")
    for on_hand, due in ((401, False), (400, True)):
        scene = scene_by_hand([AIR], TWENTY_A_DAY, [on_hand])
        assert (rule.orders(scene.seen(rule.sees, run=0)).units["air"] > 0) == [due]
        assert _acted(on_hand).alert == [Alert.YELLOW]


def _acted(on_hand: int) -> Levers:
    """What the playbook does on the waterlines that the policy of A01 gives as its reasons."""
    rule = policy("reorder-point:safety_days=10")
    scene = scene_by_hand([AIR], TWENTY_A_DAY, [on_hand])
    why = rule.orders(scene.seen(rule.sees, run=0)).why
    return playbook("alerts").act(scene_by_hand([AIR], TWENTY_A_DAY, [on_hand], waterlines=why).watched(run=0))
