"""Asking a playbook: its levers are checked before anything is done with them."""

from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass
from typing import Any

import numpy as np
from numpy.typing import DTypeLike, NDArray

from policies.parameters import label
from policies.playbook import Alert, Levers, Playbook, Watch
from policies.plugins.answers import MOST_UNITS, NUMBERS, REFUSED, YES_OR_NO, asked, first_bad, one_per_sku
from policies.protocol import PolicyFault

MOST_ADS = 1000.0
"""[-] the largest factor on ad spend that is taken seriously"""


@dataclass(frozen=True)
class LeverRange:
    """What one number for each SKU may be."""

    dtype: DTypeLike
    most: float
    unit: str

    @property
    def whole(self) -> bool:
        """Whether only whole numbers are allowed."""
        return self.dtype is np.int64


RANGES = {
    "alert": LeverRange(np.int64, max(Alert), "levels (none to black)"),
    "ads": LeverRange(np.float64, MOST_ADS, "times the planned spend"),
    "steer": LeverRange(np.float64, 1, "as a share"),
    "sell_off": LeverRange(np.int64, MOST_UNITS, "units"),
    "promotions": LeverRange(np.float64, 1, "as a factor"),
}
MOVED = LeverRange(np.int64, MOST_UNITS, "units")
SWITCHES = ("announce", "expedite", "clear", "stop_buying")


def act(playbook: Playbook, seen: Watch, shape: tuple[int, ...], markets: Collection[str]) -> Levers:
    """What the playbook does, every array of the full shape [..., sku], float64, int64 or bool, a copy, read-only.

    `markets` are the names ads may run in. Raises PolicyFault naming playbook, day, hour, SKU and value when a lever
    is out of range or of the wrong shape or units are moved by a lane that does not leave here or does not carry them,
    and with file and line when the playbook itself fails.
    """
    where = f"playbook {label(playbook)} on day {seen.day}, {seen.hour:02d}:00"
    levers = asked(lambda: playbook.act(seen), where)
    if not isinstance(levers, Levers):
        raise PolicyFault(f"{where} answered a {type(levers).__name__}; return Levers(...)")
    checked: dict[str, Any] = {}
    for name, allowed in RANGES.items():
        if (value := getattr(levers, name)) is not None:
            array = one_per_sku(value, NUMBERS, name, shape, where)
            checked[name] = _kept(_within(array, allowed, name, seen.skus, where), allowed.dtype)
    for name in SWITCHES:
        if (value := getattr(levers, name)) is not None:
            checked[name] = _kept(one_per_sku(value, YES_OR_NO, name, shape, where), np.bool_)
    for name, choices in (("ad_hours", range(24)), ("ad_markets", markets)):
        if (value := getattr(levers, name)) is not None:
            checked[name] = _chosen(value, choices, name, where)
    return Levers(**checked, move=_moves(levers, seen, shape, where), memory=_memory(levers, shape, where))


def _within(array: NDArray[Any], allowed: LeverRange, name: str, skus: Sequence[str], where: str) -> NDArray[Any]:
    """The array itself when all of it is in range; NaN is in no range."""
    good = (array >= 0) & (array <= allowed.most)
    if allowed.whole:
        good &= array == np.rint(array)
    if good.all():
        return array
    place, run = first_bad(good)
    raise PolicyFault(
        f"{where} set {name} = {array[place]} for {skus[place[-1]]}{run}; "
        f"allowed: {'whole numbers from ' if allowed.whole else ''}0 to {allowed.most:g} {allowed.unit}"
    )


def _chosen(value: Any, allowed: Collection[Any], name: str, where: str) -> frozenset[Any]:
    if not isinstance(value, set | frozenset):
        raise PolicyFault(f"{where} set {name} = {value!r}; give a frozenset")
    for member in sorted(value, key=repr):
        if isinstance(member, bool) or member not in allowed:
            raise PolicyFault(f"{where} set {name} with {member!r}; allowed: {', '.join(map(str, allowed))}")
    return frozenset(value)


def _moves(levers: Levers, seen: Watch, shape: tuple[int, ...], where: str) -> dict[str, NDArray[Any]]:
    """Units to move, by lane in the order of `seen.elsewhere`."""
    if not isinstance(levers.move, Mapping):
        raise PolicyFault(f"{where} set move = {levers.move!r}; give {{lane: units}}")
    lanes = {there.lane.name: there.lane for there in seen.elsewhere}
    for name in levers.move:
        if name not in lanes:
            allowed = ", ".join(lanes) or "none, no lane leads from here to another warehouse"
            raise PolicyFault(f"{where} moved stock by lane {name!r}; allowed: {allowed}")
    moves = {}
    for name, lane in lanes.items():
        if name in levers.move:
            what = f"move by lane {name!r}"
            array = _within(one_per_sku(levers.move[name], NUMBERS, what, shape, where), MOVED, what, seen.skus, where)
            carried = (array == 0) | lane.carries
            if not carried.all():
                place, run = first_bad(carried)
                raise PolicyFault(f"{where} set {what} = {array[place]} for {seen.skus[place[-1]]}{run}; {REFUSED}")
            moves[name] = _kept(array, MOVED.dtype)
    return moves


def _memory(levers: Levers, shape: tuple[int, ...], where: str) -> dict[str, NDArray[Any]]:
    kept = {}
    for name, value in levers.memory.items():
        array = one_per_sku(value, NUMBERS + YES_OR_NO, f"memory {name!r}", shape, where)
        kept[name] = _kept(array, array.dtype)
    return kept


def _kept(array: NDArray[Any], dtype: DTypeLike) -> NDArray[Any]:
    """A copy that nobody can change: what a playbook still holds must not move levers that are in force."""
    copy = array.astype(dtype, order="C")
    copy.setflags(write=False)
    return copy
