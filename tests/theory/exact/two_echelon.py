"""A hub that feeds several warehouses, all one for one with full backlog and fixed leads (T14), in days.

Each warehouse orders when a day ends what that day wanted, and the hub as much as all of them. The hub sends on what it
has: first what was ordered first, orders of one day in proportion. So of what it owes in the morning, whole days are
split as their demand was, and only the day it is at in parts that depend on what it could send before.

Let X be what is on its way to the hub. Of the order of some day, of N units, Y = S - (X without the orders of that day
and later ones) were sent, if Y lies in 0 .. N; as days pass Y rises by what comes in. Read backwards from S it falls by
one day's demand at a time, so that, with Poisson days, forwards X loses a day's share of it by binomial luck.
"""

from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np

from tests.theory.exact.chances import Chances, at_most, excess, poisson, room, total
from tests.theory.exact.shares import compositions, multinomial, sharing

NEGLIGIBLE = 1e-11


@dataclass(frozen=True)
class Retailer:
    """One warehouse that the hub feeds."""

    rate: float  # units a day, Poisson
    lane_days: int
    level: int


@dataclass(frozen=True)
class RetailerRow:
    """What a case is asked for."""

    on_hand: float  # units at the end of a day
    backlog: float  # units at the end of a day
    fill: float  # share of units delivered at once
    on_hand_morning: float  # units after receipts
    backlog_morning: float  # units after receipts


def hub_row(rate: float, days: int, level: int) -> tuple[float, float]:
    """Units on hand and units owed by the hub when orders of so many days are on their way to it.

    In the morning, when receipts have been sent on, these are the days of its lead; in the evening one more.
    """
    coming = poisson(rate * days)
    return room(coming, level), excess(coming, level)


def retailers(hub_level: int, hub_days: int, places: Sequence[Retailer]) -> list[RetailerRow]:
    """The rows of a case."""
    owed = owed_by_hub(hub_level, hub_days, [place.rate for place in places])
    return [_row(place, law) for place, law in zip(places, owed, strict=True)]


def retailers_by_unit(hub_level: int, hub_days: float, places: Sequence[Retailer]) -> list[RetailerRow]:
    """The rows where each unit owed is somebody's by its own luck: in continuous time, but for the length of the day."""
    rate = sum(place.rate for place in places)
    coming = poisson(rate * hub_days)
    owed = np.append(coming[: hub_level + 1].sum(), coming[hub_level + 1 :])
    return [_row(place, _thinned(owed, place.rate / rate)) for place in places]


def owed_by_hub(level: int, hub_days: int, rates: Sequence[float]) -> list[Chances]:
    """The law of what the hub owes each warehouse in the morning."""
    rate = sum(rates)
    nothing = at_most(poisson(rate * hub_days), level)
    laws = [np.array([nothing]) for _ in rates]
    for units, chance in enumerate(poisson(rate)):
        if units == 0 or chance < NEGLIGIBLE:
            continue
        for ago, parts in enumerate(_parts(level, hub_days, units, tuple(rates))):
            for i, own in enumerate(rates):
                laws[i] = _sum(laws[i], chance * np.convolve(parts[i], total(poisson(own), ago)))
    return laws


def _parts(level: int, hub_days: int, units: int, rates: tuple[float, ...]) -> list[list[Chances]]:
    """Of an order of so many units of a day, what is owed to each on the next mornings, if the hub is at that day."""
    day_rate, parts = sum(rates), len(rates)
    earlier = poisson(day_rate * hub_days)  # what came before that day and is on its way in the evening
    laws = {x: chance * _sent(units, level - x, rates) for x, chance in enumerate(earlier)}
    told = []
    for days in range(hub_days, 0, -1):
        laws = _next_morning(laws, days, level, units, parts)
        told.append(_owed_to_each(laws, level, units, parts))
    return told


def _sent(units: int, room_left: int, rates: tuple[float, ...]) -> Chances:
    """The law of what is owed to each when a day's order was sent as far as the evening's stock goes."""
    sent = min(max(room_left, 0), units)
    return np.asarray(multinomial(units, rates) @ sharing(units, sent, len(rates)))


def _next_morning(laws: dict[int, Chances], days: int, level: int, units: int, parts: int) -> dict[int, Chances]:
    """A morning later one of so many earlier days has come in, and was sent on."""
    after: dict[int, Chances] = {}
    for x, law in laws.items():
        if law.sum() < NEGLIGIBLE:
            continue
        sent = min(max(level - x, 0), units)
        for left, chance in enumerate(_binomial(x, 1 - 1 / days)):
            more = min(max(level - left, 0), units) - sent
            moved = chance * (law @ sharing(units - sent, more, parts))
            after[left] = after[left] + moved if left in after else moved
    return after


def _owed_to_each(laws: dict[int, Chances], level: int, units: int, parts: int) -> list[Chances]:
    """The law of what is owed to each, where the hub has sent all earlier orders, and not all of this one."""
    owed = np.zeros((parts, units + 1))
    for x, law in laws.items():
        sent = level - x
        if 0 <= sent < units:
            for chance, each in zip(law, compositions(units - sent, parts), strict=True):
                owed[np.arange(parts), each] += chance
    return list(owed)


def _row(place: Retailer, owed: Chances) -> RetailerRow:
    before, after = (np.convolve(owed, poisson(place.rate * days)) for days in (place.lane_days, place.lane_days + 1))
    short = excess(after, place.level) - excess(before, place.level)
    return RetailerRow(
        on_hand=room(after, place.level),
        backlog=excess(after, place.level),
        fill=1 - short / place.rate,
        on_hand_morning=room(before, place.level),
        backlog_morning=excess(before, place.level),
    )


def _thinned(law: Chances, share: float) -> Chances:
    result = np.zeros_like(law)
    for units, chance in enumerate(law):
        result[: units + 1] += chance * _binomial(units, share)
    return result


def _binomial(units: int, share: float) -> Chances:
    return multinomial(units, (share, 1 - share)) if 0 < share < 1 else np.eye(units + 1)[round(share) * units]


def _sum(law: Chances, other: Chances) -> Chances:
    size = max(len(law), len(other))
    return np.pad(law, (0, size - len(law))) + np.pad(other, (0, size - len(other)))
