"""How each promotion went in every future, and what a campaign loop made of it."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Annotated

import numpy as np

from reports.closeup.part import Part
from reports.closeup.slots import kept_series
from reports.record import EventMark, FloatArray, IntArray, Record, Setting
from reports.verdict.promotions import PromotionTally, review_promotions

OUTCOMES = ("hit", "too_little", "too_much", "too_late")
AMOUNTS = ("available", "wanted", "missing", "left")
LEARNT = ("lift_announced", "lift_used", "lift_seen", "campaign_days")
"""What a campaign loop gives as its reasons: old value, new value, evidence."""


@dataclass(frozen=True)
class Promotions(Part):
    """The promotions that were over by the end of the season, in the order of `ended`."""

    outcomes: Annotated[IntArray, "run", "promotion", "outcome"]  # SKUs by `OUTCOMES`
    units: Annotated[IntArray, "run", "promotion", "amount"]  # by `AMOUNTS`, of the SKUs it touched

    @classmethod
    def of(cls, record: Record, setting: Setting) -> "Promotions":
        """The promotions of a record all of whose replications were kept."""
        series = kept_series(record)
        told = [
            list(map(PromotionTally.of, review_promotions(setting, series, kept))) for kept in range(len(series.runs))
        ]
        return cls(_counts(told, OUTCOMES, setting), _counts(told, AMOUNTS, setting))


@dataclass(frozen=True)
class Campaigns(Part):
    """What a campaign loop said at its last review before each promotion of the season, in the order of `coming`.

    NaN where the policy was not asked before; empty where it is no campaign loop.
    """

    learnt: Annotated[Mapping[str, FloatArray], "run", "campaign", "warehouse", "sku"]  # by `LEARNT`

    @classmethod
    def of(cls, record: Record, setting: Setting) -> "Campaigns":
        """The campaigns of a record all of whose replications were kept."""
        why, events = kept_series(record).why, coming(setting)
        if not events or not set(LEARNT) <= set(why):
            return cls({})
        days = [setting.warm_up_days + event.first_day for event in events]
        return cls({name: np.stack([_last_before(why[name], day) for day in days], axis=1) for name in LEARNT})


def ended(setting: Setting) -> tuple[EventMark, ...]:
    """The promotions that are reviewed: those that were over when the season ended."""
    return tuple(
        event for event in setting.events if event.kind == "promotion" and event.first_day + event.days <= setting.days
    )


def coming(setting: Setting) -> tuple[EventMark, ...]:
    """The promotions that began within the season, each of which could be planned by what earlier ones brought."""
    return tuple(event for event in setting.events if event.kind == "promotion" and event.first_day >= 0)


def _counts(told: Sequence[Sequence[PromotionTally]], names: Sequence[str], setting: Setting) -> IntArray:
    """Numbers of every future and promotion by name, [run, promotion, name]."""
    counts = np.zeros((len(told), len(ended(setting)), len(names)), np.int64)
    for run, tallies in enumerate(told):
        for number, tally in enumerate(tallies):
            counts[run, number] = [getattr(tally, name) for name in names]
    return counts


def _last_before(reasons: FloatArray, day: int) -> FloatArray:
    """The last that was said before a day played, [day, run, warehouse, sku] -> [run, warehouse, sku]."""
    said = np.flatnonzero(~np.isnan(reasons[:day]).all(axis=(1, 2, 3)))
    return reasons[said[-1]] if len(said) else np.full(reasons.shape[1:], np.nan)
