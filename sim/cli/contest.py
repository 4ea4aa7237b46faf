"""Verbs that play: run, compare; and report, which shows again what was played."""

import os
import shlex
import sys
from collections.abc import Callable, Iterator, Sequence
from contextlib import contextmanager
from dataclasses import dataclass, replace
from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer

if TYPE_CHECKING:
    from reports.comparison import Comparison
    from reports.record import Record
    from reports.verdict.goal import Constraint
    from reports.verdict.goal import Goal as Sought
    from scenarios.schema import Scenario

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
Goal = Annotated[str | None, typer.Option(help='What you are after: "stockout_rate<=5%, least holding_cost".')]
FailIf = Annotated[str | None, typer.Option(help='Exit with 1 if the best rule does so: "stockout_rate>5%".')]
AsJson = Annotated[bool, typer.Option("--json", help="One JSON object on stdout, and nothing else.")]


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


def run(
    world: World,
    policy: Annotated[str, typer.Option(help="The policy: NAME:key=value,... or file.py:Class(key=value).")],
    playbook: Annotated[str, typer.Option(help="What the seller does besides ordering.")] = "none",
    routing: Annotated[str, typer.Option(help="Which warehouse serves whom.")] = "preference",
    shock: Shocks = None,
    runs: Runs = 100,
    jobs: Jobs = 0,
    seed: Seed = None,
    out: Out = None,
    fail_if: FailIf = None,
    as_json: AsJson = False,
) -> None:
    """Play one policy and show its scores."""
    field = Field((policy,), (playbook,), (routing,), tuple(shock or ()), runs, jobs, seed)
    _contest(world, field, out, None, fail_if, as_json)


def compare(
    world: World,
    policy: Policies = None,
    playbook: Playbooks = None,
    routing: Routings = None,
    shock: Shocks = None,
    runs: Runs = 200,
    jobs: Jobs = 0,
    seed: Seed = None,
    out: Out = None,
    goal: Goal = None,
    fail_if: FailIf = None,
    as_json: AsJson = False,
    against: Annotated[str | None, typer.Option(metavar="WORLD", help="A twin world to hold this one against.")] = None,
) -> None:
    """Play several policies in the same futures and say which to use, and how sure that is."""
    field = Field(
        tuple(policy or ()),
        tuple(playbook or ("none",)),
        tuple(routing or ("preference",)),
        tuple(shock or ()),
        runs,
        jobs,
        seed,
    )
    if against is not None:
        if out is not None or goal is not None or fail_if is not None:
            raise typer.BadParameter("--against does not go together with --out, --goal or --fail-if")
        _twins(world, against, field, as_json)
        return
    _contest(world, field, out, goal, fail_if, as_json)


def report(
    folder: Annotated[str, typer.Argument(help="A folder that `--out` left.")],
    as_json: AsJson = False,
) -> None:
    """Show a finished comparison again, and draw its page anew from the folder alone."""
    from reports.folder import load, redraw

    _show(load(Path(folder)), as_json)
    _tell(f"Page: {redraw(Path(folder))}")


def _contest(world: str, field: Field, out: str | None, goal: str | None, fail_if: str | None, as_json: bool) -> None:
    from reports.folder import refuse_taken, save
    from reports.verdict.goal import DEFAULT_GOAL, read_goal, read_limits

    sought = read_goal(DEFAULT_GOAL if goal is None else goal)
    limits = () if fail_if is None else read_limits(fail_if)
    if out is not None:
        refuse_taken(Path(out))
    comparison = _compared(world, field, sought)
    _show(comparison, as_json)
    if out is not None:
        save(Path(out), comparison)
        _tell(f"Page: {Path(out) / 'page.html'}")
    _fail_if(comparison, limits)


def _twins(world: str, other: str, field: Field, as_json: bool) -> None:
    from reports.display.twins import twins_json, twins_tables
    from reports.twins import Twins
    from reports.verdict.goal import DEFAULT_GOAL, read_goal

    here, there = (_compared(name, field, read_goal(DEFAULT_GOAL)) for name in (world, other))
    if here.setting.seed != there.setting.seed:
        _tell("warning: the worlds have different seeds; give --seed, so that both meet the same luck")
    twins = Twins(here, there)
    if as_json:
        sys.stdout.write(twins_json(twins))
        return
    from rich.console import Console

    for table in twins_tables(twins):
        Console().print(table)


def _compared(world: str, field: Field, goal: "Sought") -> "Comparison":
    from policies.registry import default_field, policy
    from reports.comparison import Comparison
    from scenarios.reader import read_scenario
    from sim.tournament import setting

    scenario = read_scenario(world, field.shocks)
    if field.seed is not None:
        scenario = scenario.model_copy(update={"seed": field.seed})
    with _prints_on_stderr():
        specs = _each_once(field.policies, policy) or list(default_field())
        _warn(scenario, specs)
        records = _play(scenario, specs, field)
    named = "+".join([world, *field.shocks])
    return Comparison.of(setting(scenario, named), records, goal, shlex.join(["stocktide", *sys.argv[1:]]))


@contextmanager
def _prints_on_stderr() -> Iterator[None]:
    """What a policy prints, here or in a worker, goes to stderr: stdout is for the result."""
    sys.stdout.flush()
    stdout = os.dup(1)
    os.dup2(2, 1)
    try:
        yield
    finally:
        sys.stdout.flush()
        os.dup2(stdout, 1)
        os.close(stdout)


def _warn(scenario: "Scenario", specs: list[str]) -> None:
    """Say what policies find odd about their parameters in this world."""
    from policies.registry import policy
    from sim.world.network import Network
    from sim.world.supply.quotes import lanes_into

    network = Network.of(scenario)
    for rule in map(policy, specs):
        for place, bought_in in zip(network.warehouses, network.bought_in, strict=True):
            # What is bought in is missed by nobody, so that no lane brings it is nothing to be warned of.
            lanes = [replace(lane, carries=lane.carries | bought_in) for lane in lanes_into(network, place)]
            for warning in rule.warnings(lanes) if lanes and hasattr(rule, "warnings") else ():
                _tell(f"warning: {place}: {warning}")


def _play(scenario: "Scenario", specs: list[str], field: Field) -> "list[Record]":
    from joblib import cpu_count

    from policies.registry import playbook, routing
    from sim.tournament import play

    playbooks, routings = _each_once(field.playbooks, playbook), _each_once(field.routings, routing)
    with _progress(field.runs) as advance:
        return play(
            scenario,
            specs,
            field.runs,
            playbooks=playbooks,
            routings=routings,
            jobs=field.jobs or cpu_count(),
            progress=advance,
        )


def _each_once(specs: Sequence[str], made_of: Callable[[str], object]) -> list[str]:
    """The texts that make something new: `preference:ranks=50` makes what `preference` makes."""
    kept: dict[str, object] = {}
    for spec in dict.fromkeys(specs):
        made = made_of(spec)
        if made not in kept.values():
            kept[spec] = made
    return list(kept)


@contextmanager
def _progress(runs: int) -> Iterator[Callable[[int], None]]:
    """A bar on stderr while replications are played; nothing where stderr is no terminal."""
    from rich.console import Console
    from rich.progress import BarColumn, MofNCompleteColumn, Progress, TextColumn, TimeRemainingColumn

    console = Console(stderr=True)
    columns = (
        TextColumn("Playing"),
        BarColumn(),
        MofNCompleteColumn(),
        TextColumn("replications"),
        TimeRemainingColumn(),
    )
    with Progress(*columns, console=console, transient=True, disable=not console.is_terminal) as bar:
        task = bar.add_task("", total=runs)
        yield lambda played: bar.advance(task, played)


def _show(comparison: "Comparison", as_json: bool) -> None:
    from reports.display.result import json_text
    from reports.display.scoreboard import scoreboard

    if as_json:
        sys.stdout.write(json_text(comparison))
        return
    from rich.console import Console

    Console().print(scoreboard(comparison))


def _tell(line: str) -> None:
    print(line, file=sys.stderr)


def _fail_if(comparison: "Comparison", limits: "tuple[Constraint, ...]") -> None:
    from reports.verdict.thresholds import failures

    broken = failures(comparison, limits)
    for sentence in broken:
        _tell(f"failed: {sentence}")
    if broken:
        raise typer.Exit(1)
