"""Results depend on the scenario, the seed and the replication, and on nothing else."""

import os
import re
import subprocess
import sys
from pathlib import Path

import numpy as np
import pytest

from tests.worlds import PLAIN, QUEUES, TWO_PLACES, played, same_series, same_totals, scenario_of

RULES = ("reorder-point:safety_days=12", "reorder-point:safety_days=12+air-rescue", "oracle")
WORLDS = {"plain": PLAIN, "queues": QUEUES, "two places": TWO_PLACES}


@pytest.mark.parametrize("world", WORLDS)
def test_batches_and_workers_change_nothing(world: str, tmp_path: Path) -> None:
    scenario = scenario_of(WORLDS[world], tmp_path)
    alone = played(scenario, *RULES, runs=10, batch=1)
    for how in ({"batch": 7}, {"batch": 50}, {"batch": 5, "jobs": 2}):
        for one, other in zip(alone, played(scenario, *RULES, runs=10, **how), strict=True):
            assert same_totals(one, other), how
            assert same_series(one, other), how


def test_the_first_runs_of_many_are_the_runs_of_few(tmp_path: Path) -> None:
    scenario = scenario_of(PLAIN, tmp_path)
    (many,), (few,) = (played(scenario, RULES[0], runs=runs, keep=()) for runs in (200, 120))
    assert (many.lost[:120] == few.lost).all()
    assert many.money["freight"][:120].tobytes() == few.money["freight"].tobytes()


def test_the_order_of_tables_in_the_file_changes_nothing(tmp_path: Path) -> None:
    head, *tables = re.split(r"(?m)^(?=\[)", TWO_PLACES)
    straight = played(scenario_of(TWO_PLACES, tmp_path), *RULES)
    shuffled = played(scenario_of(head + "\n".join(tables[::-1]), tmp_path), *RULES)
    assert all(same_totals(one, two) and same_series(one, two) for one, two in zip(straight, shuffled, strict=True))


def test_another_hash_seed_changes_nothing(tmp_path: Path) -> None:
    scenario_of(TWO_PLACES, tmp_path)
    program = (
        "import hashlib, sys; from pathlib import Path; from tests.worlds import TWO_PLACES, played, scenario_of\n"
        f"record, = played(scenario_of(TWO_PLACES, Path({str(tmp_path)!r})), {RULES[1]!r})\n"
        "arrays = [record.series.on_hand, record.series.sold, record.money['freight'], record.peak_cash]\n"
        "print(hashlib.sha256(b''.join(array.tobytes() for array in arrays)).hexdigest())"
    )
    told = {
        subprocess.run(
            [sys.executable, "-c", program],
            env=os.environ | {"PYTHONHASHSEED": seed},
            cwd=Path(__file__).parents[2],
            capture_output=True,
            check=True,
            text=True,
        ).stdout
        for seed in ("1", "2")
    }
    assert len(told) == 1


def test_another_sku_moves_no_other(tmp_path: Path) -> None:
    more = PLAIN.replace("[[sku]]", '[[sku]]\nid = "CABLE"\nunit_cost = 2\nprice = 9\n[[sku]]', 1)
    for few, many in zip(
        played(scenario_of(PLAIN, tmp_path), *RULES), played(scenario_of(more, tmp_path), *RULES), strict=True
    ):
        assert few.series is not None
        assert many.series is not None
        kept = [0, 2]  # BULB and LAMP of BULB, CABLE, LAMP
        for name in ("wanted", "sold", "on_hand", "received", "ordered"):
            assert (getattr(few.series, name) == getattr(many.series, name)[..., kept]).all(), name


def test_another_lane_moves_nothing_that_does_not_use_it(tmp_path: Path) -> None:
    more = PLAIN + '[lane.rail]\nfrom = "zhongshan"\nto = "los-angeles"\nlegs = [{ name = "rail", days = 24 }]\n'
    more += "cost = { per_m3 = 900 }\n"
    rule = "reorder-point:safety_days=12,lane=sea"
    (few,), (many,) = played(scenario_of(PLAIN, tmp_path), rule), played(scenario_of(more, tmp_path), rule)
    assert same_series(few, many)


def test_another_policy_moves_nothing(tmp_path: Path) -> None:
    scenario = scenario_of(QUEUES, tmp_path)
    (alone,) = played(scenario, RULES[0])
    beside = played(
        scenario, *RULES, "never", "base-stock", "min-max", "service-level", "lead-cover", "base-plus-burst"
    )
    assert same_series(alone, beside[0])
    assert same_totals(alone, beside[0])


def test_another_seed_changes_the_luck(tmp_path: Path) -> None:
    scenario = scenario_of(PLAIN, tmp_path)
    (one,), (two,) = played(scenario, RULES[0]), played(scenario.model_copy(update={"seed": 8}), RULES[0])
    assert np.any(one.wanted != two.wanted)
