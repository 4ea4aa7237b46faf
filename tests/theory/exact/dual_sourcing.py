"""Two lanes with full backlog, demand uniform on 0..4 a day: the chain of a rule solved, and the cheapest of all rules.

Both orders are placed, air and the sea order that is due arrive, then demand. A state is what is there before air (net
stock and the sea order due), and the sea orders due on the days after.
"""

from collections.abc import Callable
from dataclasses import dataclass

import numpy as np

from tests.theory.exact.min_max import stationary_law

Pipeline = tuple[int, ...]
Rule = Callable[[int, Pipeline], tuple[int, int]]
"""What is ordered by air and by sea, for what is there before air and for the sea orders under way."""
MOST = 4
HOLD, OWE = 5.0, 495.0
"""Cost of a unit held, and of a unit owed, for a day."""
BEYOND = 120
"""[units] Stock above this counts as this: even an even flow by sea hardly ever piles up so much."""
SPAN = 1e-6
"""[cost a day] distance between the two bounds of an optimum."""


@dataclass(frozen=True)
class DualRow:
    """What a rule is asked for, in units a day."""

    air: float
    sea: float
    on_hand: float
    backlog: float

    def cost(self, air_cost: float) -> float:
        """Cost of a day, a unit by sea costing nothing and one by air so much."""
        return air_cost * self.air + HOLD * self.on_hand + OWE * self.backlog


def dual_row(rule: Rule, lead_days: int) -> DualRow:
    """The exact answers for a rule, by sea with a lead of so many days and by air with none."""
    first = (2 * MOST, *(0,) * (lead_days - 1))
    places, states = {first: 0}, [first]
    moves: list[tuple[int, int]] = []
    answers = []
    for state in states:  # grows meanwhile
        air, sea = rule(state[0], state[1:])
        due, *later = (*state[1:], sea)
        raised = state[0] + air
        for demand in range(MOST + 1):
            after = (min(raised - demand + due, BEYOND), *later)
            if after not in places:
                places[after] = len(states)
                states.append(after)
            moves.append((places[state], places[after]))
        net = raised - np.arange(MOST + 1)
        answers.append((air, sea, np.maximum(net, 0).mean(), np.maximum(-net, 0).mean()))
    chances = np.zeros((len(states), len(states)))
    np.add.at(chances, tuple(np.transpose(moves)), 1 / (MOST + 1))
    return DualRow(*map(float, stationary_law(chances) @ np.array(answers)))


def dual_index(fast: int, full: int) -> Rule:
    """Air to the fast level, sea to the full one, what flies counted."""

    def rule(there: int, pipeline: Pipeline) -> tuple[int, int]:
        air = max(fast - there, 0)
        return air, max(full - there - sum(pipeline) - air, 0)

    return rule


def capped_dual_index(fast: int, full: int, cap: int) -> Rule:
    """Air to the fast level, sea to the full one, what flies not counted, and at most the cap."""
    return lambda there, pipeline: (max(fast - there, 0), min(cap, max(full - there - sum(pipeline), 0)))


def base_surge(base: int, level: int) -> Rule:
    """By sea always the same, by air to the level."""
    return lambda there, pipeline: (max(level - there, 0), base)


def sea_alone(level: int) -> Rule:
    """Base stock by sea."""
    return lambda there, pipeline: (0, max(level - there - sum(pipeline), 0))


def dual_optimum(lead_days: int, air_cost: float, most_sea: int = 2 * MOST) -> tuple[float, float]:
    """Bounds on the least cost of a day over all rules, by relative value iteration.

    Stock above what the lead time and two days can want counts as that; nobody who owes a unit at 495 saves on air.
    """
    levels = np.arange(-MOST, MOST * (lead_days + 2) + 1)
    demand = np.arange(MOST + 1)
    net = levels[:, None] - demand
    stage = (HOLD * np.maximum(net, 0) + OWE * np.maximum(-net, 0)).mean(axis=1)
    moves = np.zeros((most_sea + 1, len(levels), len(levels)))
    for due in range(most_sea + 1):
        after = np.clip(net + due, levels[0], levels[-1]) - levels[0]
        np.add.at(moves[due], (np.arange(len(levels))[:, None], after), 1 / (MOST + 1))
    along = (-1,) + (1,) * (lead_days - 1)
    stage, paid = stage.reshape(along), air_cost * levels.reshape(along)
    value = np.zeros((len(levels),) + (most_sea + 1,) * (lead_days - 1))
    while True:
        # by what is there after air, and the sea orders due next: axes (level, due, ...), the sea order chosen best
        raised = stage + np.stack([np.tensordot(row, value, 1).min(axis=-1) for row in moves], axis=1)
        flown = np.minimum.accumulate((raised + paid)[::-1], axis=0)[::-1] - paid
        change = flown - value
        if np.ptp(change) < SPAN:
            return float(change.min()), float(change.max())
        value = flown - flown.flat[0]
