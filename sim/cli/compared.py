"""A comparison as it is asked for: who plays, by whom, how long, and where what is finished is kept."""

from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING

from reports.language.speaking import say
from sim.cli.asked import command, option, processes, rows_of, scenario_of, warn
from sim.cli.terminal import prints_on_stderr, progress, tell, warn_of

if TYPE_CHECKING:
    from reports.comparison import Comparison
    from reports.folder.running import RunFolder
    from reports.record import Setting
    from reports.verdict.equal import EqualService, Target
    from reports.verdict.goal import Goal
    from reports.verdict.precision import Precision
    from scenarios.schema import Scenario
    from sim.contest import Contest
    from sim.tournament import Specs


@dataclass(frozen=True)
class Field:
    """Who plays, under what shocks, how often and in how many processes."""

    policies: tuple[str, ...]  # the default field when empty
    playbooks: tuple[str, ...]
    routings: tuple[str, ...]
    shocks: tuple[str, ...]
    runs: int
    jobs: int  # 0 for one a core
    seed: int | None  # the scenario's when None
    equal: "Target | None" = None  # what every policy is turned to reach
    cluster: str | None = None  # who plays instead of this machine's processes
    precision: str | None = None  # how well scores are to be known; `runs` is then the most


@dataclass(frozen=True)
class Keeping:
    """Where a run is kept while it is played, and whether one that is there goes on."""

    folder: Path
    resume: bool


def compared(world: str, field: Field, goal: "Goal", keeping: Keeping | None = None) -> "Comparison":
    """Play the field in a world, and keep what is played where that is asked for."""
    from policies.registry import default_field
    from reports.verdict.precision import read_precision
    from sim.tournament import setting

    with option("--precision"):
        wanted = None if field.precision is None else read_precision(field.precision, goal)
    scenario = scenario_of(world, field.shocks, field.seed)
    with prints_on_stderr(), _workers(field) as jobs:
        rows = rows_of(field.policies or default_field(), field.playbooks, field.routings)
        warn(scenario, list(dict.fromkeys(spec for spec, _, _ in rows)))
        told = setting(scenario, "+".join([world, *field.shocks]))
        contest, runs = _contest_of(scenario, told, rows, field, goal, jobs)
        with _kept(contest, runs, keeping) as folder:
            return _played(contest, runs, wanted, jobs, folder)


@contextmanager
def _workers(field: Field) -> "Iterator[int]":
    """Who plays: how many batches at a time."""
    if field.cluster is None:
        yield processes(field.jobs)
        return
    from sim.cluster import on_cluster

    with on_cluster(field.cluster) as workers:
        yield workers


@contextmanager
def _kept(contest: "Contest", runs: range, keeping: Keeping | None) -> "Iterator[RunFolder | None]":
    if keeping is None:
        yield None
        return
    from reports.folder.running import run_folder

    told = contest.identity()
    try:
        with run_folder(keeping.folder, contest.scenario, contest.rows, told, keeping.resume) as folder:
            yield folder
    except KeyboardInterrupt:
        if keeping.folder.exists():
            tell(say("terminal.kept", folder=keeping.folder))
        raise


def _played(
    contest: "Contest", runs: range, wanted: "Precision | None", jobs: int, folder: "RunFolder | None"
) -> "Comparison":
    """Play what is missing; where there is a folder, look closer at the recommended row, and finish the folder."""
    from reports.display.precision import precision_told
    from sim.contest import Table, looked_at_closely, played_until

    table = Table(contest, runs, folder)
    with progress(len(runs)) as advance:
        if wanted is None:
            comparison = table.played(len(runs), jobs, advance)
        else:
            comparison = played_until(wanted, table, len(runs), jobs, advance)
            tell(precision_told(wanted, comparison))
    _warn_of_the_start(contest, comparison, jobs)
    if folder is not None:
        comparison = looked_at_closely(contest, comparison, jobs)
        folder.finish(comparison)
    return comparison


def _warn_of_the_start(contest: "Contest", comparison: "Comparison", jobs: int) -> None:
    from sim.warm_up import start_of

    start = start_of(contest.scenario, contest.rows[comparison.reference], comparison.runs.tolist(), jobs)
    if start is not None:
        warn_of(start.told(contest.scenario.warm_up_days))


def _contest_of(
    scenario: "Scenario", told: "Setting", rows: "tuple[Specs, ...]", field: Field, goal: "Goal", jobs: int
) -> "tuple[Contest, range]":
    """Who plays, and on which replications; at equal service rows that were turned, on fresh luck."""
    from sim.contest import Contest

    runs, equal = range(field.runs), None
    if field.equal is not None:
        rows, runs, equal = _levelled(scenario, told, rows, field.equal, runs, jobs)
    return Contest(scenario, told, rows, goal, command(), equal), runs


def _levelled(
    scenario: "Scenario", told: "Setting", rows: "tuple[Specs, ...]", target: "Target", runs: range, jobs: int
) -> "tuple[tuple[Specs, ...], range, EqualService]":
    """The rows that were turned until they met the target, and the fresh replications on which they are compared."""
    from policies.protocol import PolicyError
    from reports.display.equal import left_out_told
    from sim.search.equal import levelled
    from sim.search.luck import fresh
    from sim.search.playing import Ground

    with progress(None, "rows") as advance:
        found = levelled(Ground(scenario, told, (), jobs, advance), rows, target, len(runs))
    if not found.rows:
        raise PolicyError(f"no policy reaches {target}: {'; '.join(left_out_told(found.how, told.currency))}")
    return found.rows, fresh(len(runs)), found.how
