"""Reach: goods have a maker, and a way from there to wherever they are wanted."""

from collections.abc import Iterable, Iterator

from scenarios.checks.findings import Finding
from scenarios.checks.names import dangling, events, twice
from scenarios.checks.sense import sized, touches, wanted
from scenarios.faults import listed, shown
from scenarios.schema import EVERY, Scenario, Sku

_ROUNDING = 1e-6
_SUPPLY = "a lane from a supplier"


def makers(scenario: Scenario) -> Iterator[Finding]:
    """The suppliers of a SKU are there, once each, their shares sum to 1, and a lane starts at one of them.

    A SKU that a warehouse buys after the order needs no lane.
    """
    started = {name for lane in scenario.lane.values() for name in lane.sources}
    virtual = _bought_after_the_order(scenario)
    for position, sku in enumerate(scenario.sku):
        here = ("sku", position, "suppliers")
        if isinstance(sku.suppliers, dict):
            for name in sku.suppliers:
                yield from dangling((*here, name), name, "supplier", scenario.supplier)
            total = sum(sku.suppliers.values())
            if abs(total - 1) > _ROUNDING:
                yield Finding(here, f"shares sum to {total:g}", "a sum of 1")
        else:
            yield from twice(here, sku.suppliers, "supplier")
            for place, name in enumerate(sku.suppliers):
                yield from dangling((*here, place), name, "supplier", scenario.supplier)
        made_by = _makers(sku)
        if made_by and made_by <= set(scenario.supplier) and not made_by & started and sku.id not in virtual:
            what = f"SKU {shown(sku.id)} is without supply: no lane starts at {listed(sorted(made_by))}"
            yield Finding(here, what, f"a lane from there, or suppliers of {listed(sorted(started))}")


def _makers(sku: Sku) -> frozenset[str]:
    """Who makes a SKU; nobody in particular when its suppliers are left out."""
    if isinstance(sku.suppliers, dict):
        return frozenset(name for name, share in sku.suppliers.items() if share > 0)
    return frozenset(sku.suppliers)


def _bought_after_the_order(scenario: Scenario) -> set[str]:
    return {name for warehouse in scenario.warehouse.values() for name in warehouse.ships_after_order}


def _reached(scenario: Scenario, made_by: frozenset[str] = frozenset(), battery: bool = False) -> set[str]:
    """Warehouses that goods come to, also by way of others; a start that is not there makes anything (told already)."""
    lanes = [lane for lane in scenario.lane.values() if lane.takes_batteries or not battery]
    strange = {name for lane in lanes for name in lane.sources} - set(scenario.supplier) - set(scenario.warehouse)
    begins = (made_by or set(scenario.supplier)) | strange
    there: set[str] = set()
    while more := {lane.to for lane in lanes if (begins | there) & set(lane.sources)} - there:
        there |= more
    return there


def comes_to(scenario: Scenario, sku: Sku) -> set[str]:
    """The warehouses that a SKU comes to, also by way of others."""
    return _reached(scenario, _makers(sku), sku.battery)


def supply(scenario: Scenario) -> Iterator[Finding]:
    """Every warehouse that serves a market has goods to sell, and one from which goods are moved gets them."""
    led_to = {lane.to for lane in scenario.lane.values()}
    supplied = _reached(scenario)
    for key, market in scenario.market.items():
        for position, name in enumerate(market.served_by):
            if name in scenario.warehouse and name not in led_to and not _provided(scenario, name):
                here = ("market", key, "served_by", position)
                yield Finding(here, f"no lane reaches warehouse {shown(name)}", listed(sorted(led_to)))
    for key, lane in scenario.lane.items():
        moves_from = set(lane.sources) & set(scenario.warehouse) - set(scenario.supplier) - {lane.to}
        for name in moves_from - supplied if len(lane.sources) == 1 else ():
            why = "lanes lead to it in a cycle without supply" if name in led_to else "no lane reaches it"
            yield Finding(("lane", key, "from"), f"nothing comes to warehouse {shown(name)}: {why}", _SUPPLY)


def _provided(scenario: Scenario, warehouse: str) -> bool:
    """Whether a warehouse has something to sell without a lane: at the opening, on the way, or after the order."""
    place = scenario.warehouse[warehouse]
    opening = place.opening
    stocked = opening.cover_days or opening.units or any((opening.by_sku or {}).values())
    coming = any(order.warehouse == warehouse for order in scenario.open_order)
    return bool(stocked or coming or place.ships_after_order)


def brought(scenario: Scenario) -> Iterator[Finding]:
    """Every SKU comes to every warehouse that serves a market where it is wanted, or that buys it after the order."""
    virtual = _bought_after_the_order(scenario)
    kinds: dict[tuple[frozenset[str], bool], list[int]] = {}
    for position, sku in enumerate(scenario.sku):
        kinds.setdefault((_makers(sku), sku.battery), []).append(position)
    serving = {
        name: [key for key in scenario.market if name in scenario.market[key].served_by] for name in _reached(scenario)
    }
    for (made_by, battery), positions in kinds.items():
        on_any_lane = _reached(scenario, made_by)
        there = _reached(scenario, made_by, battery)
        known = made_by <= set(scenario.supplier)
        judged = [at for at in positions if on_any_lane or (known and scenario.sku[at].id in virtual)]
        for warehouse in sorted(set(serving) - there):
            here = scenario.warehouse[warehouse].ships_after_order if warehouse in scenario.warehouse else ()
            kept = [at for at in judged if scenario.sku[at].id not in here]
            missed = [at for at in kept if _wanted(scenario, serving[warehouse], scenario.sku[at])]
            if missed:
                refused = warehouse in on_any_lane
                names = listed(scenario.sku[position].id for position in missed)
                what = (
                    f"no lane brings SKU {names} to warehouse {shown(warehouse)}, which serves a market that wants it"
                )
                allowed = "a lane that takes batteries" if refused else f"a lane from {listed(sorted(made_by))}"
                yield Finding(("sku", missed[0], "battery" if refused else "suppliers"), what, allowed)


def _wanted(scenario: Scenario, markets: Iterable[str], sku: Sku) -> bool:
    """Whether any of the markets has everyday demand, ads or business buyers for a SKU, or an event that sells it."""
    for key in markets:
        market = scenario.market[key]
        demand = market.demand.get(sku.id) or market.demand.get(EVERY)
        steady = demand is not None and (demand.ads is not None or demand.business is not None)
        if steady or wanted(market, sku.id):
            return True
        for _, event in events(scenario):
            if sized(event) and touches(event, key) and {EVERY, sku.id} & set(event.skus):
                return True
    return False


CHECKS = (makers, supply, brought)
