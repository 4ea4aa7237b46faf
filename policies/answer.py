"""Asking a policy: its answer is checked before anything is done with it."""

from typing import Any, NamedTuple

import numpy as np

from policies.parameters import label
from policies.plugins.answers import MOST_UNITS, NUMBERS, REFUSED, asked, first_bad, one_per_sku
from policies.protocol import IntArray, LaneFacts, Observation, Orders, Policy, PolicyFault


def ask(policy: Policy, seen: Observation) -> Orders:
    """What the policy answers; whatever it raises becomes a PolicyFault with place and day."""
    answer = asked(lambda: policy.orders(seen), _where(policy, seen))
    if not isinstance(answer, Orders):
        raise PolicyFault(f"{_where(policy, seen)} answered a {type(answer).__name__}; return Orders({{lane: units}})")
    return answer


def whole_orders(policy: Policy, answer: Orders, seen: Observation, shape: tuple[int, ...]) -> dict[str, IntArray]:
    """The ordered units by lane, in the order of `seen.lanes`, each int64 of the full shape [..., sku].

    The arrays may be the policy's own: read them, do not write. Raises PolicyFault naming policy, day, lane, SKU and
    value unless they are whole, non-negative, at most `MOST_UNITS`, one per SKU, and down lanes that exist and carry
    them.
    """
    lanes = {lane.name: lane for lane in seen.lanes}
    for name in answer.units:
        if name not in lanes:
            raise PolicyFault(f"{_where(policy, seen)} ordered down lane {name!r}; allowed: {', '.join(lanes)}")
    units = {name: _whole(policy, answer.units[name], seen, name, shape) for name in lanes if name in answer.units}
    for name, ordered in units.items():
        _refuse_not_carried(policy, ordered, seen, lanes[name])
    return units


def reasons(policy: Policy, answer: Orders, seen: Observation, shape: tuple[int, ...]) -> dict[str, Any]:
    """The arrays that say why, by name, each of the full shape [..., sku]. Not for writing. Raises PolicyFault."""
    where = _where(policy, seen)
    return {name: one_per_sku(value, NUMBERS, f"why {name!r}", shape, where) for name, value in answer.why.items()}


class _Where(NamedTuple):
    """Who was asked and when. Put into words only when there is something to say, as it is asked very often."""

    policy: Policy
    day: int

    def __str__(self) -> str:
        return f"policy {label(self.policy)} on day {self.day}"


def _where(policy: Policy, seen: Observation) -> _Where:
    return _Where(policy, seen.day)


def _whole(policy: Policy, value: Any, seen: Observation, lane: str, shape: tuple[int, ...]) -> IntArray:
    array = one_per_sku(value, NUMBERS, f"lane {lane!r}", shape, _where(policy, seen))
    if array.size == 0:
        return np.asarray(array, dtype=np.int64)
    # NaN fails every comparison, and a cast would turn NaN, infinity and 1e19 into -2**63: judge first, cast after.
    if not (array.min() >= 0 and array.max() <= MOST_UNITS):
        good = (array >= 0) & (array <= MOST_UNITS)
    elif array.dtype.kind == "f":
        good = array == np.rint(array)
    else:
        return array.astype(np.int64, order="C")
    if good.all():
        return array.astype(np.int64, order="C")
    place, run = first_bad(good)
    raise PolicyFault(
        f"{_where(policy, seen)} ordered {array[place]} of {seen.skus[place[-1]]} down lane {lane!r}{run}; "
        f"allowed: whole units from 0 to {MOST_UNITS}"
    )


def _refuse_not_carried(policy: Policy, units: IntArray, seen: Observation, lane: LaneFacts) -> None:
    if lane.carries is True:
        return
    carried = (units == 0) | lane.carries
    if not carried.all():
        place, run = first_bad(carried)
        raise PolicyFault(
            f"{_where(policy, seen)} ordered {units[place]} of {seen.skus[place[-1]]} down lane {lane.name!r}{run}; "
            f"{REFUSED}"
        )
