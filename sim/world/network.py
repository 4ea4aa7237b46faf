"""A scenario as arrays and positions: what every replication of it shares. Money is in the scenario's currency."""

import datetime as dt
from collections.abc import Sequence
from dataclasses import dataclass
from functools import cached_property
from typing import Any

import numpy as np
from numpy.typing import NDArray

from scenarios.schema import EVERY, Amount, Demand, Event, Market, Scenario, Show, Sku, Video, Warehouse
from sim.day import Clock
from sim.world import laws
from sim.world.supply.ways import Way, ways

IntArray = NDArray[np.int64]
FloatArray = NDArray[np.float64]


@dataclass(frozen=True)
class ServiceRound:
    """Markets that turn to one warehouse at the same rank of their preferences."""

    rank: int  # 0 for their first warehouse
    warehouse: int
    markets: tuple[int, ...]
    kind: int = 0  # of buyers; see policies.routing
    skus: NDArray[np.bool_] | None = None  # [market of these, sku] those they want from there; all when None


@dataclass(frozen=True)
class Network:
    """The fixed facts of one world. All things stand in the order of their names, whatever their order in the file."""

    scenario: Scenario
    clock: Clock
    first_day: dt.date  # day 0: the first day played
    scored_from: int  # [day]
    catalogue: tuple[Sku, ...]
    skus: tuple[str, ...]
    groups: tuple[str | None, ...]  # [sku]
    warehouses: tuple[str, ...]
    warehouse_parts: tuple[Warehouse, ...]
    markets: tuple[str, ...]  # those of one first warehouse stand together
    market_parts: tuple[Market, ...]
    ways: tuple[Way, ...]
    posts: tuple[str, ...]
    unit_cost: FloatArray  # [sku]
    price: FloatArray  # [sku]
    market_price: FloatArray  # [market, sku] what its buyers pay
    volume_m3: FloatArray  # [sku]
    weight_kg: FloatArray  # [sku]
    pack: IntArray  # [sku]
    home: tuple[int, ...]  # [market] its first warehouse
    rounds: tuple[ServiceRound, ...]
    waits: FloatArray  # [market, 1]
    weighted: tuple[bool, ...]  # [market] whether a weight or a limit acts on everyday demand and promotions
    pace: FloatArray  # [market, sku] mean units a day, without events
    orders_per_unit: FloatArray  # [market, sku] 1 where every order is one unit

    @classmethod
    def of(cls, scenario: Scenario) -> "Network":
        """The network of a scenario that the reader has accepted."""
        warehouses, catalogue = tuple(sorted(scenario.warehouse)), sorted(scenario.sku, key=lambda sku: sku.id)
        markets = tuple(sorted(scenario.market, key=lambda m: (scenario.market[m].served_by[0], m)))
        parts = tuple(scenario.market[name] for name in markets)
        return cls(
            scenario=scenario,
            clock=Clock(scenario.warm_up_days + scenario.days, 24 // scenario.slot_hours),
            first_day=scenario.start - dt.timedelta(days=scenario.warm_up_days),
            scored_from=scenario.warm_up_days,
            catalogue=tuple(catalogue),
            skus=tuple(sku.id for sku in catalogue),
            groups=tuple(sku.group for sku in catalogue),
            warehouses=warehouses,
            warehouse_parts=tuple(scenario.warehouse[name] for name in warehouses),
            markets=markets,
            market_parts=parts,
            ways=ways(scenario, catalogue),
            posts=tuple(sorted(scenario.customs)),
            unit_cost=still(np.array([money(sku.unit_cost, scenario) for sku in catalogue])),
            price=still(np.array([money(sku.price, scenario) for sku in catalogue])),
            market_price=still(
                np.array([[money(m.prices.get(k.id, k.price), scenario) for k in catalogue] for m in parts])
            ),
            volume_m3=still(np.array([sku.volume_m3 for sku in catalogue])),
            weight_kg=still(np.array([sku.weight_kg for sku in catalogue])),
            pack=still(np.array([sku.units_per_carton for sku in catalogue], dtype=np.int64)),
            home=tuple(warehouses.index(market.served_by[0]) for market in parts),
            rounds=_service_rounds(parts, warehouses),
            waits=np.array([[market.waits] for market in parts]),
            weighted=tuple(market.listing is not None or market.limits is not None for market in parts),
            pace=np.array([[_pace(market, sku.id) for sku in catalogue] for market in parts]),
            orders_per_unit=np.array([[_orders_per_unit(market, sku.id) for sku in catalogue] for market in parts]),
        )

    def date(self, day: int) -> dt.date:
        """The date of a day."""
        return self.first_day + dt.timedelta(days=day)

    def day(self, when: dt.date) -> int:
        """The day of a date, negative before the first day played."""
        return (when - self.first_day).days

    def window(self, when: dt.date, days: int) -> slice:
        """The days played among so many from a date on."""
        first = self.day(when)
        return slice(min(max(first, 0), self.clock.days), min(max(first + days, 0), self.clock.days))

    def within(self, when: dt.date, days: int) -> NDArray[np.bool_]:
        """Whether each day played is among so many from a date on, [day]."""
        inside = np.zeros(self.clock.days, np.bool_)
        inside[self.window(when, days)] = True
        return inside

    def monthly(self, factors: Sequence[float] | None) -> FloatArray:
        """A factor for each month as one for each day played, [day]; 1 where there are none."""
        if factors is None:
            return np.ones(self.clock.days)
        return np.array([factors[self.date(day).month - 1] for day in range(self.clock.days)])

    def fee(self, per_unit: Amount, per_m3: Amount) -> FloatArray:
        """What is charged for one unit by number and by volume, [sku]."""
        return np.asarray(money(per_unit, self.scenario) + money(per_m3, self.scenario) * self.volume_m3)

    def volume(self, units: IntArray) -> FloatArray:
        """Cubic metres of units, [...] of [..., sku]."""
        return np.asarray((units * self.volume_m3).sum(axis=-1))

    def markets_at(self, warehouse: int) -> tuple[int, ...]:
        """The markets whose first warehouse this is."""
        return tuple(m for m, home in enumerate(self.home) if home == warehouse)

    def markets_through(self, warehouse: int) -> tuple[int, ...]:
        """The markets whose first warehouse this is, or is supplied by it."""
        fed = self.fed_markets[warehouse]
        return tuple(m for m, home in enumerate(self.home) if home == warehouse or fed[m])

    def touched(self, event: Event) -> list[tuple[int, int]]:
        """The (market, sku) positions an event touches: where there is everyday demand, if it is measured by that."""
        sized = isinstance(event, Show | Video) and event.orders is not None
        known = isinstance(event, Show) and bool(event.past_units)
        return [(m, k) for m, k in self.named(event) if sized or known or self.pace[m, k] > 0]

    def named(self, event: Event) -> list[tuple[int, int]]:
        """The (market, sku) positions an event names."""
        markets = range(len(self.markets)) if EVERY in event.markets else map(self.markets.index, event.markets)
        skus = range(len(self.skus)) if EVERY in event.skus else list(map(self.skus.index, event.skus))
        return [(m, k) for m in markets for k in skus]

    def sells(self, m: int, k: int) -> bool:
        """Whether a market has wants of its own for a SKU."""
        return self.pace[m, k] > 0 or demand_of(self.market_parts[m], self.skus[k]) is not None

    def siblings(self, k: int) -> tuple[int, ...]:
        """The other SKUs of a SKU's group; none where it has no group."""
        group = self.groups[k]
        return tuple(s for s, other in enumerate(self.groups) if group is not None and other == group and s != k)

    @cached_property
    def lanes(self) -> tuple[str, ...]:
        """The names of the ways."""
        return tuple(way.name for way in self.ways)

    @cached_property
    def serving(self) -> IntArray:
        """1 where a warehouse serves a market, [warehouse, market]."""
        served = np.zeros((len(self.warehouses), len(self.markets)), np.int64)
        for turn in self.rounds:
            served[turn.warehouse, list(turn.markets)] = 1
        return served

    @cached_property
    def bought_in(self) -> NDArray[np.bool_]:
        """What each warehouse buys when it is ordered, and so never has on the shelf, [warehouse, sku]."""
        return np.array([[sku in part.ships_after_order for sku in self.skus] for part in self.warehouse_parts])

    @cached_property
    def repeat_share(self) -> FloatArray:
        """Share of units that the same buyers buy again, over the markets a warehouse sells to, [warehouse, sku]."""
        wants = [[demand_of(market, sku) for sku in self.skus] for market in self.market_parts]
        shares = np.array([[w.repeat.share if w is not None and w.repeat else 0.0 for w in row] for row in wants])
        total = np.zeros((len(self.warehouses), len(self.skus)))
        weight = np.zeros_like(total)
        for w in range(len(self.warehouses)):
            for m in self.markets_through(w):
                total[w] += shares[m] * self.pace[m]
                weight[w] += self.pace[m]
        return still(np.divide(total, weight, out=np.zeros_like(total), where=weight > 0))

    @cached_property
    def depots(self) -> tuple[int, ...]:
        """The warehouses that others order from."""
        starts = {way.start for way in self.ways if way.start is not None and way.part.replenishes}
        return tuple(w for w, name in enumerate(self.warehouses) if name in starts)

    @cached_property
    def fed_markets(self) -> NDArray[np.bool_]:
        """The markets whose first warehouse a warehouse supplies, itself or through others, [warehouse, market]."""
        supplies = np.zeros((len(self.warehouses), len(self.warehouses)), bool)
        for way in self.ways:
            if way.start is not None and way.part.replenishes:
                supplies[self.warehouses.index(way.start), self.warehouses.index(way.part.to)] = True
        for _ in self.depots:
            supplies |= supplies @ supplies
        return np.asarray(supplies[:, list(self.home)])

    @property
    def supplied_pace(self) -> FloatArray:
        """Mean units a day of the markets whose first warehouse it is, or whose first it supplies, [warehouse, sku]."""
        total = self.fed_markets @ self.pace
        for market, warehouse in enumerate(self.home):
            total[warehouse] += self.pace[market]
        return total


def still(array: NDArray[Any]) -> NDArray[Any]:
    """The array, not to be written from now on."""
    array.flags.writeable = False
    return array


def money(amount: Amount, scenario: Scenario) -> float:
    """An amount in the scenario's currency."""
    if isinstance(amount, dict):
        ((currency, value),) = amount.items()
        return value if currency == scenario.currency else value / scenario.fx[currency]
    return float(amount)


def demand_of(market: Market, sku: str) -> Demand | None:
    """What a market wants of a SKU: its own entry, or the one that speaks for every SKU."""
    return market.demand.get(sku) or market.demand.get(EVERY)


def opening_units(network: Network, place: Warehouse, pace: FloatArray) -> IntArray:
    """Stock of a warehouse on the first day played, [sku]; `pace` is the mean demand it serves, [sku]."""
    opening = place.opening
    if opening.by_sku is not None:
        return np.array([opening.by_sku.get(sku, 0) for sku in network.skus], dtype=np.int64)
    if opening.cover_days is not None:
        return np.ceil(pace * opening.cover_days).astype(np.int64)
    return np.full(len(network.skus), opening.units or 0, dtype=np.int64)


def _pace(market: Market, sku: str) -> float:
    if market.history is not None and sku in market.history.units:
        series = market.history.units[sku]
        return sum(series) / len(series)
    wanted = demand_of(market, sku)
    return wanted.organic.mean if wanted is not None and wanted.organic is not None else 0.0


def _orders_per_unit(market: Market, sku: str) -> float:
    if market.history is not None and sku in market.history.orders:
        return sum(market.history.orders[sku]) / max(sum(market.history.units[sku]), 1)
    wanted = demand_of(market, sku)
    if wanted is None or wanted.business is None:
        return 1.0
    single, orders = _pace(market, sku), wanted.business.orders_per_day
    units = single + orders * max(laws.mean(wanted.business.units_per_order), 1.0)
    return (single + orders) / units if units > 0 else 1.0


def _service_rounds(markets: tuple[Market, ...], warehouses: tuple[str, ...]) -> tuple[ServiceRound, ...]:
    served = [market.served_by for market in markets]
    rounds = []
    for rank in range(max(map(len, served))):
        for position, warehouse in enumerate(warehouses):
            turning = tuple(m for m, by in enumerate(served) if rank < len(by) and by[rank] == warehouse)
            if turning:
                rounds.append(ServiceRound(rank, position, turning))
    return tuple(rounds)
