"""Markets: what their rules on waiting, stock, hours, ads and returns say fits together and names what is there."""

from collections.abc import Iterator

from scenarios.checks.findings import Finding
from scenarios.checks.money import charged
from scenarios.faults import listed, nearest, shown
from scenarios.schema import EVERY, Market, Scenario

_AVERAGE_ROUNDING = 0.005
_HOURS = 24
_SHARES_ROUNDING = 1e-6


def waiting(scenario: Scenario) -> Iterator[Finding]:
    """While a restock is announced no fewer wait than otherwise; there are cancels and limits only where they act."""
    for key, market in scenario.market.items():
        here = ("market", key)
        if market.preorders is not None and market.preorders < market.waits:
            yield Finding((*here, "preorders"), f"{market.preorders:g} is below waits", f"from {market.waits:g}")
        if market.waits or market.preorders:
            continue
        if market.waits_at_most_days is not None:
            yield Finding((*here, "waits_at_most_days"), "nobody waits here", "waits or preorders above 0")
        if market.limits is not None and not _fails(scenario, market):
            allowed = "waits or preorders above 0, or a warehouse with dispatch_orders_per_day or record"
            yield Finding((*here, "limits"), "nobody waits here", allowed)


def _fails(scenario: Scenario, market: Market) -> bool:
    """Whether a warehouse of the market may dispatch late, or sell what it has not."""
    places = [scenario.warehouse[name] for name in market.served_by if name in scenario.warehouse]
    return any(place.dispatch_orders_per_day is not None or place.record is not None for place in places)


def hours(scenario: Scenario) -> Iterator[Finding]:
    """The hours of a day average 1."""
    for key, market in scenario.market.items():
        if market.hours is not None and abs(sum(market.hours) / _HOURS - 1) > _AVERAGE_ROUNDING:
            what = f"averages {sum(market.hours) / _HOURS:.4g}"
            yield Finding(("market", key, "hours"), what, "an average of 1")


def named(scenario: Scenario) -> Iterator[Finding]:
    """Reserves are of SKUs, and shares of returns of groups, that are there."""
    catalogue = [sku.id for sku in scenario.sku]
    groups = sorted({sku.group for sku in scenario.sku if sku.group is not None})
    for key, market in scenario.market.items():
        for name in market.reserves:
            if name != EVERY and name not in catalogue:
                what = f"no SKU {name!r}"
                yield Finding(("market", key, "reserves", name), what, listed(catalogue), nearest(name, catalogue))
        for name in market.returns.by_group if market.returns is not None else ():
            if name not in groups:
                here = ("market", key, "returns", "by_group", name)
                yield Finding(here, f"no group {name!r}", listed(groups), nearest(name, groups))


def ads(scenario: Scenario) -> Iterator[Finding]:
    """Views cost something, buyers are there while money is spent, and not more of them buy than click."""
    for key, market in scenario.market.items():
        for name, wanted in market.demand.items():
            if wanted.ads is None:
                continue
            here = ("market", key, "demand", name, "ads")
            if not charged(wanted.ads.per_thousand_views):
                yield Finding((*here, "per_thousand_views"), "views cost nothing", "a price above 0")
            if market.hours is not None and not any(market.hours[: wanted.ads.spent_within_hours]):
                yield Finding((*here, "spent_within_hours"), "nobody buys in these hours", "hours with buyers")
            if wanted.ads.cvr * market.ad_account.quality > 1:
                what = f"times the account's quality is {wanted.ads.cvr * market.ad_account.quality:g}"
                yield Finding((*here, "cvr"), what, "up to 1")


def thinned_orders(scenario: Scenario) -> Iterator[Finding]:
    """Observed orders of many units are not thinned: what a weight, a limit or a promise takes away are units."""
    for key, market in scenario.market.items():
        if market.history is not None and market.history.orders and _weighted(market):
            what = "listing, limits, accepts and patient act on single units"
            yield Finding(("market", key, "history", "orders"), what, "a history without orders")


def _weighted(market: Market) -> bool:
    return market.listing is not None or market.limits is not None or bool(market.accepts) or market.patient > 0


def single_units(scenario: Scenario) -> Iterator[Finding]:
    """Promises and patience decide about single units, so not beside orders of business buyers, which are of many."""
    for key, market in scenario.market.items():
        business = [sku for sku, wanted in market.demand.items() if wanted.business is not None]
        if business and (market.accepts or market.patient > 0):
            what = f"beside business orders of {shown(business[0])}, which are not cut into units"
            name = "accepts" if market.accepts else "patient"
            yield Finding(("market", key, name), what, "a market of its own for business buyers")


def stock_shares(scenario: Scenario) -> Iterator[Finding]:
    """Markets of one first warehouse share out no more than all of it, and either by shares or by reserves."""
    first: dict[str, list[str]] = {}
    for key, market in scenario.market.items():
        first.setdefault(market.served_by[0], []).append(key)
    for warehouse, keys in first.items():
        shared = [key for key in keys if scenario.market[key].stock_share is not None]
        total = sum(scenario.market[key].stock_share or 0.0 for key in shared)
        if total > 1 + _SHARES_ROUNDING:
            what = f"splits over one: {listed(shared)} keep {total:g} of warehouse {shown(warehouse)}"
            yield Finding(("market", shared[-1], "stock_share"), what, "a sum up to 1")
        for key in keys if shared else ():
            if scenario.market[key].reserves:
                what = f"stock of warehouse {shown(warehouse)} is split by stock_share of {listed(shared)}"
                yield Finding(("market", key, "reserves"), what, "reserves or stock_share, not both")


CHECKS = (waiting, hours, named, ads, thinned_orders, single_units, stock_shares)
