"""How promotions went: a hit, or missed with too little stock, too much of it, or stock that came too late."""

from dataclasses import dataclass
from typing import Literal

import numpy as np

from reports.language.speaking import say
from reports.record import EventMark, IntArray, Series, Setting

Outcome = Literal["hit", "too little", "too much", "too late"]

LATE_DAYS = 14
"""Stock that comes so soon after a promotion was meant for it."""
SPARE_SHARE = 0.25
"""Share of the stock for a promotion that may be left over."""


@dataclass(frozen=True)
class PromotionReview:
    """How one promotion went in one replication, for the SKUs it touched. Arrays are [sku] units."""

    event: EventMark
    skus: tuple[str, ...]
    available: IntArray  # on hand before it, and received during it
    wanted: IntArray  # during it
    missing: IntArray  # of that, not delivered by its end
    late: IntArray  # of those, received soon after for buyers who had not waited
    left: IntArray  # on hand at its end, and late
    outcomes: tuple[Outcome, ...]  # [sku]

    @property
    def verdicts(self) -> tuple[str, ...]:
        """The outcomes as a report tells them, [sku]."""
        return tuple(say(f"promotion.outcome.{outcome}") for outcome in self.outcomes)


@dataclass(frozen=True)
class PromotionTally:
    """A review summed up: SKUs by outcome, units of all of them."""

    promotion: str
    first_day: int  # [day] from the first scored day; may be negative
    days: int
    hit: int
    too_little: int
    too_much: int
    too_late: int
    available: int
    wanted: int
    missing: int
    left: int

    @classmethod
    def of(cls, review: PromotionReview) -> "PromotionTally":
        """The tally of a review."""
        kinds: tuple[Outcome, ...] = ("hit", "too little", "too much", "too late")
        return cls(
            review.event.name,
            review.event.first_day,
            review.event.days,
            *(review.outcomes.count(kind) for kind in kinds),
            *(int(units.sum()) for units in (review.available, review.wanted, review.missing, review.left)),
        )


def review_promotions(
    setting: Setting, series: Series, kept: int = 0, late_days: int = LATE_DAYS, spare_share: float = SPARE_SHARE
) -> tuple[PromotionReview, ...]:
    """Every promotion that was over when a kept run ended, by its position among the kept runs."""
    over = setting.warm_up_days + setting.days
    return tuple(
        _review(setting, series, kept, event, late_days, spare_share)
        for event in setting.events
        if event.kind == "promotion" and setting.warm_up_days + event.first_day + event.days <= over
    )


def _review(
    setting: Setting, series: Series, kept: int, event: EventMark, late_days: int, spare_share: float
) -> PromotionReview:
    first_day = max(setting.warm_up_days + event.first_day, 0)
    end_day = setting.warm_up_days + event.first_day + event.days
    begin, end, soon = (day * setting.slots_per_day for day in (first_day, end_day, end_day + late_days))
    touched = _touched(series, kept, event.name, slice(first_day, end_day))

    def units(name: str, slots: slice) -> IntArray:
        """Of the touched SKUs, at all places, [sku]."""
        return _per_sku(getattr(series, name)[slots, kept])[touched]

    last = slice(end - 1, end)
    available = _on_hand_before(series, kept, begin)[touched] + units("received", slice(begin, end))
    lost = units("lost", slice(begin, end))
    owed_before = units("backlog", slice(begin - 1, begin)) if begin else np.zeros_like(lost)
    owed = np.maximum(units("backlog", last) - owed_before, 0)
    came = units("received", slice(end, soon))
    # Buyers who waited take theirs of what came; the rest found nobody.
    late = np.clip(came - owed, 0, lost)
    left = units("on_hand", last) + late
    return PromotionReview(
        event=event,
        skus=tuple(np.array(setting.skus, dtype=object)[touched]),
        available=available,
        wanted=units("wanted", slice(begin, end)),
        missing=lost + owed,
        late=late,
        left=left,
        outcomes=tuple(map(_outcome, (lost + owed).tolist(), came.tolist(), (left > spare_share * available).tolist())),
    )


def _touched(series: Series, kept: int, name: str, days: slice) -> IntArray:
    """Positions of the SKUs to which a promotion brought buyers; of all where it is no stream of its own."""
    if name not in series.streams:
        return np.arange(series.wanted.shape[-1])
    return np.flatnonzero(_per_sku(series.streams[name][days, kept]))


def _on_hand_before(series: Series, kept: int, slot: int) -> IntArray:
    """Units on hand before a slot, [sku]; before the first, what it left and sold less what it received."""
    if slot > 0:
        return _per_sku(series.on_hand[slot - 1 : slot, kept])
    on_hand, sold, received = (_per_sku(a[:1, kept]) for a in (series.on_hand, series.sold, series.received))
    return on_hand + sold - received


def _outcome(missing: int, came: int, spare: bool) -> Outcome:
    """Too late where all that was missing came soon after; too little where it did not, whatever else was left."""
    if missing:
        return "too late" if came >= missing else "too little"
    return "too much" if spare else "hit"


def _per_sku(units: IntArray) -> IntArray:
    """Of some slots or days at all places, [slot, place, sku] -> [sku]."""
    return np.asarray(units.sum(axis=(0, 1)))
