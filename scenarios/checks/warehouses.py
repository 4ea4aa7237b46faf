"""Warehouses: room and what happens without it, surcharges, terms, books, and goods bought after the order."""

from collections.abc import Iterator
from itertools import pairwise

from scenarios.checks.findings import Finding
from scenarios.checks.money import charged
from scenarios.checks.names import dangling, twice
from scenarios.checks.reach import comes_to
from scenarios.faults import Path, shown
from scenarios.schema import Overflow, Scenario


def rooms(scenario: Scenario) -> Iterator[Finding]:
    """Where room is limited it is said what becomes of the rest, and a carton of all that comes fits in."""
    for key, warehouse in scenario.warehouse.items():
        room, overflow, here = warehouse.capacity_m3, warehouse.overflow, ("warehouse", key)
        if room is None and overflow is not None:
            yield Finding((*here, "overflow"), "without capacity_m3 everything fits", "capacity_m3 = a number")
        if overflow is not None:
            yield from _idle_prices((*here, "overflow"), overflow)
        if room is None:
            continue
        if overflow is None:
            what = "it is not said what becomes of goods that do not fit"
            yield Finding((*here, "capacity_m3"), what, 'overflow = { then = "refuse", "rent" or "queue" }')
        yield from _cartons((*here, "capacity_m3"), scenario, key, room)


def _idle_prices(path: Path, overflow: Overflow) -> Iterator[Finding]:
    if overflow.then == "refuse" and charged(overflow.per_m3_day):
        yield Finding((*path, "per_m3_day"), "what is refused takes no room", '0, or then = "rent" or "queue"')
    if overflow.then != "refuse" and charged(overflow.per_m3):
        yield Finding((*path, "per_m3"), "nothing is turned away", '0, or then = "refuse"')


def _cartons(path: Path, scenario: Scenario, warehouse: str, room: float) -> Iterator[Finding]:
    """The largest carton that comes to a warehouse and does not fit."""
    virtual = set(scenario.warehouse[warehouse].ships_after_order)
    cartons = [(sku.volume_m3 * sku.units_per_carton, sku) for sku in scenario.sku if sku.id not in virtual]
    for volume, sku in sorted(cartons, key=lambda carton: -carton[0]):
        if volume <= room:
            return
        if warehouse in comes_to(scenario, sku):
            what = f"{room:g} m3 is less than one carton of SKU {shown(sku.id)} with {volume:g}"
            yield Finding(path, what, f"from {volume:g}")
            return


def surcharges(scenario: Scenario) -> Iterator[Finding]:
    """Surcharges on old stock begin one after another."""
    for key, warehouse in scenario.warehouse.items():
        for position, (before, after) in enumerate(pairwise(warehouse.rent.aged), start=1):
            if after.from_days <= before.from_days:
                here: Path = ("warehouse", key, "rent", "aged", position, "from_days")
                what = f"{after.from_days} is not above the {before.from_days} of the band before"
                yield Finding(here, what, f"from {before.from_days + 1}")


def ways_out(scenario: Scenario) -> Iterator[Finding]:
    """A factory takes back only what is returned, and bonded stock is not sold off."""
    for key, warehouse in scenario.warehouse.items():
        here: Path = ("warehouse", key)
        term = warehouse.term
        if term is not None and term.then == "destruction" and term.credit > 0:
            yield Finding((*here, "term", "credit"), "what is destroyed is not taken back", '0, or then = "return"')
        if warehouse.bonded and warehouse.sell_off_share > 0:
            yield Finding((*here, "sell_off_share"), "bonded stock cannot be sold off", "0, or bonded = false")


def records(scenario: Scenario) -> Iterator[Finding]:
    """Wrong entries are off by something, and pages that lag are there and lag by whole slots."""
    serving = {name for market in scenario.market.values() for name in market.served_by}
    for key, warehouse in scenario.warehouse.items():
        record, here = warehouse.record, ("warehouse", key, "record")
        if record is None:
            continue
        if record.miscounts > 0 and record.off_by == 0:
            yield Finding((*here, "off_by"), "wrong entries are off by nothing", "above 0, or miscounts = 0")
        slot = scenario.slot_hours
        if record.sync_hours % slot:
            below = int(record.sync_hours // slot) * slot
            what = f"{record.sync_hours:g} hours are no whole number of slots of {slot} hours"
            yield Finding((*here, "sync_hours"), what, f"{below} or {below + slot}, or shorter slots")
        if record.sync_hours and key not in serving and serving <= set(scenario.warehouse):
            what = f"no market shows what warehouse {shown(key)} holds"
            yield Finding((*here, "sync_hours"), what, "0, or a market that it serves")


def bought_after_the_order(scenario: Scenario) -> Iterator[Finding]:
    """SKUs a warehouse holds no stock of are there, once each, and nothing says that it has some."""
    catalogue = [sku.id for sku in scenario.sku]
    known = set(catalogue)
    for key, warehouse in scenario.warehouse.items():
        here: Path = ("warehouse", key, "ships_after_order")
        yield from twice(here, warehouse.ships_after_order, "SKU")
        for position, name in enumerate(warehouse.ships_after_order):
            if name not in known:
                yield from dangling((*here, position), name, "SKU", catalogue)
    virtual = {key: set(warehouse.ships_after_order) for key, warehouse in scenario.warehouse.items()}
    for path, name, sku in _stocked(scenario):
        if sku in virtual.get(name, ()):
            what = f"warehouse {shown(name)} holds no stock of SKU {shown(sku)}"
            yield Finding(path, what, "nothing of what it ships_after_order")


def _stocked(scenario: Scenario) -> Iterator[tuple[Path, str, str]]:
    """Where stock of one SKU at one warehouse is spoken of: the path, the warehouse and the SKU."""
    for key, warehouse in scenario.warehouse.items():
        for sku, units in (warehouse.opening.by_sku or {}).items():
            if units:
                yield ("warehouse", key, "opening", "by_sku", sku), key, sku
    for position, order in enumerate(scenario.open_order):
        yield ("open_order", position, "sku"), order.warehouse, order.sku
    for key, market in scenario.market.items():
        for sku, units in market.reserves.items():
            if units:
                yield ("market", key, "reserves", sku), market.served_by[0], sku


CHECKS = (rooms, surcharges, ways_out, records, bought_after_the_order)
