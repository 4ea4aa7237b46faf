"""The verbs that make worlds harder or other than they are: stress, worth."""

import math
from collections.abc import Sequence
from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer

from reports.language.speaking import speaking
from sim.cli.asked import command, option, processes, rows_of, warn
from sim.cli.options import AsJson, Goal, Jobs, Out, Playbooks, Policies, Routings, Runs, Seed, World
from sim.cli.terminal import Lang, Language, prints_on_stderr, progress, save, show

if TYPE_CHECKING:
    from reports.stress.stress import StressTest
    from reports.stress.worth import Worth
    from reports.verdict.goal import Constraint
    from sim.stress.stress import Asked
    from sim.tournament import Specs

FIELD = ("reorder-point", "reorder-point+air-rescue", "base-plus-burst", "service-level", "min-max")
"""The policies that are tested when nobody names one: each of another kind, and none that cannot be used."""

Shocks = Annotated[
    list[str] | None,
    typer.Option("--shock", help="A shock, or NAME+NAME for both at once; repeat for more. Without it, all that fit."),
]
Pairs = Annotated[bool, typer.Option("--pairs", help="Every two of the shocks at once, too.")]
Severity = Annotated[str, typer.Option(help="How strong: factors on each shock's own strength, 0.5,1,2.")]
Reverse = Annotated[
    str | None, typer.Option(metavar="LIMIT", help='Find how strong each shock must be for "stockout_rate>5%".')
]
Vary = Annotated[
    list[str] | None,
    typer.Option(metavar="KEY=A,B,C", help="A key of the scenario, and values to play beside the shocks; repeat."),
]


def stress(
    world: World,
    policy: Policies = None,
    playbook: Playbooks = None,
    routing: Routings = None,
    shock: Shocks = None,
    pairs: Pairs = False,
    severity: Severity = "1",
    reverse: Reverse = None,
    vary: Vary = None,
    goal: Goal = None,
    runs: Runs = 200,
    jobs: Jobs = 0,
    seed: Seed = None,
    out: Out = None,
    lang: Lang = Language.en,
    as_json: AsJson = False,
) -> None:
    """Play every rule under every shock in the same futures, and say which survives and what to change."""
    from reports.folder import refuse_taken
    from reports.stress.files import stress_csv, stress_json
    from reports.stress.sections import stress_report
    from reports.stress.terminal import StressTables
    from reports.verdict.goal import DEFAULT_GOAL, read_goal
    from sim.stress.stress import Asked

    if out is not None:
        refuse_taken(Path(out))
    with option("--goal"):
        sought = read_goal(DEFAULT_GOAL if goal is None else goal)
    asked = Asked(
        world=world,
        rows=_rows(policy or FIELD, playbook, routing),
        goal=sought,
        shocks=tuple(dict.fromkeys(shock or ())),
        pairs=pairs,
        strengths=_strengths(severity),
        vary=tuple(dict.fromkeys(vary or ())),
        limit=None if reverse is None else _limit(reverse),
        runs=runs,
        seed=seed,
    )
    with speaking(lang.value):
        test = _tested(asked, jobs)
        show(as_json, lambda: stress_json(test), lambda: StressTables(test))
        if out is not None:
            files = {"stress.json": stress_json(test).encode(), "stress.csv": stress_csv(test)}
            save(out, files, stress_report(test))


def worth(
    world: World,
    change: Annotated[
        list[str],
        typer.Option(
            metavar="KEY=VALUE",
            help="What is changed: a key of the scenario, or notice=7, customs=faster, cash=50000; repeat for more.",
        ),
    ],
    policy: Policies = None,
    playbook: Playbooks = None,
    routing: Routings = None,
    runs: Runs = 200,
    jobs: Jobs = 0,
    seed: Seed = None,
    out: Out = None,
    lang: Lang = Language.en,
    as_json: AsJson = False,
) -> None:
    """Say what a change of the world is worth in money, in the same futures with it and without."""
    from reports.folder import refuse_taken
    from reports.stress.worth_files import worth_csv, worth_json
    from reports.stress.worth_sections import worth_report
    from reports.stress.worth_terminal import WorthTables

    if out is not None:
        refuse_taken(Path(out))
    rows = _rows(policy or ["reorder-point"], playbook, routing)
    with speaking(lang.value):
        found = _weighed(world, tuple(dict.fromkeys(change)), rows, runs, jobs, seed)
        show(as_json, lambda: worth_json(found), lambda: WorthTables(found))
        if out is not None:
            save(out, {"worth.json": worth_json(found).encode(), "worth.csv": worth_csv(found)}, worth_report(found))


def _weighed(
    world: str, changes: tuple[str, ...], rows: "tuple[Specs, ...]", runs: int, jobs: int, seed: int | None
) -> "Worth":
    from sim.stress.worth import worth as play

    with prints_on_stderr(), progress(None) as advance:
        return play(
            world, changes, rows, runs=runs, jobs=processes(jobs), seed=seed, command=command(), progress=advance
        )


def _rows(policies: Sequence[str], playbooks: list[str] | None, routings: list[str] | None) -> "tuple[Specs, ...]":
    with prints_on_stderr():
        return rows_of(policies, playbooks or ["none"], routings or ["preference"])


def _strengths(text: str) -> tuple[float, ...]:
    """The factors of `--severity`."""
    try:
        found = tuple(float(part) for part in text.split(","))
    except ValueError:
        found = (math.nan,)
    if not all(0 <= one <= 1_000 for one in found):
        allowed = "write numbers from 0 to 1000 with commas between, 0.5,1,2"
        raise typer.BadParameter(f"{text!r}: {allowed}", param_hint="--severity")
    return tuple(dict.fromkeys(found))


def _limit(text: str) -> "Constraint":
    """The one condition of `--reverse`."""
    from reports.verdict.goal import read_limits

    with option("--reverse"):
        limits = read_limits(text)
    if len(limits) > 1:
        raise typer.BadParameter(f"{text!r}: give one condition", param_hint="--reverse")
    return limits[0]


def _tested(asked: "Asked", jobs: int) -> "StressTest":
    from sim.stress.laying import World as Scene
    from sim.stress.stress import stress as play

    with prints_on_stderr():
        warn(Scene.of(asked.world).quiet, [str(spec) for spec, _, _ in asked.rows])
        with progress(None) as advance:
            return play(asked, processes(jobs), command(), advance)
