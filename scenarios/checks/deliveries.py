"""The way to the buyer: last miles from warehouses that serve, promises that can be kept, and buyers who take them."""

from collections.abc import Iterator
from itertools import pairwise

from scenarios.checks.findings import Finding
from scenarios.checks.names import strangers
from scenarios.checks.sense import consistent
from scenarios.faults import listed, nearest, shown
from scenarios.laws import lowest
from scenarios.promises import promised_days
from scenarios.schema import Market, Scenario

_ROUNDING = 1e-6


def named(scenario: Scenario) -> Iterator[Finding]:
    """Last miles start at warehouses that serve the market, and prices are of SKUs that are there."""
    catalogue = [sku.id for sku in scenario.sku]
    for key, market in scenario.market.items():
        yield from strangers(("market", key, "prices"), market.prices, catalogue)
        mistyped = not set(market.served_by) <= set(scenario.warehouse)
        for name in market.delivery:
            if name in market.served_by or (mistyped and name in scenario.warehouse):
                continue
            there = name in scenario.warehouse
            what = f"warehouse {shown(name)} does not serve this market" if there else f"no warehouse {shown(name)}"
            near = "" if there else nearest(name, market.served_by)
            yield Finding(("market", key, "delivery", name), what, listed(market.served_by), near)


def promises(scenario: Scenario) -> Iterator[Finding]:
    """No promise is shorter than the last mile at its best."""
    for key, market in scenario.market.items():
        for name, delivery in market.delivery.items():
            promise, least = delivery.promise_days, lowest(delivery.days)
            if promise is not None and promise < least:
                what = f"{promise:g} days can never be kept: the last mile takes {least:g} at least"
                yield Finding(("market", key, "delivery", name, "promise_days"), what, f"from {least:g}")


def acceptance(scenario: Scenario) -> Iterator[Finding]:
    """The longer the promise, the fewer buy; and some buy at the shortest that is made."""
    for key, market in scenario.market.items():
        disorder = list(_disorder(key, market))
        yield from disorder
        laws = [delivery.days for delivery in market.delivery.values()]
        if market.accepts and not disorder and all(map(consistent, laws)):
            yield from _buyers(key, market)


def _disorder(key: str, market: Market) -> Iterator[Finding]:
    for position, (before, after) in enumerate(pairwise(market.accepts), start=1):
        here = ("market", key, "accepts", position)
        if after.within_days <= before.within_days:
            what = f"{after.within_days:g} is not above the {before.within_days:g} of the entry before"
            yield Finding((*here, "within_days"), what, f"above {before.within_days:g}")
        if after.share > before.share:
            what = f"{after.share:g} is above the {before.share:g} of a shorter promise"
            yield Finding((*here, "share"), what, f"up to {before.share:g}")


def _buyers(key: str, market: Market) -> Iterator[Finding]:
    """Whether anybody takes the shortest promise."""
    days, name = min((promised_days(market, name), name) for name in market.served_by)
    shares = [entry.share for entry in market.accepts if days <= entry.within_days]
    route = f"the shortest, from warehouse {shown(name)}, promises {days:g} days"
    if not shares:
        what = f"a promise of {market.accepts[-1].within_days:g} days is shorter than any route: {route}"
        yield Finding(("market", key, "accepts"), what, f"a last entry with within_days from {days:g}")
    elif shares[0] == 0:
        yield Finding(("market", key, "accepts"), f"nobody buys by any route: {route}", f"a share above 0 for {days:g}")


def taxes(scenario: Scenario) -> Iterator[Finding]:
    """Commissions and cross-border tax leave the price at least nothing."""
    for key, market in scenario.market.items():
        fees = market.fees.platform + market.fees.creator
        for name, delivery in market.delivery.items():
            if fees <= 1 + _ROUNDING < fees + delivery.tax:
                what = f"with platform and creator {fees + delivery.tax:g} of the price is taken"
                yield Finding(("market", key, "delivery", name, "tax"), what, f"up to {1 - fees:g}")


CHECKS = (named, promises, acceptance, taxes)
