"""The verb that plans for an announced event: plan."""

from datetime import date
from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer

from reports.language.speaking import say, speaking
from sim.cli.asked import command, scenario_of
from sim.cli.options import AsJson, Seed, Shocks, World
from sim.cli.terminal import Lang, Language, progress, show, tell

if TYPE_CHECKING:
    from reports.plan import Plan

EVENT = "The announced promotion, livestream or influencer's post, by its name in the world."
UNITS = "Units of each order, shared over SKUs as the event wants them; what it is expected to want when left out."
ON = "A day on which the event is held, of several; any other day is an order date to be told about."


def plan(
    world: World,
    event: Annotated[str, typer.Option(help=EVENT)],
    units: Annotated[int | None, typer.Option(min=1, max=10**9, help=UNITS)] = None,
    every: Annotated[int, typer.Option(min=1, max=150, help="Days between order dates; daily where it matters.")] = 7,
    on: Annotated[str | None, typer.Option(metavar="DATE", help=ON)] = None,
    shock: Shocks = None,
    runs: Annotated[int, typer.Option(min=1, max=1_000_000, help="Replications: possible futures played.")] = 500,
    seed: Seed = None,
    out: Annotated[
        str | None, typer.Option(help="Folder for plan.json, chances.csv and the picture; new or empty.")
    ] = None,
    lang: Lang = Language.en,
    as_json: AsJson = False,
) -> None:
    """Say until when to order for an announced event by each lane, how sure that is, and when money moves."""
    from reports.display.plan import PlanTables
    from reports.display.plan_files import plan_json
    from reports.folder import refuse_taken

    if out is not None:
        refuse_taken(Path(out))
    with speaking(lang.value):
        made = _made(world, tuple(shock or ()), seed, event, units, every, _date(on), runs)
        show(as_json, lambda: plan_json(made), lambda: PlanTables(made))
        if out is not None:
            tell(say("terminal.picture", path=_saved(Path(out), made)))


def _made(
    world: str,
    shocks: tuple[str, ...],
    seed: int | None,
    event: str,
    units: int | None,
    every: int,
    on: date | None,
    runs: int,
) -> "Plan":
    from sim.planning.plan import make_plan

    scenario = scenario_of(world, shocks, seed)
    with progress(None, "orders") as advance:
        return make_plan(
            scenario,
            "+".join([world, *shocks]),
            event,
            runs=runs,
            every=every,
            units=units,
            on=on,
            command=command(),
            progress=advance,
        )


def _date(text: str | None) -> date | None:
    try:
        return None if text is None else date.fromisoformat(text)
    except ValueError:
        raise typer.BadParameter(f"{text!r} is no date; write it as 2026-09-10", param_hint="--on") from None


def _saved(folder: Path, made: "Plan") -> Path:
    from reports.charts.plan import plan_picture
    from reports.display.plan_files import chances_csv, plan_json
    from reports.folder import put

    files = {
        "plan.json": plan_json(made).encode(),
        "chances.csv": chances_csv(made),
        **{f"plan.{kind}": plan_picture(made).file(kind) for kind in ("png", "svg")},
    }
    put(folder, files)
    return folder / "plan.png"
