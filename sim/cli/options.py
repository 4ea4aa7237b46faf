"""Options that several verbs share."""

from typing import Annotated

import typer

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
