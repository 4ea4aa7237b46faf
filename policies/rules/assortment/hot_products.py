"""Article three's hot products: what earns well, is proven and draws buyers is stocked deep, the rest is not."""

from dataclasses import dataclass
from typing import ClassVar

import numpy as np

from policies.formulas import reorder_point
from policies.one_lane import OneLane
from policies.parameters import check_parameters, choice, parameter
from policies.protocol import BoolArray, FloatArray, LaneFacts, Observation, Orders
from policies.quantity import expected_paces, order_up_to
from policies.signals import ADS

NOISE = 1e-9
"""Share, or part of a mean, that rounding may move a comparison by."""


@dataclass(frozen=True)
class HotProducts(OneLane):
    """Orders as a reorder point does, with more safety stock for hot products and less or none for the others.

    A product is hot when it meets every criterion. Its margin is at least 40 %: price less unit cost and landed cost
    (freight, duty) by the lane, as a share of the price; fees of platforms are not in it. The lane brings an order
    within 30 days. The product was delivered at least three times. Its click-through rate and its conversion rate of
    the last days, each the mean over days with ads, are both above the mean of all products with ads. Without ads
    nothing is hot.

    `why` gives `hot`, and for each criterion whether it fails: `thin_margin`, `slow_cycle`, `few_deliveries`,
    `few_clicks`, `few_orders`.

    Formula: reorder point = pace x (lead_days + safety_days), for others pace x (lead_days + safety_days x other_share)
    Source: inventory strategy of an independent store (爆款: gross margin of 40 % and more, supply proven by several
        deliveries with a cycle of 30 days at most, CTR and CVR above the mean); the days of safety are judgements
    Example: hot-products:lane=fastest,safety_days=25,other_share=0.2
    """

    name: ClassVar[str] = "hot-products"
    needs: ClassVar[frozenset[str]] = frozenset({ADS})
    margin: float = parameter(0.4, 0, 1, "of the price", "margin of a hot product, at least")
    cycle_days: float = parameter(30.0, 0, 365, "days", "lead time of a hot product, at most")
    deliveries: int = parameter(3, 0, 1_000, "deliveries", "receipts that prove the supply")
    rate_days: int = parameter(28, 1, 365, "days", "window of the rates of clicks and orders")
    safety_days: float = parameter(
        21.0, 0, 730, "days", "safety stock of hot products, in days of sales", tune=(0, 90), serves=True
    )
    other_share: float = parameter(0.5, 0, 1, "of safety_days", "safety stock of the others; 0 for none", tune=(0, 1))
    pace_days: int = parameter(28, 1, 365, "days", "window of past sales that gives the pace", tune=(7, 56))
    order_days: int = parameter(30, 0, 365, "days", "days of sales ordered on top of the reorder point", tune=(7, 60))
    lane: str = choice("cheapest", None, "lane to order by: a name, cheapest or fastest")
    review_days: int = parameter(7, 1, 365, "days", "days from one review to the next")

    def __post_init__(self) -> None:
        check_parameters(self)

    @property
    def sees(self) -> frozenset[str]:
        return frozenset({"stock", "sales", "calendar", "ads"})

    def orders(self, seen: Observation) -> Orders:
        lane = seen.lane(self.lane)
        failed = self._failed(seen, lane)
        hot = ~np.logical_or.reduce(list(failed.values()))
        pace, later_pace = expected_paces(seen, self.pace_days, lane, self.order_days)
        safety = pace * self.safety_days * np.where(hot, 1.0, self.other_share)
        trigger = reorder_point(pace, lane.lead_days, safety)
        level = trigger + later_pace * self.order_days
        units = order_up_to(level, seen.stock.position, trigger, lane)
        lines = {"reorder_point": trigger, "safety_stock": safety, "order_up_to": level, "forecast": pace}
        verdicts = {"hot": hot} | failed
        return Orders({lane.name: units}, lines | {name: yes.astype(np.int64) for name, yes in verdicts.items()})

    def _failed(self, seen: Observation, lane: LaneFacts) -> dict[str, BoolArray]:
        """By criterion, whether a product fails it, [..., sku]."""
        shape = seen.stock.on_hand.shape
        earned = seen.price - seen.unit_cost - lane.landed_cost
        failed = {
            "thin_margin": earned < (self.margin - NOISE) * seen.price,
            "slow_cycle": np.asarray(lane.lead_days > self.cycle_days + NOISE),
            "few_deliveries": np.asarray(seen.stock.deliveries) < self.deliveries,
            "few_clicks": ~_above_the_mean(seen.ads.ctr[-self.rate_days :]),
            "few_orders": ~_above_the_mean(seen.ads.cvr[-self.rate_days :]),
        }
        return {name: np.broadcast_to(fails, shape) for name, fails in failed.items()}


def _above_the_mean(rates: FloatArray) -> BoolArray:
    """Whether a SKU's mean rate over the days with ads is above that of all SKUs with ads, [..., sku].

    `rates` are [day, ..., sku], NaN on days without ads.
    """
    days = (~np.isnan(rates)).sum(axis=0)
    # Row by row, so that one run alone and many at once give the same bits.
    own = sum(np.nan_to_num(rates), start=np.zeros(days.shape)) / np.maximum(days, 1)
    advertised = days > 0
    usual = np.cumsum(own, axis=-1)[..., -1:] / np.maximum(advertised.sum(axis=-1, keepdims=True), 1)
    return np.asarray(advertised & (own > usual * (1 + NOISE)))
