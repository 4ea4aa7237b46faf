"""The verb that searches: tune."""

from dataclasses import replace
from enum import StrEnum
from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer

from reports.language.speaking import speaking
from sim.cli.asked import command, option, processes, scenario_of, warn
from sim.cli.options import AsJson, FailIf, Jobs, Seed, Shocks, World
from sim.cli.terminal import Lang, Language, fail_where, prints_on_stderr, progress, show, tell_of_page

if TYPE_CHECKING:
    from reports.tuning import Tuning
    from sim.search.choosing import Search as Searched

DEFAULT_GOAL = "stockout_rate<=3%, least holding_cost"


class Way(StrEnum):
    """How candidates are found and thinned out."""

    halving = "halving"
    random = "random"
    grid = "grid"
    optuna = "optuna"


Policy = Annotated[str, typer.Option(help="The policy to tune; what it gives itself is fixed.")]
Vary = Annotated[
    list[str] | None,
    typer.Option(
        help='A parameter and where to search it, "safety_days=5,10,20" or "safety_days=5..40"; repeat for more. '
        "Without it, all that say themselves where good values are."
    ),
]
Goal = Annotated[str, typer.Option(help="What you are after; its constraints must hold with --confidence.")]
Confidence = Annotated[str, typer.Option(help="How sure it must be that the constraints hold.")]
Candidates = Annotated[int, typer.Option(min=2, max=100_000, help="Candidates to try.")]
Frontier = Annotated[bool, typer.Option("--frontier", help="The whole front of stockout rate and objective instead.")]
Runs = Annotated[int, typer.Option(min=2, max=1_000_000, help="Replications to choose on, and as many to report on.")]
Out = Annotated[str | None, typer.Option(help="Folder for tuning.json, candidates.csv, the picture and the page.")]


def tune(
    world: World,
    policy: Policy,
    vary: Vary = None,
    search: Annotated[Way, typer.Option(help="How to search.")] = Way.halving,
    candidates: Candidates = 100,
    goal: Goal = DEFAULT_GOAL,
    confidence: Confidence = "95%",
    frontier: Frontier = False,
    playbook: Annotated[str, typer.Option(help="What the seller does besides ordering.")] = "none",
    routing: Annotated[str, typer.Option(help="Which warehouse serves whom.")] = "preference",
    shock: Shocks = None,
    runs: Runs = 200,
    jobs: Jobs = 0,
    seed: Seed = None,
    out: Out = None,
    fail_if: FailIf = None,
    lang: Lang = Language.en,
    as_json: AsJson = False,
) -> None:
    """Search a policy's parameters for a goal, and report the best on luck that chose nothing."""
    from policies.registry import playbook as playbook_of
    from policies.registry import routing as routing_of
    from reports.display.tuning import TuningTable, tuning_json
    from reports.folder import refuse_taken
    from reports.verdict.confidence import read_confidence
    from reports.verdict.goal import read_goal, read_limits
    from reports.verdict.thresholds import failures
    from sim.search.choosing import Search
    from sim.search.space import space_of

    with option("--fail-if"):
        limits = () if fail_if is None else read_limits(fail_if)
    with option("--goal"):
        sought = read_goal(goal)
    with option("--confidence"):
        sure = read_confidence(confidence)
    if out is not None:
        refuse_taken(Path(out))
    playbook_of(playbook), routing_of(routing)
    with speaking(lang.value):
        with prints_on_stderr():
            space = space_of(policy, _varied(vary or []))
            asked = Search(policy, space, sought, search.value, candidates, sure, frontier, runs, playbook, routing)
            tuning = _tuned(world, tuple(shock or ()), seed, jobs, asked)
        show(as_json, lambda: tuning_json(tuning), lambda: TuningTable(tuning))
        if out is not None:
            from reports.tuned_folder import save_tuning

            save_tuning(Path(out), tuning)
            tell_of_page(Path(out))
        fail_where(() if tuning.front else failures(tuning.comparison, limits, tuning.best))


def _varied(texts: list[str]) -> dict[str, str]:
    from policies.protocol import PolicyError

    found: dict[str, str] = {}
    for text in texts:
        name, equals, values = (part.strip() for part in text.partition("="))
        if not name or not equals or not values:
            raise PolicyError(f"--vary {text!r}: write NAME=a,b,c or NAME=low..high")
        if name in found:
            raise PolicyError(f"--vary {name}: is given twice")
        found[name] = values
    return found


def _tuned(world: str, shocks: tuple[str, ...], seed: int | None, jobs: int, asked: "Searched") -> "Tuning":
    from sim.search.playing import Ground
    from sim.search.tuning import tune as search
    from sim.tournament import setting

    scenario = scenario_of(world, shocks, seed)
    warn(scenario, [asked.policy])
    ground = Ground(scenario, setting(scenario, "+".join([world, *shocks])), (), processes(jobs))
    with progress(None, "candidates") as advance:
        return search(asked, replace(ground, advance=advance), command())
