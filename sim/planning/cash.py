"""When the money of one order goes out, as the engine books it, and when the event is expected to bring it back."""

from collections.abc import Iterator, Sequence
from datetime import timedelta

import numpy as np
from numpy.typing import NDArray

from reports.plan import Cash, Payment
from scenarios.schema import MINUTES_PER_DAY
from sim.planning.alone import LoneOrders, Order
from sim.world.delivery import LastMile
from sim.world.network import Network, money

FloatArray = NDArray[np.float64]
IntArray = NDArray[np.int64]
BILLS = {
    "freight": "freight, on departure",
    "duty": "duty, when cleared",
    "inspection": "customs examinations",
    "customs": "customs fees and demurrage",
}
"""What an order pays beside the goods, by its account."""
TAILS = (0.05, 0.95)


def cash(trials: Sequence[LoneOrders], order: Order, level: float, extra: FloatArray) -> Cash:
    """The calendar of one order; `extra` are the units that an event is expected to want, [day, market, sku]."""
    network = trials[0].network
    moved: dict[str, list[FloatArray]] = {}
    sales, costs = _sales(network, order, extra)
    for some in trials:
        outcome = some.play(order)
        # What comes back comes on the days of the event on which the goods are there.
        there = np.arange(network.clock.days) * MINUTES_PER_DAY >= outcome.shelved[:, np.newaxis]
        goods, lent = outcome.money.flows["goods"], outcome.money.lent
        for what, flow in (
            *_goods(goods - lent, order.day),
            *((what, outcome.money.flows[account]) for account, what in BILLS.items()),
            ("commissions, fulfilment, delivery, taxes", there * costs),
        ):
            moved.setdefault(what, []).append(-flow)
        moved.setdefault("sales at the event", []).append(there * sales)
    flows = {what: np.concatenate(parts) for what, parts in moved.items()}
    payments = (_payment(network, what, flow) for what, flow in flows.items() if flow.any())
    return Cash(network.date(order.day), level, tuple(sorted(payments, key=lambda payment: payment.mean)))


def _goods(paid: FloatArray, day: int) -> Iterator[tuple[str, FloatArray]]:
    """What is paid to the factory as the order is placed, and later, [run, day]."""
    at_once = np.arange(paid.shape[1]) == day
    yield "goods, when ordered", paid * at_once
    yield "goods, balance", paid * ~at_once


def _sales(network: Network, order: Order, extra: FloatArray) -> tuple[FloatArray, FloatArray]:
    """What the event is expected to sell of an order on each day, and what that costs, [day] money."""
    warehouse = network.warehouses.index(network.ways[order.lane].part.to)
    markets = np.flatnonzero(network.serving[warehouse]).tolist()
    wanted = extra[:, markets].sum(axis=(0, 1))
    share = np.divide(order.units, wanted, out=np.zeros_like(wanted), where=wanted > 0)
    sold = extra[:, markets] * np.minimum(share, 1.0)
    costs = np.array([_selling_cost(network, m, warehouse) for m in markets])
    return (sold * network.market_price[markets]).sum(axis=(1, 2)), (sold * costs).sum(axis=(1, 2))


def _selling_cost(network: Network, market: int, warehouse: int) -> FloatArray:
    """What it costs to sell one unit, [sku]."""
    fees, mile = network.market_parts[market].fees, LastMile.of(network, market, warehouse)
    by_order = network.orders_per_unit[market] * money(fees.fulfilment_per_order, network.scenario)
    commissions = network.market_price[market] * (fees.platform + fees.creator)
    return np.asarray(commissions + by_order + mile.cost + mile.tax + mile.handling)


def _payment(network: Network, what: str, flow: FloatArray) -> Payment:
    """The mean amount, and its days: each amount counts as much as it is, whatever its sign; [run, day] money."""
    weight = np.abs(flow).sum(axis=0)
    reached = np.cumsum(weight) / weight.sum()
    mean = round(float((weight * np.arange(len(weight))).sum() / weight.sum()))
    early, late = (int(np.searchsorted(reached, tail - 1e-9)) for tail in TAILS)
    day = network.first_day
    return Payment(
        what,
        float(flow.sum(axis=1).mean()),
        *(day + timedelta(days=days) for days in (mean, early, late)),
    )
