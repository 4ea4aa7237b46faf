"""Names: unique where they must be, and none that points at nothing."""

from collections.abc import Collection, Iterable, Iterator

from scenarios.checks.findings import Finding
from scenarios.faults import Path, listed, nearest, shown
from scenarios.schema import EVERY, AdStop, Disruption, Event, Scenario


def dangling(path: Path, name: str, kind: str, known: Collection[str]) -> Iterator[Finding]:
    """A name that is none of the known ones."""
    if name not in known:
        yield Finding(path, f"no {kind} {shown(name)}", listed(known), nearest(name, known))


def twice(path: Path, names: Iterable[str], kind: str, key: str | None = None) -> Iterator[Finding]:
    """Entries of a list that are there already; `key` is where in an entry its name stands."""
    seen: set[str] = set()
    for position, name in enumerate(names):
        if name in seen:
            here = (*path, position) if key is None else (*path, position, key)
            yield Finding(here, f"{kind} {shown(name)} is there twice")
        seen.add(name)


def unique(scenario: Scenario) -> Iterator[Finding]:
    """SKUs, the legs of a lane and the warehouses of a market are each named once."""
    yield from twice(("sku",), (sku.id for sku in scenario.sku), "SKU", "id")
    for key, lane in scenario.lane.items():
        yield from twice(("lane", key, "legs"), (leg.name for leg in lane.legs), "leg", "name")
    for key, market in scenario.market.items():
        if len(set(market.served_by)) < len(market.served_by):
            yield Finding(("market", key, "served_by"), "names a warehouse twice")
    for position, sku in enumerate(scenario.sku):
        if sku.id == EVERY:
            yield Finding(("sku", position, "id"), f"{EVERY!r} stands for every SKU and cannot be one", "another name")


def events_unique(scenario: Scenario) -> Iterator[Finding]:
    """Each event has a name of its own, since each is a stream of its own beside the everyday ones."""
    seen = {"organic", "history", "ads", "business", "repeat", "clearance"}
    named = [(path, event.name) for path, event in events(scenario)]
    named += [(path, stop.name) for path, stop in ad_stops(scenario)]
    named += [(path, disruption.name) for path, disruption in disruptions(scenario)]
    for path, name in named:
        if name in seen:
            yield Finding((*path, "name"), f"event {shown(name)} is there twice")
        seen.add(name)


def markets(scenario: Scenario) -> Iterator[Finding]:
    """Markets are served by warehouses that are there, and want SKUs of the catalogue."""
    catalogue = [sku.id for sku in scenario.sku]
    known = set(catalogue)
    for key, market in scenario.market.items():
        for position, name in enumerate(market.served_by):
            yield from dangling(("market", key, "served_by", position), name, "warehouse", scenario.warehouse)
        for name in market.demand:
            if name not in known and name != EVERY:
                yield from dangling(("market", key, "demand", name), name, "SKU", catalogue)
        if market.history is not None:
            yield from strangers(("market", key, "history", "units"), market.history.units, catalogue)
            yield from strangers(("market", key, "history", "orders"), market.history.orders, catalogue)


def stock(scenario: Scenario) -> Iterator[Finding]:
    """Opening stock and open orders are of SKUs and warehouses that are there."""
    catalogue = [sku.id for sku in scenario.sku]
    known = set(catalogue)
    for key, warehouse in scenario.warehouse.items():
        yield from strangers(("warehouse", key, "opening", "by_sku"), warehouse.opening.by_sku or {}, catalogue)
    for position, order in enumerate(scenario.open_order):
        if order.sku not in known:
            yield from dangling(("open_order", position, "sku"), order.sku, "SKU", catalogue)
        yield from dangling(("open_order", position, "warehouse"), order.warehouse, "warehouse", scenario.warehouse)


def events(scenario: Scenario) -> Iterator[tuple[Path, Event]]:
    """Every event and its path."""
    for position, promotion in enumerate(scenario.planned.promotion):
        yield ("planned", "promotion", position), promotion
    for position, livestream in enumerate(scenario.planned.livestream):
        yield ("planned", "livestream", position), livestream
    for position, post in enumerate(scenario.planned.influencer):
        yield ("planned", "influencer", position), post
    for position, video in enumerate(scenario.surprise.video):
        yield ("surprise", "video", position), video
    for position, slump in enumerate(scenario.surprise.slump):
        yield ("surprise", "slump", position), slump


def ad_stops(scenario: Scenario) -> Iterator[tuple[Path, AdStop]]:
    """Everything that stops ads, and its path."""
    for position, suspension in enumerate(scenario.surprise.suspension):
        yield ("surprise", "suspension", position), suspension
    for position, outage in enumerate(scenario.surprise.balance_outage):
        yield ("surprise", "balance_outage", position), outage


def disruptions(scenario: Scenario) -> Iterator[tuple[Path, Disruption]]:
    """Every trouble on a date, and its path."""
    for position, disruption in enumerate(scenario.surprise.disruption):
        yield ("surprise", "disruption", position), disruption


def event_targets(scenario: Scenario) -> Iterator[Finding]:
    """Events name markets and SKUs that are there."""
    catalogue = [sku.id for sku in scenario.sku]
    aimed = [(path, event.markets) for path, event in events(scenario)]
    aimed += [(path, stop.markets) for path, stop in ad_stops(scenario)]
    for path, markets_named in aimed:
        for position, name in enumerate(markets_named):
            yield from dangling((*path, "markets", position), name, "market", [EVERY, *scenario.market])
    for path, event in events(scenario):
        for position, name in enumerate(event.skus):
            yield from dangling((*path, "skus", position), name, "SKU", [EVERY, *catalogue])


def strangers(path: Path, named: Iterable[str], catalogue: list[str]) -> Iterator[Finding]:
    """All names that are no SKU in one finding: a long table would otherwise fill the screen."""
    known = set(catalogue)
    strange = [name for name in named if name not in known]
    if strange:
        near = nearest(strange[0], catalogue) if len(strange) == 1 else ""
        yield Finding(path, f"not in the catalogue: {listed(strange)}", "" if near else listed(catalogue), near)


CHECKS = (unique, events_unique, markets, stock, event_targets)
