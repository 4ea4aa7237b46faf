"""Factories: prices that fall with size, holidays that are known, and goods of which some pass."""

from collections.abc import Iterator
from datetime import timedelta
from itertools import pairwise

from scenarios.calendar import NEW_YEARS_KNOWN
from scenarios.checks.events import span
from scenarios.checks.findings import Finding
from scenarios.checks.names import twice
from scenarios.checks.sense import consistent
from scenarios.checks.span import calendar
from scenarios.faults import Path
from scenarios.laws import highest, mean
from scenarios.schema import Holiday, Scenario, Supplier


def prices(scenario: Scenario) -> Iterator[Finding]:
    """Of two price breaks the larger order costs no more a unit, and both are not of one size."""
    for key, supplier in scenario.supplier.items():
        bands = sorted(enumerate(supplier.price_breaks), key=lambda entry: entry[1].units)
        for (_, below), (position, above) in pairwise(bands):
            here: Path = ("supplier", key, "price_breaks", position)
            if above.units == below.units:
                what = f"overlapping bands: {above.units} units are there twice"
                yield Finding((*here, "units"), what, "one discount for them")
            elif above.discount < below.discount:
                what = f"overlapping bands: {above.discount:g} is below the {below.discount:g} of {below.units} units"
                yield Finding((*here, "discount"), what, f"from {below.discount:g}")


def quality(scenario: Scenario) -> Iterator[Finding]:
    """The share of good units is above 0 on average, and never above 1."""
    for key, supplier in scenario.supplier.items():
        share, here = supplier.good_share, ("supplier", key, "good_share")
        if not consistent(share):
            continue
        if highest(share) == float("inf"):
            yield Finding(here, "has no upper bound", "a law that stays within 1, such as triangular")
        elif highest(share) > 1:
            yield Finding(here, f"can be {highest(share):g}", "up to 1")
        elif mean(share) == 0:
            yield Finding(here, "no unit ever passes", "a mean above 0")


def lines(scenario: Scenario) -> Iterator[Finding]:
    """A factory can be booked up only where orders queue, and what is owed later is owed at all."""
    for key, supplier in scenario.supplier.items():
        if supplier.booked_days is not None and supplier.units_per_day is None:
            here: Path = ("supplier", key, "booked_days")
            yield Finding(here, "without units_per_day no order queues", "units_per_day = a number")
        terms = supplier.terms
        if terms is not None and terms.deposit == 1 and terms.balance_days:
            here = ("supplier", key, "terms", "balance_days")
            yield Finding(here, "the deposit leaves nothing to pay later", "0, or a deposit below 1")


def holidays(scenario: Scenario) -> Iterator[Finding]:
    """Holidays are named once, and their dates are known in all years played and the years beside them."""
    for key, supplier in scenario.supplier.items():
        yield from twice(("supplier", key, "closures"), _holidays(supplier), "holiday")
    if any(calendar(scenario)):
        return
    first, last = scenario.start - timedelta(days=scenario.warm_up_days), span(scenario)[1]
    if first.year - 1 in NEW_YEARS_KNOWN and last.year + 2 in NEW_YEARS_KNOWN:
        return
    for path, holiday in _named_holidays(scenario):
        if holiday == "spring-festival":
            allowed = f"years from {NEW_YEARS_KNOWN.start + 1} to {NEW_YEARS_KNOWN.stop - 3}, or dated closures"
            yield Finding(path, "Chinese New Year is not known for these years", allowed)


def _holidays(supplier: Supplier) -> Iterator[str]:
    """The closures of a factory as names; dated ones by their place, so that only holidays can be there twice."""
    for position, closure in enumerate(supplier.closures):
        yield closure if isinstance(closure, str) else str(position)


def _named_holidays(scenario: Scenario) -> Iterator[tuple[Path, Holiday]]:
    for key, supplier in scenario.supplier.items():
        for position, closure in enumerate(supplier.closures):
            if isinstance(closure, str):
                yield ("supplier", key, "closures", position), closure
    for key, lane in scenario.lane.items():
        for position, season in enumerate(lane.departs.seasons if lane.departs is not None else ()):
            yield ("lane", key, "departs", "seasons", position, "around"), season.around


CHECKS = (prices, quality, lines, holidays)
