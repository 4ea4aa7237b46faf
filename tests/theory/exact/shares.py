"""How orders of one slot are filled in parts: shares in proportion, odd units by largest remainder, ties by luck."""

from collections.abc import Iterator
from functools import cache
from itertools import combinations

import numpy as np
from numpy.typing import NDArray
from scipy.special import gammaln

from tests.theory.exact.chances import Chances

Owed = tuple[int, ...]
"""Units owed to each of those who ordered."""


@cache
def compositions(units: int, parts: int) -> tuple[Owed, ...]:
    """All ways to owe so many units to so many."""
    if parts == 1:
        return ((units,),)
    return tuple((first, *rest) for first in range(units + 1) for rest in compositions(units - first, parts - 1))


def multinomial(units: int, weights: tuple[float, ...]) -> Chances:
    """Chances of `compositions` where each unit is somebody's by these weights."""
    counts = np.array(compositions(units, len(weights)))
    logs = gammaln(units + 1) - gammaln(counts + 1).sum(axis=1) + counts @ np.log(np.array(weights) / sum(weights))
    return np.exp(logs)


@cache
def sharing(owed: int, sent: int, parts: int) -> NDArray[np.float64]:
    """Chances that sending so many of the units owed leads from one of `compositions` to another, [from, to]."""
    after = {left: place for place, left in enumerate(compositions(owed - sent, parts))}
    chances = np.zeros((len(compositions(owed, parts)), len(after)))
    for place, each in enumerate(compositions(owed, parts)):
        ways = list(_ways(each, owed, sent))
        for way in ways:
            chances[place, after[way]] += 1 / len(ways)
    return chances


def _ways(each: Owed, owed: int, sent: int) -> Iterator[Owed]:
    """What may still be owed, each as likely as the others."""
    if owed == 0:
        yield each
        return
    whole, rest = zip(*(divmod(units * sent, owed) for units in each), strict=True)
    odd = sent - sum(whole)
    for lucky in _largest(rest, odd):
        yield tuple(units - got - (i in lucky) for i, (units, got) in enumerate(zip(each, whole, strict=True)))


def _largest(rest: Owed, odd: int) -> Iterator[frozenset[int]]:
    """Whose remainders are the `odd` largest; of those that tie at the edge, each choice."""
    if odd == 0:
        yield frozenset()
        return
    edge = sorted(rest, reverse=True)[odd - 1]
    above = frozenset(i for i, value in enumerate(rest) if value > edge)
    tied = [i for i, value in enumerate(rest) if value == edge]
    for some in combinations(tied, odd - len(above)):
        yield above | frozenset(some)
