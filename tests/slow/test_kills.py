"""Thirty kills at any moment of a run: each goes on to the scores of a run that nobody killed."""

import random
import sys
import time
from pathlib import Path

import pytest

from tests.killing import batches, killed, whole, write_world

pytestmark = pytest.mark.slow
KILLS, RUNS = 30, 15_000


def test_thirty_kills_lose_and_double_nothing(tmp_path: Path) -> None:
    write_world(tmp_path)
    began = time.monotonic()
    expected = whole(tmp_path, RUNS)
    took, count = time.monotonic() - began, len(batches(tmp_path / "whole"))
    moments = random.Random(20261122)
    came = []
    for kill in range(KILLS):
        at = time.monotonic() + moments.uniform(0.2, 1.0) * took
        came.append(killed(tmp_path, f"run-{kill}", RUNS, expected, lambda _, at=at: time.monotonic() >= at))
    left = [one.left for one in came]
    sys.stdout.write(
        f"{KILLS} kills of a run of {count} batches left {left}; batches played again: {sum(c.again for c in came)}\n"
    )
    assert all(one.equal and one.again == 0 for one in came)
    assert sum(0 < one.left < count for one in came) >= 10
