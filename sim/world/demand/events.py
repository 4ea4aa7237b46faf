"""Spikes beside the everyday stream: livestreams as day spikes, viral videos as shot noise. One stream each."""

import math
from collections.abc import Callable

import numpy as np
from numpy.typing import NDArray

from scenarios.schema import ExponentialFading, Fading, Law, Livestream, Video
from sim.world import laws

IntArray = NDArray[np.int64]
FloatArray = NDArray[np.float64]
Streams = Callable[[str], np.random.Generator]
"""Gives the generator of one quantity of the event: each quantity has a stream of its own."""
WINDOWS_AT_ONCE = 1_000_000
"""Video-days worked on at once, to bound memory."""
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
    span, means = days - start, np.zeros(days)
    if span <= 0:
        return means
    counts = stream("count").poisson(event.per_day, span)
    posted = start + np.repeat(np.arange(span), counts) + stream("when").random(counts.sum())
    law, factor = event_size(event, pace)
    sizes = laws.draws(law, stream("size"), len(posted)) * factor
    window = np.arange(min(lingers_days(event.fades), days) + 1)
    some = max(1, WINDOWS_AT_ONCE // len(window))
    for i in range(0, len(posted), some):
        _spread(means, posted[i : i + some], sizes[i : i + some], window, event.fades)
    return means


def _spread(means: FloatArray, posted: FloatArray, sizes: FloatArray, window: IntArray, fades: Fading) -> None:
    """Add what some videos bring on each day after they were posted, or from day 0 on."""
    day = np.maximum(np.floor(posted).astype(np.int64), 0)[:, None] + window
    age = day - posted[:, None]
    share = faded(fades, age + 1) - faded(fades, age)
    inside = day < len(means)
    np.add.at(means, day[inside], (sizes[:, None] * share)[inside])


def _power_mass(exponent: float, age: FloatArray) -> FloatArray:
    if exponent == 1:
        return np.log1p(age)
    return -np.expm1((1 - exponent) * np.log1p(age)) / (exponent - 1)
