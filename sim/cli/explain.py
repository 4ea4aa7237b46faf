"""The verb that explains one decision of a run that was kept: explain."""

from datetime import date
from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer

from reports.language.speaking import speaking
from sim.cli.options import AsJson
from sim.cli.terminal import Lang, Language, show

if TYPE_CHECKING:
    from reports.comparison import Comparison, Row
    from reports.explanation import Explanation

DAY = "A day of the season; on one without a review, the last review before it and the next are explained."
POLICY = "The row, by its name in the scoreboard; the recommended one when left out."
WAREHOUSE = "The warehouse; the first that a lane supplies with the SKU when left out."
RUN = "The future: the number of a replication, or the one in the middle, or at the border of the worst 5 %."


def explain(
    folder: Annotated[str, typer.Argument(metavar="DIR", help="A folder that `--out` left.")],
    sku: Annotated[str, typer.Option(help="The SKU.")],
    day: Annotated[str, typer.Option(metavar="DATE", help=DAY)],
    policy: Annotated[str | None, typer.Option(help=POLICY)] = None,
    warehouse: Annotated[str | None, typer.Option(help=WAREHOUSE)] = None,
    run: Annotated[str, typer.Option(metavar="N|median|worst", help=RUN)] = "median",
    lang: Lang = Language.en,
    as_json: AsJson = False,
) -> None:
    """Say why a rule ordered what it ordered of a SKU on a day: what it saw, its numbers, and what happened next."""
    from reports.display.explanation import ExplanationText, explanation_json

    with speaking(lang.value):
        told = _explained(Path(folder), sku, _date(day), policy, warehouse, run)
        show(as_json, lambda: explanation_json(told), lambda: ExplanationText(told))


def _explained(folder: Path, sku: str, day: date, policy: str | None, warehouse: str | None, run: str) -> "Explanation":
    from reports.folder import load
    from reports.folder.running import rows_kept, scenario_kept
    from sim.explaining.explaining import explained

    comparison, scenario = load(folder), scenario_kept(folder)
    index = _row(comparison, policy)
    entry, future = rows_kept(folder)[index], _run(comparison, comparison.rows[index], run)
    return explained(scenario, comparison.setting, entry, future, sku, day, warehouse)


def _row(comparison: "Comparison", name: str | None) -> int:
    """The position of the row of this name, the best of several that share a policy."""
    from reports.closeup.futures import row_looked_at
    from sim.explaining.question import ExplainError, meant

    if name is None:
        return row_looked_at(comparison)
    rows, ranked = comparison.rows, comparison.order
    found = [at for at in ranked if rows[at].name == name] or [at for at in ranked if rows[at].policy == name]
    if not found:
        raise ExplainError(f"the folder holds no row {name!r}; {meant(name, [rows[at].name for at in ranked])}")
    return found[0]


def _run(comparison: "Comparison", row: "Row", asked: str) -> int:
    """The replication that is meant; it was played."""
    from dataclasses import replace

    from reports.closeup.futures import which_futures

    if asked in ("median", "worst"):
        return which_futures(replace(comparison, rows=(row,)))[asked == "worst"]
    runs = comparison.runs.tolist()
    if not asked.isdecimal() or int(asked) not in runs:
        allowed = f"allowed: median, worst, or the number of a replication, {min(runs)} to {max(runs)}"
        raise typer.BadParameter(f"{asked!r} was not played; {allowed}", param_hint="--run")
    return int(asked)


def _date(text: str) -> date:
    try:
        return date.fromisoformat(text)
    except ValueError:
        raise typer.BadParameter(f"{text!r} is no date; write it as 2026-09-10", param_hint="--day") from None
