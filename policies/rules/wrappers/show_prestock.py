"""Article one: before an influencer or a livestream, stock for what the host is known to sell."""

from dataclasses import dataclass
from typing import ClassVar

import numpy as np

from policies.parameters import parameter
from policies.prestock import Prestock
from policies.protocol import FloatArray, Observation, PlannedEvent
from policies.signals import SHOWS


@dataclass(frozen=True)
class InfluencerPrestock(Prestock):
    """Lets another policy order, and has it stock announced livestreams and influencers' posts in time for their day.

    What a host sold before, for each SKU, is what is expected now: the mean, or a quantile for a seller who would
    rather be left with some than run out. Where nothing is known of a host, some days of everyday sales are expected,
    as one livestream can clear several weeks of stock. Not so where one of the same name was held within the window
    of the pace: its sales are in the pace already.

    The expected units are set aside from the review whose order is there `early_days` before the day, or from the last
    review before that: the other policy counts them neither as stock nor as on order, and so orders them by its own
    rule. What no order can bring in time is set aside only as far as stock is there for it. No policy that ships looks
    at what hosts sold before, so nothing is ordered twice.

    Formula: position that the other policy sees = position - sum of expected units; expected = mean or quantile of
        what the host sold before, or pace x unknown_days
    Source: replenishment cycle of TikTok sellers with an overseas warehouse (forecast from the influencer's past sales
        and stock first; one livestream can clear several weeks of stock); the three weeks are a judgement
    Example: reorder-point+influencer-prestock:quantile=0.8
    """

    name: ClassVar[str] = "influencer-prestock"
    needs: ClassVar[frozenset[str]] = frozenset({SHOWS})
    quantile: float | None = parameter(
        None, 0, 1, "share", "quantile of the host's past sales to stock; their mean when left out", tune=(0.5, 0.95)
    )
    unknown_days: float = parameter(
        21.0, 0, 730, "days", "everyday sales expected of a host of whom nothing is known", tune=(0, 90)
    )

    def extra(self, seen: Observation, moved: FloatArray, first: int, days: int) -> FloatArray:
        begin = seen.day + first
        unknown = moved * self.unknown_days
        total = np.zeros(unknown.shape)
        shows = [event for event in seen.calendar.events if event.kind != "promotion"]
        held = {show.name for show in shows if seen.day - self.pace_days < show.first_day <= seen.day}
        for show in shows:
            if show.name not in held and begin <= show.first_day < begin + days:
                touched = np.array([show.skus is None or sku in show.skus for sku in seen.skus], dtype=np.bool_)
                total = total + np.where(touched, self._sold_before(show, unknown), 0.0)
        return total

    def _sold_before(self, show: PlannedEvent, unknown: FloatArray) -> FloatArray | float:
        if not show.past_units:
            return unknown
        if self.quantile is None:
            return sum(show.past_units) / len(show.past_units)
        return float(np.quantile(show.past_units, self.quantile))
