"""What is hosted on a known day and sells an unknown number: livestreams, and posts of influencers."""

from collections.abc import Callable

import numpy as np
from numpy.typing import NDArray

from scenarios.schema import Fixed, Influencer, Law, Livestream, Lognormal, Show, Video
from sim.world import laws
from sim.world.demand.fading import faded_means
from sim.world.demand.hours import HOURS

IntArray = NDArray[np.int64]
FloatArray = NDArray[np.float64]
Streams = Callable[[str], np.random.Generator]
"""Gives the generator of one quantity of the event: each quantity has a stream of its own."""


def sizes(event: Show | Video, pace: float, luck: np.random.Generator, count: int) -> FloatArray:
    """What each of some events sells in all, [event], where the SKU's everyday demand is `pace` units a day."""
    if event.days_of_pace is not None:
        return laws.draws(event.days_of_pace, luck, count) * (pace * event.scale)
    if event.orders is not None:
        return laws.draws(event.orders, luck, count) * event.scale
    past = event.past_units if isinstance(event, Show) else ()
    return laws.draws(law_of(past), luck, count) * event.scale


def law_of(past_units: tuple[int, ...]) -> Law:
    """The lognormal law with the mean and spread (n - 1) of what was sold before; without spread, always the mean."""
    mean, sd = float(np.mean(past_units)), float(np.std(past_units, ddof=1))
    return Lognormal(law="lognormal", mean=mean, cv=sd / mean) if sd > 0 else Fixed(law="fixed", value=mean)


def livestream_days(event: Livestream, first_day: int, days: int) -> IntArray:
    """The days it is held among `days`, when its first is at `first_day`."""
    start = first_day if first_day >= 0 else first_day % event.every_days
    return np.arange(start, days, event.every_days)


def livestream_means(
    event: Livestream, first_day: int, pace: float, live: tuple[float, float], everyday: FloatArray, stream: Streams
) -> FloatArray:
    """Expected units of each day, [day]; `live` are the `hours_live` of its market.

    `everyday` are the expected units of each day before events, [day + 1]: a show may run into the day after the last.
    """
    days = len(everyday) - 1
    means, on = np.zeros(days), livestream_days(event, first_day, days)
    if event.lift is None:
        means[on] = sizes(event, pace, stream("size"), len(on))
        return means
    more = np.maximum(laws.draws(event.lift, stream("size"), len(on)) - 1, 0.0)
    meanwhile = everyday[on] * live[0] / HOURS + everyday[on + 1] * live[1] / HOURS
    means[on] = more * (meanwhile * event.scale)
    return means


def influencer_means(event: Influencer, posted: int, days: int, pace: float, stream: Streams) -> FloatArray:
    """Expected units of each day, [day], of a post made when day `posted` begins."""
    return faded_means(np.array([float(posted)]), sizes(event, pace, stream("size"), 1), event.fades, days)
