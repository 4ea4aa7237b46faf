"""Ten a day by a ship of forty days, and an event that sells more: scenes of one day, and a play from day to day."""

from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from policies.plugins.rehearsal import Scene, lane_by_hand, scene_by_hand
from policies.protocol import LaneFacts, Orders, PlannedEvent
from policies.registry import policy
from scenarios.reader import read_scenario
from sim.tournament import play

PACE, LEAD = 10, 40
SEA = lane_by_hand("sea", lead_days=LEAD, landed_cost=[1.0])


def promotion(first_day: int, days: int = 4, lift: float = 4.0) -> PlannedEvent:
    """A promotion that sells three times the everyday demand on top."""
    return PlannedEvent("Black Friday", "promotion", first_day, days, np.array([lift]))


def scene(
    on_hand: int, *events: PlannedEvent, day: int = 100, lane: LaneFacts = SEA, sold: NDArray[np.int64] | None = None
) -> Scene:
    """One SKU, ten a day so far unless told otherwise, nothing on order."""
    past = np.full((60, 1, 1), PACE) if sold is None else np.reshape(sold, (-1, 1, 1))
    return scene_by_hand([lane], past, [on_hand], day=day, events=events)


def answer(spec: str, made: Scene) -> Orders:
    """What a policy orders in a scene of one run."""
    rule = policy(spec)
    return rule.orders(made.seen(rule.sees, run=0))


def ordered(spec: str, made: Scene) -> int:
    """Units by all lanes."""
    return int(sum(units.sum() for units in answer(spec, made).units.values()))


@dataclass(frozen=True)
class Play:
    """What became of it."""

    lost: int
    ordered: int
    highest: int  # stock position after an order


def played(spec: str, *events: PlannedEvent, sells: dict[int, int] | None = None, days: int = 250) -> Play:
    """Weekly reviews from day 0, nothing left to chance; `sells` says what a day sells besides ten and the lifts."""
    rule, on_hand, coming = policy(spec), 600, np.zeros(days + LEAD + 2, np.int64)
    history, lost, total, highest = [PACE] * 60, 0, 0, 0
    for day in range(days):
        on_hand += int(coming[day])
        lift = max([1.0, *(e.lift[0] for e in events if e.first_day <= day < e.first_day + e.days)])
        wanted = int(PACE * lift) + (sells or {}).get(day, 0)
        sold = min(wanted, on_hand)
        on_hand, lost = on_hand - sold, lost + wanted - sold
        history.append(sold)
        if day % rule.review_days:
            continue
        made = scene_by_hand(
            [SEA], np.reshape(history, (-1, 1, 1)), [on_hand], day=day, events=events, arriving=coming[day + 1 :, None]
        )
        units = ordered(spec, made)
        coming[day + 1 + LEAD] += units
        total += units
        highest = max(highest, on_hand + int(coming[day + 1 :].sum()))
    return Play(lost, total, highest)


def lost_units(world: str, *specs: str, runs: int = 5) -> list[int]:
    """Units that each policy loses in a shipped world, in the same futures."""
    return [int(record.lost.sum()) for record in play(read_scenario(world), specs, runs)]
