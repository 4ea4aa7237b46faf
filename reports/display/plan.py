"""A plan as tables in the terminal."""

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date
from typing import TYPE_CHECKING

from reports.display.numbers import UNDEFINED, style
from reports.display.plan_words import interval, lane_told, notes, percent, safety, sentences, span_told
from reports.display.terminal import bare_table
from reports.language.naming import named
from reports.language.speaking import date_said, say
from reports.plan import LEVELS, Cash, Chance, LanePlan, Plan

if TYPE_CHECKING:
    from rich.console import Console, ConsoleOptions, RenderableType
    from rich.table import Table

MOST_ROWS = 12
"""Order dates in the table of chances; `chances.csv` and `--json` have all."""


@dataclass(frozen=True)
class PlanTables:
    """A plan as rich draws it."""

    plan: Plan

    def __rich_console__(self, console: "Console", options: "ConsoleOptions") -> "Iterator[RenderableType]":
        from rich.text import Text

        plan = self.plan
        span = span_told(plan.first, plan.last)
        yield Text(say("plan.title", event=named(plan.event), span=span, title=named(plan.title)), style="bold")
        yield Text(_introduction(plan), style="dim")
        yield self._safe_dates()
        yield Text(say("plan.chances"), style="bold")
        yield self._chances()
        for lane in plan.lanes:
            if lane.cash is not None:
                yield Text(_placed(lane, lane.cash), style="bold")
                yield self._payments(lane.cash)
        for note in notes(plan):
            yield Text(note, style="dim")
        yield Text()
        for sentence in sentences(plan):
            yield Text(sentence, style="bold")

    def _safe_dates(self) -> "Table":
        from rich.text import Text

        table = bare_table(say("plan.lane"))
        for head in (
            *(say("plan.safe", chance=safety(level)) for level in LEVELS),
            say("plan.days"),
            say("plan.none_after"),
        ):
            table.add_column(head, justify="right", no_wrap=True)
        for lane in self.plan.lanes:
            safe = [lane.last_safe(level) for level in LEVELS]
            last, best = lane.last_in_time, lane.safest
            table.add_row(
                Text.assemble((lane_told(lane), "bold"), "\n", (_order(lane), "dim")),
                *(_safe(lane, index) for index in safe),
                UNDEFINED if best is None else f"{(self.plan.first - lane.dates[best[1]]).days}",
                UNDEFINED if last is None else f"{lane.dates[last]}",
            )
        return table

    def _chances(self) -> "Table":
        from rich.text import Text

        table = bare_table(say("plan.ordered"))
        table.add_column(say("plan.days_before"), justify="right")
        for lane in self.plan.lanes:
            table.add_column(Text(f"{named(lane.lane)}\n→ {named(lane.warehouse)}"), justify="right")
        for when in shown_dates(self.plan):
            known = [lane.on(when) for lane in self.plan.lanes]
            told = say("plan.asked_mark", date=when) if when == self.plan.asked else str(when)
            days = f"{(self.plan.first - when).days}"
            table.add_row(Text(told), days, *(_chance(one) for one in known))
        return table

    def _payments(self, cash: Cash) -> "Table":
        written = style("money", [payment.amount for payment in cash.payments], self.plan.currency)
        table = bare_table(say("plan.what"))
        for head in (say("plan.amount", unit=written.unit), say("plan.mean_date"), "P5\n", "P95\n"):
            table.add_column(head, justify="right", no_wrap=True)
        for one in cash.payments:
            days = (str(one.mean), str(one.early), str(one.late))
            table.add_row(say(f"plan.payment.{one.what}"), written.signed(one.amount), *days)
        table.add_row(say("plan.left"), written.signed(cash.earned - cash.paid), "", "", "")
        return table


def shown_dates(plan: Plan) -> list[date]:
    """The order dates of the table: those examined on every lane, where something is told from before."""
    common = sorted(set.intersection(*(set(lane.dates) for lane in plan.lanes)))
    told = [when for i, when in enumerate(common) if i == 0 or _told(plan, when) != _told(plan, common[i - 1])]
    kept = {*plan.window, *(() if plan.asked is None else (plan.asked,))}
    told = told[:: -(-len(told) // MOST_ROWS) or 1]
    return sorted({*told, *(when for when in common if when in kept)})


def _told(plan: Plan, when: date) -> list[Chance | None]:
    return [lane.on(when) for lane in plan.lanes]


# --- words ------------------------------------------------------------------------------------------------------


def _introduction(plan: Plan) -> str:
    return say(
        "plan.introduction",
        kind=say(f"plan.kind.{plan.kind}"),
        units=f"{plan.expected_units:,.0f}",
        first=date_said(plan.examined_from),
        runs=f"{plan.runs:,}",
    )


def _order(lane: LanePlan) -> str:
    units, without = f"{lane.units:,}", lane.left_out
    if len(without) > 1:
        return say("plan.order_without_some", units=units, count=len(without))
    return say("plan.order_without", units=units, sku=without[0]) if without else say("plan.order", units=units)


def _placed(lane: LanePlan, cash: Cash) -> str:
    date, level = date_said(cash.ordered), safety(cash.level)
    return say("plan.cash", units=f"{lane.units:,}", lane=lane_told(lane), date=date, level=level)


def _safe(lane: LanePlan, index: int | None) -> "RenderableType":
    from rich.text import Text

    if index is None:
        return UNDEFINED
    known = lane.chance(index)
    return Text.assemble(str(lane.dates[index]), "\n", (f"{percent(known.share)}\n{interval(known)}", "dim"))


def _chance(known: Chance | None) -> "RenderableType":
    from rich.text import Text

    if known is None:
        return UNDEFINED
    return Text.assemble(percent(known.share), (f"  {interval(known)}", "dim"))
