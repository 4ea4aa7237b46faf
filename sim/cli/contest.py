"""Verbs that play: run, compare."""

import itertools
import shlex
import sys
from collections.abc import Callable, Iterator, Sequence
from contextlib import contextmanager
from dataclasses import dataclass, replace
from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer

from reports.language.speaking import speaking
from sim.cli.terminal import Lang, Language, fail_where, prints_on_stderr, progress, show, tell

if TYPE_CHECKING:
    from reports.comparison import Comparison
    from reports.folder.running import RunFolder
    from reports.record import Setting
    from reports.verdict.equal import EqualService, Target
    from reports.verdict.goal import Goal as Sought
    from reports.verdict.precision import Precision as Wanted
    from scenarios.schema import Scenario
    from sim.contest import Contest
    from sim.tournament import Specs

World = Annotated[str, typer.Argument(metavar="WORLD", help="A shipped world (see `stocktide worlds`) or a TOML file.")]
Policies = Annotated[
    list[str] | None, typer.Option("--policy", help="A policy to play; repeat for more. Without it, a field.")
]
Playbooks = Annotated[
    list[str] | None,
    typer.Option("--playbook", help="What the seller does besides ordering; repeat for more. Without it, none."),
]
Routings = Annotated[
    list[str] | None,
    typer.Option("--routing", help="Which warehouse serves whom; repeat for more. Without it, as the world prefers."),
]
Shocks = Annotated[
    list[str] | None,
    typer.Option(
        "--shock",
        help="Shocks to lay over the world, NAME+NAME:from=2026-10-01,factor=2; repeat for more, order aside.",
    ),
]
Runs = Annotated[int, typer.Option(min=1, max=1_000_000, help="Replications: possible futures played.")]
Jobs = Annotated[int, typer.Option(min=0, help="Processes to use; 0 for one a core.")]
Seed = Annotated[int | None, typer.Option(min=0, max=2**63 - 1, help="Another seed than the scenario's.")]
Out = Annotated[str | None, typer.Option(help="Folder for the page, the scores and the record; new or empty.")]
Resume = Annotated[
    bool, typer.Option("--resume", help="Go on with what is in --out: only what is missing there is played.")
]
Precision = Annotated[
    str | None,
    typer.Option(
        metavar="WIDTH",
        help='Play on until scores are known so well: "0.5pp", "profit=2%", "profit gap=500" (to the best); '
        "--runs is then the most to play, 10,000 if not given.",
    ),
]
PlannedRuns = Annotated[
    int | None, typer.Option(min=1, max=1_000_000, help="Replications: possible futures played.  [default: 200]")
]
Cluster = Annotated[
    str | None, typer.Option(metavar="ADDRESS", help="Play on the cluster of a dask scheduler, tcp://host:8786.")
]
Goal = Annotated[str | None, typer.Option(help='What you are after: "stockout_rate<=5%, least holding_cost".')]
FailIf = Annotated[str | None, typer.Option(help='Exit with 1 if the best rule does so: "stockout_rate>5%".')]
AsJson = Annotated[bool, typer.Option("--json", help="One JSON object on stdout, and nothing else.")]

USUAL_RUNS, MOST_RUNS = 200, 10_000
"""Replications that are played where nothing is said, and at most where a precision is asked for."""
EQUAL_GOAL = "least holding_cost"
"""What rows of equal service are ranked by when nothing else is asked for."""


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


def run(
    world: World,
    policy: Annotated[str, typer.Option(help="The policy: NAME:key=value,... or file.py:Class(key=value).")],
    playbook: Annotated[str, typer.Option(help="What the seller does besides ordering.")] = "none",
    routing: Annotated[str, typer.Option(help="Which warehouse serves whom.")] = "preference",
    shock: Shocks = None,
    runs: PlannedRuns = None,
    precision: Precision = None,
    jobs: Jobs = 0,
    seed: Seed = None,
    out: Out = None,
    resume: Resume = False,
    cluster: Cluster = None,
    fail_if: FailIf = None,
    lang: Lang = Language.en,
    as_json: AsJson = False,
) -> None:
    """Play one policy and show its scores."""
    field = Field(
        (policy,),
        (playbook,),
        (routing,),
        tuple(shock or ()),
        _most(runs, precision),
        jobs,
        seed,
        cluster=cluster,
        precision=precision,
    )
    with speaking(lang.value):
        _contest(world, field, _keeping(out, resume), None, fail_if, as_json)


def compare(
    world: World,
    policy: Policies = None,
    playbook: Playbooks = None,
    routing: Routings = None,
    shock: Shocks = None,
    runs: PlannedRuns = None,
    precision: Precision = None,
    jobs: Jobs = 0,
    seed: Seed = None,
    out: Out = None,
    resume: Resume = False,
    cluster: Cluster = None,
    goal: Goal = None,
    fail_if: FailIf = None,
    lang: Lang = Language.en,
    as_json: AsJson = False,
    equal: Annotated[
        str | None, typer.Option(help='Turn every policy until it reaches a score: "stockout_rate=3%", then compare.')
    ] = None,
    against: Annotated[str | None, typer.Option(metavar="WORLD", help="A twin world to hold this one against.")] = None,
) -> None:
    """Play several policies in the same futures and say which to use, and how sure that is."""
    from reports.verdict.goal import read_target

    field = Field(
        tuple(policy or ()),
        tuple(playbook or ("none",)),
        tuple(routing or ("preference",)),
        tuple(shock or ()),
        _most(runs, precision),
        jobs,
        seed,
        None if equal is None else read_target(equal),
        cluster,
        precision,
    )
    if against is not None:
        if any(option is not None for option in (out, goal, fail_if, equal, precision)):
            told = "--against does not go together with --out, --goal, --fail-if, --equal or --precision"
            raise typer.BadParameter(told)
        with speaking(lang.value):
            _twins(world, against, field, as_json)
        return
    aim = EQUAL_GOAL if equal is not None and goal is None else goal
    with speaking(lang.value):
        _contest(world, field, _keeping(out, resume), aim, fail_if, as_json)


def _most(runs: int | None, precision: str | None) -> int:
    return (USUAL_RUNS if precision is None else MOST_RUNS) if runs is None else runs


def _keeping(out: str | None, resume: bool) -> Keeping | None:
    if out is None:
        if resume:
            raise typer.BadParameter("goes together with --out: name the folder to go on with", param_hint="--resume")
        return None
    return Keeping(Path(out), resume)


def _contest(
    world: str, field: Field, keeping: Keeping | None, goal: str | None, fail_if: str | None, as_json: bool
) -> None:
    from reports.folder.running import refuse_unless_free
    from reports.verdict.goal import DEFAULT_GOAL, read_goal, read_limits
    from reports.verdict.thresholds import failures

    sought = read_goal(DEFAULT_GOAL if goal is None else goal)
    limits = () if fail_if is None else read_limits(fail_if)
    if keeping is not None:
        refuse_unless_free(keeping.folder, keeping.resume)
    comparison = _compared(world, field, sought, keeping)
    shown(comparison, as_json)
    if keeping is not None:
        tell(f"Page: {keeping.folder / 'page.html'}")
    fail_where(failures(comparison, limits))


def _twins(world: str, other: str, field: Field, as_json: bool) -> None:
    from reports.display.twins import twins_json, twins_tables
    from reports.twins import Twins
    from reports.verdict.goal import DEFAULT_GOAL, read_goal

    here, there = (_compared(name, field, read_goal(DEFAULT_GOAL)) for name in (world, other))
    if here.setting.seed != there.setting.seed:
        tell("warning: the worlds have different seeds; give --seed, so that both meet the same luck")
    twins = Twins(here, there)
    if as_json:
        sys.stdout.write(twins_json(twins))
        return
    from rich.console import Console

    for table in twins_tables(twins):
        Console().print(table)


def _compared(world: str, field: Field, goal: "Sought", keeping: Keeping | None = None) -> "Comparison":
    from policies.registry import default_field, policy
    from reports.verdict.precision import read_precision
    from sim.tournament import setting

    scenario = scenario_of(world, field.shocks, field.seed)
    with prints_on_stderr(), _workers(field) as jobs:
        specs = _each_once(field.policies, policy) or list(default_field())
        warn(scenario, specs)
        told = setting(scenario, "+".join([world, *field.shocks]))
        contest, runs = _contest_of(scenario, told, specs, field, goal, jobs)
        wanted = None if field.precision is None else read_precision(field.precision, goal)
        with _kept(contest, runs, keeping) as folder:
            return _played(contest, runs, wanted, jobs, folder)


@contextmanager
def _workers(field: Field) -> "Iterator[int]":
    """Who plays: how many batches at a time."""
    if field.cluster is None:
        from joblib import cpu_count

        yield field.jobs or cpu_count()
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

    told = contest.identity(runs)
    try:
        with run_folder(keeping.folder, contest.scenario, contest.rows, told, keeping.resume) as folder:
            yield folder
    except KeyboardInterrupt:
        if keeping.folder.exists():
            tell(f"What is finished is kept in {keeping.folder}; the same command with --resume goes on.")
        raise


def _played(
    contest: "Contest", runs: range, wanted: "Wanted | None", jobs: int, folder: "RunFolder | None"
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


def scenario_of(world: str, shocks: tuple[str, ...], seed: int | None) -> "Scenario":
    """The scenario that is played: a world, shocks laid over it, and its own seed unless another is given."""
    from scenarios.reader import read_scenario

    scenario = read_scenario(world, shocks)
    return scenario if seed is None else scenario.model_copy(update={"seed": seed})


def warn(scenario: "Scenario", specs: list[str]) -> None:
    """Say what policies need that this world does not have, and what they find odd about their parameters here."""
    from policies.registry import policy
    from policies.signals import missing
    from sim.world.network import Network
    from sim.world.signals import present
    from sim.world.supply.quotes import lanes_into

    network = Network.of(scenario)
    rules, there = [policy(spec) for spec in specs], present(network)
    for sentence in dict.fromkeys(sentence for rule in rules for sentence in missing(rule, there)):
        tell(f"warning: {sentence}")
    for rule in rules:
        for place, bought_in in zip(network.warehouses, network.bought_in, strict=True):
            # What is bought in is missed by nobody, so that no lane brings it is nothing to be warned of.
            lanes = [replace(lane, carries=lane.carries | bought_in) for lane in lanes_into(network, place)]
            for warning in rule.warnings(lanes) if lanes and hasattr(rule, "warnings") else ():
                tell(f"warning: {place}: {warning}")


def _warn_of_the_start(contest: "Contest", comparison: "Comparison", jobs: int) -> None:
    from sim.warm_up import start_of

    start = start_of(contest.scenario, contest.rows[comparison.reference], comparison.runs.tolist(), jobs)
    if start is not None:
        tell(f"warning: {start.told(contest.scenario.warm_up_days)}")


def _contest_of(
    scenario: "Scenario", told: "Setting", specs: list[str], field: Field, goal: "Sought", jobs: int
) -> "tuple[Contest, range]":
    """Who plays, and on which replications; at equal service rows that were turned, on fresh luck."""
    from policies.registry import playbook, routing
    from sim.contest import Contest

    runs, equal = range(field.runs), None
    playbooks, routings = _each_once(field.playbooks, playbook), _each_once(field.routings, routing)
    rows: tuple[Specs, ...] = tuple(itertools.product(specs, playbooks, routings))
    if field.equal is not None:
        rows, runs, equal = _levelled(scenario, told, rows, field.equal, runs, jobs)
    return Contest(scenario, told, rows, goal, shlex.join(["stocktide", *sys.argv[1:]]), equal), runs


def _levelled(
    scenario: "Scenario", told: "Setting", rows: "tuple[Specs, ...]", target: "Target", runs: range, jobs: int
) -> "tuple[tuple[Specs, ...], range, EqualService]":
    """The rows that were turned until they met the target, and the fresh replications on which they are compared."""
    from policies.protocol import PolicyError
    from reports.display.equal import left_out_told
    from sim.search.equal import levelled
    from sim.search.luck import fresh
    from sim.search.playing import Ground

    with progress(None, "rows x replications") as advance:
        found = levelled(Ground(scenario, told, (), jobs, advance), rows, target, len(runs))
    if not found.rows:
        raise PolicyError(f"no policy reaches {target}: {'; '.join(left_out_told(found.how, told.currency))}")
    return found.rows, fresh(len(runs)), found.how


def _each_once(specs: Sequence[str], made_of: Callable[[str], object]) -> list[str]:
    """The texts that make something new: `preference:ranks=50` makes what `preference` makes."""
    kept: dict[str, object] = {}
    for spec in dict.fromkeys(specs):
        made = made_of(spec)
        if made not in kept.values():
            kept[spec] = made
    return list(kept)


def shown(comparison: "Comparison", as_json: bool) -> None:
    """Put a comparison on stdout: its JSON, or the scoreboard."""
    from reports.display.result import json_text
    from reports.display.scoreboard import scoreboard

    show(as_json, lambda: json_text(comparison), lambda: scoreboard(comparison))
