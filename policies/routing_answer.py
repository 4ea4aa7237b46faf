"""Asking a routing: its answer is checked before anybody is sent anywhere."""

from typing import Any

import numpy as np

from policies.parameters import label
from policies.plugins.answers import MOST_UNITS, NUMBERS, asked, first_bad, one_per_sku
from policies.protocol import BoolArray, IntArray, PolicyFault
from policies.routing import KINDS, NOBODY, Crossroads, Routes, Routing


def directed(routing: Routing, seen: Crossroads) -> Routes:
    """What the routing answers: full int64 arrays, copies, read-only; in each order those that are none stand last.

    Raises PolicyFault naming routing, day, market, SKU and value when a market is sent to a warehouse that is none of
    its routes or twice to the same, units to keep are not whole or below zero, or an array has the wrong shape; and
    with file and line when the routing itself fails.
    """
    where = f"routing {label(routing)} on day {seen.day}"
    answer = asked(lambda: routing.routes(seen), where)
    if not isinstance(answer, Routes):
        raise PolicyFault(f"{where} answered a {type(answer).__name__}; return Routes(order)")
    order = _order(answer.order, seen, where)
    keeps = None if answer.keeps is None else _keeps(answer.keeps, seen, where)
    return Routes(order, keeps)


def _order(value: Any, seen: Crossroads, where: str) -> IntArray:
    shape = (len(KINDS), seen.ranks, len(seen.markets), len(seen.skus))
    given = one_per_sku(value, NUMBERS, "order", shape, where)
    allowed = np.zeros((len(seen.markets), len(seen.warehouses) + 1), dtype=np.bool_)
    for row, routes in zip(allowed, seen.routes, strict=True):
        row[[seen.position(route.warehouse) for route in routes]] = True
    allowed[:, NOBODY] = True
    known = (given >= NOBODY) & (given < len(seen.warehouses)) & (given == np.rint(given))
    order = np.where(known, given, NOBODY).astype(np.int64)
    market = np.arange(len(seen.markets))[:, None]
    _refuse(known & allowed[market, order], given, seen, where, "")
    # Those that are none go to the end, so that a first preference is always at rank 0.
    order = np.take_along_axis(order, np.argsort(order == NOBODY, axis=1, kind="stable"), axis=1)
    for rank in range(1, seen.ranks):
        before, here = order[:, :rank], order[:, rank : rank + 1]
        fresh = np.ones(shape, dtype=np.bool_)
        fresh[:, rank] = ~((before == here) & (here != NOBODY)).any(axis=1)
        _refuse(fresh, order, seen, where, " twice")
    order.setflags(write=False)
    return order


def _refuse(good: BoolArray, order: Any, seen: Crossroads, where: str, twice: str) -> None:
    if good.all():
        return
    place, _ = first_bad(good)
    allowed = ", ".join(f"{seen.position(route.warehouse)} ({route.warehouse})" for route in seen.routes[place[2]])
    raise PolicyFault(
        f"{where} sent buyers of {seen.skus[place[3]]} in market {seen.markets[place[2]]} to warehouse "
        f"{order[place]}{twice}, kind {place[0]}, rank {place[1]}; allowed: {allowed} once each, or -1 for none"
    )


def _keeps(value: Any, seen: Crossroads, where: str) -> IntArray:
    array = one_per_sku(value, NUMBERS, "keeps", seen.on_hand.shape, where)
    good = (array >= 0) & (array <= MOST_UNITS) & (array == np.rint(array))
    if not good.all():
        place, _ = first_bad(good)
        run = f", run {place[0]}" if len(place) > 2 else ""
        raise PolicyFault(
            f"{where} keeps {array[place]} of {seen.skus[place[-1]]} at {seen.warehouses[place[-2]]}{run}; "
            f"allowed: whole units from 0 to {MOST_UNITS}"
        )
    keeps = array.astype(np.int64, order="C")
    keeps.setflags(write=False)
    return keeps
