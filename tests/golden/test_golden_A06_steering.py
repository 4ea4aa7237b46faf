"""A06: in red, 30 % of a livestream's demand goes to a sibling that has ample stock."""

import numpy as np
import pytest

from policies.plugins.rehearsal import scene_by_hand
from policies.registry import playbook

GROUPS = ("lamp", "lamp", "strip")


@pytest.mark.parametrize(
    ("on_hand", "steered"),
    [
        ((199, 200, 900), (0.3, 0.0, 0.0)),
        ((200, 200, 900), (0.0, 0.0, 0.0)),  # not red
        ((199, 199, 900), (0.0, 0.0, 0.0)),  # no sibling to steer to
        ((0, 900, 199), (0.3, 0.0, 0.0)),  # the strip is alone
    ],
)
def test_golden_A06_steering(on_hand: tuple[int, ...], steered: tuple[float, ...]) -> None:
    lines = {"reorder_point": [400.0] * 3, "safety_stock": [200.0] * 3}
    scene = scene_by_hand([], np.full((60, 1, 3), 20), on_hand, groups=GROUPS, waterlines=lines)
    assert playbook("alerts").act(scene.watched(run=0)).steer.tolist() == list(steered)
    assert not playbook("alerts:steer=0").act(scene.watched(run=0)).steer.any()
