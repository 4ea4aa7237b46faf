"""Verbs that play: run, compare."""

import sys
from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer

from reports.language.speaking import say, speaking
from sim.cli.asked import option
from sim.cli.compared import Field, Keeping, compared
from sim.cli.options import AsJson, FailIf, Goal, Jobs, Out, Playbooks, Policies, Routings, Seed, Shocks, World
from sim.cli.terminal import Lang, Language, fail_where, show, tell_of_page, warn_of

if TYPE_CHECKING:
    from reports.comparison import Comparison
    from reports.verdict.equal import Target

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

USUAL_RUNS, MOST_RUNS = 200, 10_000
"""Replications that are played where nothing is said, and at most where a precision is asked for."""
EQUAL_GOAL = "least holding_cost"
"""What rows of equal service are ranked by when nothing else is asked for."""


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
    field = Field(
        tuple(policy or ()),
        tuple(playbook or ("none",)),
        tuple(routing or ("preference",)),
        tuple(shock or ()),
        _most(runs, precision),
        jobs,
        seed,
        _target(equal),
        cluster,
        precision,
    )
    if equal is not None and precision is not None:
        raise typer.BadParameter(
            "--precision does not go together with --equal, which turns rows on --runs replications"
        )
    if against is not None:
        if resume or any(given is not None for given in (out, goal, fail_if, equal, precision)):
            told = "--against does not go together with --out, --resume, --goal, --fail-if, --equal or --precision"
            raise typer.BadParameter(told)
        with speaking(lang.value):
            _twins(world, against, field, as_json)
        return
    aim = EQUAL_GOAL if equal is not None and goal is None else goal
    with speaking(lang.value):
        _contest(world, field, _keeping(out, resume), aim, fail_if, as_json)


def _target(equal: str | None) -> "Target | None":
    from reports.verdict.goal import read_target

    with option("--equal"):
        return None if equal is None else read_target(equal)


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

    with option("--goal"):
        sought = read_goal(DEFAULT_GOAL if goal is None else goal)
    with option("--fail-if"):
        limits = () if fail_if is None else read_limits(fail_if)
    if keeping is not None:
        refuse_unless_free(keeping.folder, keeping.resume)
    comparison = compared(world, field, sought, keeping)
    shown(comparison, as_json)
    if keeping is not None:
        tell_of_page(keeping.folder)
    fail_where(failures(comparison, limits))


def _twins(world: str, other: str, field: Field, as_json: bool) -> None:
    from reports.display.twins import twins_json, twins_tables
    from reports.twins import Twins
    from reports.verdict.goal import DEFAULT_GOAL, read_goal

    here, there = (compared(name, field, read_goal(DEFAULT_GOAL)) for name in (world, other))
    if here.setting.seed != there.setting.seed:
        warn_of(say("terminal.seeds"))
    twins = Twins(here, there)
    if as_json:
        sys.stdout.write(twins_json(twins))
        return
    from rich.console import Console

    for table in twins_tables(twins):
        Console().print(table)


def shown(comparison: "Comparison", as_json: bool) -> None:
    """Put a comparison on stdout: its JSON, or the scoreboard."""
    from reports.display.result import json_text
    from reports.display.scoreboard import scoreboard

    show(as_json, lambda: json_text(comparison), lambda: scoreboard(comparison))
