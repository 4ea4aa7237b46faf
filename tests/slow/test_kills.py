"""Thirty kills at any moment of a run: each goes on to the scores of a run that nobody killed."""

import random
import sys
import time
from pathlib import Path

import pytest

from tests.killing import batches, killed, whole, write_world

pytestmark = pytest.mark.slow
KILLS, RUNS = 30, 6_000


def test_thirty_kills_lose_and_double_nothing(tmp_path: Path) -> None:
    """Two kills of three once so many batches are finished, the others at a time, while the run begins or ends too."""
    write_world(tmp_path)
    began = time.monotonic()
    expected = whole(tmp_path, RUNS)
    took, count = time.monotonic() - began, len(batches(tmp_path / "whole"))
    luck, came = random.Random(20261122), []
    for kill in range(KILLS):
        finished, at = luck.randrange(count), time.monotonic() + luck.random() * took

        def now(out: Path, kill: int = kill, finished: int = finished, at: float = at) -> bool:
            return len(batches(out)) >= finished if kill % 3 else time.monotonic() >= at

        came.append(killed(tmp_path, f"run-{kill}", RUNS, expected, now))
    left = [one.left for one in came]
    again = sum(one.again for one in came)
    sys.stdout.write(f"{KILLS} kills of a run of {count} batches left {left}; batches played again: {again}\n")
    assert all(one.equal and one.again == 0 for one in came)
    assert sum(0 < one.left < count for one in came) >= 10
