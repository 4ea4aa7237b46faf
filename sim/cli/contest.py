"""Verbs that play: run, compare; and report, which shows again what was played."""

import itertools
import shlex
import sys
from collections.abc import Callable, Sequence
from dataclasses import dataclass, replace
from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer

from sim.cli.terminal import fail_where, prints_on_stderr, progress, show, tell

if TYPE_CHECKING:
    from reports.comparison import Comparison
    from reports.record import Record, Setting
    from reports.verdict.equal import EqualService, Target
    from reports.verdict.goal import Goal as Sought
    from scenarios.schema import Scenario
    from sim.tournament import Entry

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
        runs,
        jobs,
        seed,
        None if equal is None else read_target(equal),
    )
    if against is not None:
        if any(option is not None for option in (out, goal, fail_if, equal)):
            raise typer.BadParameter("--against does not go together with --out, --goal, --fail-if or --equal")
        _twins(world, against, field, as_json)
        return
    _contest(world, field, out, EQUAL_GOAL if equal is not None and goal is None else goal, fail_if, as_json)


def report(
    folder: Annotated[str, typer.Argument(help="A folder that `--out` left.")],
    as_json: AsJson = False,
) -> None:
    """Show a finished comparison again, and draw its page anew from the folder alone."""
    from reports.folder import load, redraw

    _show(load(Path(folder)), as_json)
    tell(f"Page: {redraw(Path(folder))}")


def _contest(world: str, field: Field, out: str | None, goal: str | None, fail_if: str | None, as_json: bool) -> None:
    from reports.folder import refuse_taken, save
    from reports.verdict.goal import DEFAULT_GOAL, read_goal, read_limits
    from reports.verdict.thresholds import failures

    sought = read_goal(DEFAULT_GOAL if goal is None else goal)
    limits = () if fail_if is None else read_limits(fail_if)
    if out is not None:
        refuse_taken(Path(out))
    comparison = _compared(world, field, sought)
    _show(comparison, as_json)
    if out is not None:
        save(Path(out), comparison)
        tell(f"Page: {Path(out) / 'page.html'}")
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


def _compared(world: str, field: Field, goal: "Sought") -> "Comparison":
    from policies.registry import default_field, policy
    from reports.comparison import Comparison
    from sim.tournament import setting

    scenario = scenario_of(world, field.shocks, field.seed)
    with prints_on_stderr():
        specs = _each_once(field.policies, policy) or list(default_field())
        warn(scenario, specs)
        told = setting(scenario, "+".join([world, *field.shocks]))
        records, equal = _play(scenario, told, specs, field)
    return Comparison.of(told, records, goal, shlex.join(["stocktide", *sys.argv[1:]]), equal=equal)


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


def _play(
    scenario: "Scenario", told: "Setting", specs: list[str], field: Field
) -> "tuple[list[Record], EqualService | None]":
    """Every row's record; at equal service, of turned rows on fresh luck, and how they were turned."""
    from joblib import cpu_count

    from policies.registry import playbook, routing
    from sim.tournament import play_rows

    jobs, runs, equal = field.jobs or cpu_count(), range(field.runs), None
    playbooks, routings = _each_once(field.playbooks, playbook), _each_once(field.routings, routing)
    rows: Sequence[Entry] = tuple(itertools.product(specs, playbooks, routings))
    if field.equal is not None:
        rows, runs, equal = _levelled(scenario, told, rows, field.equal, runs, jobs)
    with progress(field.runs) as advance:
        return play_rows(scenario, rows, runs, jobs=jobs, keep=runs[:1], progress=advance), equal


def _levelled(
    scenario: "Scenario", told: "Setting", rows: "Sequence[Entry]", target: "Target", runs: range, jobs: int
) -> "tuple[Sequence[Entry], range, EqualService]":
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


def _show(comparison: "Comparison", as_json: bool) -> None:
    from reports.display.result import json_text
    from reports.display.scoreboard import scoreboard

    show(as_json, lambda: json_text(comparison), lambda: scoreboard(comparison))
