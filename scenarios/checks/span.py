"""Span: dates that exist, a history that covers the days played, and a world that fits into memory."""

from collections.abc import Iterator
from datetime import date, timedelta

from scenarios.checks.findings import Finding
from scenarios.schema import Scenario

_LARGEST = 2_000_000_000
_WEEK = 7


def calendar(scenario: Scenario) -> Iterator[Finding]:
    """All days, past and future, are dates a calendar has."""
    before = scenario.warm_up_days + scenario.history_days
    room = (scenario.start - date.min).days
    if before > room:
        yield Finding(("start",), f"{scenario.start} less {before} days is before the year 1")
    if scenario.days > (date.max - scenario.start).days:
        yield Finding(("start",), f"{scenario.start} and {scenario.days} days end after the year 9999")


def history(scenario: Scenario) -> Iterator[Finding]:
    """Observed demand covers every day played and every day of the past that a policy sees."""
    before = scenario.warm_up_days + scenario.history_days
    if any(calendar(scenario)):
        return
    first = scenario.start - timedelta(days=before)
    last = scenario.start + timedelta(days=scenario.days - 1)
    for key, market in scenario.market.items():
        if market.history is None:
            continue
        here = ("market", key, "history")
        lengths = {len(series) for series in (*market.history.units.values(), *market.history.orders.values())}
        if len(lengths) != 1 or 0 in lengths:
            yield Finding(
                here, "has no days" if lengths <= {0} else "series differ in length", "equal, one day or more"
            )
            continue
        begins = market.history.first
        length = lengths.pop()
        covered = (date.max - begins).days + 1
        if length > covered:
            yield Finding(here, f"begins on {begins} and ends after the year 9999")
            continue
        ends = begins + timedelta(days=length - 1)
        if begins > first or ends < last:
            yield Finding(here, f"covers {begins} to {ends}, the world needs {first} to {last}", "every day of it")
        elif market.history.play == "bootstrap" and length < _WEEK:
            yield Finding(here, f"has {length} days, of which no weeks can be drawn", f"from {_WEEK}")


def histories_paired(scenario: Scenario) -> Iterator[Finding]:
    """Orders are told for all SKUs of a history or for none, and fit its units."""
    for key, market in scenario.market.items():
        if market.history is None or not market.history.orders:
            continue
        if set(market.history.orders) != set(market.history.units):
            yield Finding(("market", key, "history", "orders"), "names other SKUs than units", "the same SKUs")


def open_orders(scenario: Scenario) -> Iterator[Finding]:
    """Goods on the way come on or after the first day played."""
    if any(calendar(scenario)):
        return
    first = scenario.start - timedelta(days=scenario.warm_up_days)
    for position, order in enumerate(scenario.open_order):
        if order.due < first:
            yield Finding(("open_order", position, "due"), f"{order.due} is before the first day", f"from {first}")


def size(scenario: Scenario) -> Iterator[Finding]:
    """Slots times markets times SKUs stay within what a computer holds."""
    days = scenario.warm_up_days + scenario.history_days + scenario.days
    cells = days * (24 // scenario.slot_hours) * len(scenario.market) * len(scenario.sku)
    if cells > _LARGEST:
        what = f"too large: {cells:,} slots x markets x SKUs"
        yield Finding(("days",), what, f"up to {_LARGEST:,}; take fewer days, longer slots or fewer SKUs")


CHECKS = (calendar, history, histories_paired, open_orders, size)
