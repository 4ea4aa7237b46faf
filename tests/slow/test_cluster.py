"""A cluster whose worker is killed in the middle of a run plays on, and comes to the same digits."""

import os
import signal
from pathlib import Path

import pytest

from reports.display.result import json_text
from reports.verdict.goal import read_goal
from sim.cluster import on_cluster
from sim.contest import Contest, Table
from sim.tournament import setting
from tests.worlds import PLAIN, scenario_of

pytestmark = pytest.mark.slow
RUNS = range(4000)


@pytest.mark.filterwarnings("default")  # a killed worker is no silent matter for dask
def test_a_killed_worker_does_not_stop_it(tmp_path: Path) -> None:
    from distributed import LocalCluster

    scenario = scenario_of(PLAIN, tmp_path)
    rows = (("reorder-point", "none", "preference"),)
    contest = Contest(scenario, setting(scenario, "plain"), rows, read_goal(), "stocktide compare plain")
    kills: list[int] = []

    with (
        LocalCluster(n_workers=2, threads_per_worker=1, dashboard_address=None) as cluster,
        on_cluster(cluster.scheduler_address) as workers,
    ):

        def kill_one(_: int) -> None:
            if not kills and _:
                kills.append(next(iter(cluster.workers.values())).pid)
                os.kill(kills[0], signal.SIGKILL)

        told = json_text(Table(contest, RUNS).played(len(RUNS), workers, kill_one))
    assert kills
    assert told == json_text(Table(contest, RUNS).played(len(RUNS), 2))
