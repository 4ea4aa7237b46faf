"""The till: what buyers pay, what selling costs, what is given away and paid back."""

from collections.abc import Iterable

import numpy as np
from numpy.typing import NDArray

from sim.play.money import Money
from sim.play.service import product
from sim.play.serving.deliveries import Handed
from sim.play.shop import Trade
from sim.world.network import Network, money

IntArray = NDArray[np.int64]
FloatArray = NDArray[np.float64]


class Till:
    """Books the money of one batch's sales."""

    def __init__(self, network: Network, accounts: Money) -> None:
        self.network, self.money = network, accounts
        shape = network.market_price.shape
        self.sold = np.zeros((accounts.runs, *shape), np.int64)  # [run, market, sku] units since the first day played
        self._given: FloatArray | None = None  # [run, market, sku] money clearance took off prices, since it began
        self._delivered = np.zeros((0, 0, 0), np.int64)  # [run, market, sku] units delivered since then

    def take(self, day: int, trade: Trade) -> None:
        """Book what buyers pay for a slot's deliveries, at the full price, and what is paid to sell them."""
        delivered = trade.delivered
        self.sold += delivered
        revenue, parcels = (delivered * self.network.market_price).sum(axis=-1), self._parcels(trade)
        for market, part in enumerate(self.network.market_parts):
            self.money.book("revenue", day, revenue[:, market])
            self.money.book("platform", day, revenue[:, market] * (part.fees.platform + part.fees.creator))
            fee = money(part.fees.fulfilment_per_order, self.network.scenario)
            self.money.book("fulfilment", day, parcels[:, market] * fee)
        if trade.handed is not None:
            self._pay_for(day, trade.handed)

    def _pay_for(self, day: int, handed: Handed) -> None:
        """Book what dispatch, the last mile and taxes of a slot's deliveries cost."""
        self.money.book("handling", day, handed.handling)
        self.money.book("fulfilment", day, handed.cost.sum(axis=-1))
        self.money.book("tax", day, handed.tax.sum(axis=-1))

    def mark_down(self, day: int, trade: Trade, given: FloatArray) -> None:
        """Book what clearance took off the price of a slot's sales, money [run, market, sku]."""
        if self._given is None:
            self._given, self._delivered = np.zeros(given.shape), np.zeros(given.shape, np.int64)
        self._given += given
        self._delivered += trade.delivered
        by_market = given.sum(axis=-1)
        for market, part in enumerate(self.network.market_parts):
            self.money.book("markdown", day, by_market[:, market])
            # Platforms and creators take their share of what is paid, not of the full price.
            self.money.book("platform", day, -by_market[:, market] * (part.fees.platform + part.fees.creator))

    def refund(self, day: int, back: IntArray, fees_per_unit: Iterable[float]) -> None:
        """Pay back units, [run, market, sku], and their handling, a fee for each market."""
        refunds, units = (back * self.network.market_price).sum(axis=-1), back.sum(axis=-1)
        for market, fee in enumerate(fees_per_unit):
            self.money.book("refunds", day, refunds[:, market])
            self.money.book("returns", day, units[:, market] * fee)
        if self._given is not None:
            # Refunds are booked at the full price, but buyers get back what was paid on average: the rest never was.
            spared = self._given / np.maximum(self._delivered, 1) * back
            self.money.book("markdown", day, -spared.sum(axis=-1).sum(axis=-1))

    def _parcels(self, trade: Trade) -> FloatArray:
        """Orders that leave the warehouse, whole or in part, [run, market].

        Who waited, or took a sibling, ordered as much as others do.
        """
        orders, served = trade.orders, trade.served
        begun = served if orders is None else -(-product(served, orders) // np.maximum(trade.asked, 1))
        parcels = np.asarray(begun.sum(axis=-1), np.float64)
        for units in (trade.settled, trade.taken):
            if units is not None:
                parcels = parcels + (units * self.network.orders_per_unit).sum(axis=-1)
        return parcels
