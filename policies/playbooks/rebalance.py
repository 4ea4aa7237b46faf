"""Article five: stock moves between warehouses, from where it lasts long to where it does not."""

from collections.abc import Sequence
from dataclasses import dataclass
from typing import ClassVar

import numpy as np

from policies.parameters import check_parameters, parameter
from policies.playbook import Elsewhere, FloatArray, IntArray, Levers, Watch
from policies.quantity import EDGE
from policies.sharing import evened


@dataclass(frozen=True)
class Rebalance:
    """Moves stock by lanes from warehouses with much cover to those with little, until both last equally long.

    It looks at the end of every so many days, in each warehouse by itself. Cover counts what is on hand and on order,
    less what is owed. Stock is moved only to where cover is more than `gap_days` shorter, never to more than
    `fill_days` of sales there, and never from what sells here in `keep_days`. Several warehouses share so that the
    emptiest are filled first. Of several lanes to one warehouse the cheapest goes that carries the SKU.

    Formula: cover = position / pace; movable = on hand - keep_days x pace;
        moved = max(0, min(c, fill_days) x pace there - position there), c the cover that all then share
    Source: direct mail and bonded stock of a cross-border agent (transfers between overseas and bonded warehouses where
        lawful and worth it) and smart inventory of an independent store; the days are judgements
    Example: rebalance:gap_days=20,keep_days=45
    """

    name: ClassVar[str] = "rebalance"
    every_days: int = parameter(7, 1, 365, "days", "days from one look to the next")
    gap_days: float = parameter(14.0, 0, 730, "days", "difference in cover that is borne")
    keep_days: float = parameter(30.0, 0, 730, "days", "days of sales on hand that are never moved away")
    fill_days: float = parameter(60.0, 0, 730, "days", "days of sales to which another warehouse is filled at most")
    pace_days: int = parameter(28, 1, 365, "days", "window of past sales that gives the pace")
    reaction_hours: float = parameter(0.0, 0, 720, "hours", "from seeing to acting")

    def __post_init__(self) -> None:
        check_parameters(self)

    def act(self, seen: Watch) -> Levers:
        if not (seen.elsewhere and seen.ends_day and seen.day % self.every_days == 0):
            return Levers()
        pace, position = seen.sales.pace(self.pace_days), seen.stock.position
        movable = np.floor(np.maximum(seen.stock.on_hand - self.keep_days * pace, 0.0) + EDGE).astype(np.int64)
        lanes = _by_warehouse(seen.elsewhere)
        there = [self._needy(ways, pace, position) for ways in lanes]
        positions, paces = [stock for stock, _ in there], [sold for _, sold in there]
        shares = evened(movable, [position - movable, *positions], [pace, *paces])[1:]
        moved: dict[str, IntArray] = {}
        for ways, share, stock, sold in zip(lanes, shares, positions, paces, strict=True):
            room = np.floor(np.maximum(self.fill_days * sold - stock, 0.0) + EDGE).astype(np.int64)
            moved |= _by_lane(np.minimum(share, room), ways)
        return Levers(move=moved)

    def _needy(self, ways: list[Elsewhere], pace: FloatArray, position: IntArray) -> tuple[IntArray, FloatArray]:
        """Position and pace in a warehouse that these lanes lead to, [..., sku].

        The pace is 0 where no lane carries a SKU, or cover is not so much shorter than here.
        """
        stock, sold = ways[0].stock.position, ways[0].sales.pace(self.pace_days)
        # Both sides of position / pace - stock / sold > gap_days, times both paces: no division by what does not sell.
        longer = position * sold - stock * pace > self.gap_days * pace * sold + EDGE
        carried = np.any([np.broadcast_to(there.lane.carries, sold.shape) for there in ways], axis=0)
        return stock, np.where(longer & carried, sold, 0.0)


def _by_warehouse(elsewhere: Sequence[Elsewhere]) -> list[list[Elsewhere]]:
    """The lanes to each warehouse, the cheapest first."""
    found: dict[str, list[Elsewhere]] = {}
    for there in sorted(elsewhere, key=lambda there: float(there.lane.landed_cost.mean())):
        found.setdefault(there.warehouse, []).append(there)
    return [found[name] for name in sorted(found)]


def _by_lane(units: IntArray, ways: Sequence[Elsewhere]) -> dict[str, IntArray]:
    """Units to one warehouse by lane: each SKU by the first that carries it, [..., sku]."""
    moved = {}
    for there in ways:
        moved[there.lane.name] = np.where(there.lane.carries, units, 0)
        units = units - moved[there.lane.name]
    return moved
