"""The verb that asks which assumptions drive the answer: sensitivity."""

from enum import StrEnum
from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer

from reports.language.speaking import speaking
from sim.cli.asked import command, processes, rows_of, warn
from sim.cli.options import AsJson, Jobs, Out, Playbooks, Policies, Routings, Seed, Shocks, World
from sim.cli.terminal import Lang, Language, prints_on_stderr, progress, save, show

if TYPE_CHECKING:
    from reports.sensitivity.result import Sensitivity
    from sim.sensitivity.worlds import Asked

USUAL = "reorder-point"
"""The policy that is played when nobody names one."""


class Method(StrEnum):
    """What is asked beside each assumption by itself."""

    ends = "ends"
    morris = "morris"
    sobol = "sobol"


Factors = Annotated[
    list[str] | None,
    typer.Option(
        "--factor",
        metavar="KEY=LOW..HIGH",
        help="An assumption and its ends, customs.us.duty=0.1..0.4 or sku.*.unit_cost=x0.8..x1.2; repeat for more. "
        "Without it, a list of what the world has, a fifth less and more.",
    ),
]
Score = Annotated[str, typer.Option(help="The score that is looked at.")]
How = Annotated[Method, typer.Option(help="One at a time only (ends), or also elementary effects or Sobol indices.")]
Samples = Annotated[
    int | None, typer.Option(min=1, max=100_000, help="Walks (morris, 6) or base points (sobol, 32; a power of two).")
]
Runs = Annotated[int, typer.Option(min=2, max=1_000_000, help="Replications of each world, the same in all.")]


def sensitivity(
    world: World,
    policy: Policies = None,
    playbook: Playbooks = None,
    routing: Routings = None,
    shock: Shocks = None,
    factor: Factors = None,
    score: Score = "profit",
    method: How = Method.morris,
    samples: Samples = None,
    runs: Runs = 50,
    jobs: Jobs = 0,
    seed: Seed = None,
    out: Out = None,
    lang: Lang = Language.en,
    as_json: AsJson = False,
) -> None:
    """Move the assumptions of a world and say which of them drive a score, and which would change the choice."""
    from reports.folder import refuse_taken
    from reports.sensitivity.files import sensitivity_csv, sensitivity_json
    from reports.sensitivity.sections import sensitivity_report
    from reports.sensitivity.terminal import SensitivityTables
    from sim.sensitivity.worlds import Asked

    if out is not None:
        refuse_taken(Path(out))
    with prints_on_stderr():
        rows = rows_of(policy or [USUAL], playbook or ["none"], routing or ["preference"])
    asked = Asked(
        world, rows, tuple(shock or ()), tuple(factor or ()), score, method.value, samples, runs, seed, command()
    )
    with speaking(lang.value):
        study = _studied(asked, jobs)
        show(as_json, lambda: sensitivity_json(study), lambda: SensitivityTables(study))
        if out is not None:
            files = {"sensitivity.json": sensitivity_json(study).encode(), "sensitivity.csv": sensitivity_csv(study)}
            save(out, files, sensitivity_report(study))


def _studied(asked: "Asked", jobs: int) -> "Sensitivity":
    from scenarios.reader import read_scenario
    from sim.sensitivity.study import studied

    scenario = read_scenario(asked.world, asked.shocks)
    with prints_on_stderr():
        warn(scenario, list(dict.fromkeys(who for who, _, _ in asked.rows)))
        with progress(None, "rows") as advance:
            return studied(asked, processes(jobs), advance)
