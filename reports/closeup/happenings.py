"""What happened in one replication, found in its series: entries of a diary, each with a weight among its kind."""

from collections.abc import Callable, Collection, Iterator

import numpy as np

from reports.closeup.entry import Entry, lasting
from reports.closeup.onerun import OneRun, stretches
from reports.record import EventMark, IntArray

Weighed = tuple[Entry, float]
"""An entry, and how much of its kind it is: money, or SKU-days."""
RED, BLACK = 2, 3
LEVELS = {RED: "red", BLACK: "black"}
"""Alerts that are told; a yellow one comes before every order."""
BREAK_DAYS = 3
"""So short a break does not end a stockout or a video's wave."""
HELD = 0.5
"""A video has taken hold while it brings this share of what else is wanted of the SKU on an average day."""


def events(one: OneRun) -> Iterator[Weighed]:
    """Promotions, livestreams and influencers' posts: what they brought, and how much of all wanted then was short."""
    for event in one.setting.events:
        if event.first_day < one.setting.days and event.first_day + event.days > 0:
            yield _event(one, event)


def _event(one: OneRun, event: EventMark) -> Weighed:
    first = max(event.first_day, 0)
    days = slice(first, event.first_day + event.days)
    brought = one.streams.get(event.name, np.zeros(one.wanted[:, 0].shape, np.int64))[days].sum(axis=0)
    touched = brought > 0
    wanted, short = (int(units[days][..., touched].sum()) for units in (one.wanted, one.short))
    found = {"units": int(brought.sum()), "short_share": _share(short, wanted)}
    fields = {"name": event.name} | lasting(event.first_day, event.days) | found
    return Entry(first, event.kind, fields), float(brought @ one.setting.price)


def videos(one: OneRun, names: Collection[str]) -> Iterator[Weighed]:
    """Waves of viral videos, by the names of their streams, SKU by SKU."""
    known = {name: units for name, units in one.streams.items() if name in names}
    usual = one.wanted.sum(axis=1) - sum(known.values(), np.zeros_like(one.wanted[:, 0]))
    for name, units in known.items():
        line = np.maximum(HELD * usual.mean(axis=0), 1.0)
        for sku in np.flatnonzero((units >= line).any(axis=0)).tolist():
            for begin, end in stretches(units[:, sku] >= line[sku], BREAK_DAYS):
                brought = int(units[begin:end, sku].sum())
                fields = {"name": name, "sku": one.setting.skus[sku], "units": brought, "days": end - begin}
                yield Entry(begin, "video", fields), brought * float(one.setting.price[sku])


def orders(one: OneRun) -> Iterator[Weighed]:
    """What was ordered for a warehouse at the end of a day."""
    lanes, ends = np.array(one.setting.lanes), np.array(one.setting.leads_to)
    down = one.ordered_by_lane.sum(axis=2) > 0
    for day, place in np.argwhere(one.ordered.any(axis=2)).tolist():
        ways = {"lanes": lanes[down[day] & (ends == place)].tolist()}
        fields = _goods(one, one.setting.warehouses[place], one.ordered[day, place]) | ways
        yield Entry(day, "order", fields), float(one.ordered[day, place] @ one.setting.unit_cost)


def arrivals(one: OneRun) -> Iterator[Weighed]:
    """What a warehouse received on a day."""
    lanes: dict[tuple[int | None, str], dict[str, None]] = {}
    for shipment in one.shipments:
        lanes.setdefault((one.shelved_on(shipment), shipment.warehouse), {})[shipment.lane] = None
    for day, place in np.argwhere(one.received.any(axis=2)).tolist():
        warehouse = one.setting.warehouses[place]
        fields = _goods(one, warehouse, one.received[day, place]) | {"lanes": list(lanes.get((day, warehouse), {}))}
        yield Entry(day, "arrival", fields), float(one.received[day, place] @ one.setting.unit_cost)


def stockouts(one: OneRun) -> Iterator[Weighed]:
    """When a warehouse was sold out of a SKU that its buyers wanted, and when it was back."""
    short, prices = one.at_home(one.short), one.setting.price
    for place, sku in np.argwhere(((one.on_hand == 0) & (short > 0)).any(axis=0)).tolist():
        for begin, end in stretches(one.on_hand[:, place, sku] == 0, BREAK_DAYS):
            missed = int(short[begin:end, place, sku].sum())
            fields = {
                "warehouse": one.setting.warehouses[place], "sku": one.setting.skus[sku], "units": missed,
                "days": end - begin, "back": end if end < one.setting.days else None,
            }  # fmt: skip
            if missed:
                yield Entry(begin, "stockout", fields), missed * float(prices[sku])


def alerts(one: OneRun) -> Iterator[Weighed]:
    """For each level, the day with most SKUs at it or worse."""
    for level, name in LEVELS.items():
        at_level = one.levers.get("alert", np.zeros_like(one.on_hand)) >= level
        skus = at_level.any(axis=1).sum(axis=1)
        worst, days = int(skus.argmax()), int(at_level.any(axis=(1, 2)).sum())
        if days:
            yield Entry(worst, "alert", {"level": name, "skus": int(skus[worst]), "days": days}), float(skus.sum())


def levers(one: OneRun) -> Iterator[Weighed]:
    """For each lever that was pulled, the first day on which it was."""
    for name, pulled in one.levers.items():
        skus, days = (pulled > 0).any(axis=(0, 1)), np.flatnonzero(pulled.any(axis=(1, 2)))
        if name != "alert" and len(days):
            fields = {"lever": name, "skus": int(skus.sum()), "days": len(days)}
            yield Entry(int(days[0]), "lever", fields), float((pulled > 0).sum())


FOUND: tuple[Callable[[OneRun], Iterator[Weighed]], ...] = (events, orders, arrivals, stockouts, alerts, levers)
"""All that is found without knowing more of the world."""


def _goods(one: OneRun, warehouse: str, units: IntArray) -> dict[str, object]:
    """Goods for a warehouse, [sku]: how many, of how many SKUs, and of which most."""
    return {
        "warehouse": warehouse,
        "units": int(units.sum()),
        "skus": int((units > 0).sum()),
        "most": one.setting.skus[int(units.argmax())],
    }


def _share(part: int, whole: int) -> float:
    return part / whole if whole else 0.0
