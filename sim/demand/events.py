"""Spikes beside the everyday stream: livestreams as day spikes, viral videos as shot noise. One stream each."""

import math
from collections.abc import Callable

import numpy as np
from numpy.typing import NDArray

from scenarios.schema import ExponentialFading, Fading, Law, Livestream, Video
from sim import laws

IntArray = NDArray[np.int64]
FloatArray = NDArray[np.float64]
Streams = Callable[[str], np.random.Generator]
"""Gives the generator of one quantity of the event: each quantity has a stream of its own."""
FORGOTTEN = 30.0
"""Mean ages after which an exponentially fading video counts as over: e^-30 of its orders are cut."""


def event_size(event: Livestream | Video, pace: float) -> tuple[Law, float]:
    """The law of what one event sells, and the factor to units."""
    if event.days_of_pace is not None:
        return event.days_of_pace, pace * event.scale
    return (event.orders or 0.0), event.scale


def livestream_days(event: Livestream, first_day: int, days: int) -> IntArray:
    """The days it is held among `days`, when its first is at `first_day`."""
    start = first_day if first_day >= 0 else first_day % event.every_days
    return np.arange(start, days, event.every_days)


def livestream_means(event: Livestream, first_day: int, days: int, pace: float, stream: Streams) -> FloatArray:
    """Expected units of each day, [day]."""
    held = livestream_days(event, first_day, days)
    law, factor = event_size(event, pace)
    means = np.zeros(days)
    means[held] = laws.draws(law, stream("size"), len(held)) * factor
    return means


def faded(fades: Fading, age: FloatArray) -> FloatArray:
    """Share of a video's orders that came by an age in days."""
    if isinstance(fades, ExponentialFading):
        return -np.expm1(-np.clip(age, 0, None) / fades.mean_days)
    age = np.clip(age, 0, fades.cut_days)
    return _power_mass(fades.exponent, age / fades.scale_days) / _power_mass(
        fades.exponent, np.array(fades.cut_days / fades.scale_days)
    )


def lingers_days(fades: Fading) -> int:
    """Days after which a video brings nothing more."""
    return math.ceil(FORGOTTEN * fades.mean_days if isinstance(fades, ExponentialFading) else fades.cut_days)


def video_means(event: Video, start: int, days: int, pace: float, stream: Streams) -> FloatArray:
    """Expected units of each day, [day]: every video adds its size, spread over its age (Campbell's shot noise).

    `start` is the first day with videos. Videos are a Poisson process in continuous time.
    """
    lasts = lingers_days(event.fades)
    span = days - start
    posts = stream("count").poisson(event.per_day * span) if span > 0 else 0
    means = np.zeros(days)
    if posts == 0:
        return means
    posted = start + span * stream("when").random(posts)
    law, factor = event_size(event, pace)
    sizes = laws.draws(law, stream("size"), posts) * factor
    day = np.floor(posted).astype(np.int64)[:, None] + np.arange(lasts + 1)
    age = day - posted[:, None]
    share = faded(event.fades, age + 1) - faded(event.fades, age)
    inside = (day >= 0) & (day < days)
    np.add.at(means, day[inside], (sizes[:, None] * share)[inside])
    return means


def _power_mass(exponent: float, age: FloatArray) -> FloatArray:
    if exponent == 1:
        return np.log1p(age)
    return -np.expm1((1 - exponent) * np.log1p(age)) / (exponent - 1)
