"""The `stocktide` command: its verbs in the order of a working day, and what an error looks like."""

import importlib
import os
import sys
import traceback
from importlib.metadata import version

import typer

from sim.cli import catalogue, contest, explain, plan, plugins, reporting, search, sensitivity, stress

USAGE, INVALID, FAILED, INTERRUPTED = 2, 3, 4, 130
EXIT_CODES: dict[str, int] = {
    "scenarios.faults:ScenarioError": INVALID,
    "policies.protocol:PolicyError": USAGE,
    "policies.protocol:PolicyFault": FAILED,
    "reports.verdict.goal:GoalError": USAGE,
    "reports.folder:FolderError": USAGE,
    "sim.planning.event:PlanError": USAGE,
    "sim.cluster:AddressError": USAGE,
    "sim.cluster:ClusterError": FAILED,
    "sim.explaining.question:ExplainError": USAGE,
    "reports.forms.pdf:PrintError": FAILED,
    "sim.play.stock:LedgerError": FAILED,
}
"""What each error of ours exits with. Named, not imported: help must stay light."""

app = typer.Typer(
    name="stocktide",
    help="Play replenishment rules against hundreds of possible futures of a cross-border supply chain.",
    no_args_is_help=True,
    pretty_exceptions_enable=False,
    context_settings={"help_option_names": ["-h", "--help"]},
)
app.command()(catalogue.worlds)
app.command()(catalogue.new)
app.command()(catalogue.check)
app.command()(contest.run)
app.command()(contest.compare)
app.command()(stress.stress)
app.command()(stress.worth)
app.command()(sensitivity.sensitivity)
app.command()(search.tune)
app.command()(plan.plan)
app.command()(reporting.report)
app.command()(explain.explain)
app.command()(plugins.policies)
app.command()(catalogue.schema)


def _say_version(wanted: bool) -> None:
    if wanted:
        print(f"stocktide {version('stocktide')}")
        raise typer.Exit


@app.callback()
def stocktide(
    debug: bool = typer.Option(False, "--debug", help="Show the traceback of an error."),
    _: bool = typer.Option(False, "--version", callback=_say_version, is_eager=True, help="Show the version and exit."),
) -> None:
    if debug:
        os.environ["STOCKTIDE_DEBUG"] = "1"


def main() -> None:
    """Run the command; say errors of ours in words, with the exit code of their kind."""
    try:
        app()
    except KeyboardInterrupt:
        sys.exit(INTERRUPTED)
    except Exception as error:
        if os.environ.get("STOCKTIDE_DEBUG"):
            traceback.print_exc()
        code = _exit_code(error)
        prefix = "" if code else "unexpected "
        advice = "" if code else " (run `stocktide --debug ...` for the place)"
        print(f"{prefix}error: {error or type(error).__name__}{advice}", file=sys.stderr)
        sys.exit(code or FAILED)


def _exit_code(error: Exception) -> int | None:
    for name, code in EXIT_CODES.items():
        module, _, kind = name.partition(":")
        if module in sys.modules and isinstance(error, getattr(importlib.import_module(module), kind)):
            return code
    return None
