"""Twin worlds in the terminal and as JSON: each row in both, and the paired difference."""

import math
from collections.abc import Iterator
from typing import TYPE_CHECKING

from reports.display.numbers import UNDEFINED, style
from reports.display.result import Json, difference_json, row_json
from reports.exchange import strict_json
from reports.language.speaking import say
from reports.scores import KEY_SCORES, SCORES
from reports.twins import Twins
from reports.verdict.sentences import runs

if TYPE_CHECKING:
    from rich.console import RenderableType

SHOWN = (
    *KEY_SCORES, "lost_units", "average_stock_value", "lead_days", "freight", "duty", "customs_fees", "ad_spend",
    "wasted_ad_spend", "ad_units", "demand_forgone", "forgone_by_promise", "oversold_units", "handling", "taxes",
    "holding_surcharges", "holding_disposal", "write_off", "moved_units",
)  # fmt: skip
"""Scores that are put side by side; those that neither world touches are left out."""


def twins_json(twins: Twins) -> str:
    """The object that `--json` prints, as text."""
    here, there = twins.here, twins.there
    found: Json = {
        "scenario": here.setting.scenario,
        "against": there.setting.scenario,
        "hash": here.setting.scenario_hash,
        "against_hash": there.setting.scenario_hash,
        "seed": here.setting.seed,
        "replications": len(here.runs),
        "policies": [row_json(row, here.setting.warehouses) for row in here.rows],
        "against_policies": [row_json(row, there.setting.warehouses) for row in there.rows],
        "differences": [
            {"policy": row.policy, "playbook": row.playbook, "routing": row.routing, **difference_json(difference)}
            for score in SCORES
            for row, difference in zip(here.rows, twins.differences(score), strict=True)
        ],
        "versions": dict(here.versions),
    }
    return strict_json(found)


def twins_tables(twins: Twins) -> "Iterator[RenderableType]":
    """What is held against what, and one table a row that was played: its scores here, there, and the difference."""
    from rich.box import SIMPLE_HEAD
    from rich.table import Table
    from rich.text import Text

    yield Text(_introduction(twins))
    for index, row in enumerate(twins.here.rows):
        table = Table(title=Text(row.name, style="bold"), title_justify="left", box=SIMPLE_HEAD, show_edge=False)
        table.add_column(say("twins.score"))
        for head in ("here", "there", "difference", "higher", "sure"):
            table.add_column(say(f"twins.{head}"), justify="right", no_wrap=True)
        for score in SHOWN:
            if any(world.rows[index].means[score] for world in (twins.here, twins.there)):
                table.add_row(*_cells(twins, index, score))
        yield table


def _introduction(twins: Twins) -> str:
    return say(
        "twins.told_of_rows" if len(twins.here.rows) > 1 else "twins.told",
        here=twins.here.setting.scenario,
        there=twins.there.setting.scenario,
        runs=runs(twins.here),
    )


def _cells(twins: Twins, index: int, score: str) -> "Iterator[RenderableType]":
    from rich.text import Text

    means = [world.rows[index].means[score] for world in (twins.here, twins.there)]
    written = style(SCORES[score].unit, means, twins.here.setting.currency)
    difference = twins.differences(score)[index]
    known = difference.estimate
    yield Text.assemble(SCORES[score].label, "\n", (written.unit, "dim"))
    yield from map(written.number, means)
    yield Text.assemble(written.signed(known.mean), "\n", (written.signed_interval(known), "dim"))
    yield say("twins.higher_in", higher=difference.higher, count=known.count)
    yield UNDEFINED if math.isnan(difference.p_holm) else say("twins.yes" if difference.sure else "twins.no")
