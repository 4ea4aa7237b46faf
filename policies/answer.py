"""Asking a policy: its answer is checked before anything is done with it."""

import traceback
from typing import Any

import numpy as np

from policies.parameters import label
from policies.protocol import IntArray, Observation, Orders, Policy, PolicyFault

MOST_UNITS = 10**12
"""[units] the largest order of one SKU that is taken seriously"""


def ask(policy: Policy, seen: Observation) -> Orders:
    """What the policy answers; whatever it raises becomes a PolicyFault with place and day."""
    try:
        answer = policy.orders(seen)
    except PolicyFault:
        raise
    except (Exception, SystemExit) as error:
        last = traceback.extract_tb(error.__traceback__)[-1]
        raise PolicyFault(
            f"{_where(policy, seen)} failed at {last.filename}:{last.lineno}: {type(error).__name__}: {error}"
        ) from error
    if not isinstance(answer, Orders):
        raise PolicyFault(f"{_where(policy, seen)} answered a {type(answer).__name__}; return Orders({{lane: units}})")
    return answer


def whole_orders(policy: Policy, answer: Orders, seen: Observation, shape: tuple[int, ...]) -> dict[str, IntArray]:
    """The ordered units by lane, in the order of `seen.lanes`, each int64 of the full shape [..., sku].

    The arrays may be the policy's own: read them, do not write. Raises PolicyFault naming policy, day, lane, SKU and
    value unless they are whole, non-negative, at most `MOST_UNITS`, one per SKU, and down lanes that exist.
    """
    lanes = [lane.name for lane in seen.lanes]
    for name in answer.units:
        if name not in lanes:
            raise PolicyFault(f"{_where(policy, seen)} ordered down lane {name!r}; allowed: {', '.join(lanes)}")
    return {name: _whole(policy, answer.units[name], seen, name, shape) for name in lanes if name in answer.units}


def reasons(policy: Policy, answer: Orders, seen: Observation, shape: tuple[int, ...]) -> dict[str, Any]:
    """The arrays that say why, by name, each of the full shape [..., sku]. Not for writing. Raises PolicyFault."""
    return {name: _full(policy, value, seen, f"why {name!r}", shape) for name, value in answer.why.items()}


def _where(policy: Policy, seen: Observation) -> str:
    return f"policy {label(policy)} on day {seen.day}"


def _full(policy: Policy, value: Any, seen: Observation, what: str, shape: tuple[int, ...]) -> Any:
    """The value as an array of the full shape: one number per SKU, for every run where the policy gave only one row."""
    array = np.asarray(value)
    if array.dtype.kind not in "iuf":
        raise PolicyFault(f"{_where(policy, seen)}: {what} holds {array.dtype}; give numbers, one per SKU")
    if array.shape == shape:
        return array
    try:
        if array.shape[-1:] != shape[-1:]:
            raise ValueError("not one per SKU")
        return np.broadcast_to(array, shape)
    except ValueError:
        raise PolicyFault(
            f"{_where(policy, seen)}: {what} has shape {array.shape}; give one number per SKU, shape {shape}"
        ) from None


def _whole(policy: Policy, value: Any, seen: Observation, lane: str, shape: tuple[int, ...]) -> IntArray:
    array = _full(policy, value, seen, f"lane {lane!r}", shape)
    if array.size == 0:
        return np.asarray(array, dtype=np.int64)
    # NaN fails every comparison, and a cast would turn NaN, infinity and 1e19 into -2**63: judge first, cast after.
    if not (array.min() >= 0 and array.max() <= MOST_UNITS):
        good = (array >= 0) & (array <= MOST_UNITS)
    elif array.dtype.kind == "f":
        good = array == np.rint(array)
    else:
        return array.astype(np.int64, order="C")  # type: ignore[no-any-return]
    if good.all():
        return array.astype(np.int64, order="C")  # type: ignore[no-any-return]
    place = tuple(int(i[0]) for i in np.nonzero(~good))
    run = f", run {', '.join(map(str, place[:-1]))}" if len(place) > 1 else ""
    raise PolicyFault(
        f"{_where(policy, seen)} ordered {array[place]} of {seen.skus[place[-1]]} down lane {lane!r}{run}; "
        f"allowed: whole units from 0 to {MOST_UNITS}"
    )
