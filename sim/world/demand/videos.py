"""Viral videos as shot noise (Campbell): each adds its size, spread over its age. They may breed others (Hawkes)."""

import math

import numpy as np
from numpy.typing import NDArray

from scenarios.schema import Breeding, Video
from sim.world.demand.fading import faded_means, lingers_days
from sim.world.demand.shows import Streams, sizes

IntArray = NDArray[np.int64]
FloatArray = NDArray[np.float64]
EXTINCT = 15.0
"""How far back the ancestors of lingering videos are drawn, in times by which a family dwindles by e.

A video has `share` children after `after_days` on average, so that its descendants come at a rate that falls as
e^(-(1 - share) age / after_days): families older than 15 such times add less than a millionth of what comes.
"""


def video_means(event: Video, starts: int | None, days: int, pace: float, stream: Streams) -> FloatArray:
    """Expected units of each day, [day], of the videos that nothing brought about.

    `starts` is the first day with videos; None where those of the past still linger. Videos are a Poisson process in
    continuous time.
    """
    posted = _come(event, starts, days, stream)
    return faded_means(posted, sizes(event, pace, stream("size"), len(posted)), event.fades, days)


def bred_means(event: Video, starts: int | None, days: int, pace: float, stream: Streams) -> FloatArray:
    """Expected units of each day, [day], of the videos that other videos brought about, and of no others.

    Clusters are built generation by generation: each video has a Poisson number of children, exponentially later;
    they inherit nothing, and their sizes are drawn like any other's.
    """
    breeds = event.breeds
    if breeds is None:
        return np.zeros(days)
    first = _first(event, starts)
    parents = _come(event, starts, days, stream)
    if starts is None:
        back = first - math.ceil(EXTINCT * breeds.after_days / (1 - breeds.share))
        older = _posted(event.per_day, back, first, stream, " of ancestors")
        parents = np.concatenate([older, parents])
    posted = _descendants(breeds, parents, days, stream)
    posted = posted[posted >= first]
    return faded_means(posted, sizes(event, pace, stream("size of bred"), len(posted)), event.fades, days)


def _come(event: Video, starts: int | None, days: int, stream: Streams) -> FloatArray:
    """Times of the videos that come by themselves: those at random, then those that are certain."""
    certain = np.full(event.certain if starts is not None and starts < days else 0, float(starts or 0))
    return np.concatenate([_posted(event.per_day, _first(event, starts), days, stream), certain])


def _first(event: Video, starts: int | None) -> int:
    """The first day whose videos count: those before have faded when day 0 begins."""
    return -lingers_days(event.fades) if starts is None else starts


def _posted(per_day: float, first: int, days: int, stream: Streams, of: str = "") -> FloatArray:
    """Times of a Poisson process in the days from `first` to `days`, in days."""
    span = max(days - first, 0)
    counts = stream("count" + of).poisson(per_day, span)
    days_of = np.repeat(np.arange(first, first + span), counts)
    return np.asarray(days_of + stream("when" + of).random(counts.sum()))


def _descendants(breeds: Breeding, parents: FloatArray, days: int, stream: Streams) -> FloatArray:
    """Times before day `days` of all children, grandchildren, ... of some videos, one generation after the other."""
    family, generation = [np.zeros(0)], 0
    while len(parents):
        children = stream(f"children {generation}").poisson(breeds.share, len(parents))
        later = stream(f"delay {generation}").exponential(breeds.after_days, int(children.sum()))
        born = np.repeat(parents, children) + later
        parents = born[born < days]
        family.append(parents)
        generation += 1
    return np.concatenate(family)
