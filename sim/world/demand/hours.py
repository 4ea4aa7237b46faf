"""Hours: which share of a day comes in which slot, and whole units spread over slots.

Day totals are drawn first, under the day's key, and spread afterwards by luck of their own: an hourly and a daily run
want the same units a day.
"""

import numpy as np
from numpy.typing import NDArray

from scenarios.schema import Livestream, Market
from sim.luck import beside

IntArray = NDArray[np.int64]
FloatArray = NDArray[np.float64]
HOURS = 24
PLACED = 5
"""Units a slot of a day up to which it is cheaper to place each of them than to draw how many there are."""


def market_shares(market: Market, slots: int) -> FloatArray | None:
    """Share of a day's wants that comes in each of its slots, [slot of the day]; None where all are alike."""
    if market.hours is None or slots == 1:
        return None
    hours = np.array(market.hours, np.float64)
    return np.asarray(hours.reshape(slots, -1).sum(axis=1) / hours.sum())


def hours_live(show: Livestream, market: Market) -> tuple[float, float]:
    """What a market wants while a show lasts, in hours of the mean of a day: on the day it begins and on the next."""
    hour = np.arange(2 * HOURS)
    ends = show.start_hour + show.hours
    live = np.clip(ends, hour, hour + 1) - np.clip(show.start_hour, hour, hour + 1)
    if market.hours is not None:
        live *= np.tile(np.array(market.hours) / np.mean(market.hours), 2)
    return float(live[:HOURS].sum()), float(live[HOURS:].sum())


def livestream_shares(show: Livestream, slots: int) -> FloatArray:
    """Share of a livestream's orders that comes in each slot of its day, [slot of the day].

    What would come after midnight belongs to the last slot, so that a day's orders stay in their day.
    """
    ends = np.linspace(0.0, HOURS, slots + 1)[1:]
    came = (1 - show.tail_share) * _while_it_lasts(show, ends) + show.tail_share * _afterwards(show, ends)
    came[-1] = 1.0
    return np.maximum(np.diff(came, prepend=0.0), 0.0)


def _while_it_lasts(show: Livestream, hour: FloatArray) -> FloatArray:
    """Share of what comes during the show that came by an hour of the day: uniform, or triangular around its peak."""
    since = np.clip(hour - show.start_hour, 0.0, show.hours)
    peak, length = show.peak_hour, show.hours
    if peak is None:
        return since / length
    rising = since**2 / (length * peak) if peak > 0 else since
    falling = 1 - (length - since) ** 2 / (length * (length - peak)) if peak < length else np.ones_like(since)
    return np.where(since < peak, rising, falling)


def _afterwards(show: Livestream, hour: FloatArray) -> FloatArray:
    """Share of the tail that came by an hour of the day: it falls linearly to nothing."""
    left = 1 - np.clip((hour - show.start_hour - show.hours) / show.tail_hours, 0.0, 1.0)
    return 1 - left**2


def spread(days: IntArray, shares: FloatArray | None, slots: int, luck: np.random.Generator) -> IntArray:
    """Day totals, [day], spread over the slots of their day, [slot]; no day moves the slots of a day before it."""
    crowded = days > PLACED * slots
    if not crowded.any():
        return _placed(days, shares, slots, luck)
    luck_of_crowds = beside(luck)
    came = _placed(np.where(crowded, 0, days), shares, slots, luck).reshape(-1, slots)
    came[crowded] = luck_of_crowds.multinomial(days[crowded], np.full(slots, 1 / slots) if shares is None else shares)
    return came.ravel()


def _placed(days: IntArray, shares: FloatArray | None, slots: int, luck: np.random.Generator) -> IntArray:
    """Day totals, [day], spread over the slots of their day, [slot], unit by unit."""
    placed = slots_of(np.repeat(np.arange(days.size), days), shares, slots, luck)
    return np.bincount(placed, minlength=days.size * slots)


def slots_of(days: IntArray, shares: FloatArray | None, slots: int, luck: np.random.Generator) -> IntArray:
    """The slot in which each thing of a day comes, whose days are given, [thing]."""
    if shares is None:
        return days * slots + luck.integers(slots, size=days.size)
    edges = np.cumsum(shares)
    return np.asarray(days * slots + (edges / edges[-1]).searchsorted(luck.random(days.size), side="right"), np.int64)
