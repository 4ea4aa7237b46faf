"""A19: the ad balance is empty for 12 hours: no demand from ads in these hours, organic demand unchanged."""

from pathlib import Path

import numpy as np
import pytest

from sim.world.network import Network
from sim.world.sample import sample_world
from tests.worlds import PLAIN, scenario_of

ADS = "ads = { spend_per_day = 100, per_thousand_views = 10, ctr = 0.02, cvr = 0.1 }\n"
OUTAGE = """
[[surprise.balance_outage]]
name = "empty balance"
on = 2026-03-21
from_hour = 12
hours = 12
"""
DAY = 20


@pytest.mark.parametrize("slot_hours", [12, 1])
def test_golden_A19_balance_outage(slot_hours: int, tmp_path: Path) -> None:
    text = PLAIN.replace("days = 200", f"days = 200\nslot_hours = {slot_hours}", 1) + ADS
    usual, empty = (
        sample_world(Network.of(scenario_of(world, tmp_path)), range(20)) for world in (text, text + OUTAGE)
    )
    (ads,), (stopped,) = usual.shaped, empty.shaped
    first, last = (DAY * 24 + hour for hour in (12, 24))
    slots = range(first // slot_hours, last // slot_hours)
    assert stopped.name == "ads" and empty.ads is not None
    assert ads.units[slots].any() and not stopped.units[slots].any()
    assert np.delete(ads.units, slots, axis=0).tobytes() == np.delete(stopped.units, slots, axis=0).tobytes()
    assert np.flatnonzero(empty.ads.running[:, 0, 0, 0] == 0).tolist() == list(slots)
    assert usual.wanted.tobytes() == empty.wanted.tobytes() and usual.wanted.any()
