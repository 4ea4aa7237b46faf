"""Article two's fifth step: after each campaign, what it really brought corrects the plan of the next."""

from collections.abc import Sequence
from dataclasses import dataclass, replace
from typing import ClassVar

import numpy as np

from policies.parameters import label, parameter
from policies.protocol import FloatArray, IntArray, LaneFacts, Observation, Orders, PlannedEvent
from policies.rescue import Wrapped, Wrapper
from policies.signals import PROMOTIONS

LEAST_DAYS = 7
"""Days before a campaign that must be known, for a pace before it."""


@dataclass(frozen=True)
class CampaignLoop(Wrapper):
    """Lets another policy order, and corrects the announced lifts that it sees by what campaigns that ended brought.

    For every announced promotion that has ended and is remembered, the units it brought on top are counted on days with
    stock: what was sold, less the pace of the days before it. Against them stand the units that its announced lift
    should have brought. All promotions are then shown to the other policy with their lift corrected by the ratio of
    the two, over all campaigns of the SKU; past ones too, so that a policy which takes them out of its history, or
    learns from them itself, does so by what they brought. `prior_units` stand on both sides of the ratio, so that few
    units change little. A policy that does not look at the calendar is not changed.

    `why` gives the old value, the new value and the evidence: `lift_announced` and `lift_used` of the next campaign, 1
    where there is none; `lift_seen`, what was sold in campaigns over the pace before them, and `campaign_days`, the
    days with stock on which it was seen; both 0 where there were none.

    Formula: ratio = (units brought + prior_units) / (units announced + prior_units), at least 0 and at most `most`;
        lift used = 1 + (lift announced - 1) x ratio
    Source: safety stock of a seal factory (复盘: compare traffic to sales, correct the parameters for the next
        campaign); windows and weights are judgements
    Example: reorder-point+campaign-loop:prior_units=50
    """

    name: ClassVar[str] = "campaign-loop"
    needs: ClassVar[frozenset[str]] = frozenset({PROMOTIONS})
    looks_at: ClassVar[frozenset[str]] = frozenset({"stock", "sales", "calendar"})
    before_days: int = parameter(28, 7, 90, "days", "days before a campaign that give the pace without it")
    prior_units: float = parameter(
        20.0, 0.001, 1e6, "units", "units brought for which the announced lift is believed", tune=(1, 500)
    )
    most: float = parameter(3.0, 1, 100, "times what was announced", "ratio by which a lift is corrected, at most")

    def warnings(self, lanes: Sequence[LaneFacts]) -> tuple[str, ...]:
        """Those of the wrapped policy, and whether it looks at the calendar that is corrected for it."""
        told = super().warnings(lanes)
        if "calendar" in self.base.sees:
            return told
        return (*told, f"{self.name}: {label(self.base)} does not see the calendar, so nothing is corrected")

    def orders(self, seen: Observation) -> Orders:
        calendar = seen.calendar
        sold, usual, announced, days = self._campaigns(seen)
        ratio = (np.maximum(sold - usual, 0.0) + self.prior_units) / (announced - usual + self.prior_units)
        ratio = np.where(days > 0, np.minimum(ratio, self.most), 1.0)
        events = tuple(
            replace(event, lift=1 + (event.lift - 1) * ratio) if event.kind == "promotion" else event
            for event in calendar.events
        )
        shown = replace(calendar, events=events)
        wrapped = Wrapped.of(self.base, replace(seen, sights={**seen.sights, "calendar": shown}))
        coming = [event for event in calendar.events if self._ahead(event, calendar.today)]
        lift = min(coming, key=lambda event: event.first_day).lift if coming else np.ones(len(seen.skus))
        evidence = {
            "lift_seen": np.where(usual > 0, sold / np.where(usual > 0, usual, 1.0), 0.0),
            "campaign_days": days,
        }
        values = {"lift_announced": lift, "lift_used": 1 + (lift - 1) * ratio}
        return Orders(wrapped.units, {**wrapped.orders.why, **values, **evidence})

    def _ahead(self, event: PlannedEvent, today: int) -> bool:
        """Whether an event is a promotion that has not ended."""
        return event.kind == "promotion" and event.first_day + event.days - 1 > today

    def _campaigns(self, seen: Observation) -> tuple[FloatArray, FloatArray, FloatArray, IntArray]:
        """Of campaigns that ended, on days with stock: units sold, units at the pace before, units announced, and days.

        Arrays are [..., sku]; a campaign counts for the SKUs that it was to lift.
        """
        today, known = seen.calendar.today, len(seen.sales.open_days) - 1
        sold, usual, announced = (np.zeros(seen.stock.on_hand.shape) for _ in range(3))
        days = np.zeros(seen.stock.on_hand.shape, np.int64)
        for event in seen.calendar.events:
            since = today - event.first_day + 1  # days since it began, today counted
            before = min(self.before_days, known - since)
            if event.kind != "promotion" or self._ahead(event, today) or before < LEAST_DAYS:
                continue
            units_before, days_before = _open(seen, since + before, before)
            units, open_days = _open(seen, since, event.days)
            plain = units_before / np.maximum(days_before, 1) / seen.calendar.lift(1 - since - before, before)
            lifted = (event.lift > 1) & (days_before > 0) & (open_days > 0)
            sold = sold + np.where(lifted, units, 0)
            usual = usual + np.where(lifted, plain * open_days, 0.0)
            planned = plain * open_days * seen.calendar.lift(1 - since, event.days)
            announced = announced + np.where(lifted, planned, 0.0)
            days = days + np.where(lifted, open_days, 0)
        return sold, usual, announced, days


def _open(seen: Observation, ago: int, days: int) -> tuple[IntArray, IntArray]:
    """Units sold on days with stock, and the number of these, in `days` days from `ago` days ago on, [..., sku].

    Today is one day ago.
    """
    first, last = -1 - ago, -1 - ago + days
    sales = seen.sales
    return sales.open_totals[last] - sales.open_totals[first], sales.open_days[last] - sales.open_days[first]
