"""A run that is killed at some moment and goes on: what both kill tests do, few times and many."""

import os
import signal
import subprocess
import time
from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path

from tests.cli.typed import PLAIN, SCRIPTS, called

WORLD = """
title = "A lamp by air"
start = 2026-03-01
days = 40
history_days = 30
seed = 11
[[sku]]
id = "LAMP"
unit_cost = 6.0
price = 30.0
volume_m3 = 0.004
weight_kg = 0.9
[supplier.maker]
[lane.air]
from = "maker"
to = "shop"
legs = [{ name = "flight", days = { law = "gamma", mean = 9, cv = 0.3 } }]
[warehouse.shop]
opening = { cover_days = 20 }
[market.web]
served_by = ["shop"]
[market.web.demand.LAMP]
organic = { law = "poisson", mean = 4 }
"""


def command(runs: int) -> tuple[str, ...]:
    """A run of so many replications, without where it is kept."""
    return "run", "lamp.toml", "--policy", "reorder-point", "--runs", str(runs), "--jobs", "2"


@dataclass(frozen=True)
class Killed:
    """What a kill left, and what became of it when the run went on."""

    left: int  # batches that were finished
    again: int  # of those, batches that were played again all the same
    equal: bool  # the scores are byte for byte those of a run that nobody killed


def write_world(folder: Path) -> None:
    """A world that is played in many batches."""
    (folder / "lamp.toml").write_text(WORLD)


def whole(folder: Path, runs: int) -> bytes:
    """The scores of a run that nobody kills, in the folder `whole`."""
    answer = called(folder, *command(runs), "--out", "whole")
    assert answer.code == 0, answer.err
    return (folder / "whole" / "scores.csv").read_bytes()


def killed(folder: Path, name: str, runs: int, expected: bytes, now: Callable[[Path], bool]) -> Killed:
    """Kill a run and its workers, with no warning, once `now` says so of its folder; then let it go on."""
    out = folder / name
    began = subprocess.Popen(
        [SCRIPTS / "stocktide", *command(runs), "--out", name],
        cwd=folder,
        env=os.environ | PLAIN,
        stdout=subprocess.DEVNULL,
        stderr=subprocess.DEVNULL,
        start_new_session=True,
    )
    while began.poll() is None and not now(out):
        time.sleep(0.005)
    if began.poll() is None:
        os.killpg(began.pid, signal.SIGKILL)
    began.wait()
    left = {path: path.stat().st_mtime_ns for path in batches(out)}
    answer = called(folder, *command(runs), "--out", name, "--resume")
    assert answer.code == 0, answer.err
    again = sum(path not in batches(out) or path.stat().st_mtime_ns != at for path, at in left.items())
    return Killed(len(left), again, (out / "scores.csv").read_bytes() == expected)


def batches(out: Path) -> list[Path]:
    """The finished batches of a run folder."""
    return sorted((out / "batches").glob("[!.]*.npz"))
