"""The last mile: what buyers are promised from each warehouse, what it costs, and how often it is kept."""

from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from policies.routing import Route
from scenarios.promises import promised_days
from scenarios.schema import Delivery, Market
from sim.world import laws
from sim.world.network import Network, money, still
from sim.world.supply.quotes import cheapest_landed

FloatArray = NDArray[np.float64]
IMMEDIATE = Delivery()
"""Where a market says nothing about a warehouse: promised and delivered at once, for nothing."""
NOISE = 1e-9
"""[days] Rounding noise of times."""


@dataclass(frozen=True)
class LastMile:
    """The way from one warehouse to the buyers of one market."""

    part: Delivery
    promise_days: float
    cost: FloatArray  # [sku] money to deliver one unit
    handling: FloatArray  # [sku] money for its dispatch from the warehouse
    tax: FloatArray  # [sku] money of tax on one unit

    @classmethod
    def of(cls, network: Network, market: int, warehouse: int) -> "LastMile":
        """The last mile of a market and a warehouse."""
        part = delivery(network.market_parts[market], network.warehouses[warehouse])
        work, orders, scenario = (
            network.warehouse_parts[warehouse].handling, network.orders_per_unit[market], network.scenario,
        )  # fmt: skip
        return cls(
            part,
            promised_days(network.market_parts[market], network.warehouses[warehouse]),
            cost=orders * money(part.per_order, scenario) + network.weight_kg * money(part.per_kg, scenario),
            handling=orders * money(work.per_order_out, scenario) + money(work.per_unit_out, scenario),
            tax=network.market_price[market] * part.tax + orders * money(part.tax_per_order, scenario),
        )

    def kept(self, late_days: FloatArray) -> FloatArray:
        """Chance that the promise is kept by an order dispatched so many days late, [...]."""
        return laws.chance_within(self.part.days, self.promise_days - late_days + NOISE) * (
            late_days <= self.promise_days + NOISE
        )


def delivery(market: Market, warehouse: str) -> Delivery:
    """What a market says about deliveries from a warehouse."""
    return market.delivery.get(warehouse, IMMEDIATE)


def accepting(market: Market, days: float) -> float:
    """The share of usual buyers who buy on a promise of so many days."""
    if not market.accepts:
        return 1.0
    return next((step.share for step in market.accepts if days <= step.within_days + NOISE), 0.0)


def routes(network: Network) -> tuple[tuple[Route, ...], ...]:
    """The warehouses that may serve each market, in its own order, [market]."""
    landed = [cheapest_landed(network, name) for name in network.warehouses]
    found = []
    for m, market in enumerate(network.market_parts):
        of_market = []
        for name in market.served_by:
            w = network.warehouses.index(name)
            mile = LastMile.of(network, m, w)
            cost = still(landed[w] + mile.cost + mile.handling + mile.tax + _fulfilment(network, m))
            of_market.append(Route(name, network.warehouse_parts[w].bonded, mile.promise_days, cost))
        found.append(tuple(of_market))
    return tuple(found)


def _fulfilment(network: Network, market: int) -> FloatArray:
    """What the market takes for one unit, wherever it comes from, [sku]."""
    fee = money(network.market_parts[market].fees.fulfilment_per_order, network.scenario)
    return np.asarray(network.orders_per_unit[market] * fee)
