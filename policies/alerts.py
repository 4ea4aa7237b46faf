"""The alert state machine (预警): how tight stock is against two waterlines, with hysteresis."""

import numpy as np

from policies.playbook import Alert, BoolArray, FloatArray, IntArray, Watch
from policies.quantity import EDGE


def alert_levels(on_hand: IntArray, reorder_point: FloatArray, safety_stock: FloatArray, near: float) -> IntArray:
    """The level of each SKU by its sellable stock on hand, [..., sku]; the worst that holds.

    None above near x reorder point, yellow from there down to the safety stock, red below it, black at zero.
    Source: article one's three levels; `near` is its "close to the reorder point", which has no number there.
    """
    levels = np.where(on_hand <= near * reorder_point + EDGE, Alert.YELLOW, Alert.NONE)
    levels = np.where(on_hand < safety_stock - EDGE, Alert.RED, levels)
    return np.where(on_hand <= 0, Alert.BLACK, levels).astype(np.int64)


def alerts_after(
    before: IntArray,
    on_hand: IntArray,
    reorder_point: FloatArray,
    safety_stock: FloatArray,
    near: float,
    margin: float,
) -> IntArray:
    """The level of each SKU that stood at level `before`, [..., sku].

    It gets worse at once. It gets better only when stock is a margin beyond the line it fell below: `margin` x that
    line, in whole units. Black ends as soon as there is stock. So one parcel more or less does not flip the ads.
    """
    now = alert_levels(on_hand, reorder_point, safety_stock, near)
    with_margin = alert_levels(on_hand, _beyond(near * reorder_point, margin), _beyond(safety_stock, margin), 1.0)
    return np.maximum(now, np.minimum(before, with_margin))


def waterlines(seen: Watch, cover_days: float, safety_days: float, pace_days: int) -> tuple[FloatArray, FloatArray]:
    """Reorder point and safety stock [units], [..., sku]: the policy's own, or else so many days of pace."""
    pace = seen.sales.pace(pace_days)
    reorder_point = seen.waterlines.get("reorder_point", pace * cover_days)
    return reorder_point, seen.waterlines.get("safety_stock", pace * safety_days)


def has_sibling(marked: BoolArray, groups: tuple[str | None, ...]) -> BoolArray:
    """Whether another SKU of the same group is marked, [..., sku]; never for a SKU without a group."""
    members: dict[str, list[int]] = {}
    for place, group in enumerate(groups):
        if group is not None:
            members.setdefault(group, []).append(place)
    found = np.zeros_like(marked)
    for places in members.values():
        own = marked[..., places]
        found[..., places] = own.sum(axis=-1, keepdims=True) > own
    return found


def _beyond(line: FloatArray, margin: float) -> FloatArray:
    return np.asarray(line + np.ceil(margin * line - EDGE))
