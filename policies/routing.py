"""The contract between the engine and a routing: which warehouse serves which buyers, and which comes next.

A routing is asked at the start of a day. Arrays end in the SKU axis: a lone run has shape [warehouse, sku], a batch of
runs [run, warehouse, sku]; code written with broadcasting over the last axes works on both.
"""

from dataclasses import dataclass
from datetime import date
from typing import ClassVar, Protocol, runtime_checkable

import numpy as np

from policies.protocol import FloatArray, IntArray, Sight

DIRECTED: tuple[Sight, ...] = ("stock", "sales")
"""The sights of which a routing is shown a part, besides the routes."""
USUAL, PATIENT = 0, 1
"""Kinds of buyers: city addresses and those in a hurry; patient or remote ones."""
KINDS = (USUAL, PATIENT)
NOBODY = -1
"""In place of a warehouse: none."""


@dataclass(frozen=True)
class Route:
    """One warehouse that may serve a market."""

    warehouse: str
    bonded: bool
    promise_days: float  # stated to the buyer
    cost: FloatArray
    """[sku] money to bring one unit to the buyer from there: the cheapest landed cost into the warehouse (freight,
    duty), picking, last mile, tax."""


@dataclass(frozen=True)
class Crossroads:
    """What a routing sees at the start of a day. Everything is read-only."""

    day: int
    date: date
    skus: tuple[str, ...]
    warehouses: tuple[str, ...]
    markets: tuple[str, ...]
    routes: tuple[tuple[Route, ...], ...]  # [market], in the order of served_by
    on_hand: IntArray  # [..., warehouse, sku]
    pace: FloatArray
    """[..., warehouse, sku] units a day of the last 28 days sold to the markets whose first warehouse it is."""

    @property
    def ranks(self) -> int:
        """The most routes that any market has."""
        return max((len(routes) for routes in self.routes), default=0)

    def nowhere(self) -> IntArray:
        """An answer that sends nobody anywhere yet, [kind, rank, market, sku], to be filled in."""
        return np.full((len(KINDS), self.ranks, len(self.markets), len(self.skus)), NOBODY, dtype=np.int64)

    def position(self, warehouse: str) -> int:
        """Where a warehouse stands in `warehouses`."""
        return self.warehouses.index(warehouse)

    def by(self, market: int, *keys: FloatArray) -> IntArray:
        """The warehouses of a market, least key first, `[rank, sku]`, -1 for none.

        `keys` are `[route]` or `[route, sku]`; the second decides where the first is equal, `served_by` where all are.
        """
        routes = self.routes[market]
        positions = np.array([self.position(route.warehouse) for route in routes], dtype=np.int64)
        shape = (len(routes), len(self.skus))
        full = [np.broadcast_to(key if key.ndim == 2 else key[:, None], shape) for key in keys]
        order = np.full((self.ranks, len(self.skus)), NOBODY, dtype=np.int64)
        order[: len(routes)] = positions[np.lexsort(full[::-1], axis=0)]
        return order

    def costs(self, market: int) -> FloatArray:
        """Cost of each route of a market, [route, sku]."""
        return np.array([route.cost for route in self.routes[market]])

    def promises(self, market: int) -> FloatArray:
        """Promised days of each route of a market, [route]."""
        return np.array([route.promise_days for route in self.routes[market]], dtype=np.float64)


@dataclass(frozen=True)
class Routes:
    """A routing's answer."""

    order: IntArray
    """[kind, rank, market, sku] position of a warehouse in `Crossroads.warehouses`, -1 for none; kind 0: usual (city,
    urgent) buyers, kind 1: patient or remote ones. It is one for all runs: only `keeps` may follow stock and pace."""
    keeps: IntArray | None = None
    """[..., warehouse, sku] units a warehouse hands to nobody but buyers who prefer it first; none when left out."""


@runtime_checkable
class Routing(Protocol):
    """Whom a warehouse serves. A frozen dataclass: its fields are its parameters.

    `routes` is a pure function of what is seen.
    """

    name: ClassVar[str]

    @property
    def review_days(self) -> int:
        """Days from one answer to the next; routes hold until then."""
        ...

    def routes(self, seen: Crossroads) -> Routes:
        """Which warehouses buyers turn to, one after the other."""
        ...
