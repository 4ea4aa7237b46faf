"""What a policy needs and a world does not have is told, once, on stderr; it is played all the same."""

import json
from pathlib import Path

from tests.cli.typed import called

ADS = "warning: ad-prestock needs ads, which this world does not have\n"


def test_a_policy_that_needs_what_a_world_lacks_is_warned_of(tmp_path: Path) -> None:
    words = ("compare", "apparel-by-air", "--runs", "2", "--jobs", "1", "--json")
    both = ("--policy", "base-stock+ad-prestock", "--policy", "reorder-point+ad-prestock")
    answer = called(tmp_path, *words, *both)
    assert answer.code == 0
    assert answer.err == ADS
    assert len(json.loads(answer.out)["policies"]) == 2


def test_a_policy_that_finds_what_it_needs_is_not(tmp_path: Path) -> None:
    answer = called(tmp_path, "run", "apparel-by-air", "--policy", "base-stock+calendar-lift", "--runs", "2")
    assert answer.code == 0
    assert "warning" not in answer.err
